"""Every page is explained by the published tables: made again from them alone, it is the same byte
for byte.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from openresponse.errors import DisclosureError, ReleaseError, RenderError, first
from openresponse.media.bundle import copy_own
from openresponse.program import Folders
from openresponse.release.checks.published_files import files
from openresponse.release.checks.tripwires import Finding
from openresponse.release.store import interruptions
from openresponse.release.store.public_folder import available
from openresponse.website import engines
from openresponse.website.engines import SITE
from openresponse.workflow.city import City
from openresponse.workflow.rendering.page_folders import STAGE

OTHER, MISSING = (
    "not what the published tables give",
    "missing, though the published tables give it",
)
# In the folder of the site's sources, and rendered by neither engine.
UNPUBLISHED = {"README.md", ".quarto"}


def unexplained(city: City) -> list[Finding]:
    """The files of the site, its sources and the staged pages that differ from those made again
    from the public folder.

    They are made in a folder of their own that holds the releases, the notebooks, the written pages
    and the program file, and no raw data. So a value that only the confidential side knows can be
    in no page, picture, notebook, feed, JSON file or PDF. What is trusted: the code, the notebooks
    and the written pages, which are reviewed as text. ReleaseError where the site is not
    that of the newest release.
    """
    folders = city.program.folders
    refuse_other_release(folders)
    with interruptions.scratch("rebuild") as scratch:
        again = rebuild(city, scratch)
        findings = differences(folders.site, again / "site")
        for name in available(folders.public)[-1:]:
            pages = Path("build", STAGE, name)
            if (folders.build / STAGE / name).is_dir():
                findings += differences(folders.build / STAGE / name, again / pages)
    return sorted(findings)


def refuse_other_release(folders: Folders) -> None:
    """ReleaseError where the site is not that of the newest release: then these tables cannot
    explain its pages, and that proves nothing.
    """
    site, newest = folders.site / SITE, (available(folders.public) or [""])[-1]
    shown = engines.release(site)
    if shown != newest:
        raise ReleaseError(
            f"{site}: its pages show {shown or 'no release'}, and the newest release in"
            f" {folders.public} is {newest or 'not there'}. Run `openresponse site`, then run this"
            " again."
        )


def rebuild(city: City, again: Path) -> Path:
    """Make pages and website again in the empty folder `again`, from the public folder alone;
    returns it.
    """
    _lay_out(city.file, city.program.folders, again)
    with city.stage("rebuild", "Making every page again from the published tables alone"):
        make_site(again, city.file.name)
    return again


def check(findings: list[Finding]) -> None:
    """DisclosureError that names the first files; nothing where all are explained."""
    if findings:
        raise DisclosureError(
            f"{first(findings)}. Do not publish this site. Run `openresponse site`, then audit"
            " again: what still differs was written by hand, or by other code than this."
        )


def differences(published: Path, again: Path) -> list[Finding]:
    """Files that are in one folder alone, or have other bytes."""
    ours, theirs = _files(published), _files(again)
    findings = [
        Finding(path, "", OTHER)
        for name, path in ours.items()
        if not (again / name).is_file() or path.read_bytes() != (again / name).read_bytes()
    ]
    missing = theirs.keys() - ours.keys()
    return findings + [Finding(published / name, "", MISSING) for name in missing]


def _files(folder: Path) -> dict[Path, Path]:
    named = {path.relative_to(folder): path for path in files([folder])}
    return {name: path for name, path in named.items() if name.parts[0] not in UNPUBLISHED}


def _lay_out(program_file: Path, folders: Folders, again: Path) -> None:
    """A repository's shape with what is public, and nothing else."""
    content = yaml.safe_load(program_file.read_text(encoding="utf-8"))
    content.pop("folders", None)
    (again / program_file.name).write_text(
        yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    shutil.copytree(folders.public, again / "data" / "public")
    copy_own(folders.home, again)


def make_site(again: Path, program_name: str) -> None:
    """The pages and the website there, by the command that people run."""
    code = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-m", "openresponse", "site", "--program", program_name],
        cwd=again,
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONPATH": code},
        check=False,
    )
    if run.returncode or not (again / "site" / SITE / "index.html").is_file():
        log = run.stderr.replace(str(again), "").strip().splitlines()
        raise RenderError(
            "The pages could not be made again from the published tables: "
            + (log[-1] if log else "no page came out.")
        )
