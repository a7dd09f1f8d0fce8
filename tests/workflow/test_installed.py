"""The package without its checkout: what it needs travels in the wheel, and a program file is
enough.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from openresponse.errors import NotebookError
from openresponse.media import bundle
from openresponse.program import load
from support import golden
from support.documentation import DOCS, blocks
from support.workspace import ROOT

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["build", "--wheel", "--no-build-isolation", "--python", sys.executable, "-o", folder]
    subprocess.run([BIN / "uv", *build, ROOT], check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_a_city_has_its_own_file_where_it_wrote_one_and_the_others_as_they_are(
    tmp_path,
):
    own = tmp_path / "site" / "styles.css"
    own.parent.mkdir()
    own.write_text("/* ours */", encoding="utf-8")
    assert bundle.bundled("site/styles.css", tmp_path) == own
    for name in (*bundle.NOTEBOOKS, *bundle.WRITTEN[:1], bundle.LOCK):
        assert bundle.bundled(name, tmp_path).read_bytes() == (ROOT / name).read_bytes()


def test_a_city_s_own_files_are_beside_its_program_file(tmp_path):
    shutil.copy2(ROOT / "program.yml", tmp_path)
    assert load(tmp_path / "program.yml").folders.home == tmp_path


def test_a_file_that_is_nowhere_is_one_sentence():
    with pytest.raises(NotebookError, match=r"^notebooks/none.ipynb: missing.*install"):
        bundle.bundled("notebooks/none.ipynb", Path())


def test_the_wheel_holds_everything_that_is_not_code_too(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    bundled = {f"openresponse/bundled/{name}" for name in (*bundle.NOTEBOOKS, *bundle.WRITTEN)}
    assert bundled | {f"openresponse/bundled/{bundle.LOCK}"} <= held
    tracked = subprocess.run(
        ["git", "ls-files", "src"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name.removeprefix("src/") for name in tracked if (ROOT / name).is_file()} <= held


@pytest.mark.full
def test_a_program_file_in_an_empty_folder_becomes_a_site_as_the_documentation_says(tmp_path):
    """The lines of the documentation in a copy of the checkout, with a small extract delivered."""
    (steps,) = [block for block in blocks(DOCS / "index.qmd", "sh") if "uv build" in block]
    checkout, folder = tmp_path / "checkout", tmp_path / "city"
    ignored = shutil.ignore_patterns(".git", ".venv", "build", "data", "_site", "node_modules")
    shutil.copytree(ROOT, checkout, ignore=ignored)
    (checkout / ".venv").symlink_to(BIN.parent)
    shutil.copytree(golden.HERE / "raw", folder / "data" / "raw")
    made = subprocess.run(
        ["bash", "-e", "-c", steps],
        cwd=checkout,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        check=False,
    )
    assert made.returncode == 0, made.stderr + made.stdout
    assert (folder / "site" / "_site" / "index.html").is_file()
    assert not (folder / "notebooks").exists() and not (folder / "site" / "_quarto.yml").exists()
