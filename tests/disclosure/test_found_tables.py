"""Tables that an earlier audit found save time, and never change what an audit says."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openresponse.disclosure.audit import independent_part
from openresponse.disclosure.audit.found_tables import FoundTables
from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.rules import Rule
from support.tables import grid, hide, publish

T3 = Rule("test", 3, "typed in")
SAFE = (("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1"))


def shown(counts, withheld=SAFE):
    table = grid(counts)
    return publish([table], {table.name: hide(table, *withheld)})


def test_an_audit_of_what_has_not_changed_asks_the_solver_nothing(monkeypatch):
    tables = shown([[1, 9, 9], [9, 9, 9], [9, 9, 9]])
    first = audit(tables, T3)
    monkeypatch.setattr(independent_part, "milp", None)
    again = audit(tables, T3, before=first.found)
    assert first.ok and replace(again, seconds=0, found=first.found) == replace(first, seconds=0)


def test_a_leak_is_found_also_beside_tables_of_a_safe_release():
    before = audit(shown([[1, 9, 9], [9, 9, 9], [9, 9, 9]]), T3).found
    leaking = shown([[1, 9, 9], [9, 9, 9], [9, 9, 9]], withheld=SAFE[:2])
    assert audit(leaking, T3, before=before).opened == audit(leaking, T3).opened != ()


@given(st.lists(st.integers(0, 12), min_size=9, max_size=9), st.integers(0, 2**32 - 1))
def test_whatever_the_tables_say_the_verdict_is_the_same(counts, seed):
    withheld = [(f"r{at // 3}", f"c{at % 3}") for at in range(9) if 0 < counts[at] < 3]
    tables = shown([[*counts[:3], 9], [*counts[3:6], 9], [*counts[6:], 9], [9] * 4], withheld)
    without, random = audit(tables, T3), np.random.default_rng(seed)
    made_up = [random.integers(-3, 20, (len(marks), 2)) for marks in without.found.marks]
    before = FoundTables(without.found.marks, made_up)
    assert audit(tables, T3, before=before).opened == without.opened


def test_tables_are_kept_in_a_file(tmp_path):
    found = audit(shown([[1, 9, 9], [9, 9, 9], [9, 9, 9]]), T3).found
    found.save(tmp_path / "deep" / "tables.npz")
    kept = FoundTables.load(tmp_path / "deep" / "tables.npz")
    assert len(kept.tables) == len(found.tables) > 0
    for one, other in zip((*kept.marks, *kept.tables), (*found.marks, *found.tables), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path, content):
    path = tmp_path / "tables.npz"
    path.write_bytes(content)
    assert FoundTables.load(path) == FoundTables.load(tmp_path / "none.npz") == FoundTables()
