import re
import xml.etree.ElementTree as ET

import altair as alt
import pandas as pd
import pytest

from openresponse.report import FICTIONAL, charts, figures, theme
from openresponse.report.readings import Reading
from openresponse.report.svg import LARGEST, inline, picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(published):
    return [f for table in published.tables for f in figures.of_table(published, table)]


def bars(svg):
    """Width of each bar in the picture, by the shape of its path."""
    return [float(w) for w in re.findall(r"M[\d.,]+h([\d.]+)v9h", svg)]


def test_every_picture_has_a_title_and_a_description(drawn):
    for figure in drawn:
        if figure.picture:
            root = ET.fromstring(figure.picture)
            title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert root.get("role") == "img" and title.text and desc.text
            assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]


def test_every_picture_of_invented_figures_says_so(drawn, real_city):
    assert all(f"{FICTIONAL}</text>" in f.picture and f"{FICTIONAL}:" in f.picture for f in drawn if f.picture)
    assert not any(FICTIONAL in f.picture for f in figures.of_table(real_city, "responders"))


def test_a_picture_is_small_and_the_same_every_time(published, drawn):
    assert all(len(f.picture.encode()) <= LARGEST for f in drawn)
    again = figures.bars(published, "funnel")
    assert again.picture == next(f.picture for f in drawn if f.name == again.name)


def test_names_in_a_picture_are_unique_on_a_page(drawn):
    ids = re.findall(r'id="([^"]+)"', "".join(f.picture for f in drawn))
    assert len(ids) == len(set(ids))


def test_a_picture_asks_no_other_host_and_carries_no_style(drawn):
    for figure in drawn:
        text = figure.picture.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "http" not in text and "style=" not in text and "<script" not in text


def test_a_withheld_count_is_never_drawn(published):
    rows = pd.DataFrame({"code": ["a", "b", "c"], "label": ["Shown", "Hidden", "None"], "depth": 0,
                         "count": pd.array([20, pd.NA, 0], dtype="Int64"), "text": ["20", "withheld", "0"]})
    svg = picture(charts.bars(rows), "x", "t", "d", True)
    assert bars(svg) == [theme.WIDTH, 0] and ">withheld<" in svg and "stroke-dasharray" in svg


def test_a_gap_in_a_line_is_named_and_not_drawn_as_zero():
    def line(hidden):
        return [Reading(f"2026-{m:02d}", "a", None if m == hidden else 50, "c" if m == hidden else "", None if m == hidden else 0.5,
                        "c" if m == hidden else "", 100) for m in range(1, 7)]
    whole, gap = (picture(charts.trend(line(m)), "x", "t", "d", False) for m in (0, 3))
    assert "withheld" in gap and "withheld" not in whole
    path = re.search(r'<path d="(M[^"]+)"[^>]*stroke="' + theme.MAIN, gap)[1]
    heights = {point.split(",")[1] for point in re.split("[ML]", path)[1:]}
    assert path.count("M") == 2 and len(heights) == 1, "the line stops and goes on at the same height"


def test_a_picture_in_a_page_takes_the_pages_colors(drawn):
    assert "var(--ink" in inline(drawn[0].picture) and "var(" not in drawn[0].picture


@pytest.mark.parametrize("color", [theme.MAIN, theme.POLICE, theme.CARE, theme.EMS, theme.OTHER])
def test_series_colors_hold_on_a_light_and_a_dark_page(color):
    assert min(contrast(color, "#ffffff"), contrast(color, "#12181f")) >= 3


def contrast(a, b):
    def luminance(color):
        parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_every_chart_is_valid_by_the_schema(published):
    rows = figures.breakdown(published, "funnel").assign(text="x")
    readings = figures.series(published, "responders", "police_on_scene")
    frame = figures.cells(published, "response_times")
    with alt.utils.schemapi.debug_mode(True):
        for chart in (charts.bars(rows), charts.trend(readings), charts.trend(readings, "value"), charts.times(frame)):
            chart.to_dict(validate=True)
