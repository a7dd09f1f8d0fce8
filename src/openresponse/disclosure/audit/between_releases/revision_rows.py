"""What a reader learns from a revision by comparing it with every vintage before."""

import numpy as np

from openresponse.disclosure.audit.facts import Facts
from openresponse.disclosure.audit.rows import Rows
from openresponse.disclosure.rules import Rule


def vintages_before(facts: Facts, by: int = 1) -> dict[int, int]:
    """Variable to that of the same cell so many vintages before."""
    before = {}
    for (universe, months, conditions, vintage), now in facts.index.items():
        earlier = facts.index.get((universe, months, conditions, vintage - by))
        if earlier is not None:
            before[now] = earlier
    return before


def small_changes(facts: Facts, rows: Rows, rule: Rule) -> list[str]:
    """Names of what a revision shows to have changed by a small number, since any vintage before: a
    figure, or what is left of a whole without its shown parts.
    """
    return [name for by in _distances(facts) for name in _small_since(facts, rows, rule, by)]


def _distances(facts: Facts) -> range:
    """How many vintages two figures of one cell can lie apart."""
    return range(1, 1 + max((vintage for *_, vintage in facts.index), default=0))


def _small_since(facts: Facts, rows: Rows, rule: Rule, by: int) -> list[str]:
    before = vintages_before(facts, by)
    changes = {now: _change(facts, now, old) for now, old in before.items()}
    names = [
        f"{facts.variables[now].name}: the revision"
        for now, change in changes.items()
        if change is not None and 0 < abs(change) < rule.threshold
    ]
    for row, low, high in rows.found:
        if low == high == 0 and all(v in changes for v, _ in row):
            known = [(c, change) for v, c in row if (change := changes[v]) is not None]
            left = sum(c * change for c, change in known)
            if len(known) < len(row) and 0 < abs(left) < rule.threshold:
                whole = facts.variables[row[0][0]].name
                names.append(f"{whole}: what the revision leaves to its parts")
    return names


def _change(facts: Facts, now: int, old: int) -> float | None:
    """By how much a figure changed; None where one of its vintages is not known."""
    new, earlier = facts.variables[now], facts.variables[old]
    return new.low - earlier.low if new.is_known and earlier.is_known else None


def carried_forward(facts: Facts) -> list[tuple[int, int]]:
    """Variables of withheld revised figures, each with every earlier figure that was shown."""
    carried = set()
    for by in _distances(facts):
        for now, old in vintages_before(facts, by).items():
            new, earlier = facts.variables[now], facts.variables[old]
            if earlier.shown and not new.shown and earlier.is_known:
                carried.add((now, int(earlier.low)))
    return sorted(carried)


def add_additions(facts: Facts, rows: Rows) -> None:
    """A revision that only adds records: no later vintage is less than the one before."""
    for now, earlier in vintages_before(facts).items():
        rows.add({now: 1, earlier: -1}, 0, np.inf, addition=True)
