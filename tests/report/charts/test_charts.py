import io
import re
import xml.etree.ElementTree as ET
from itertools import combinations

import altair as alt
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from openresponse.measures import (
    attendance,
    dimensions,
    followup,
    funnel,
    outcomes,
    responders,
    safety,
)
from openresponse.media.names import FICTIONAL
from openresponse.release.checks.readable import UnreadableError
from openresponse.release.checks.texts import texts
from openresponse.report.charts import bar_chart, colors, marks, time_axis, times_chart, trend_chart
from openresponse.report.charts.colors import inline
from openresponse.report.charts.svg import LARGEST, picture
from openresponse.report.figures import bars, png, table_figures
from openresponse.report.prose import wilson
from openresponse.report.prose.readings import Reading, breakdown, cells, series
from openresponse.tables.hierarchy import Hierarchy
from support import invented
from support.workspace import ROOT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(published):
    return [f for table in published.tables for f in table_figures.of_table(published, table)]


def widths(svg):
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
    assert all(
        f"{FICTIONAL}</text>" in f.picture and f"{FICTIONAL}:" in f.picture
        for f in drawn
        if f.picture
    )
    assert not any(FICTIONAL in f.picture for f in table_figures.of_table(real_city, "responders"))


def test_a_picture_is_small_and_the_same_every_time(published, drawn):
    assert all(len(f.picture.encode()) <= LARGEST for f in drawn)
    again = bars.figure(published, "funnel")
    assert again.picture == next(f.picture for f in drawn if f.name == again.name)


def test_names_in_a_picture_are_unique_on_a_page(drawn):
    ids = re.findall(r'id="([^"]+)"', "".join(f.picture for f in drawn))
    assert len(ids) == len(set(ids))


def test_a_picture_asks_no_other_host_and_carries_no_style(drawn):
    for figure in drawn:
        text = figure.picture.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "http" not in text and "style=" not in text and "<script" not in text


def test_a_withheld_count_is_never_drawn(published):
    rows = pd.DataFrame(
        {
            "code": ["a", "b", "c"],
            "label": ["Shown", "Hidden", "None"],
            "depth": 0,
            "count": pd.array([20, pd.NA, 0], dtype="Int64"),
            "text": ["20", "withheld", "0"],
        }
    )
    svg = picture(bar_chart.bars(rows), "x", "t", "d", True)
    assert widths(svg) == [colors.WIDTH, 0] and ">withheld<" in svg and "stroke-dasharray" in svg


def test_a_gap_in_a_line_is_named_and_not_drawn_as_zero():
    def line(hidden):
        return [
            Reading(
                f"2026-{m:02d}",
                "a",
                None if m == hidden else 50,
                "c" if m == hidden else "",
                None if m == hidden else 0.5,
                "c" if m == hidden else "",
                100,
            )
            for m in range(1, 7)
        ]

    whole, gap = (picture(trend_chart.trend(line(m)), "x", "t", "d", False) for m in (0, 3))
    assert "withheld" in gap and "withheld" not in whole
    path = re.search(r'<path d="(M[^"]+)"[^>]*stroke="' + colors.MAIN, gap)[1]
    heights = {point.split(",")[1] for point in re.split("[ML]", path)[1:]}
    assert path.count("M") == 2 and len(heights) == 1, (
        "the line stops and goes on at the same height"
    )


def test_a_picture_in_a_page_takes_the_pages_colors(drawn):
    assert "var(--ink" in inline(drawn[0].picture) and "var(" not in drawn[0].picture


SERIES = {name: getattr(colors, name) for name in ("MAIN", "POLICE", "CARE", "EMS", "OTHER")}
STYLES = (ROOT / "site" / "styles.css").read_text(encoding="utf-8")
# How colors look to people without red, green or blue cones, on linear RGB: Machado, Oliveira and
# Fernandes, A physiologically-based model for simulation of color vision deficiency (2009),
# severity 1.
VISION = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
APART = 0.12  # least distance of two categories in Oklab; about 0.02 can just be told apart


@pytest.mark.parametrize("vision", VISION)
def test_categories_stay_apart_for_every_kind_of_color_vision(vision):
    seen = {name: oklab(VISION[vision] @ linear(color)) for name, color in SERIES.items()}
    distances = {(a, b): float(np.linalg.norm(seen[a] - seen[b])) for a, b in combinations(seen, 2)}
    assert min(distances.values()) >= APART, min(distances, key=distances.get)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_graphics_have_contrast_on_the_page_of_either_scheme(scheme):
    page = page_colors(scheme)
    assert all(contrast(color, page["paper"]) >= 3 for color in SERIES.values())
    assert (
        min(contrast(page["ink"], page["paper"]), contrast(page["ink-soft"], page["paper"])) >= 4.5
    )
    assert min(contrast(colors.INK, colors.PAPER), contrast(colors.FAINT, colors.PAPER)) >= 4.5


def test_a_picture_by_itself_has_the_colors_of_the_light_page():
    page = page_colors("light")
    assert (
        page["ink"],
        page["ink-soft"],
        page["rule"],
        page["paper"],
    ) == (colors.INK, colors.FAINT, colors.GRID, colors.PAPER)


def page_colors(scheme):
    found = re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLES)
    names = [name for name, _ in found]
    dark = names.index("paper", names.index("paper") + 1)
    return dict(
        reversed(found[:dark] if scheme == "light" else found[dark:])
    )  # what comes later is for forced colors


def linear(color):
    parts = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb):
    """Source: B. Ottosson, A perceptual color space for image processing (2020)."""
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return lab @ np.cbrt(cones @ np.clip(rgb, 0, 1))


def contrast(a, b):
    dark, light = sorted(float(linear(color) @ [0.2126, 0.7152, 0.0722]) for color in (a, b))
    return (light + 0.05) / (dark + 0.05)


def test_a_color_is_given_only_to_what_is_counted():
    hierarchies = [
        hierarchy
        for module in (attendance, dimensions, followup, funnel, outcomes, responders, safety)
        for hierarchy in vars(module).values()
        if isinstance(hierarchy, Hierarchy)
    ]
    hierarchies.append(safety.applicants())
    counted = {code for hierarchy in hierarchies for code in hierarchy.codes} | {
        "all",
        "not_recorded",
        "rows_in",
    }
    assert set(colors.CATEGORY) <= counted, set(colors.CATEGORY) - counted


def test_a_category_has_the_color_of_its_bar_in_the_line_too():
    line = [
        Reading(f"2026-{m:02d}", "police_on_scene", 500 + m, "", 0.5, "", 1000) for m in range(1, 7)
    ]
    assert f'stroke="{colors.POLICE}"' in picture(trend_chart.trend(line), "x", "t", "d", False)


def test_every_chart_is_valid_by_the_schema(published):
    rows = breakdown(published, "funnel").assign(text="x")
    readings = series(published, "responders", "police_on_scene")
    frame = cells(published, "response_times")
    with alt.utils.schemapi.debug_mode(True):
        for chart in (
            bar_chart.bars(rows),
            trend_chart.trend(readings),
            trend_chart.trend(readings, is_share=False),
            times_chart.times(frame),
        ):
            alt.LayerChart.from_dict(chart.to_dict(), validate=True)


@pytest.mark.parametrize(
    "count, of, low, high",
    [  # computed by hand from Wilson's formula, z = 1.96
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (139, 387, 0.3129, 0.4081),
        (1, 400, 0.0004, 0.0140),
    ],
)
def test_the_interval_of_a_share_is_wilsons(count, of, low, high):
    assert wilson.wilson(count, of) == pytest.approx((low, high), abs=0.0001)


def test_no_interval_is_drawn_where_it_could_not_be_wider_than_five_points_either_way():
    widest = max(
        high - low for low, high in (wilson.wilson(n, wilson.FEW) for n in range(wilson.FEW + 1))
    )
    assert widest / 2 <= 0.05
    assert [
        bool(wilson.of_few(n // 2, n, 0.5)) for n in (wilson.FEW - 1, wilson.FEW, wilson.FEW + 1)
    ] == [True, False, False]


@pytest.mark.parametrize(
    "count, of, share",
    [(None, 100, None), (50, None, None), (50, 100, None), (0, 0, None), (pd.NA, 100, pd.NA)],
)
def test_no_interval_where_count_whole_or_share_is_not_published(count, of, share):
    assert wilson.of_few(count, of, share) is None


def test_a_share_of_few_has_a_thin_line_and_its_meaning_beside_it(published):
    few = [Reading(f"2026-{m:02d}", "a", 50, "", 0.5, "", 100) for m in range(1, 7)]
    many = [Reading(f"2026-{m:02d}", "a", 500, "", 0.5, "", 1000) for m in range(1, 7)]
    drawn, not_drawn = (picture(trend_chart.trend(r), "x", "t", "d", False) for r in (few, many))
    assert ">95% confidence interval<" in drawn and "95% confidence interval" not in not_drawn
    explained = [
        f
        for f in table_figures.of_table(published, "outcomes", {"model": "co_response"})
        if wilson.note() in f.note
    ]
    assert explained and all("95%" in f.picture for f in explained)


def test_the_thin_line_under_a_bar_is_the_interval_of_its_share_in_the_bars_own_scale():
    rows = pd.DataFrame(
        {
            "code": ["a", "b", "c"],
            "label": "x",
            "depth": 0,
            "count": pd.array([100, 40, pd.NA], dtype="Int64"),
            "text": "",
            "low": pd.array([pd.NA, 30.0, pd.NA], dtype="Float64"),
            "high": pd.array([pd.NA, 50.0, pd.NA], dtype="Float64"),
        }
    )
    svg = picture(bar_chart.bars(rows), "x", "t", "d", False)
    lines = re.findall(
        r'<line transform="translate\(([\d.]+),[\d.]+\)" x2="(-?[\d.]+)" y2="0" stroke="'
        + colors.INK,
        svg,
    )
    assert sorted(sorted((float(x), float(x) + float(wide))) for x, wide in lines) == [
        [pytest.approx(0.3 * colors.WIDTH), pytest.approx(0.5 * colors.WIDTH)]
    ]


def reserved(status):
    return [
        Reading(
            f"2026-{m:02d}", "a", 500, status if m == 6 else "", 0.5, status if m == 6 else "", 1000
        )
        for m in range(1, 7)
    ]


@pytest.mark.parametrize(
    "status, said",
    [
        ("p", "provisional"),
        ("r", "revised"),
        ("e", "earlier figure, the revised one is withheld"),
        ("u", "low reliability"),
    ],
)
def test_a_figure_with_a_reservation_is_an_open_point_and_a_word(status, said):
    plain, marked = (
        picture(trend_chart.trend(reserved(s)), "x", "t", "d", False) for s in ("", status)
    )
    assert f">{said}<" in marked and said not in plain
    assert marked.count(f'fill="{colors.PAPER}"') == plain.count(f'fill="{colors.PAPER}"') + 2, (
        "the point, and the one in the key"
    )


def test_bars_that_are_all_provisional_say_so_in_the_picture(published):
    frame = published.tables["responders"]
    shown = frame["incidents"].notna()
    provisional = frame["incidents_status"].mask(shown, "p")
    some = provisional.mask(frame["part_of"] == "", "")
    for status, is_said in ((provisional, True), (some, False)):
        altered = invented.altered(published, "responders", incidents_status=status)
        said = "All figures here: provisional" in bars.figure(altered, "responders").picture
        assert said == is_said


def test_a_signal_is_another_shape_and_a_word_and_no_color_of_a_category():
    steady = [
        Reading(
            f"{2024 + m // 12}-{m % 12 + 1:02d}",
            "a",
            500,
            "",
            0.5 + 0.002 * (m % 3) + (0.3 if m == 20 else 0),
            "",
            1000,
        )
        for m in range(24)
    ]
    svg = picture(trend_chart.trend(steady), "x", "t", "d", False)
    diamonds = re.findall(r'<path [^>]*d="M-[\d.]+,0L0,-[^"]*Z"[^>]*fill="([^"]+)"', svg)
    assert ">signal<" in svg and diamonds and set(diamonds) == {colors.INK}


def test_every_sign_of_the_key_has_a_shape_of_its_own():
    shapes = [
        *marks.SHOWN.values(),
        *marks.HIDDEN.values(),
        marks.signal().shape,
        marks.limits().shape,
        marks.confidence("#000000").shape,
    ]
    assert len(shapes) == len(set(shapes)) and set(marks.SHOWN) | set(marks.HIDDEN) == set(
        "preubcxz"
    )


def test_crosses_for_what_is_not_shown_stand_below_every_value():
    gap = [
        Reading(
            f"2026-{m:02d}",
            "a",
            None if m == 3 else m,
            "c" if m == 3 else "",
            None if m == 3 else m / 100,
            "c" if m == 3 else "",
            1000,
        )
        for m in range(1, 7)
    ]
    chart = trend_chart.trend(gap).to_dict()
    assert f'"range": [{time_axis.HEIGHT - marks.STRIP}, 0]' in str(chart).replace("'", '"')


def test_the_names_and_last_values_of_median_and_ninth_decile_do_not_overlap():
    for median, p90 in ((14.0, 31.0), (14.0, 14.4), (0.4, 30.0)):
        frame = pd.DataFrame(
            {
                "period": [f"2026-{m:02d}" for m in range(1, 7)],
                "median_minutes": median,
                "median_minutes_status": "",
                "p90_minutes": p90,
                "p90_minutes_status": "",
            }
        )
        svg = picture(times_chart.times(frame), "x", "t", "d", False)
        heights = [
            text_height(svg, said) for said in ("half took at most", "nine in ten took at most")
        ]
        values = [text_height(svg, f"{n:.1f}") for n in (median, p90)]
        assert heights[0] - heights[1] >= 12 and values[0] - values[1] >= 12, (median, p90)


def test_the_name_of_a_line_stands_over_every_peak_that_its_words_reach():
    def height(peak: int) -> float:
        frame = pd.DataFrame(
            {
                "period": [f"{2025 + m // 12}-{m % 12 + 1:02d}" for m in range(22)],
                "median_minutes": 9.0,
                "median_minutes_status": "",
                "p90_minutes": [26.0 if m == peak else 20.0 for m in range(22)],
                "p90_minutes_status": "",
            }
        )
        return text_height(
            picture(times_chart.times(frame), "x", "t", "d", False), "nine in ten took at most"
        )

    assert height(9) == height(18) < height(1)


def text_height(svg, said):
    x, y = re.search(
        r'<text [^>]*transform="translate\(([\d.-]+),([\d.-]+)\)"[^>]*>' + re.escape(said) + "<",
        svg,
    ).groups()
    return float(y)


def test_a_picture_through_time_is_no_wider_than_one_of_bars(drawn):
    wide = [float(re.search(r'viewBox="0 0 ([\d.]+)', f.picture)[1]) for f in drawn if f.picture]
    assert max(wide) <= colors.WIDTH + 6


def test_a_png_says_by_itself_what_it_is(published, real_city):
    figure = bars.figure(published, "responders")
    said = png.sheet(figure, published, "https://city.example/")
    assert (
        said["title"] == figure.title
        and said["detail"] == figure.detail
        and said["note"] == figure.note
    )
    assert said["source"] == [
        "Source: Open Response demonstration, release 2026-10",
        "https://city.example/data/2026-10/responders.csv",
    ]
    assert (
        FICTIONAL in figure.picture
        and FICTIONAL not in bars.figure(real_city, "responders").picture
    )


def test_a_png_holds_pixels_alone(published):
    made = png.png(bars.figure(published, "responders"), published)
    assert [text.content for text in texts(made, "x.png")] == ["x.png"]
    with pytest.raises(UnreadableError):
        list(texts(made + b"97 calls", "x.png"))


def test_a_png_is_small_twice_the_size_on_white_and_the_same_every_time(published):
    figure = bars.figure(published, "funnel")
    made = png.png(figure, published, "https://city.example/")
    picture_, sheet = (
        Image.open(io.BytesIO(made)),
        png.sheet(figure, published, "https://city.example/"),
    )
    assert len(made) <= png.LARGEST and made == png.png(figure, published, "https://city.example/")
    assert picture_.width == 2 * sheet["width"] and picture_.convert("RGB").getpixel((0, 0)) == (
        255,
        255,
        255,
    )
    seen = {color for _, color in picture_.convert("RGB").getcolors(1 << 16)}
    assert tuple(int(colors.CARE[i : i + 2], 16) for i in (1, 3, 5)) in seen, (
        "a category keeps its color"
    )


def test_the_ground_of_a_name_lies_under_its_letters():
    frame = pd.DataFrame(
        {
            "period": ["2026-01", "2026-02"],
            "median_minutes": 9.0,
            "median_minutes_status": "",
            "p90_minutes": 20.0,
            "p90_minutes_status": "",
        }
    )
    grounded = re.findall(
        r"<text [^>]*stroke=[^>]*>", picture(times_chart.times(frame), "x", "t", "d", False)
    )
    assert len(grounded) == 2 and all('paint-order="stroke"' in text for text in grounded)
