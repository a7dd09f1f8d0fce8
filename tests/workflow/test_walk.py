"""The walk of the README, on a small city: each step works, and the site can be made after each."""

import os
import shutil
from functools import cache
from pathlib import Path

import pytest

from openresponse import cli
from openresponse.errors import ReleaseError
from openresponse.workflow import rebuild
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import execution
from support import golden, workspace

pytestmark = pytest.mark.slow
DECIDED = ("--decided-by", "Privacy officer")
UNCHANGED = "a revision of what has not changed"
STEPS = {
    "the first release": ("release", "--month", "2025-01"),
    "its site": ("site", "--month", "2025-01"),
    "the second release": (
        *("release", "--month", "2025-02"),
        *("--accept", "last_days_missing", "The rest comes with the next delivery"),
    ),
    "the site of the second": ("site", "--month", "2025-02"),
    "the third release": ("release", "--month", "2025-03"),
    "the site of the third": ("site",),
    "a revision": ("revise", "--reason", "Late records have arrived", *DECIDED),
    "the site of the revision": ("site",),
    UNCHANGED: ("revise", "--reason", "We looked again", *DECIDED),
    "its page for review": ("review",),
    "its withdrawal": ("retract", "2025-03-r1", "--reason", "It counted test calls", *DECIDED),
    "the site after the withdrawal": ("site",),
    "every file verified and every page made again": ("verify", "--rebuild"),
    "the audit": ("audit",),
}


unexplained = rebuild.unexplained


def make_site(again: Path, program_name: str) -> None:
    """In place of a process of its own, which would import everything once more."""
    before = os.getcwd()
    os.chdir(again)
    try:
        assert cli.main(["site", "--quiet", "--program", program_name]) == 0
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def walk(full, tmp_path_factory):
    """What came of each step, and the folder in which they were taken. With few tables, but in a
    full run; and between the verification and the audit, which both make every page again, nothing
    changes.
    """
    folder, before = tmp_path_factory.mktemp("walk"), os.getcwd()
    shutil.copytree(golden.HERE / "raw", folder / "raw")
    workspace.program_file(folder, None if full else workspace.FEW)
    os.chdir(folder)
    results: dict[str, int | str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execution, "run", workspace.execute)
        patch.setattr(rebuild, "make_site", make_site)
        if not full:
            findings = cache(lambda: unexplained(City(folder / "program.yml")))
            patch.setattr(rebuild, "unexplained", lambda city: findings())
        for step, arguments in STEPS.items():
            try:
                results[step] = cli.main(list(arguments))
            except Exception as error:
                results[step] = repr(error)
            pages = folder / "site" / "_site"
            if arguments[0] == "site" and pages.is_dir():
                shutil.copytree(pages, folder / "sites" / step)
    os.chdir(before)
    return results, folder


@pytest.mark.parametrize("step", STEPS)
def test_each_step_works_and_so_does_the_site_after_it(walk, step):
    results, _ = walk
    assert results[step] == (ReleaseError.exit_code if step == UNCHANGED else 0)


@pytest.mark.parametrize(
    ("step", "release"),
    [
        ("its site", "2025-01"),
        ("the site of the second", "2025-02"),
        ("the site of the third", "2025-03"),
        ("the site of the revision", "2025-03-r1"),
        ("the site after the withdrawal", "2025-03"),
    ],
)
def test_each_site_shows_the_release_of_its_step(walk, step, release):
    _, folder = walk
    shown = (folder / "sites" / step / "release.json").read_text(encoding="utf-8")
    assert f'"release": "{release}"' in shown
