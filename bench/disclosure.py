"""The search and the audit on tables of known sizes, beside the figures of the first prototype.
Printed, never asserted.

Columns `quick` and `full`: complementary suppressions found without the linear relaxation and
without showing redundant ones again, and with both where the system is small, each with its
seconds. With `--optimum` instead, for the three-way tables, the exact optimum of the linear
requirement: of the price that the search is after, and of the bare number of cells.
"""

import resource
import sys
import time
from dataclasses import replace

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.cell_suppression import protect
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression import witness
from openresponse.disclosure.suppression.cut_generation.optimum import optimum
from openresponse.disclosure.suppression.cut_generation.problem import Problem
from openresponse.disclosure.suppression.search import Settings, search
from openresponse.disclosure.suppression.task import default_price
from openresponse.disclosure.system.linked_tables import build
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, flat
from openresponse.tables.microdata import COUNT, MONTH, Microdata
from openresponse.tables.months import number

QUICK = Settings(relaxed=False, programmes=0)
PROTOTYPE = {  # complements and seconds of the prototype on its own random tables of the same kind
    "1,300 cells, t=5, mean 3": "54 in 1.3 s (guided 49 in 14 s, optimum 49)",
    "1,300 cells, t=5, mean 10": "guided 56, optimum 52",
    "4,700 cells, linked": "94 in 6.4 s",
}


def table(
    name: str, sizes: dict[str, int], atoms: np.ndarray, dimensions: list[str]
) -> ContingencyTable:
    """A table with all margins over some dimensions of an array of atoms."""
    axes = tuple(k for k, d in enumerate(sizes) if d not in dimensions)
    counts = atoms.sum(axis=axes)
    for axis in range(counts.ndim):
        counts = np.concatenate([counts.sum(axis=axis, keepdims=True), counts], axis=axis)
    hierarchies: dict[str, Hierarchy] = {
        d: flat(d, {f"{d}{i}": "" for i in range(n)}) for d, n in sizes.items() if d in dimensions
    }
    index = pd.MultiIndex.from_product(
        [["2026-10"], *(t.codes for t in hierarchies.values())], names=["period", *hierarchies]
    )
    cells = (
        pd.DataFrame({"count": counts.ravel()}, index=index)
        .reset_index()
        .astype(dict.fromkeys(["period", *hierarchies], "string"))
    )
    return ContingencyTable(name, "incidents", cells, hierarchies)


def run(label: str, tables: list[ContingencyTable], behind: list[Microdata], t: int) -> None:
    rule = Rule("bench", t, "typed in")
    start = time.perf_counter()
    first = sum(
        (s == "c").sum() for s in protect(tables, behind, rule, settings=QUICK).statuses.values()
    )
    quick = time.perf_counter() - start
    start = time.perf_counter()
    found = protect(tables, behind, rule)
    searched = time.perf_counter() - start
    withheld = {name: status == "c" for name, status in found.statuses.items()}
    small = int(sum(p.sum() for p in found.primary.values()))
    shown = [
        replace(
            x,
            cells=x.cells.assign(
                status=found.statuses[x.name],
                count=x.cells["count"].astype("Int64").mask(withheld[x.name]),
            ),
        )
        for x in tables
    ]
    verdict = audit(shown, rule)
    total = int(sum(w.sum() for w in withheld.values()))
    print(
        f"{label:28} {len(found.system.values):7,} {small:6,} {first - small:6,} {quick:6.2f}"
        f" {total - small:6,} {searched:6.2f} {verdict.seconds:8.2f} {len(verdict.opened):7}  "
        f" {PROTOTYPE.get(label, '')}",
        flush=True,
    )


def microdata(sizes: dict[str, int], atoms: np.ndarray) -> list[Microdata]:
    """The records behind the tables of an array of atoms: the kinds that occur."""
    at = np.nonzero(atoms)
    codes = {d: [f"{d}{i}" for i in place] for d, place in zip(sizes, at, strict=True)}
    rows = pd.DataFrame({MONTH: number("2026-10"), **codes, COUNT: atoms[at]})
    return [Microdata("incidents", rows)]


def compare(label: str, tables: list[ContingencyTable], behind: list[Microdata], t: int) -> None:
    """How far the search is from the cheapest pattern there is, of two prices."""
    system = build(tables, behind, Rule("bench", t, "typed in", reach=1))
    nothing = np.zeros(len(system.values), dtype=bool)
    for what, price in (
        ("price of the search", default_price(system)),
        ("number of cells", np.ones(len(system.values))),
    ):
        start = time.perf_counter()
        best = optimum(Problem.of_cells(system, price))
        took = time.perf_counter() - start
        start = time.perf_counter()
        pattern = search(
            system, stay_shown=nothing, stay_withheld=nothing, settings=Settings(price=price)
        )
        found = pattern.withheld & ~system.primary
        print(
            f"{label:28} {what:20} optimum {best.bound:6,.0f}{'' if best.proved else ' at least'}"
            f" in {took:6.2f} s; search {price[found].sum():6,.0f}"
            f" ({price[found].sum() / best.bound - 1:+.1%}), {found.sum():,} cells, in"
            f" {time.perf_counter() - start:6.2f} s",
            flush=True,
        )


def witnesses(cells: int) -> None:
    """The check of all witnesses of a table with about so many cells, without a solver."""
    side = int(cells**0.5) - 1
    atoms = np.random.default_rng(1).poisson(40, (side, side))
    sizes = {"a": side, "b": side}
    found = protect(
        [table("wide", sizes, atoms, ["a", "b"])],
        microdata(sizes, atoms),
        Rule("bench", 25, "typed in"),
        settings=QUICK,
    )
    withheld = np.zeros(len(found.system.values), dtype=bool)
    withheld[found.system.cells["wide"][found.statuses["wide"] == "c"]] = True
    start = time.perf_counter()
    broken = witness.broken(found.system, withheld, found.witnesses)
    print(
        f"check of {len(found.witnesses):,} witnesses over {len(withheld):,} cells:"
        f" {time.perf_counter() - start:.3f} s, {len(broken)} broken"
    )


CUBE = {"area": 24, "month": 12, "model": 3}
WIDE = {"a": 50, "b": 26, "c": 12, "d": 4}
SIZES = (
    ("325 cells", 5, 3, {"area": 24, "month": 12}),
    ("1,300 cells, t=5, mean 3", 5, 3, CUBE),
    ("1,300 cells, t=11, mean 3", 11, 3, CUBE),
    ("1,300 cells, t=5, mean 10", 5, 10, CUBE),
    ("1,300 cells, t=11, mean 10", 11, 10, CUBE),
)


def counts(mean: float, sizes: dict[str, int]) -> np.ndarray:
    """Counts as they are in such tables: many nothings, some large."""
    shape = tuple(sizes.values())
    return np.random.default_rng(7).negative_binomial(0.3, 0.3 / (0.3 + mean), shape)


def main(optimal: bool) -> None:
    print(
        f"{'tables':28} {'cells':>7} {'small':>6} {'quick':>6} {'s':>6} {'full':>6} {'s':>6}"
        f" {'audit s':>8} {'opened':>7}   prototype, its own tables"
    )
    for label, t, mean, sizes in SIZES:
        atoms = counts(mean, sizes)
        one = [table("one", sizes, atoms, list(sizes))]
        if not optimal:
            run(label, one, microdata(sizes, atoms), t)
        elif sizes is CUBE:
            compare(label, one, microdata(sizes, atoms), t)
    if optimal:
        return
    atoms = counts(1, WIDE)
    linked = [table("ab", WIDE, atoms, ["a", "b"]), table("acd", WIDE, atoms, ["a", "c", "d"])]
    run("4,700 cells, linked", linked, microdata(WIDE, atoms), 11)
    witnesses(20_000)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main("--optimum" in sys.argv)
