import json
import re

import altair as alt
import pytest
import vl_convert

from openresponse.media import vega
from openresponse.release.checks.texts import texts
from openresponse.release.checks.withheld_counts import CALENDAR, explained, whole_numbers
from openresponse.report.figures import bars, table_figures
from openresponse.report.pages import explore, explore_chart
from openresponse.report.prose import readings
from openresponse.report.prose.faces import FACES
from openresponse.website import serving
from support.workspace import ROOT

SITE = ROOT / "site"


@pytest.fixture(scope="module")
def written(pages):
    return pages[0]


def specifications(out):
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in (out / explore.FOLDER).glob("*.json")
    }


def rows(specification):
    return specification["datasets"][specification["data"]["name"]]


def test_what_can_be_explored_are_the_published_cells_and_withheld_is_null(published):
    where = {"model": "co_response"}
    frame = readings.cells(published, "funnel", where).set_index(["period", "stage"])
    cells = rows(explore_chart.specification(published, bars.figure(published, "funnel", where)))
    assert len(cells) == len(frame) and any(cell["number"] is None for cell in cells)
    for cell in cells:
        there = frame.loc[cell["period"], cell["code"]]
        if there["incidents_status"] == "c":
            assert (
                cell["number"] is None
                and cell["all"] is None
                and cell["part"] is None
                and cell["said"] == "withheld"
            )
        else:
            assert cell["number"] == there["incidents"] and cell["said"].startswith(
                f"{there['incidents']:,}"
            )


def test_every_specification_is_valid_and_small_and_asks_no_address(published, written):
    figure = next(f for f in table_figures.of_table(published, "funnel") if f.explorable)
    with alt.utils.schemapi.debug_mode(True):
        explore_chart.specification(published, figure)
    for path in (written / explore.FOLDER).glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert (
            len(text.encode()) <= explore.LARGEST
            and '"url"' not in text
            and text.count("http") == 1
        ), path


@pytest.mark.parametrize("beside", [None, "team_not_sent"])
def test_no_line_reaches_the_name_of_a_line(published, beside):
    made = explore_chart.specification(published, bars.figure(published, "funnel")) | {
        "width": 200,
        "height": 272,
    }
    chosen = [next(p for p in made["params"] if p["name"] == name) for name in ("show", "beside")]
    chosen[1]["value"] = beside or explore_chart.NONE
    svg = vl_convert.vegalite_to_svg(made)
    names = [float(y) for y in re.findall(r'translate\(30,([\d.]+)\)"[^>]*font-weight="bold"', svg)]
    lines = [
        float(y)
        for line in re.findall(r'<path [^>]*d="(M[\d.,L]+)"', svg)
        for y in re.findall(r",([\d.]+)", line)
    ]
    assert len(names) == (2 if beside else 1) and lines and min(lines) > max(names) + 3


def test_a_specification_holds_no_number_that_could_be_taken_for_a_withheld_one(published, written):
    known = explained(published)
    for path in (written / explore.FOLDER).glob("*.json"):
        numbers = {
            number
            for text in texts(path.read_bytes(), path.name)
            for number in whole_numbers(text, known)
        }
        assert numbers <= known | set(CALENDAR), path


def test_the_library_is_the_one_file_that_is_not_searched_and_only_where_it_is_untouched(written):
    content = (written / vega.FILE).read_bytes()
    assert [t.content for t in texts(content, vega.FILE)] == [vega.FILE]
    assert (
        len(list(texts(content + b"// 97 calls", vega.FILE))) == 2
        and len(list(texts(content, "other.js"))) == 2
    )


def test_each_figure_that_can_be_explored_has_its_data_and_a_way_without_scripts(written):
    page = (written / "explore.qmd").read_text(encoding="utf-8")
    offered = set(re.findall(r'<option value="([^"]+)"', page))
    assert offered == set(specifications(written)) == set(re.findall(r'<li id="([^"]+)"', page))
    linked = {
        name
        for path in written.rglob("*.qmd")
        for name in re.findall(r'explore\.html#([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert linked and linked <= offered
    for item in re.findall(r"<li id=.*?</li>", page):
        assert (
            re.search(r'href="(outcomes|models/[a-z-]+)\.html#[a-z0-9-]+"', item)
            and "data/latest/" in item
        )


def test_a_release_without_figures_through_time_has_no_such_page(published, tmp_path):
    still = list(table_figures.of_table(published, "involuntary_hold"))
    assert explore.write(published, still, tmp_path, {}) == [] and not list(tmp_path.iterdir())


def test_the_scripts_of_a_page_are_files_that_the_site_has(written):
    assert serving.SCRIPTS[explore.PAGE] == (vega.FILE, "explore.js")
    assert all(
        (written / name).is_file() or (SITE / name).is_file()
        for names in serving.SCRIPTS.values()
        for name in names
    )


@pytest.mark.parametrize("table", ["funnel", "outcomes", "responders"])
def test_exploring_opens_on_the_share_of_the_measures_face(published, table):
    figure = next(f for f in table_figures.of_table(published, table) if f.explorable)
    params = {
        p["name"]: p["value"] for p in explore_chart.specification(published, figure)["params"]
    }
    face = FACES[published.category(table)]
    assert (params["show"], params["measure"]) == (face.code, face.of)
