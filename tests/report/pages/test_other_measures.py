"""What is unwelcome is left out of no brief: it has a row of its own, and is asked about first."""

import pytest

from openresponse.report.pages.brief import other_measures, unwelcome, worth_asking
from openresponse.report.prose import wilson
from openresponse.report.prose.faces import LESS, MEASURES, MORE, OF_EVENT
from openresponse.report.prose.headlines import slices_of, table_of
from support import invented


def with_shares(published, table, code, *counts, of=1000):
    """The release, with these counts of a code in the newest periods of a table of the city."""
    frame, unit = published.tables[table].copy(), published.unit(table)
    category = published.category(table)
    periods = published.periods(table)[-len(counts) :]
    for period, count in zip(periods, counts, strict=True):
        row = (frame["period"] == period) & (frame[category] == code)
        for name, value in (
            (unit, count),
            (f"part_of_{unit}", of),
            (f"all_{unit}", of),
            ("share_of_part", count / of),
            ("share_of_all", count / of),
        ):
            frame.loc[row, name] = value
            frame.loc[row, f"{name}_status"] = ""
    return invented.altered(published, table, **{name: frame[name] for name in frame})


def asked(published):
    return " ".join(unwelcome.questions(published))


def test_each_measure_has_a_finding_a_picture_or_a_row(published):
    every = other_measures.table(published, set())
    rows = [
        slice
        for category, face in MEASURES
        if (table := table_of(published, category, face))
        for slice in slices_of(published, table)
    ]
    assert len(every.rows) == len(rows)
    labels = [row[0] for row in every.rows]
    assert "Involuntary hold, of contacts" in labels and "Force used, of contacts" in labels
    shown = {table_of(published, "stage")}
    assert len(other_measures.table(published, shown).rows) == len(rows) - 1


def test_how_many_were_met_has_a_row_though_a_finding_is_about_what_became_of_them(published):
    table = other_measures.table(published, set(published.tables))
    assert [row[0] for row in table.rows] == ["Person met, of calls a team was sent to"]


def test_no_release_without_measures_has_such_a_table(invent):
    assert other_measures.table(invent("response_times"), set()) is None


@pytest.mark.parametrize(
    ("code", "before", "now", "is_asked"),
    [
        ("police_on_scene", 100, 200, True),
        ("police_on_scene", 200, 100, False),
        ("police_on_scene", 100, 105, False),
    ],
)
def test_what_moved_the_wrong_way_by_more_than_chance_is_asked_about_first(
    published, code, before, now, is_asked
):
    held = with_shares(published, "responders", code, *[before] * 13, now)
    assert ("police were on scene at" in asked(held).lower()) is is_asked
    if is_asked:
        first = worth_asking.questions(held)[0]
        assert "20.0%" in first and "(10.0%)" in first and first.endswith("What is behind that?")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [((56, 70), (48, 80), True), ((9, 10), (3, 10), True), ((5, 56), (0, 29), False)],
)
def test_a_gap_is_that_of_newcombe(one, other, differ):
    """Newcombe 1998, Statistics in Medicine 17:873, table II, method 10: (0.052, 0.334), (0.171,
    0.809) and (-0.038, 0.193).
    """
    assert wilson.differ(one, other) is differ


def test_each_measure_is_wanted_more_or_less_and_has_a_name_for_its_row():
    assert {face.wanted for _category, face in MEASURES} == {MORE, LESS}
    faces = [face for category, face in MEASURES if category != "answer"]
    assert all(one.short and one.name and one.says for one in (*faces, *OF_EVENT.values()))
