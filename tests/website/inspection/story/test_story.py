"""Two statements of a finished site that cannot both be so are refused: each fault that was once
seen, kept small, beside what it was mended to.
"""

import json
import zipfile

import pytest

from openresponse.website import engines
from openresponse.website.inspection.story import agreeing_shares
from openresponse.website.inspection.story.claims import provisional_marks
from openresponse.website.inspection.story.disagreements import disagreements
from support.planted_site import counted, node, page, resource, rules, table

ONE = "funnel", "What happened to every call, October 2026"
OTHER = "outcomes", "How runs ended, October 2026"


@pytest.mark.parametrize(
    ("head", "refused"),
    [
        (("Share of all", "Share of all"), True),
        (("Share of “Calls”", "Share of “Clinician sent”"), False),
    ],
)
def test_one_label_under_one_heading_never_names_two_wholes(site, head, refused):
    tables = "".join(
        table(caption, ("What", "Incidents", share), ("Contact made", "295", value))
        for (_name, caption), share, value in zip(
            (ONE, OTHER), head, ("35.7%", "41.4%"), strict=True
        )
    )
    found = rules(site({"outcomes.html": page(tables)}))
    assert bool(found) is refused


@pytest.mark.parametrize(
    ("caption", "label", "further", "refused"),
    [
        ("What happened: Co-response, October 2026", "All mental-health calls", [], True),
        ("Police districts, October 2026", "All districts", [("Not recorded", "30")], True),
        ("What happened, October 2026", "All mental-health calls", [], False),
        ("Police districts, October 2026", "Whole city", [("Not recorded", "30")], False),
    ],
)
def test_all_never_stands_over_a_part(site, caption, label, further, refused):
    shown = table(caption, ("What", "Incidents"), (label, "1,759"), *further)
    assert bool(rules(site({"models/co-response.html": page(shown)}))) is refused


@pytest.mark.parametrize(
    ("second", "refused"), [("incidents were contacts", True), ("contacts were by day", False)]
)
def test_one_noun_has_one_denominator_in_a_period(site, second, refused):
    said = (
        "<p>In 2025, 37.4% of incidents were by day (3,802 of 10,179).</p>"
        f"<p>In 2025, 36.0% of {second} (709 of 1,971).</p>"
    )
    assert bool(rules(site({"outcomes.html": page(said)}))) is refused


@pytest.mark.parametrize(
    ("change", "refused"), [("That is", True), ("Of contacts, that is", False)]
)
def test_a_change_after_two_shares_says_which_of_them_moved(site, change, refused):
    said = (
        "<p>The person stayed after 65.8% of contacts (194 of 295), which is 27.2% of all calls a"
        f" team was sent to (194 of 712). {change} 1.4 percentage points less than in September"
        " 2026 (67.2%).</p>"
    )
    assert bool(rules(site({"index.html": page(said)}))) is refused


def test_the_same_is_read_in_a_brief_on_paper(site, monkeypatch):
    words = (
        "The person stayed after 65.8% of contacts (194 of 295), which is 27.2% of all calls a team"
        " was sent to (194 of 712). That is 1.4 percentage points less than in September 2026."
    )
    monkeypatch.setattr(agreeing_shares, "printed", lambda _folder: [("briefs/2026-10.pdf", words)])
    assert rules(site()) == ["follows two shares and does not say which of them changed."]


@pytest.mark.parametrize(("said", "refused"), [("1 of 7", True), ("1 of 3", False)])
def test_how_much_is_withheld_is_what_the_files_mark(site, said, refused):
    brief = page(f"<p>{said} values in the files are withheld for privacy.</p>")
    made = site({"briefs/2026-10.html": brief}, [(resource("funnel"), counted("c", "", ""))])
    assert bool(rules(made)) is refused


@pytest.mark.parametrize(
    ("share", "refused"),
    [
        ("100.0% (96 of 96)", True),
        ("97.0% (93 of 96)", False),
        ("100.0% (96 of 96), in groups whose median is shown", False),
    ],
)
def test_not_all_is_shown_where_something_is_withheld(site, share, refused):
    head = ("Table", "Shown", "Withheld", "Share")
    shown = page(table("Values", head, ("Response times", "500", "12", share)))
    assert (
        bool(rules(site({"privacy.html": shown}, [(resource("funnel"), counted("c"))]))) is refused
    )


@pytest.mark.parametrize(
    ("tile", "refused"), [("near the city's rate", True), ("three quarters to a third more", False)]
)
def test_a_tile_does_not_call_near_what_the_table_calls_lower(site, tile, refused):
    tiles = f'<ul><li class="tile"><span class="name">Back Bay</span> {tile}</li></ul>'
    rates = table("Rates", ("Place", "Against the city's rate"), ("Back Bay", "Lower"))
    assert bool(rules(site({"neighborhoods.html": page(tiles + rates)}))) is refused


def test_what_a_file_has_by_model_is_not_called_too_small_to_be_shown(site):
    results = resource(
        "model_results", dimensions=["model"], trees={"result": [node("arrest", "A")]}
    )
    said = page("<p>These figures are too small to be shown by model.</p>")
    assert rules(site({"models/co-response.html": said}, [(results, counted(""))])) == [
        "model_results has arrests by model."
    ]


def test_every_table_is_every_table(site):
    few = page('<p>Every table of the newest release.</p><h2 id="table-funnel">Funnel</h2>')
    tables = [(resource(name), counted("")) for name in ("funnel", "responders")]
    assert rules(site({"outcomes.html": few}, tables)) == ["it has 1 of 2."]


@pytest.mark.parametrize(("real", "refused"), [([{"contact": "988"}], True), ([], False)])
def test_not_everything_is_invented_where_a_help_line_is_real(site, real, refused):
    home = page("<p>Everything here is invented: no real person, no real call.</p>")
    assert bool(rules(site({"index.html": home}, help=real))) is refused


def test_the_newest_month_of_what_may_be_replaced_is_no_signal(site):
    said = page(
        "<p>99.0% of the rows delivered could be used (99 of 100). The level shows a signal.</p>"
    )
    assert rules(site({"outcomes.html": said})) == [
        "a later delivery can replace rows of every month but the newest."
    ]


@pytest.mark.parametrize(
    ("publisher", "refused"), [("City of Boston", True), ("Open Response demonstration", False)]
)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("about.html", page("<footer>{}, release 2026-10.</footer>")),
        ("data.html", page("<p>{} (November 23, 2026): Pilots, release 2026-10.</p>")),
        ("data.json", '{{"publisher": {{"@type": "Organization", "name": "{}"}}}}'),
        ("releases.xml", "<author><name>{}</name></author>"),
        ("figures/funnel.svg", "<svg><text>{}, release 2026-10.</text></svg>"),
    ],
)
def test_no_city_is_the_publisher_of_a_demonstration(site, publisher, refused, name, content):
    made = site({name: content.format(publisher)}, fictional=True, publisher="A demonstration")
    assert bool(rules(made)) is refused


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        (
            {"missing": "are `nobody_recorded`."},
            "names `nobody_recorded`, which the table does not",
        ),
        (
            {"denominator": "holds (`share_of_part`) and all."},
            "names one whole, holds; `part_of` has 2",
        ),
        (
            {"excludes": "911 incidents of no such code."},
            "begins with a number that reads as a count",
        ),
    ],
)
def test_a_definition_is_that_of_its_own_columns(site, stated, rule):
    wholes = "period,stage,part_of\n2026-10,arrived,calls\n2026-10,contact_made,arrived\n"
    found = rules(site(tables=[(resource("funnel", definition=stated), wholes)]))
    assert len(found) == 1 and found[0].startswith(rule)


def stacked(excludes, *codes):
    trees = {
        f"answer:{part}": [node(code, code) for code in ("yes", *codes[at : at + 1])]
        for at, part in enumerate(("arrest", "force"))
    }
    parts = [{"part": "arrest"}, {"part": "force"}]
    return resource(
        "safety", category="answer", trees=trees, parts=parts, definition={"excludes": excludes}
    )


@pytest.mark.parametrize(
    ("excludes", "codes", "rule"),
    [
        ("arrests at other calls.", (), "speaks of arrest alone; the table has 2 parts."),
        ("nothing.", ("not_recorded",), "has no row for what was not recorded."),
    ],
)
def test_a_stacked_table_speaks_of_each_of_its_parts(site, excludes, codes, rule):
    assert rules(site(tables=[(stacked(excludes, *codes), counted("", column="answer"))])) == [rule]


@pytest.mark.parametrize("name", ["budget", "residents", "actual"])
def test_a_value_has_a_status_beside_it(site, name):
    assert rules(site(tables=[(resource("a"), f"period,{name}\n2026-10,5\n")])) == [
        "has no status beside it."
    ]


@pytest.mark.parametrize(
    ("is_sum", "rules_found"),
    [
        ("", ["holds totals and parts, and no column says which."]),
        ("no", ["the rows that are no sums do not add up to the total."]),
        ("yes", []),
    ],
)
def test_money_that_is_added_up_is_added_once(site, is_sum, rules_found):
    head = "period,model,category,amount,amount_status,total_to_date"
    rows = ["all,all,30,,30", "co_response,salaries,30,,30"]
    sums = [is_sum, "no"]
    lines = [
        f"2026-10,{row}" + (f",{one}" if is_sum else "")
        for row, one in zip(rows, sums, strict=True)
    ]
    content = "\n".join([head + (",is_sum" if is_sum else ""), *lines]) + "\n"
    money = resource("spending", kind="money", trees={})
    assert rules(site(tables=[(money, content)])) == rules_found


@pytest.mark.parametrize(("label", "refused"), [("The team came", True), ("Arrived", False)])
def test_codes_that_mean_the_same_calls_have_one_label(site, label, refused):
    attendance = {"attendance": [node("attended", label, means=("stage", "arrived"))]}
    tables = [(resource("funnel"), counted("")), (resource("b", trees=attendance), counted(""))]
    assert bool(rules(site(tables=tables))) is refused


@pytest.mark.parametrize(
    ("said", "refused"), [("October 2026", True), ("August 2026 to October 2026", False)]
)
def test_the_sentence_names_every_provisional_month(site, said, refused):
    home = page(f"<p>Figures of {said} are provisional.</p>")
    made = site({"index.html": home}, [(resource("funnel"), counted("p", "p", "p"))])
    assert bool(rules(made)) is refused


@pytest.mark.parametrize(("cell", "refused"), [("$75,922", True), ("$75,922 [p]", False)])
def test_the_mark_of_money_is_shown(site, cell, refused):
    head = "period,amount,amount_status,total_to_date,model,category,is_sum"
    money = f"{head}\n2026-10,5,p,5,all,all,no\n"
    spent = page(table("Spending by model", ("Model", "In October"), ("In all", cell)))
    tables = [
        (resource("funnel"), counted("", "", "p")),
        (resource("spending", kind="money", trees={}), money),
    ]
    made = site({"briefs/2026-10.html": spent}, tables)
    assert bool(rules(made)) is refused


def test_a_mark_is_not_lost_on_paper(site, monkeypatch):
    words = [("briefs/2026-10.pdf", "Police districts, October 2026. Whole city 2,749")]
    monkeypatch.setattr(provisional_marks, "printed", lambda _folder: words)
    web = page(
        table("Police districts, October 2026", ("District", "Calls"), ("City", "2,749 [p]"))
    )
    made = site({"briefs/2026-10.html": web}, [(resource("funnel"), counted("p"))])
    assert rules(made) == ["have no mark; those on the web have."]


@pytest.mark.parametrize(("measure", "refused"), [("all", True), ("part", False)])
def test_exploring_opens_on_the_share_that_its_figure_tells(site, measure, refused):
    figure = (
        "<section><h3>The person stayed after 65.8% of contacts</h3>"
        '<a href="explore.html#outcomes">Explore</a></section>'
    )
    folder = site({"outcomes.html": page(figure)})
    chart = {
        "params": [{"name": "measure", "value": measure}, {"name": "show", "value": "stayed"}],
        "datasets": {
            "cells": [{"period": "2026-10", "code": "stayed", "all": 0.272, "part": 0.658}]
        },
    }
    (folder / "explore").mkdir()
    (folder / "explore" / "outcomes.json").write_text(json.dumps(chart), encoding="utf-8")
    assert bool(rules(folder)) is refused


SPENT = (
    "period,amount,amount_status,total_to_date,model,category,is_sum\n"
    "2026-10,5,,5,all,all,yes\n2026-10,5,,5,peer_led,a,no\n"
)


@pytest.mark.parametrize(
    ("pages", "rule"),
    [
        (
            {
                "accessibility.html": "<p>Write to the contact on the about page.</p>",
                "about.html": "<p>Contact: the cabinet.</p>",
            },
            "has no address to write to.",
        ),
        (
            {
                "briefs/2026-10.html": '<ol class="ask"><li>Police came to 10.5% of'
                " calls (1 of 9).</li></ol>"
            },
            "says no period.",
        ),
        (
            {"outcomes.html": "<p>88.0% of the $1,750,000 announced; more.</p>"},
            "does not say for which year.",
        ),
        ({"models/peer-led.html": "<p>In planning.</p>"}, "is booked on this model, not shown."),
        (
            {
                "glossary.html": "<dl><dt>Provisional</dt></dl>",
                "calendar.html": "<table><tr><td>Provisional</td></tr></table>",
            },
            "is also a state of figures.",
        ),
        ({"glossary.html": "<dl><dt>Interval</dt></dl>"}, "is also a time between two moments."),
        (
            {
                "accessibility.html": "<p>A table below it has the same numbers.</p>",
                "outcomes.html": table(
                    "Minutes, the latest 13 periods", ("Period",), ("May 2026",)
                ),
            },
            "a table has fewer periods than the picture above it.",
        ),
        ({"data.html": "<p>Every file of the release (ZIP)</p>"}, "does not hold every file."),
    ],
)
def test_what_a_page_promises_is_kept(site, pages, rule):
    folder = site(
        {name: page(body) for name, body in pages.items()},
        [(resource("spending", kind="money", trees={}), SPENT)],
    )
    with zipfile.ZipFile(folder / "data" / "latest" / "release.zip", "w") as archive:
        archive.writestr("funnel.csv", "")
    assert rules(folder) == [rule]


@pytest.mark.parametrize(("second", "refused"), [("Llegó", True), ("Acudió", False)])
def test_a_label_has_one_translation(site, second, refused):
    def shown(*labels):
        return "".join(table("T", ("W", "N"), (label, "5")) for label in labels)

    made = site(
        {
            "outcomes.html": page(shown("Arrived", "Arrived")),
            "es/outcomes.html": page(shown("Acudió", second), language="es"),
        }
    )
    assert bool(rules(made)) is refused


def test_the_site_of_a_city_tells_one_story(small_city):
    assert disagreements(small_city.folder / "site" / engines.SITE) == []
