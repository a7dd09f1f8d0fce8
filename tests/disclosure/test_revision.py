"""Revised figures: a change is shown where it is nothing or large, and where no small one follows
from it.
"""

from dataclasses import replace

import pandas as pd

from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.earlier_release import EarlierRelease
from openresponse.disclosure.rules import Rule
from openresponse.tables.hierarchy import flat
from support.behind import protect, revise
from support.tables import grid, line, publish, table

RULE = Rule("test", 11, "typed in")


def released(before):
    """What an earlier release published of these tables, and the counts behind it."""
    protection = protect(before, RULE)
    shown = publish(before, protection.statuses)
    truth = dict(zip(protection.system.keys, protection.system.values.tolist(), strict=True))
    return shown, truth


def revised(before, now, **how):
    """The statuses of the revision by table, what a reader saw before it, and what of it."""
    shown, truth = released(before)
    protection = revise(
        now, RULE, EarlierRelease({t.name: t.cells for t in shown}, truth=truth), **how
    )
    return protection.statuses, shown, read(now, protection.statuses, shown)


def read(now, statuses, before):
    """What a reader sees: where a figure was shown before and is withheld now, it is carried
    forward.
    """
    shown = {t.name: t.cells["count"].fillna(carried(t)) for t in before}
    seen = []
    for t in publish(now, statuses):
        missing = pd.Series(pd.NA, t.cells.index, dtype="Int64")
        earlier = shown.get(t.name, missing).mask(t.cells["count"].notna())
        seen.append(replace(t, cells=t.cells.assign(carried_forward=earlier)))
    return seen


def carried(t):
    """The figures that a published table carries forward."""
    return t.cells.get("carried_forward", pd.Series(pd.NA, t.cells.index, dtype="Int64"))


def test_a_large_change_is_shown_and_a_small_one_is_not():
    statuses, shown, seen = revised([line([30, 20, 40])], [line([60, 22, 40])])
    assert list(statuses["t"]) == [
        "",
        "c",
        "c",
        "",
    ], "a second part is withheld too, or the total would give the small change away"
    audit(seen, RULE, [shown]).check()


def test_large_changes_alone_are_all_shown():
    statuses, shown, seen = revised([line([30, 20, 40])], [line([60, 40, 40])])
    assert set(statuses["t"]) == {""}
    audit(seen, RULE, [shown]).check()


def test_records_that_move_are_shown_where_many_move():
    statuses, shown, seen = revised([line([50, 20, 40])], [line([30, 40, 40])])
    assert set(statuses["t"]) == {""}
    audit(seen, RULE, [shown]).check()


def test_what_was_withheld_stays_withheld():
    statuses, shown, seen = revised([line([5, 20, 40])], [line([25, 40, 60])])
    assert statuses["t"].iloc[1] == "c"


def test_a_month_of_which_nothing_changed_stays_as_it_was():
    before = [line([30, 20, 40], "a", "2026-09"), line([30, 20, 40], "b", "2026-10")]
    now = [line([30, 20, 40], "a", "2026-09"), line([32, 20, 40], "b", "2026-10")]
    statuses, shown, seen = revised(before, now)
    assert set(statuses["a"]) == {""} and set(statuses["b"]) != {""}
    audit(seen, RULE, [shown]).check()


def test_small_changes_in_a_grid_are_hidden_among_others():
    before = [grid([[30, 40, 50], [60, 70, 80], [30, 40, 50]])]
    now = [grid([[33, 60, 50], [85, 70, 80], [30, 60, 90]])]
    statuses, shown, seen = revised(before, now)
    assert statuses["t"].eq("c").any() and statuses["t"].eq("").any()
    audit(seen, RULE, [shown]).check()


def test_a_small_change_since_a_release_before_the_last_is_not_shown_either():
    """30, then 60, then 33: whoever kept the first figure would learn of three people."""
    first, second, third = (line([n, 20, 40]) for n in (30, 60, 33))
    _, shown, seen = revised([first], [second])
    openly = publish([third], {"t": pd.Series("", third.cells.index, dtype="string")})
    assert any("the revision" in name for name in audit(openly, RULE, [shown, seen]).opened)
    before = EarlierRelease(
        {t.name: t.cells for t in seen},
        truth=released([second])[1],
        revised=[{t.name: t.cells for t in shown}],
    )
    statuses = revise([third], RULE, before).statuses
    assert list(statuses["t"])[1] == "c"
    audit(read([third], statuses, seen), RULE, [shown, seen]).check()


def test_a_figure_that_was_carried_forward_is_revised_as_soon_as_its_change_is_large():
    first, second, third = (line([n, 20, 40]) for n in (30, 33, 60))
    statuses, shown, seen = revised([first], [second])
    assert list(statuses["t"])[1] == "c"
    before = EarlierRelease(
        {t.name: t.cells for t in seen},
        truth=released([second])[1],
        revised=[{t.name: t.cells for t in shown}],
    )
    statuses = revise([third], RULE, before).statuses
    assert set(statuses["t"]) == {""}
    audit(read([third], statuses, seen), RULE, [shown, seen]).check()


def test_a_large_change_of_one_quarter_is_shown_beside_a_small_one_of_another():
    """In the year the small change of the third quarter would be what is left."""
    first, late, large = (
        quarters([[q1, 50], [60, 70], [q3, 20], [50, 80]])
        for q1, q3 in ((40, 30), (40, 33), (80, 33))
    )
    _, shown, seen = revised(first, late)
    before = EarlierRelease(
        {t.name: t.cells for t in seen},
        truth=released(late)[1],
        revised=[{t.name: t.cells for t in shown}],
    )
    statuses = revise(large, RULE, before).statuses
    cells = large[0].cells
    first_quarter = cells["period"].eq("2025-Q1") & cells["kind"].eq("k0")
    assert (statuses["quarters"][first_quarter] == "").all()
    audit(read(large, statuses, seen), RULE, [shown, seen]).check()


def test_a_figure_that_a_revision_brings_back_is_shown():
    first, second = line([30, 20, 40]), line([60, 20, 40])
    _, shown, seen = revised([first], [second])
    before = EarlierRelease(
        {t.name: t.cells for t in seen},
        truth=released([second])[1],
        revised=[{t.name: t.cells for t in shown}],
    )
    statuses = revise([first], RULE, before).statuses
    assert set(statuses["t"]) == {""}
    audit(read([first], statuses, seen), RULE, [shown, seen]).check()


def quarters(numbers: list[list[int]]):
    """Calls of two kinds in the first quarters of a year; with all four also those of the year."""
    kinds = {"kind": flat("kind", {"k0": "", "k1": ""})}
    one = table(
        {
            (f"2025-Q{q}", f"k{k}"): n
            for q, line_ in enumerate(numbers, start=1)
            for k, n in enumerate(line_)
        },
        kinds,
        "quarters",
        None,
    )
    year = (
        [
            table(
                {(f"k{k}",): sum(line_[k] for line_ in numbers) for k in (0, 1)},
                kinds,
                "year",
                "2025",
            )
        ]
        if len(numbers) == 4
        else []
    )
    return [one, *year]


def test_a_later_total_does_not_give_away_the_small_change_that_a_revision_withheld():
    first, late, whole = (
        [[40, 50], [60, 70], [30, 20]],
        [[40, 50], [60, 70], [33, 20]],
        [[40, 50], [60, 70], [33, 20], [50, 80]],
    )
    _, shown, seen = revised(quarters(first), quarters(late))
    now, previous = quarters(whole), EarlierRelease({t.name: t.cells for t in seen})
    everything = {t.name: pd.Series("", t.cells.index, dtype="string") for t in now}
    everything["quarters"] = everything["quarters"].mask(
        now[0].cells["period"].eq("2025-Q3") & now[0].cells["kind"].ne("k1"), "c"
    )
    assert any(
        "the revision" in name
        for name in audit(publish(now, everything), RULE, [shown, seen]).opened
    )
    statuses = protect(now, RULE, previous).statuses
    last_quarter = now[0].cells["period"].eq("2025-Q4")
    assert pd.concat([statuses["year"], statuses["quarters"][last_quarter]]).eq("c").any()
    audit(read(now, statuses, seen), RULE, [shown, seen]).check()
    statuses = protect(now, RULE, previous, around_carried="all").statuses
    assert set(statuses["year"]) == {"c"} and set(statuses["quarters"][last_quarter]) == {""}, (
        "new figures of the third quarter alone"
    )
    audit(read(now, statuses, seen), RULE, [shown, seen]).check()


def test_all_figures_of_the_months_concerned_may_be_carried_forward():
    statuses, shown, seen = revised(
        [line([30, 20, 40])], [line([60, 40, 40])], around_carried="all"
    )
    assert set(statuses["t"]) == {"c"}
    audit(seen, RULE, [shown]).check()


def test_a_table_that_a_revision_adds_does_not_give_a_withheld_change_away():
    """One call goes; a new table counts the same calls in another way."""
    before, now = line([30, 20, 40]), line([30, 19, 40])
    added = line([45, 44], "added", dimension="other")
    shown, truth = released([before])
    earlier = EarlierRelease({t.name: t.cells for t in shown}, truth=truth)
    statuses = revise([now, added], RULE, earlier, around_carried="all").statuses
    assert set(statuses["added"]) == {"c"}
    audit(read([now, added], statuses, shown), RULE, [shown]).check()


def test_a_revision_that_changes_no_count_withholds_what_was_withheld_and_no_more():
    statuses, shown, seen = revised([line([30, 3, 40])], [line([30, 3, 40])])
    assert list(statuses["t"]) == list(shown[0].cells["status"])
    audit(seen, RULE, [shown]).check()


def test_the_audit_opens_a_small_change_that_is_withheld_alone():
    """The search switched off: only the small change itself is withheld."""
    shown, _ = released([line([30, 20, 40])])
    status = line([60, 22, 40]).cells["kind"].map({"k1": "c"}).fillna("")
    (seen,) = publish([line([60, 22, 40])], {"t": status})
    (before,) = shown
    earlier = before.cells["count"].mask(seen.cells["count"].notna())
    seen = replace(seen, cells=seen.cells.assign(carried_forward=earlier))
    assert any("the revision" in opened for opened in audit([seen], RULE, [shown]).opened)
