"""Revised figures: a change is shown where it is nothing or large, and where no small one follows from it."""

from dataclasses import replace

import pytest

from openresponse.disclosure import protect, revise
from openresponse.disclosure.audit import audit
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from tables import grid, line, publish

RULE = Rule("test", 11, "typed in")


def released(before):
    """What an earlier release published of these tables, and the counts behind it."""
    protection = protect(before, RULE)
    shown = publish(before, protection.statuses)
    truth = dict(zip(protection.system.keys, protection.system.values.tolist(), strict=True))
    return shown, truth


def revised(before, now, **how):
    """The statuses of the revision by table, and what a reader sees of it: earlier figures that stand are marked."""
    shown, truth = released(before)
    protection = revise(now, RULE, previous={t.name: t.cells for t in shown}, truth=truth, **how)
    seen = publish(now, protection.statuses)
    old = {t.name: t.cells["count"] for t in shown}
    seen = [replace(t, cells=t.cells.assign(stands=t.cells["count"].isna() & old[t.name].notna())) for t in seen]
    return protection.statuses, shown, seen


def test_a_large_change_is_shown_and_a_small_one_is_not():
    statuses, shown, seen = revised([line([30, 20, 40])], [line([60, 22, 40])])
    assert list(statuses["t"]) == ["c", "", "c", ""], "the whole stands too, or it would tell the small change"
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


def test_all_figures_of_the_months_concerned_may_stand():
    statuses, shown, seen = revised([line([30, 20, 40])], [line([60, 40, 40])], stands="all")
    assert set(statuses["t"]) == {"c"}
    audit(seen, RULE, [shown]).check()


def test_a_revision_that_changes_nothing_is_refused():
    with pytest.raises(DisclosureError, match="nothing to revise"):
        revised([line([30, 20, 40])], [line([30, 20, 40])])


def test_the_audit_opens_a_small_change_that_stands_alone():
    """The search switched off: only the small change itself is withheld."""
    shown, _ = released([line([30, 20, 40])])
    status = line([60, 22, 40]).cells["kind"].map({"k1": "c"}).fillna("")
    seen, = publish([line([60, 22, 40])], {"t": status})
    seen = replace(seen, cells=seen.cells.assign(stands=seen.cells["count"].isna()))
    assert any("the revision" in opened for opened in audit([seen], RULE, [shown]).opened)
