"""README, contributing, security, citation, changelog and the lists in folders agree with what is
there.
"""

import re
import subprocess
import tomllib
from datetime import date

import pytest
import yaml
from PIL import Image

from openresponse.program import load
from support.documentation import DOCS, blocks, text
from support.workspace import ROOT

README, LONGEST = ROOT / "README.md", 120
PACKAGE = "src/openresponse/"
REQUIRED = {"cff-version", "message", "title", "authors"}  # by the Citation File Format 1.2.0


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def folders(prefix: str = "") -> set[str]:
    """The folders right below a folder that git knows, but for hidden ones."""
    inside = {name.removeprefix(prefix) for name in tracked() if name.startswith(prefix)}
    return {name.split("/")[0] for name in inside if "/" in name and not name.startswith(".")}


def tree() -> dict[str, str]:
    """The lines of the README's tree: folder or module to what it is."""
    (block,) = [one for one in blocks(README, "") if PACKAGE in one]
    lines = [line for line in block.splitlines() if line.strip()]
    return {name: what for name, _, what in (line.partition("  ") for line in map(folded, lines))}


def folded(line: str) -> str:
    """A line whose indentation says that it is inside the package, with its path written out."""
    name = line.strip()
    return f"{PACKAGE}{name}" if line.startswith("  ") else name


def test_the_tree_in_the_readme_is_that_of_the_folders():
    top = {name.rstrip("/") for name in tree() if not name.startswith(PACKAGE)}
    assert top | {"src"} == folders()
    listed = {name.removeprefix(PACKAGE) for name in tree()} - {"", *tree()}
    modules = {
        path.name for path in (ROOT / PACKAGE).glob("*.py") if not path.name.startswith("__")
    }
    assert listed == {f"{name}/" for name in folders(PACKAGE)} | modules


def test_each_line_of_the_tree_says_what_is_there():
    assert all(what.strip() for what in tree().values())


def test_the_readme_is_short_and_leads_to_every_file_it_names():
    assert len(text(README).splitlines()) <= LONGEST
    named = re.findall(r"\]\(([^)#]+)\)", text(README))
    assert named and all((ROOT / name).exists() for name in named)


def test_the_readme_has_the_two_commands():
    assert "\nmake site " in text(README) and "\nmake test " in text(README)


def test_the_screenshot_is_small_wide_and_marked_as_fictional():
    path = DOCS / "images" / "home.png"
    assert path.stat().st_size < 150_000
    with Image.open(path) as picture:
        assert picture.width == 1280
    (alternative,) = re.findall(r"!\[([^]]+)\]\(docs/images/home\.png\)", text(README))
    assert "fictional" in alternative


@pytest.fixture
def citation():
    return yaml.safe_load(text(ROOT / "CITATION.cff"))


def test_the_citation_is_valid(citation):
    assert set(citation) >= REQUIRED
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("software", "dataset")
    assert isinstance(citation["date-released"], date)
    assert all(set(one) == {"name"} for one in citation["authors"])


def test_the_citation_has_version_and_license_of_the_package(citation):
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])


def test_a_leak_is_reported_to_the_address_of_the_program_file():
    assert f"**{load(ROOT / 'program.yml').program.email}**" in text(ROOT / "SECURITY.md")


def test_the_changelog_is_dated_newest_first():
    days = re.findall(r"^## (.+)$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert days == sorted(days, reverse=True)
    assert all(date.fromisoformat(day) for day in days)


def test_every_benchmark_is_in_the_list_of_benchmarks():
    listed = set(re.findall(r"^- `(\w+\.py)`", text(ROOT / "bench" / "README.md"), re.MULTILINE))
    assert listed == {path.name for path in (ROOT / "bench").glob("*.py")}


def test_the_list_of_raw_files_is_that_of_the_program_file():
    page = text(ROOT / "data" / "raw" / "README.md")
    extracts = load(ROOT / "program.yml").extracts.values()
    assert all(f"`{extract.file}`" in page for extract in extracts)
