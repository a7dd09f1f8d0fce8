"""The page that compares ways to hide small numbers shows what its bench measured."""

import csv
import re

import lxml.html

from support.documentation import DOCS, text
from support.workspace import ROOT


def test_the_page_shows_the_numbers_of_the_bench():
    with (ROOT / "bench" / "methods.csv").open(encoding="utf-8", newline="") as file:
        columns = list(zip(*csv.reader(file), strict=True))
    page = text(DOCS / "other-methods.qmd")
    table = lxml.html.fromstring(re.search(r"<table>.*?</table>", page, re.S)[0])
    rows = [[cell.text for cell in row.iter("th", "td")] for row in table.iter("tr")]
    assert rows[0][1:] == list(columns[0][1:])
    shown = {row[0]: [float(cell) for cell in row[1:]] for row in rows[1:]}
    assert shown == {name: [float(cell) for cell in cells] for name, *cells in columns[1:]}
