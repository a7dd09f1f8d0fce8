"""The rule becomes stricter: what was shown is withheld, and what everybody knows already stays
known, but nothing is added to it.
"""

import pandas as pd
import pytest

from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.earlier_release import EarlierRelease
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.hierarchy import flat
from support.behind import protect
from support.tables import hide, line, publish, table

BEFORE, NOW = Rule("before", 5, "typed in"), Rule("now", 11, "typed in")


def earlier(tables):
    """What was published of these tables under the rule before."""
    return publish(tables, protect(tables, BEFORE).statuses)


def kept(shown):
    return EarlierRelease({t.name: t.cells for t in shown}, other_rule=True)


def test_without_a_change_of_edition_what_was_shown_cannot_be_withheld():
    shown = earlier([line([8, 20, 40])])
    with pytest.raises(DisclosureError, match="openresponse revise"):
        protect([line([8, 20, 40])], NOW, kept(shown))


def test_a_count_that_the_stricter_rule_hides_is_withheld_and_needs_no_other_beside_it():
    shown = earlier([line([8, 20, 40])])
    statuses = protect([line([8, 20, 40])], NOW, kept(shown), edition=True).statuses
    assert list(statuses["t"]) == ["", "c", "", ""]
    verdict = audit(publish([line([8, 20, 40])], statuses), NOW, [shown])
    assert verdict.ok


def test_what_earlier_releases_give_away_is_listed_and_no_fault_of_the_new_one():
    tables = [line([4, 6, 40])]
    shown = publish(tables, {"t": hide(tables[0], ("k0",), ("k1",))})  # together they are 10
    statuses = protect(tables, NOW, kept(shown), edition=True).statuses
    verdict = audit(publish(tables, statuses), NOW, [shown])
    assert verdict.ok and len(verdict.given_away) == 2


def test_what_only_the_new_release_gives_away_is_a_fault_of_it():
    old, more = line([3, 6, 40]), line([4, 20, 40], "new", "2026-11")
    shown = earlier([old])
    statuses = protect([old], NOW, kept(shown), edition=True).statuses
    alone = {"new": hide(more, ("k0",))}
    assert not audit(publish([old, more], statuses | alone), NOW, [shown]).ok


def quarter_after_october():
    """10 calls of two kinds in October, 4 and 6, are given away. The quarter shows one kind alone,
    so that without the other two months it is 4.
    """
    october = {("2026-10", f"k{kind}"): count for kind, count in enumerate((4, 6, 40))}
    later = {(month, f"k{kind}"): 30 for month in ("2026-11", "2026-12") for kind in range(3)}
    kinds = {"kind": flat("kind", {"k0": "", "k1": "", "k2": ""})}
    quarter = table({("k0",): 64, ("k1",): 66, ("k2",): 100}, kinds, "quarter", "2026-Q4")
    old, now = (table(leaves, kinds, "t", None) for leaves in (october, october | later))
    return publish([old], {"t": hide(old, ("k0",), ("k1",))}), now, quarter


def test_a_new_release_that_narrows_what_earlier_ones_give_away_is_a_fault_of_it():
    shown, now, quarter = quarter_after_october()
    small = now.cells["count"].between(1, 10).map({True: "c", False: ""}).astype("string")
    quiet = publish([now], {"t": small})
    assert audit(quiet, NOW, [shown]).ok
    nothing = pd.Series("", quarter.cells.index, dtype="string")
    opened = audit([*quiet, *publish([quarter], {"quarter": nothing})], NOW, [shown]).opened
    assert opened and all("fewer values than earlier releases" in name for name in opened)


def test_the_search_withholds_what_would_narrow_it():
    shown, now, quarter = quarter_after_october()
    statuses = protect([now, quarter], NOW, kept(shown)).statuses
    assert (statuses["quarter"] == "c").any()
    assert audit(publish([now, quarter], statuses), NOW, [shown]).ok
