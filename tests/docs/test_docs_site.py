"""The documentation renders, links lead somewhere, everybody can read it, and it is plain."""

import re

import pytest
import textstat

from openresponse.website import engines
from openresponse.workflow.documentation import build
from support.documentation import BESIDE, DOCS, pages, prose, text
from support.workspace import ROOT

HARDEST = 8.0  # school grade, Flesch and Kincaid 1975
WRITTEN = [path for path in pages() if path.name not in build.MADE] + BESIDE
LISTS = ("glossary.md", "adding.qmd")  # of sources, and of diffs: no running text


def sentences(path) -> str:
    """The running text of a page: without headings, code, addresses of links and marks. What ends a
    paragraph or an item ends a sentence.
    """
    written = re.sub(r"^(?:#|\||>|!).*$", "", prose(path), flags=re.MULTILINE)
    written = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", written)
    written = re.sub(r"`[^`]*`", "it", re.sub(r"[*_]", "", written))
    written = re.sub(r"(?<=\d)[.,](?=\d)", "", written)
    parts = re.split(r"\n\s*\n|\n\s*(?:-|\d+\.) ", written)
    return " ".join(f"{' '.join(part.split()).rstrip('.:;')}." for part in parts if part.strip())


@pytest.mark.slow
def test_the_documentation_renders_and_nothing_is_found_on_its_pages(tmp_path):
    # The engine inspects the finished pages: links, accessibility, no other host.
    project = tmp_path / "docs"
    project.mkdir()
    for path in [*pages(), DOCS / "_quarto.yml", DOCS / "_before.html"]:
        (project / path.name).write_text(text(path), encoding="utf-8")
    written = [ROOT / "site" / name for name in ("styles.css", "favicon.svg")]
    site = engines.render(project, "smalldocs", written)
    made = {path.stem for path in site.glob("*.html")}
    assert made == {path.stem for path in pages()}
    assert not list(site.glob("*.js"))


@pytest.mark.parametrize(
    "path", [path for path in WRITTEN if path.name not in LISTS], ids=lambda path: path.name
)
def test_a_page_is_plain(path):
    assert textstat.flesch_kincaid_grade(sentences(path)) <= HARDEST


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_a_page_has_a_title_and_a_description(path):
    assert re.match(r"---\n(?:#.*\n)?title: .+\ndescription: .+\n---\n", text(path))
