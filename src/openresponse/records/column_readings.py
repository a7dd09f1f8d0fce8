"""What was read of every file and of every column, and what could not be read: numbers of rows,
never a cell's value.
"""

from dataclasses import dataclass

import pandas as pd

from openresponse.program import ExtractName

FIRST_ROWS = 10  # so many rows of a column that cannot be read are named


@dataclass(frozen=True)
class FileReading:
    """One file as it was read.

    file: its path below the raw folder. delivery: the month whose folder it was in; None for a file
    that holds all months. rows: those below the headings, without the blank ones. form: what kind
    of file it is and how it is written, in words. detected: what of that the program file does not
    say. days: on which the extract holds, in words; empty where it always does.
    """

    extract: ExtractName
    file: str
    delivery: str | None
    rows: int
    form: str
    detected: tuple[str, ...] = ()
    days: str = ""


@dataclass(frozen=True)
class ColumnReading:
    """The cells of one field in one file: readable + empty + unreadable = its rows.

    column: the heading that the file has, and the days on which it holds. empty: cells without
    text, or with a word that means nothing. unreadable: those in another form than the program file
    says, or with a code that it does not list. rows: the first of these, by their numbers in the
    file. ambiguous: readable times of the hour that comes twice in autumn, of which nothing says
    whether it is the first or second.
    """

    extract: ExtractName
    file: str
    delivery: str | None
    field: str
    column: str
    readable: int
    empty: int
    unreadable: int
    rows: tuple[int, ...] = ()
    ambiguous: int = 0


@dataclass(frozen=True)
class Reading:
    """One extract over its deliveries: the rows as `delivery.read` gives them, and how every file
    and column was read.
    """

    rows: pd.DataFrame
    files: tuple[FileReading, ...]
    columns: tuple[ColumnReading, ...]
