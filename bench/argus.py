"""The patterns of tau-Argus beside ours on the same tables, and what our audit opens in either.

Needs `pytauargus` (PyPI), which is no requirement of this project. It is asked for its optimal mode
with the rule of least frequency and a safety range as wide as the threshold, so that both are after
the same: that a small count could be as large as the threshold.
"""

import tempfile
import time
from contextlib import chdir
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pandas as pd

from disclosure import SIZES, counts, microdata, table
from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.cell_suppression import protect
from openresponse.disclosure.rules import Rule
from openresponse.tables.contingency import ContingencyTable

ARGUS = "pytauargus"
SHOWN, EMPTY, TOTAL = "S", "E", "Total"


def of_argus(sizes: dict[str, int], atoms: np.ndarray, t: int) -> pd.DataFrame:
    """What tau-Argus withholds: the codes of each cell, and its status."""
    at = np.nonzero(atoms)
    kinds = pd.DataFrame(
        {d: [f"{d}{i}" for i in place] for d, place in zip(sizes, at, strict=True)}
    )
    records = kinds.loc[kinds.index.repeat(atoms[at])].reset_index(drop=True).assign(record=1)
    with tempfile.TemporaryDirectory() as work, chdir(work):  # it leaves files where it is run
        made = import_module(ARGUS).protect(
            records, list(sizes), "record", f"FREQ({t},100)", "OPT(1)", workdir=work
        )
        return pd.DataFrame(made.tables[0].dataframe()).replace({TOTAL: "all"})


def published(one: ContingencyTable, withheld: pd.Series) -> ContingencyTable:
    count = one.cells["count"].astype("Int64").mask(withheld)
    status = withheld.map({True: "c", False: ""}).astype("string")
    return replace(one, cells=one.cells.assign(count=count, status=status))


def main() -> None:
    if not find_spec(ARGUS):
        print(f"not run: {ARGUS} is not installed")
        return
    print("tables                        small  ours      s  opened  argus      s  opened")
    for label, t, mean, sizes in SIZES:
        rule, atoms = Rule("bench", t, "typed in", reach=1), counts(mean, sizes)
        one = table("one", sizes, atoms, list(sizes))
        start = time.perf_counter()
        found = protect([one], microdata(sizes, atoms), rule)
        ours, took = found.statuses["one"] == "c", time.perf_counter() - start
        start = time.perf_counter()
        argus = of_argus(sizes, atoms, t)
        argus_took = time.perf_counter() - start
        cells = one.cells.merge(argus, on=list(sizes), how="left", validate="1:1")
        theirs = ~cells["status"].isin([SHOWN, EMPTY]) & (cells["count"] > 0)
        small = int(one.cells["count"].between(1, t - 1).sum())
        opened = [len(audit([published(one, x)], rule).opened) for x in (ours, theirs)]
        print(
            f"{label:28} {small:6,} {int(ours.sum()) - small:5,} {took:6.1f} {opened[0]:7}"
            f" {int(theirs.sum()) - small:6,} {argus_took:6.1f} {opened[1]:7}",
            flush=True,
        )


if __name__ == "__main__":
    main()
