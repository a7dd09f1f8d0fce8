"""What the page for journalists tells them to run does what it says, on a small release."""

import shutil
import subprocess
import sys

import pytest

from openresponse import cli
from support.documentation import DOCS, blocks
from support.workspace import ROOT

PAGE = DOCS / "verify.qmd"


@pytest.fixture
def release(tmp_path):
    return shutil.copytree(ROOT / "tests" / "golden" / "public", tmp_path / "2025-03")


def hashes(folder):
    (line,) = [block for block in blocks(PAGE, "sh") if "sha256sum" in block]
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=folder, capture_output=True, text=True
    )


def test_the_hashes_agree_without_the_program(release):
    done = hashes(release)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_a_changed_file_is_noticed_with_and_without_the_program(release):
    (release / "funnel.csv").write_text("changed", encoding="utf-8")
    assert "funnel.csv: FAILED" in hashes(release).stdout
    assert cli.main(["verify", str(release)]) == 5


def test_the_lines_that_recompute_a_figure_run_and_find_the_shares_right(release):
    (lines,) = blocks(PAGE, "python")
    done = subprocess.run(
        [sys.executable, "-c", lines], cwd=release, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "stage" in done.stdout
