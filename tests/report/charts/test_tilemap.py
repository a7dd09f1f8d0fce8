import re
from html import unescape

import pytest

from openresponse.program import MOST_COLUMNS, MOST_ROWS
from openresponse.release.tables.rate_intervals import bounds
from openresponse.report.charts import tilemap
from openresponse.report.prose.rates import Rate
from support import markup
from support.workspace import ROOT

WHOLE = Rate("all", "All", 600, "", 60_000, 100.0, "", 92.2, 108.3)
PLACES = {
    "north": {"short": "", "tile": [2, 1]},
    "south": {"short": "South Side", "tile": [1, 2]},
    "harbor": {"short": "", "tile": [3, 1]},
}


def rate(code, value, status=""):
    return Rate(
        code,
        code.capitalize(),
        None if value is None else 20,
        status,
        1000,
        value,
        status,
        None,
        None,
    )


def drawn(*rates):
    made = tilemap.tiles(PLACES, list(rates), WHOLE)
    legend = markup.macro("tilemap.html", "legend", tilemap.legend(made, WHOLE))
    return made, markup.macro("tilemap.html", "tilemap", made, "Calls"), legend


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (0.0, 1),
        (49.9, 1),
        (50.0, 2),
        (74.9, 2),
        (75.0, 3),
        (133.2, 3),
        (133.3, 4),
        (199.9, 4),
        (200.0, 5),
        (900.0, 5),
    ],
)
def test_a_level_begins_at_its_bound(value, level):
    assert tilemap.level(value, bounds(WHOLE.rate)) == level


def test_the_legend_says_the_range_of_each_level_and_how_many_tiles_have_it():
    _, _, legend = drawn(rate("north", 50.0), rate("south", 200.0))
    text = unescape(re.sub("<[^>]+>", "", legend))
    for said in (
        "100.0 per 10,000 residents",
        "Under half the city's rate: under 50.0 (0)",
        "Half to three quarters of the city's rate: 50.0 to 74.9 (1)",
        "Three quarters of the city's rate to a third more: 75.0 to 133.2 (0)",
        "A third more than the city's rate, up to twice: 133.3 to 199.9 (0)",
        "Twice the city's rate or more: 200.0 and more (1)",
    ):
        assert said in text
    assert "Withheld" not in text and "Not available" not in text


def test_a_withheld_tile_is_hatched_and_said_in_words_and_never_has_a_number_or_a_level():
    (tile, other), html, legend = drawn(rate("north", None, "c"), rate("south", 80.0))
    assert (tile.kind, tile.text, tile.level) == (
        "withheld",
        "withheld",
        0,
    ) and "Withheld for privacy, not zero" in legend
    html = markup.macro("tilemap.html", "tilemap", [tile], "Calls")
    text = re.sub("<[^>]+>", " ", html)
    assert (
        "withheld" in text
        and not re.search(r"\d", text)
        and "level" not in html
        and "per 10,000" not in text
    )
    sheet = (ROOT / "site" / "styles.css").read_text(encoding="utf-8")
    assert re.search(r"\.withheld > a[^{]*\{ background: repeating-linear-gradient", sheet)


def test_a_tile_without_a_figure_differs_from_a_withheld_one():
    tile = drawn(rate("north", None, "x"))[0][0]
    assert (tile.kind, tile.text, tile.level) == ("no-figure", "not available", 0)


def test_a_zero_that_is_shown_is_a_number_with_a_level():
    assert (drawn(rate("north", 0.0))[0][0].text, drawn(rate("north", 0.0))[0][0].level) == (
        "0.0",
        1,
    )


def test_every_level_is_said_by_a_number_and_a_word_besides_its_color():
    for value, level in ((10.0, 1), (60.0, 2), (100.0, 3), (150.0, 4), (300.0, 5)):
        html = unescape(drawn(rate("north", value))[1])
        assert f"<strong>{value}</strong>" in html and tilemap.LEVELS[level - 1] in html


def test_without_the_citys_rate_no_level_is_told():
    whole = Rate("all", "All", None, "c", 60_000, None, "c", None, None)
    tile = tilemap.tiles(PLACES, [rate("north", 80.0)], whole)[0]
    assert (tile.text, tile.level, tile.kind) == ("80.0", 0, "level-0")


def test_a_marked_rate_carries_its_letter_and_the_legend_its_meaning():
    made, html, legend = drawn(rate("north", 80.0, "u"))
    assert "80.0 [u]" in html and "[u] low reliability" in legend


def test_tiles_stand_in_reading_order_and_use_short_names():
    made, html, _ = drawn(rate("north", 80.0), rate("south", 90.0), rate("harbor", 70.0))
    assert [tile.name for tile in made] == ["North", "Harbor", "South Side"]
    assert (
        'class="tile level-3 column-2 row-1"' in html
        and 'href="#place-north"' in html
        and "style=" not in html
    )


def test_a_program_without_tiles_has_no_map():
    assert tilemap.tiles({}, [rate("north", 80.0)], WHOLE) == []
    assert tilemap.tiles({"north": {"short": "", "tile": None}}, [rate("north", 80.0)], WHOLE) == []


def test_the_style_sheet_places_every_tile_a_program_may_have():
    sheet = (ROOT / "site" / "styles.css").read_text(encoding="utf-8")
    for kind, most in (("column", MOST_COLUMNS), ("row", MOST_ROWS)):
        assert [
            int(n) for n in re.findall(rf"\.{kind}-(\d+) {{ grid-{kind}: \1; }}", sheet)
        ] == list(range(1, most + 1))
