"""The page that compares ways to hide small numbers shows what its bench measured."""

import csv

from support.documentation import DOCS, text
from support.workspace import ROOT


def test_the_page_shows_the_numbers_of_the_bench():
    with (ROOT / "bench" / "methods.csv").open(encoding="utf-8", newline="") as file:
        columns = list(zip(*csv.reader(file), strict=True))
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in _lines()]
    assert rows[0][1:] == list(columns[0][1:])
    shown = {row[0]: [float(cell) for cell in row[1:]] for row in rows[2:]}
    assert shown == {name: [float(cell) for cell in cells] for name, *cells in columns[1:]}


def _lines():
    return [line for line in text(DOCS / "other-methods.qmd").splitlines() if line.startswith("|")]
