"""Git ignores what is generated, in whatever language, and keeps what is written."""

import subprocess

import pytest

from support.workspace import ROOT


def is_ignored(path: str) -> bool:
    asked = ["git", "check-ignore", "--quiet", "--no-index", path]
    return subprocess.run(asked, cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    "path",
    [
        "site/index.qmd",
        "site/404.qmd",
        "site/es/methods.qmd",
        "site/zh-Hant/briefs/2026-10.ipynb",
        "site/a-page-of-next-year.qmd",
        "site/_site/index.html",
        "site/vega.js",
        "data/raw/2026-10/incidents.csv",
    ],
)
def test_what_is_generated_or_confidential_is_ignored(path):
    assert is_ignored(path)


def test_every_written_source_of_the_site_is_kept():
    tracked = ["git", "ls-files", "site"]
    sources = subprocess.run(tracked, cwd=ROOT, check=True, capture_output=True, text=True)
    assert [path for path in sources.stdout.split() if is_ignored(path)] == []
    assert "site/_quarto.yml" in sources.stdout
