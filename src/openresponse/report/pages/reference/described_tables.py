"""One table as the data page describes it: what a row is, its files, definition and columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openresponse.release.formats.derived import ARCHIVE, WORKBOOK
from openresponse.release.history import register
from openresponse.release.store.published import Published
from openresponse.release.tables.incidents import KIND
from openresponse.report.feeds import distributions
from openresponse.report.figures import figure
from openresponse.report.figures.datatable import Cell, Link, Table
from openresponse.report.html import preview
from openresponse.report.prose import words

GRAINS = {
    "month": "one month",
    "quarter": "one quarter",
    "year": "one calendar year",
    "all": "all years together",
    "as_it_stands": "as it stood at the release",
}


@dataclass(frozen=True)
class Described:
    """One table. row: what a row is. span: its periods in words, or empty. changed: the release in
    which its file last changed. facts: its definition in pairs of name and text.
    """

    name: str
    title: str
    row: str
    span: str
    changed: str
    files: list[Link]
    facts: list[tuple[str, str]]
    preview: Table
    columns: Table
    has_statuses: bool


def described(published: Published, table: str) -> Described:
    periods, file = published.periods(table), f"{table}.csv"
    facts = figure.facts(published.definition(table))
    if known := published.manifest.get("files", {}).get(file):
        facts = [*facts, ("SHA-256", f"`{known}`")]
    return Described(
        name=table,
        title=published.title(table),
        row=row(published, table),
        span=words.span(periods[0], periods[-1]) if periods else "",
        changed=register.unchanged_since(published.folder.parent, published.name, file),
        files=[
            link(published, name, f"{name} ({size(published, name)})")
            for name in distributions.files(published, table)
        ],
        facts=facts,
        preview=preview.table(published, table),
        columns=_columns(published, table),
        has_statuses=any("_status" in name for name in published.tables[table]),
    )


def row(published: Published, table: str) -> str:
    resource = published.resources[table]["openresponse"]
    if resource["kind"] == "list":
        return "one entry, as it stood at the release"
    if resource["kind"] == KIND:
        return "one incident"
    by = [*resource["dimensions"], *filter(None, [resource.get("category")])]
    names = by or list(resource["trees"])  # money has hierarchies alone
    grain = GRAINS.get(resource["period_grain"], "one period")
    return ", ".join([grain, *(name.replace("_", " ") for name in names)])


def link(published: Published, file: str, text: str, of: str = "") -> Link:
    """A file to download. Saved, those of all tables are called after their release."""
    named = file in (WORKBOOK, ARCHIVE)
    name = f"open-response-{published.name}{Path(file).suffix}" if named else ""
    return Link(f"data/latest/{file}", text, of, download=True, saved_as=name)


def formats(published: Published, table: str) -> Iterable[Link]:
    """A table's files, called by their format."""
    for file in distributions.files(published, table):
        yield link(
            published, file, distributions.FORMATS[Path(file).suffix], published.title(table)
        )


def size(published: Published, file: str) -> str:
    return f"{max(1, round((published.folder / file).stat().st_size / 1000)):,} kB"


def _columns(published: Published, table: str) -> Table:
    """The columns of values; one sentence on the page says what all their statuses hold."""
    rows: list[list[str | Cell]] = [
        [Cell("code", one["name"]), one["type"], Cell("coded", words.initial(_meaning(one)))]
        for one in published.resources[table]["schema"]["fields"]
        if not one["name"].endswith("_status")
    ]
    return Table(f"Columns of {table}.csv", ["Column", "Type", "Meaning"], rows)


def _meaning(field: dict[str, Any]) -> str:
    text = field.get("description") or field.get("title", "")
    codes = "; ".join(f"{one['value']} = {one['label']}" for one in field.get("categories", []))
    return f"{text}. Codes: {codes}" if codes else text
