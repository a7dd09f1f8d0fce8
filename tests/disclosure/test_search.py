"""What the search promises: a verified witness for each protected figure, the same pattern for the
same seed, or nothing.
"""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openresponse.disclosure.audit import solver
from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.cell_suppression import protect
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression import witness
from openresponse.disclosure.suppression.bound_propagation import Room
from openresponse.disclosure.suppression.moves import Scope
from openresponse.disclosure.suppression.witness import Target
from openresponse.disclosure.system.linked_tables import build
from openresponse.errors import DisclosureError, ProgramError
from openresponse.tables.hierarchy import Hierarchy, Node
from support.tables import grid, hide, line, publish, table
from support.workspace import ROOT

CMS = Rule("test", 11, "typed in")
GRID = [[5, 20, 30, 8], [40, 8, 50, 60], [60, 70, 80, 3]]


def test_every_small_count_has_a_witness_that_holds_without_a_solver():
    protection = protect([grid(GRID)], CMS)
    small = int((protection.system.primary).sum())
    hidden = np.zeros(len(protection.system.values), dtype=bool)
    hidden[protection.system.cells["t"][protection.statuses["t"] == "c"]] = True
    assert len(protection.witnesses) == small == 4
    assert witness.broken(protection.system, hidden, protection.witnesses) == []


def test_a_witness_through_a_shown_cell_is_broken():
    protection = protect([grid(GRID)], CMS)
    assert (
        len(witness.broken(protection.system, protection.system.primary, protection.witnesses)) == 4
    )


def test_witnesses_kept_by_name_hold_in_the_next_release():
    first = protect([line([5, 20, 30], period="2026-09")], CMS)
    both = table(
        {
            ("2026-09", "k0"): 5,
            ("2026-09", "k1"): 20,
            ("2026-09", "k2"): 30,
            ("2026-10", "k0"): 50,
            ("2026-10", "k1"): 20,
            ("2026-10", "k2"): 30,
        },
        {"kind": line([5, 20, 30]).hierarchies["kind"]},
        period=None,
    )
    kept = witness.from_keys(witness.to_keys(first.witnesses, first.system), build([both], CMS))
    assert len(kept) == 1 and {tuple(m.by) for m in kept.values()} == {
        tuple(m.by) for m in first.witnesses.values()
    }


def test_cells_are_given_back_where_their_witnesses_can_go_round_them():
    t = grid([[27, 32, 1, 32, 19], [21, 25, 12, 39, 3], [11, 15, 23, 16, 6], [2, 1, 2, 6, 39]])
    first, given_back = (
        protect([t], CMS, seconds=0, guided=False).statuses["t"],
        protect([t], CMS, guided=False).statuses["t"],
    )
    assert (given_back == "c").sum() < (first == "c").sum()
    assert audit(publish([t], {"t": given_back}), CMS).ok


@settings(max_examples=60)
@given(
    numbers=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3),
    seed=st.integers(0, 99),
)
def test_a_glance_forbids_no_rise_for_which_there_is_a_move(numbers, seed):
    system = build([grid(numbers)], CMS)
    n = len(system.values)
    hidden = system.primary | (np.random.default_rng(seed).random(n) < 0.5)
    room, scope = Room(system), Scope(system, np.arange(n))
    targets = [Target((int(v),), 11) for v in np.flatnonzero(hidden & (system.values < 11))]
    forbidden = [target for target in targets if room.forbids([target], hidden)]
    assert all(scope.cheapest([target], np.ones(n), hidden) is None for target in forbidden)


def test_a_glance_sees_that_a_withheld_cell_alone_in_its_row_cannot_rise():
    system = build([grid(GRID)], CMS)
    lone = Target((int(np.flatnonzero(system.primary)[0]),), 11)
    hidden = np.isin(np.arange(len(system.values)), lone.cells)
    assert Room(system).forbids([lone], hidden) and not Room(system).forbids(
        [lone], np.ones_like(hidden)
    )


@pytest.mark.parametrize("shuffle", [1, 2, 3])
def test_the_order_of_rows_and_the_names_of_codes_change_nothing(shuffle):
    t = grid(GRID)
    shuffled = replace(t, cells=t.cells.sample(frac=1, random_state=shuffle).reset_index(drop=True))
    mine, theirs = protect([t], CMS), protect([shuffled], CMS)
    key = ["row", "column"]
    assert (
        t.cells[key][mine.statuses["t"] == "c"].sort_values(key).to_numpy().tolist()
        == shuffled.cells[key][theirs.statuses["t"] == "c"].sort_values(key).to_numpy().tolist()
    )
    renamed = {
        name: Hierarchy(name, tuple(replace(n, label="other") for n in hierarchy.nodes))
        for name, hierarchy in t.hierarchies.items()
    }
    assert protect([replace(t, hierarchies=renamed)], CMS).statuses["t"].equals(mine.statuses["t"])


def test_a_structural_zero_changes_nothing():
    without, with_zero = line([5, 20, 30]), line([5, 20, 30, 0])
    assert (
        list(protect([without], CMS).statuses["t"])
        == list(protect([with_zero], CMS).statuses["t"])[:4]
    )


def test_hidden_zeros_are_withheld_with_the_small_counts():
    t = replace(line([0, 5, 20, 30]), zeros="hidden")
    statuses = protect([t], CMS).statuses["t"]
    assert list(statuses[1:3]) == ["c", "c"]
    assert audit(publish([t], {"t": statuses}), CMS).ok


def test_exempt_counts_are_shown_and_what_they_would_open_is_withheld():
    t = replace(line([5, 6, 70, 60]), exempt=(frozenset({("kind", "k1")}),))
    statuses = protect([t], CMS).statuses["t"]
    assert statuses.iloc[2] == "" and statuses.iloc[1] == "c" and (statuses == "c").sum() == 2
    assert audit(publish([t], {"t": statuses}), CMS).ok


def test_a_group_that_is_alike_is_withheld_whole_with_its_zeros():
    t = replace(line([40, 0, 0]), sensitive=(("kind", "all"),))
    harmless = protect([replace(t, sensitive=())], CMS).statuses["t"]
    assert (harmless == "").all()
    statuses = protect([t], CMS).statuses["t"]
    assert list(statuses) == ["", "c", "c", "c"]
    assert audit(publish([t], {"t": statuses}), CMS).ok


def test_rounded_counts_need_fewer_cells_withheld_beside_them():
    t = line([5, 20, 31, 42])
    rounded = Rule("test", 8, "", round_to=5)
    assert (protect([t], rounded).statuses["t"] == "c").sum() <= (
        protect([t], Rule("test", 8, "")).statuses["t"] == "c"
    ).sum()


def test_only_small_areas_are_protected_where_the_rule_says_so():
    hierarchy = Hierarchy(
        "area",
        (
            Node("all", ""),
            Node("big", "", "all", residents=80_000),
            Node("small", "", "all", residents=8_000),
            Node("other", "", "all", residents=9_000),
        ),
    )
    t = table({("big",): 3, ("small",): 2, ("other",): 30}, {"area": hierarchy})
    assert list(protect([t], Rule("test", 5, "", residents=50_000)).statuses["t"]) == [
        "",
        "",
        "c",
        "c",
    ]


def test_a_pattern_that_cannot_protect_publishes_nothing():
    t = line([5, 3, 20])
    before = publish([t], {"t": hide(t, ("k0",), ("k1",))})[0].cells
    with pytest.raises(DisclosureError, match="no pattern protects it"):
        protect([t], CMS, previous={"t": before})


def test_a_solver_that_stops_early_publishes_nothing(monkeypatch):
    monkeypatch.setattr(Scope, "_lp", lambda *_: None)
    with pytest.raises(DisclosureError, match="no pattern protects it"):
        protect([line([5, 20, 30])], CMS)


def test_a_solver_with_a_wrong_answer_publishes_nothing(monkeypatch):
    known = Scope._move
    monkeypatch.setattr(Scope, "_move", lambda self, found: known(self, found * 0))
    with pytest.raises(DisclosureError, match="witness"):
        protect([line([5, 20, 30])], CMS)


def test_an_audit_without_an_answer_publishes_nothing(monkeypatch):
    t = publish([line([5, 20, 30])], {"t": hide(line([5, 20, 30]), ("k0",), ("k1",))})
    monkeypatch.setattr(
        solver, "milp", lambda *_, **__: type("Result", (), {"x": None, "status": 1})()
    )
    with pytest.raises(DisclosureError, match="stopped without an answer"):
        audit(t, CMS)


@pytest.mark.parametrize("wrong", [lambda x: x + 1, lambda x: x * 0, lambda x: -x])
def test_an_audit_takes_no_table_on_its_solvers_word(monkeypatch, wrong):
    t = publish([line([5, 20, 30])], {"t": hide(line([5, 20, 30]), ("k0",), ("k1",))})
    known = solver.milp

    def lying(*arguments, **named):
        found = known(*arguments, **named)
        found.x = None if found.x is None else wrong(found.x)
        return found

    monkeypatch.setattr(solver, "milp", lying)
    with pytest.raises(DisclosureError, match="does not agree with what is shown"):
        audit(t, CMS)


def test_a_code_with_two_parents_is_refused():
    with pytest.raises(ProgramError, match="two parents"):
        Hierarchy("area", (Node("a", ""), Node("b", ""), Node("c", "", "a"), Node("c", "", "b")))


def test_a_period_that_is_none_is_refused():
    with pytest.raises(DisclosureError, match="not a period"):
        protect([line([20, 30], period="last week")], CMS)


def test_the_hash_seed_of_the_interpreter_changes_nothing():
    """Sets come in another order in every run; no choice may hang on it."""
    code = (
        "import sys; sys.path[:0] = ['tests', 'tests/disclosure']\nfrom test_brute_force import"
        " faces\nfrom support.tables import publish\nfrom openresponse.disclosure.cell_suppression import protect\nfrom"
        " openresponse.disclosure.audit.verdict import audit\nfrom openresponse.disclosure.rules import"
        " Rule\ntables, rule = faces([5, 40, 30, 8, 12, 60, 70, 9]), Rule('t', 11, '')\nfound ="
        " protect(tables, rule).statuses\nprint([''.join(s) for s in found.values()],"
        " audit(publish(tables, found), rule).ok)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1 and "True" in said.pop()
