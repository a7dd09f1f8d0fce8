"""What the site's sources rely on in Quarto, each line of `site/README.md` with its test.

The program itself is not needed: the sources are read as its documentation says.
"""

import fnmatch
import html
import json
import re
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from support.workspace import ROOT

LISTED = re.compile(r"^\| .* \| \[.*\]\(https://quarto\.org/.*\) \| `(test_\w+)` \|$", re.M)
FRONT = re.compile(r"---\n(.*?)\n---\s", re.S)
RAW_HTML = re.compile(r"^```\{=html\}\n.*?\n```$", re.M | re.S)
SHOWN = {"date", "author", "reading-time"}  # the metadata of an item that a default listing shows
MARKS = {
    "a reference to a figure or table": re.compile(r"@(?:fig|tbl|lst|sec|eq)-"),
    "a shortcode or an include": re.compile(r"\{\{<"),
    "a cell that is run or drawn": re.compile(r"^\s*```+\s*\{(?!=html\})", re.M),
    "mathematics": re.compile(r"(?<!\\)\$\S[^$\n]*\$|\\\(|\\\["),
    "a script": re.compile(r"<script(?! type=\"application/ld\+json\")", re.I),
}


class Sources:
    """The sources of a site: settings, pages and notebooks by their names."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
        names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        self.names = [name.as_posix() for name in names if name.parts[0] != "_site"]
        self.pages = [name for name in self.names if name.endswith((".qmd", ".ipynb"))]

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def cells(self, name: str) -> list[dict]:
        return json.loads(self.text(name))["cells"]

    def notebooks(self) -> list[str]:
        return [name for name in self.pages if name.endswith(".ipynb")]

    def front(self, name: str) -> dict:
        """A page's front matter, which a notebook has in its first cell."""
        text = (
            "".join(self.cells(name)[0]["source"]) if name.endswith(".ipynb") else self.text(name)
        )
        return yaml.safe_load(FRONT.match(f"{text}\n")[1])

    def written(self, name: str) -> str:
        """A page's text that is read as Markdown or passed through."""
        if not name.endswith(".ipynb"):
            return self.text(name)
        return "\n".join(
            "".join(cell["source"]) for cell in self.cells(name) if cell["cell_type"] != "code"
        )

    def listings(self) -> list[tuple[str, dict]]:
        return [(name, self.front(name)["listing"]) for name in self.pages if self.listed(name)]

    def listed(self, name: str) -> bool:
        return "listing" in self.front(name)


@pytest.fixture(scope="module")
def sources(small_city):
    return Sources(small_city.folder / "site")


def matches(name: str, pattern: str) -> bool:
    """As Quarto reads a pattern: `*` stays within a folder, `**` does not."""
    if pattern.endswith("/**"):
        return name.startswith(pattern[:-2])
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch.fnmatchcase, parts, wanted))


def test_each_line_of_the_readme_has_its_test_and_each_test_its_line():
    lines = LISTED.findall((ROOT / "site" / "README.md").read_text(encoding="utf-8"))
    tests = [name for name in globals() if name.startswith("test_")]
    assert lines == tests[1:]


def test_a_notebooks_first_cell_is_raw_with_front_matter_and_each_source_a_list_of_lines(sources):
    assert sources.notebooks()
    for name in sources.notebooks():
        cells = sources.cells(name)
        assert cells[0]["cell_type"] == "raw" and cells[0]["source"][0] == "---\n", name
        for cell in cells:
            assert isinstance(cell["source"], list), name
            assert all(line.endswith("\n") for line in cell["source"][:-1]), name


def test_nothing_is_run_and_no_code_is_shown(sources):
    assert sources.settings["execute"] == {"enabled": False, "echo": False}


def test_every_page_is_rendered_and_nothing_else(sources):
    patterns = sources.settings["project"]["render"]
    for name in sources.names:
        rendered = any(matches(name, pattern) for pattern in patterns)
        assert rendered == (name in sources.pages), name


def test_every_file_that_is_no_page_is_copied(sources):
    patterns = sources.settings["project"]["resources"]
    own = {"README.md", "styles.css"}  # the style sheet is named as such
    for name in sources.names:
        if name not in sources.pages and name not in own and not name.startswith("_"):
            assert any(matches(name, pattern) for pattern in patterns), name


def test_title_and_navigation_come_from_a_file_of_settings_and_lead_to_sources(sources):
    assert sources.settings["metadata-files"] == ["_program.yml"]
    website = yaml.safe_load(sources.text("_program.yml"))["website"]
    entries = website["navbar"]["left"] + website["page-footer"]["right"]
    assert website["title"] and {entry["href"] for entry in entries} <= set(sources.pages)


def test_the_band_and_the_skip_link_are_included_before_the_body(sources):
    assert sources.settings["format"]["html"]["include-before-body"] == "_before.html"
    assert re.findall(r'^<\w+ class="(\w+)"', sources.text("_before.html"), flags=re.M) == [
        "skip",
        "fictional",
    ]


def test_a_page_says_its_language_where_it_is_not_that_of_the_settings(sources):
    assert sources.settings["lang"] == "en"
    for name in sources.pages:
        code = "es" if name.startswith("es/") else None
        assert sources.front(name).get("lang") == code, name


def test_titles_and_descriptions_are_markdown_that_is_plain_text(sources):
    markdown = MarkdownIt("commonmark", {"html": True})
    for name in sources.pages:
        for key in ("title", "description"):
            shown = markdown.render(sources.front(name)[key])
            assert re.fullmatch(r"<p>[^<>]+</p>\n", shown), (name, key)
            assert "\ue000" not in html.unescape(shown), name


def test_each_listing_shows_metadata_that_each_of_its_items_has_in_every_language(sources):
    folders = {name.rpartition("/")[0] for name, _listing in sources.listings()}
    assert folders == {"briefs", "es/briefs"}
    for name, listing in sources.listings():
        folder = name.rpartition("/")[0]
        items = [one for one in sources.pages if matches(one, f"{folder}/{listing['contents']}")]
        assert items and listing["type"] == "default", name
        for item in items:
            assert SHOWN & set(listing["fields"]) & set(sources.front(item)), item


def test_each_listing_has_a_place_of_its_own_and_no_controls(sources):
    for name, listing in sources.listings():
        assert f"::: {{#{listing['id']}}}\n:::" in sources.text(name), name
        assert listing["sort-ui"] is False and listing["filter-ui"] is False, name


def test_days_are_written_in_numbers_which_are_those_of_every_language(sources):
    assert sources.settings["date-format"] == "YYYY-MM-DD"
    for name, listing in sources.listings():
        assert listing["date-format"] == "YYYY-MM-DD", name


def test_the_newest_come_first_by_their_day(sources):
    for _name, listing in sources.listings():
        assert listing["sort"] == "date desc"


def test_the_address_of_the_site_is_set_for_the_feed_and_the_page_for_missing_ones(sources):
    assert re.fullmatch(r"https://[^/]+/(.+/)?", sources.settings["website"]["site-url"])
    feeding = [name for name, listing in sources.listings() if "feed" in listing]
    assert feeding == ["briefs/index.qmd"] and "404.qmd" in sources.pages


def test_html_stands_in_raw_blocks_that_nothing_in_them_closes(sources):
    for name in sources.pages:
        outside = RAW_HTML.sub("", sources.written(name))
        assert not re.search(r"<\w+|```", outside), name


def test_quarto_leaves_every_table_as_it_is(sources):
    for name in sources.pages:
        outputs = (
            "".join(output["data"]["text/html"])
            for cell in (sources.cells(name) if name.endswith(".ipynb") else [])
            for output in cell.get("outputs", [])
        )
        for text in (sources.written(name), *outputs):
            for table in re.findall(r"<table\b[^>]*>", text):
                assert 'data-quarto-disable-processing="true"' in table, name


def test_outputs_of_notebooks_are_html_without_scripts(sources):
    for name in sources.notebooks():
        for cell in sources.cells(name):
            for output in cell.get("outputs", []):
                assert set(output["data"]) == {"text/html", "text/plain"}, name
                assert "<script" not in "".join(output["data"]["text/html"]), name


def test_no_mathematics_so_that_no_library_is_loaded_for_it(sources):
    assert sources.settings["format"]["html"]["html-math-method"] == "plain"


def test_nothing_that_only_one_engine_knows_stands_in_a_page(sources):
    for name in sources.pages:
        text = sources.written(name)
        for what, mark in MARKS.items():
            read = RAW_HTML.sub("", text) if what == "mathematics" else text
            assert not mark.search(read), (name, what)


def test_nothing_is_switched_on_that_needs_a_script(sources):
    page, website = sources.settings["format"]["html"], sources.settings["website"]
    assert (page["toc"], page["anchor-sections"], page["code-copy"]) == (False, False, False)
    assert website["search"] is False and website["navbar"]["search"] is False
    assert website["navbar"]["collapse"] is False
