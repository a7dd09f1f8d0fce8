"""What a reader takes from a word, a claim or a purpose, beside what the files of the site show."""

import pytest

from openresponse.website.inspection.story import named_clocks
from openresponse.website.inspection.story.claims import promises
from support.planted_site import counted, node, page, resource, rules, table

TIMED = "the time from {clock} was at most {median} minutes for half of the 811 incidents timed"


def timed(clock, median, when="In October 2026"):
    return f"<p>{when}, {TIMED.format(clock=clock, median=median)}.</p>"


@pytest.mark.parametrize(
    ("clock", "rule"),
    [
        ("call to first arrival", ["does not say whose arrival."]),
        ("call to arrival of the first unit of any kind", []),
    ],
)
def test_a_time_says_whose_arrival_it_is_of(site, clock, rule):
    assert rules(site({"index.html": page(timed(clock, "14.6"))})) == rule


def test_a_time_without_a_clock_is_refused(site):
    said = "<p>The wait was short: at most 14.6 minutes for half of the callers.</p>"
    assert rules(site({"index.html": page(said)})) == ["names no clock."]


@pytest.mark.parametrize(("clock", "refused"), [("of the team", True), ("of the unit", False)])
def test_the_home_page_and_its_brief_take_time_by_one_clock(site, clock, refused):
    pages = {
        "index.html": page(timed("call to arrival of the unit", "14.6")),
        "briefs/2026-10.html": page(timed(f"call to arrival {clock}", "26.2")),
    }
    assert bool(rules(site(pages))) is refused


def test_the_clock_of_a_brief_in_print_is_read_too(site, monkeypatch):
    words = TIMED.format(clock="call to first arrival", median="14.6")
    monkeypatch.setattr(named_clocks, "printed", lambda _folder: [("briefs/2026-10.pdf", words)])
    assert rules(site()) == ["does not say whose arrival."]


@pytest.mark.parametrize(("median", "refused"), [("26.2", True), ("14.6", False)])
def test_one_clock_has_one_median_in_a_period(site, median, refused):
    said = timed("call to dispatch", "14.6") + timed("call to dispatch", median)
    assert bool(rules(site({"outcomes.html": page(said)}))) is refused


@pytest.mark.parametrize(
    ("meaning", "refused"),
    [("A clinician came.", True), ("A clinician or a mental-health worker came.", False)],
)
def test_a_word_that_names_a_table_covers_what_the_table_counts(site, meaning, refused):
    figures = (
        "<section><h2>Clinician attendance</h2><h3>A clinician or mental-health worker came to"
        " 81.8% of the calls that should have had one (676 of 826)</h3></section>"
    )
    terms = f"<dl><dt>Clinician attendance</dt><dd>{meaning}</dd></dl>"
    made = site({"outcomes.html": page(figures), "glossary.html": page(terms)})
    assert bool(rules(made)) is refused


def test_a_word_is_explained_once(site):
    terms = "<dl><dt>Run</dt><dd>A call.</dd><dt>Run</dt><dd>A visit.</dd></dl>"
    assert rules(site({"glossary.html": page(terms)})) == ["is explained twice."]


@pytest.mark.parametrize(
    ("label", "refused"), [("Arrested", True), ("The contact ended with an arrest", False)]
)
def test_how_a_contact_ended_is_not_called_as_what_is_asked_of_each(site, label, refused):
    ended = resource("outcomes", category="outcome", trees={"outcome": [node("arrest", label)]})
    asked = resource(
        "safety",
        category="answer",
        dimensions=["event"],
        trees={"event": [node("arrest", "Arrest")], "answer:arrest": [node("yes", "Yes")]},
    )
    made = site(tables=[(ended, counted("", column="outcome")), (asked, counted(""))])
    assert bool(rules(made)) is refused


@pytest.mark.parametrize(("number", "refused"), [("19", True), ("20", False)])
def test_a_label_has_one_count_in_every_file_of_the_whole_city(site, number, refused):
    def rows(column, value):
        return (
            f"period,{column},part_of,incidents,incidents_status\n2026-10,arrived,calls,{value},\n"
        )

    other = resource("b", category="attendance", trees={"attendance": [ARRIVED]})
    tables = [(resource("a"), rows("stage", "20")), (other, rows("attendance", number))]
    assert bool(rules(site(tables=tables))) is refused


ARRIVED = node("arrived", "Arrived", "calls", ("stage", "arrived"))


@pytest.mark.parametrize(
    ("name", "body", "rule"),
    [
        (
            "index.html",
            "<p>A page for each, with newer figures.</p>",
            "no table goes beyond 2026-10.",
        ),
        (
            "index.html",
            '<ul class="links"><li><a href="districts/index.html">Police districts</a>'
            "<p>Calls, by quarter, model and hour.</p></li></ul>",
            "no table of districts has `time_band`.",
        ),
        (
            "about.html",
            "<p>Whoever has those files can make the same site again.</p>",
            "the days of publication to come are in none of them.",
        ),
        (
            "methods.html",
            "<p>What was not recorded is shown as such beside each figure.</p>"
            + table("Calls, October 2026", ("What", "Calls"), ("Arrived", "20")),
            "1 of 1 tables here have no such row.",
        ),
        (
            "briefs/2026-10.html",
            "<p>Each monthly table of the city shows at least 95.0% of what it counts.</p>",
            "one of them shows 50.0% of its values.",
        ),
        (
            "index.html",
            "<p>Records may still come late and change them.</p>",
            "rows that come late are set aside, and change no figure.",
        ),
    ],
)
def test_a_claim_of_all_or_of_each_is_counted(site, name, body, rule):
    by_model = resource("b", dimensions=["district", "model"], period_grain="quarter", trees={})
    reasons = resource(
        "funnel",
        period_grain="month",
        unit="incidents",
        trees={"stage": [node("arrived_late", "L")]},
    )
    files = [(by_model, counted("")), (reasons, counted("c", ""))]
    assert rules(site({name: page(body)}, files)) == [rule]


def test_the_same_brief_on_paper_has_each_table(site, monkeypatch):
    words = [("briefs/2026-10.pdf", "Spending by model. Money.")]
    monkeypatch.setattr(promises, "printed", lambda _folder: words)
    body = "<p>The same brief as PDF</p>" + table("Clinician sent, 24 months", ("Month", "Share"))
    assert rules(site({"briefs/2026-10.html": page(body)})) == [
        "stands on the web and not in the PDF that is called the same."
    ]


def test_the_table_under_the_picture_of_the_money_has_the_budget(site):
    spent = (
        "<p>88.0% of the $1,750,000 announced. The budget was for fiscal year 2022.</p>"
        + table("Spending, 2025 to 2026", ("Model", "To date"), ("In all", "$1,540,000"))
    )
    pages = {
        "accessibility.html": page("<p>A table below it has its numbers.</p>"),
        "briefs/2026-10.html": page(spent),
    }
    assert rules(site(pages)) == ["lacks $1,750,000 announced, which the picture above it has."]


@pytest.mark.parametrize(
    ("meaning", "refused"),
    [
        ("A police officer and a clinician go together.", True),
        ("EMS go, without police.", True),
        ("A police officer and a clinician are meant to go together.", False),
    ],
)
def test_an_aim_is_not_told_as_a_fact(site, meaning, refused):
    terms = page(f"<dl><dt>Co-response</dt><dd>{meaning}</dd></dl>")
    made = site({"glossary.html": terms}, [(resource("funnel"), counted(""))])
    assert bool(rules(made)) is refused


@pytest.mark.parametrize(
    ("beside", "refused"),
    [
        ("", True),
        ("<div><dd>Police were on scene at 15.3% of its calls (23 of 150).</dd></div>", False),
        ("<div><dd>The share of its calls with police is withheld.</dd></div>", False),
        ("<div><dd>No table of this release says it.</dd></div>", False),
    ],
)
def test_beside_the_purpose_of_a_model_is_how_often_it_went_so(site, beside, refused):
    about = f'<dl class="about-model"><div><dd>No safety risk.</dd></div>{beside}</dl>'
    models = {"alternative_response": {"status": "operating", "team": "worker"}}
    pages = {"models/alternative-response.html": page(about)}
    made = site(pages, [(resource("funnel"), counted(""))], models=models)
    assert bool(rules(made)) is refused


MONEY = (
    resource("spending", kind="money", trees={}),
    (
        "period,model,category,amount,amount_status,total_to_date,is_sum\n"
        "2026-10,all,all,30,,1540000,yes\n2026-10,co_response,salaries,30,,1540000,no\n"
    ),
)
SPENT = "<p>88.0% of the $1,750,000 announced. The budget was for fiscal year 2022.</p>"


@pytest.mark.parametrize(
    ("left", "refused"), [("", True), ("<p>$210,000 of it is left: 3 months.</p>", False)]
)
def test_what_is_spent_of_a_budget_stands_with_what_is_left(site, left, refused):
    budget = {"amount": 1750000, "fiscal_year": 2022}
    made = site({"index.html": page(SPENT + left)}, [MONEY], budget=budget)
    assert bool(rules(made)) is refused


@pytest.mark.parametrize(
    ("large", "refused"), [("Peer responders hired", True), ("Next: Peer responders hired", False)]
)
def test_a_planned_milestone_does_not_read_as_done(site, large, refused):
    steps = "milestone,planned,planned_status,actual,actual_status,status\n"
    row = "Peer responders hired,2027-01-01,,,z,planned\n"
    card = f'<ul><li class="card"><strong>{large}</strong></li></ul>'
    milestones = resource("milestones", kind="list", trees={}), steps + row
    assert bool(rules(site({"index.html": page(card)}, [milestones]))) is refused


@pytest.mark.parametrize(("pair", "refused"), [("(676 de 827)", True), ("(676 de 826)", False)])
def test_a_translation_has_the_figures_of_the_original(site, pair, refused):
    pages = {
        "outcomes.html": page("<p>A team came to 81.8% of calls (676 of 826).</p>"),
        "es/outcomes.html": page(f"<p>Acudió al 81,8 % {pair}.</p>", language="es"),
    }
    assert bool(rules(site(pages))) is refused


@pytest.mark.parametrize(
    ("name", "body", "refused"),
    [
        ("briefs/2026-10.html", "<p>The group above (<code>share_of_part</code>).</p>", True),
        ("briefs/2026-10.html", '<p><a href="x.csv">CSV: model_funnel</a></p>', False),
        ("data.html", "<p>The group above (<code>share_of_part</code>).</p>", False),
    ],
)
def test_a_code_stands_on_the_pages_about_the_files_alone(site, name, body, refused):
    assert bool(rules(site({name: page(body)}))) is refused


@pytest.mark.parametrize(
    ("described", "refused"), [("82.1% of calls (676 of 826)", True), ("81.8% of calls", False)]
)
def test_the_text_of_a_picture_has_no_number_of_its_own(site, described, refused):
    figure = (
        "<section><h3>A team came to 81.8% of calls (676 of 826)</h3>"
        f"<svg><title>Attendance</title><desc>{described}</desc></svg></section>"
    )
    assert bool(rules(site({"outcomes.html": page(figure)}))) is refused
