"""Data tables as plain values: caption, columns, and cells that say why there is no value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from openresponse.language import _
from openresponse.report.prose import words
from openresponse.report.prose.readings import Reading

Kind = Literal["status", "day", "number", "code", "coded", "depth", "place", "links", "linked"]


@dataclass(frozen=True)
class Link:
    """A link or a download. of: what a screen reader hears of it after its text."""

    href: str
    text: str
    of: str = ""
    download: bool = False
    saved_as: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell that is more than a text.

    kind: `status` (why there is no value), `day`, `number` (sorted by its value), `code`, `coded`
    (names of columns between backticks), `depth` (how far a label is set in), `place` (an anchor),
    `links`, `linked` (a text in which {link} stands for its link). value: the day, number, depth or
    anchor. note: what stands beside a number.
    """

    kind: Kind
    text: str = ""
    value: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows.

    numeric: the columns set to the right. style: a class of its own in the style sheet.
    names_columns: whether each cell says its column, for a row that is met alone.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
    numeric: frozenset[int] = frozenset()
    style: str = ""
    names_columns: bool = False

    @property
    def marks(self) -> list[tuple[str, str]]:
        """The letters its cells end with, and what they mean: said in the caption, which is read
        first.
        """
        texts = [one if isinstance(one, str) else one.text for row in self.rows for one in row]
        return [
            (status, _(meaning))
            for status, meaning in words.STATUS_IN_FULL.items()
            if any(text.endswith(f" [{status}]") for text in texts)
        ]


def value(
    number: float | None, status: str, form: Callable[[float], str] = words.count
) -> str | Cell:
    """A value with the letter of its status in brackets, as statistical offices write it, or in
    words why there is none.
    """
    if number is None or pd.isna(number):
        return Cell("status", words.status(status))
    return form(number) + (f" [{status}]" if status else "")


def text(number: float | None, status: str, form: Callable[[float], str] = words.count) -> str:
    """The same in words alone, for sentences."""
    return words.status(status) if number is None or pd.isna(number) else form(number)


def dated(iso: str) -> str | Cell:
    """A day as `words.day` writes it, which no line breaks; empty where none is set."""
    return Cell("day", words.day(iso), iso) if iso else ""


def breakdown(rows: pd.DataFrame, caption: str, unit: str) -> Table:
    """The table under a bar chart; each share names its whole. rows: see `readings.breakdown`."""
    body = [
        [
            Cell("depth", row["label"], str(row["depth"])),
            value(row["count"], row["status"]),
            _of_whole(row),
            value(row["share_of_all"], row["share_of_all_status"], words.percent),
        ]
        for row in rows.to_dict("records")
    ]
    whole = rows["label"].iloc[0] if len(rows) else ""
    columns = [
        _("What"),
        words.initial(unit),
        _("Share of the group above"),
        _("Share of “{whole}”", whole=whole),
    ]
    return Table(caption, columns, body, frozenset({1, 2, 3}))


def _of_whole(row: dict) -> str | Cell:
    """The share of the group above, and which group that is."""
    shown = value(row["share_of_part"], row["share_of_part_status"], words.percent)
    if not row["above"] or not isinstance(shown, str):
        return shown
    return Cell("number", shown, str(row["share_of_part"]), _("of “{whole}”", whole=row["above"]))


def trend(readings: list[Reading], caption: str, unit: str, whole: str) -> Table:
    """The table under a chart through time, newest first. whole: what the share is of; empty where
    the chart shows numbers alone.
    """
    body: list[list[str | Cell]] = [
        [words.period(r.period), value(r.value, r.status)] for r in reversed(readings)
    ]
    if not whole:
        return Table(caption, [_("Period"), words.initial(unit)], body, frozenset({1}))
    for row, r in zip(body, reversed(readings), strict=True):
        row += [
            value(r.of, r.of_status),
            value(r.share, r.share_status, words.percent),
        ]
    columns = [
        _("Period"),
        words.initial(unit),
        _("Out of “{whole}”", whole=whole),
        _("Share of “{whole}”", whole=whole),
    ]
    return Table(caption, columns, body, frozenset({1, 2, 3}))
