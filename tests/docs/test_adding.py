"""Each change on the page about adding something is made on a copy of the code, and works."""

import re
import shutil
import subprocess
import sys

import pytest

from support.documentation import BLOCK, DOCS, text
from support.workspace import ROOT

pytestmark = pytest.mark.slow

PAGE = DOCS / "adding.qmd"
NUMBERS = {"One file": 1, "Three files": 3, "One catalogue": 1}
# What must hold after the change; it is run with the changed code.
TRIED = {
    "interval": """
        from openresponse.program import load
        from openresponse.records.intervals import timed_by
        from openresponse.records.schema import SAFE
        program = load("program.yml")
        assert "call_to_person" in [one.name for one in timed_by(program)]
        assert "call_to_person" in SAFE
        assert "person_times" in program.tables
    """,
    "measure": """
        import pandas as pd
        from openresponse.measures.measure import definition
        from openresponse.measures.registry import MEASURES
        from openresponse.program import load
        program = load("program.yml")
        measure = MEASURES[program.tables["without_police"].measure]
        rows = pd.DataFrame(
            {
                "police_on_scene": [True, False, False, False],
                "ems_on_scene": [True, False, True, False],
                "team_arrived": [False, True, False, False],
            }
        )
        codes = list(measure(rows))
        assert codes == ["police_came", "team_without_police", "ems_only", "nobody_recorded"]
        assert set(codes) == set(measure.hierarchy(program).leaves)
        assert definition(measure.classify)
    """,
    "rule": """
        from openresponse.disclosure.rules import rule
        county = rule("county-6")
        assert [bool(county.hides(n)) for n in (0, 1, 5, 6)] == [False, True, True, False]
        assert county.rounded(7) == 6
    """,
    "language": """
        from openresponse.program import load
        from openresponse.workflow import catalogues
        catalogues.main("program.yml", "vi")
        assert "vi" in load("program.yml").program.languages
    """,
    "page": """
        from pathlib import Path
        from openresponse.release.store.published import Published
        from openresponse.report.pages import site_frame
        from openresponse.report.pages.reference import reference_pages
        published = Published.load("golden")
        written = reference_pages.write(published, Path("site"), ("en",))
        (page,) = [path for path in written if path.name == "asking.qmd"]
        assert published.program["contact"].split()[0] in page.read_text(encoding="utf-8")
        assert "asking.qmd" in [href for _, href in site_frame.FOOT]
    """,
}


def section(anchor: str) -> str:
    (found,) = re.findall(
        rf"^## [^\n]+ {{#{anchor}}}\n(.*?)(?=^## |\Z)", text(PAGE), re.MULTILINE | re.DOTALL
    )
    return found


def diffs(anchor: str) -> list[str]:
    return [code for _, language, code in BLOCK.findall(section(anchor)) if language == "diff"]


@pytest.fixture
def checkout(tmp_path):
    """What the changes touch, in a folder of its own: compiled modules too, whose sources keep
    their days, so that only what is changed is compiled again.
    """
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy2(ROOT / "program.yml", tmp_path)
    shutil.copytree(ROOT / "tests" / "golden" / "public", tmp_path / "golden")
    return tmp_path


def apply(checkout, anchor: str) -> None:
    for diff in diffs(anchor):
        done = subprocess.run(
            ["git", "apply", "-"], cwd=checkout, input=diff, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{anchor}: stale, write the diff again. {done.stderr}"


def run(checkout, code: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=checkout,
        env={"PYTHONPATH": str(checkout / "src")},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("anchor", TRIED)
def test_the_change_works_as_the_page_shows_it(checkout, anchor):
    code = "import textwrap; exec(textwrap.dedent('''" + TRIED[anchor] + "'''))"
    assert run(checkout, code).returncode != 0, "holds without the change"
    apply(checkout, anchor)
    done = run(checkout, code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("anchor", ["interval", "measure", "rule", "language", "page"])
def test_the_page_says_how_many_files_a_change_touches(anchor):
    touched = {
        line for diff in diffs(anchor) for line in re.findall(r"^\+\+\+ b/(\S+)", diff, re.M)
    }
    (said,) = [number for words, number in NUMBERS.items() if words in section(anchor)]
    assert len(touched) == said
