"""Which of a file's columns the program file means."""

from collections.abc import Sequence
from pathlib import Path

from openresponse.errors import ExtractError
from openresponse.program import Column, Extract, ExtractName, Heading
from openresponse.records.dialects import text_table
from openresponse.records.dialects.text_table import quoted


def normal(heading: str) -> str:
    """A heading without what does not tell it apart: case, outer and doubled spaces, the mark that
    some programs put at the beginning of a file.
    """
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


def present(wanted: Sequence[Heading], headings: Sequence[str]) -> int:
    """How many of the wanted columns there are."""
    normals = {normal(one) for one in headings}
    return sum(
        one <= len(headings) if isinstance(one, int) else normal(one) in normals for one in wanted
    )


def wanted(extract: Extract, given: Sequence[str]) -> list[Heading]:
    """The columns that the program file names: of each field those that are there under one of
    their names, and its newest where none is, unless a file may lack it.
    """
    chosen: list[Column] = []
    for column in extract.columns.values():
        there = [form for form in column.forms if present(form.names, given)]
        chosen += there or (column.forms[-1:] if column.required else ())
    return text_table.columns(extract, chosen)


def places(
    wanted: Sequence[Heading], headings: Sequence[str], path: Path, name: ExtractName
) -> list[int]:
    """The place of each wanted column, counted from 0; ExtractError where one is missing or is
    there twice.
    """
    by_heading: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        by_heading.setdefault(normal(heading), []).append(place)
    found = {
        one: [one - 1][: one <= len(headings)]
        if isinstance(one, int)
        else by_heading.get(normal(one), [])
        for one in wanted
    }
    key = f"`extracts.{name}.columns`"
    if missing := [one for one, at in found.items() if not at]:
        raise ExtractError(
            f"{path}: the column {quoted(missing)} is missing. Deliver it, or change {key} in the"
            " program file."
        )
    for one, at in found.items():
        if len(at) > 1:
            there = " and ".join(str(place + 1) for place in at)
            raise ExtractError(
                f"{path}: the heading {quoted([one])} is there {len(at)} times, in the columns"
                f" {there}. Write the number of the right one in place of the heading, in {key} of"
                " the program file."
            )
    return [at[0] for at in found.values()]


def line_of(lines: Sequence[Sequence[str]], wanted: Sequence[Heading]) -> int | None:
    """Which of a file's first lines has all headings, counted from 0; None where none has."""
    named = [one for one in wanted if isinstance(one, str)]
    complete = (
        place for place, line in enumerate(lines) if named and present(named, line) == len(named)
    )
    return next(complete, None)


def misplaced(line: int | None, skipped: int, path: Path, name: ExtractName) -> None:
    """ExtractError where the headings are in another line than the program file says."""
    if line is not None and line != skipped:
        raise ExtractError(
            f"{path}: the headings are in line {line + 1}, not in line {skipped + 1}. Set"
            f" `extracts.{name}.skip_rows` to {line} in the program file."
        )
