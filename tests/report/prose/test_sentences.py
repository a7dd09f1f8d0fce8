import re

import pandas as pd
import pytest

from openresponse.report.pages import findings, home
from openresponse.report.prose import launches, sentences, signals, words
from openresponse.report.prose.headlines import headline
from openresponse.report.prose.readings import categories, cells, series
from support import invented

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
DATES = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{4}|\b20\d\d\b|within \d+ days?|Section 12"
)


def slices(published):
    """Every slice by model and every headline or category of every table of counts."""
    for table in published.tables:
        if published.kind(table) != "counts":
            continue
        wheres = [None] + [
            {"model": m} for m in invented.MODEL.codes if "model" in published.dimensions(table)
        ]
        wheres += [{"event": e} for e in ("arrest", "force") if table == "safety"]
        for where in wheres:
            for code in categories(published, table, where).codes[1:]:
                for of in ("part", "all"):
                    yield table, where, code, of


def numbers(text):
    return {n.rstrip(",") for n in NUMBER.findall(DATES.sub("", text))}


def allowed(published, table, where, of):
    """Every count and share of the slice as it is written, and every difference of two of its
    neighbours.
    """
    frame, found = cells(published, table, where), set()
    for column in frame.columns:
        if frame[column].dtype == "Int64":
            found |= {words.count(n) for n in frame[column].dropna().unique()}
        elif frame[column].dtype == "Float64":
            found |= {words.percent(n) for n in frame[column].dropna().unique()}
    return found


def test_every_number_in_a_sentence_is_in_the_table_or_the_difference_of_two(published):
    for table, where, code, of in slices(published):
        told = numbers(sentences.level(published, table, code, of, where)) | numbers(
            sentences.change(published, table, code, of, where)
        )
        readings = series(published, table, code, of, where)
        if len(readings) > 1 and None not in (readings[-1].share, readings[-2].share):
            told -= {f"{abs(round(readings[-1].share - readings[-2].share, 3)) * 100:.1f}"}
        told -= {str(signals.SHIFT)}
        label = " ".join(categories(published, table, where).labels.values())
        assert told - numbers(label) <= allowed(published, table, where, of), (table, where, code)


def test_more_and_less_are_true(published):
    for table, where, code, of in slices(published):
        text, readings = (
            sentences.change(published, table, code, of, where),
            series(published, table, code, of, where),
        )
        if " more than in" in text:
            assert readings[-1].share > readings[-2].share
        elif " less than in" in text:
            assert readings[-1].share < readings[-2].share
        elif "the same as" in text:
            assert readings[-1].share == readings[-2].share


@pytest.mark.parametrize("place", [-1, -2])
def test_nothing_is_compared_across_a_break(published, place):
    broken = published.periods("funnel")[place]
    frame = published.tables["funnel"]
    status = frame["incidents_status"].mask(frame["period"] == broken, "b")
    altered = invented.altered(published, "funnel", incidents_status=status)
    assert sentences.counted_change(published, "funnel", "calls")
    assert sentences.counted_change(altered, "funnel", "calls") == ""
    assert sentences.change(altered, "funnel", "team_sent") == ""


def test_a_change_is_a_signal_only_by_the_rules(published):
    for table, where, code, of in slices(published):
        text = sentences.change(published, table, code, of, where)
        readings = series(published, table, code, of, where)
        compared = launches.since_last(published, table, of, where, readings)
        chart = signals.chart(compared, ceiling=1.0)
        assert ("a signal (" in text) == bool(
            text and "percentage" in text and chart and chart.last_is_signal
        )


def test_a_signal_is_said_of_the_level_and_never_of_the_step_before_it(published):
    seen = 0
    for table, where, code, of in slices(published):
        text = sentences.change(published, table, code, of, where)
        if "a signal (" in text:
            readings, seen = series(published, table, code, of, where), seen + 1
            values = launches.since_last(published, table, of, where, readings)
            step, level = text.split(". The level shows ")
            assert "signal" not in step
            assert ("above" in level) == (values[-1] > signals.chart(values, ceiling=1.0).mean)
    assert seen


def test_what_is_withheld_is_said_to_be_withheld_and_has_no_number(published):
    seen = 0
    for table, where, code, of in slices(published):
        last = series(published, table, code, of, where)[-1]
        if last.share_status == "c":
            text, seen = sentences.level(published, table, code, of, where), seen + 1
            assert "withheld for privacy" in text and "%" not in text
            assert not sentences.change(published, table, code, of, where)
    assert seen


def test_a_share_stands_with_numerator_and_denominator(published):
    for table, where, code, of in slices(published):
        text = sentences.level(published, table, code, of, where)
        if "%" in text:
            assert text.count("%") == len(re.findall(r"\(\d[\d,]* of \d[\d,]*\)", text)), text


def test_an_outcome_is_told_of_contacts_and_of_all_runs(published):
    text = sentences.level(published, "outcomes", *headline(published, "outcomes"))
    (n, contacts), (same, runs) = re.findall(r"\((\d[\d,]*) of (\d[\d,]*)\)", text)
    row = (
        cells(published, "outcomes")
        .set_index(["period", "outcome"])
        .loc[(published.month, "remained_in_community")]
    )
    assert (
        n == same == words.count(row["incidents"])
        and contacts == words.count(row["part_of_incidents"])
        and runs == words.count(row["all_incidents"])
    )
    assert "of the calls a clinician or mental-health worker was sent to" in text


def test_calls_without_police_may_be_calls_to_which_nobody_came_and_are_not_called_handled(
    published,
):
    assert "had no police recorded on scene" in sentences.level(
        published, "police_role", *headline(published, "police_role")
    )


def test_a_withheld_percentile_is_said_to_be_withheld(published):
    assert "withheld for privacy" in sentences.times(
        published, "response_times", "call_to_team_arrival", {"model": "standard"}
    )
    said = sentences.times(published, "response_times", "call_to_team_arrival")
    assert (
        "14.5 minutes for half" in said
        and "31.2 minutes for nine in ten" in said
        and "could not be timed" in said
    )


def test_where_it_is_withheld_how_many_could_not_be_timed_that_is_said(published):
    hidden = {
        "timed": pd.NA,
        "timed_status": "c",
        "share_not_timed": pd.NA,
        "share_not_timed_status": "c",
    }
    said = sentences.times(
        invented.altered(published, "response_times", **hidden),
        "response_times",
        "call_to_team_arrival",
    )
    assert said.endswith("How many could not be timed is withheld for privacy.")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("c", "How long nine in ten took at most is withheld for privacy."),
        ("x", "How long nine in ten took at most is not available."),
    ],
)
def test_where_only_the_90th_percentile_is_missing_the_median_is_said(published, status, said):
    hidden = invented.altered(
        published, "response_times", p90_minutes=pd.NA, p90_minutes_status=status
    )
    sentence = sentences.times(hidden, "response_times", "call_to_team_arrival")
    assert "was at most 14.5 minutes for half of the" in sentence
    assert "timed. " + said in sentence and "the time from" not in said


def test_what_is_withheld_beside_the_median_is_said_in_one_sentence(published):
    hidden = dict.fromkeys(("p90_minutes_status", "share_not_timed_status", "timed_status"), "c")
    sentence = sentences.times(
        invented.altered(published, "response_times", **hidden),
        "response_times",
        "call_to_team_arrival",
    )
    assert sentence.endswith(
        "14.5 minutes for half of the mental-health calls timed. How long nine in ten took at most"
        " and how many could not be timed are withheld for privacy."
    )


def test_that_the_newest_figures_may_change_is_said_where_they_may(published):
    assert sentences.provisional(published) == ""
    is_open = published.tables["funnel"]["period"] >= "2026-08"
    statuses = published.tables["funnel"]["incidents_status"].mask(is_open, "p")
    open_month = invented.altered(published, "funnel", incidents_status=statuses)
    assert (
        sentences.provisional(open_month)
        == "Figures of August 2026 to October 2026 are provisional: a revision may still change"
        " them."
        and "are provisional:" in home.body(open_month)[0]
    )


def test_money_is_told_against_the_budget(published):
    assert "$1,750,000 announced" in sentences.money(published)


def test_there_are_four_sentences_on_the_last_month(published):
    assert len(findings.on_home(published)) == 4


def test_a_release_with_few_tables_has_sentences_too(real_city):
    assert findings.on_home(real_city) and headline(real_city, "responders")


@pytest.mark.parametrize(
    "status, said", [("c", "withheld"), ("x", "not available"), ("z", "not applicable")]
)
def test_every_empty_status_has_words(status, said):
    assert words.STATUS[status] == said
