"""All tables of a release in one workbook: a cover, notes, codes, and one table a sheet, laid out
for screen readers too.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple

import pandas as pd
from lxml import etree
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from openresponse.release.formats import explanations
from openresponse.release.formats.archive import zipped
from openresponse.release.store.files import harmless

COVER, NOTES, CODES = "Cover", "Notes", "Codes"
EXCELS_OWN = "history"  # Excel keeps a sheet of this name for itself
LONGEST = 31  # characters of a sheet's name
COVERED, WIDEST, NARROWEST, BESIDE = 100, 60, 12, 4  # characters of a column, and what is left free
LINE = 15  # points; no program makes a row higher by itself when it opens a file
TIP = 255  # characters that a link may say
STYLE = "Table Style Light 1"
LANGUAGE = "en-US"
ABOUT = "docProps/core.xml"  # the member that says what the file is
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN = "http://purl.org/dc/elements/1.1/"


class Formats(NamedTuple):
    bold: Format
    heading: Format
    wrapped: Format


def content(tables: Mapping[str, pd.DataFrame], package: dict[str, Any]) -> bytes:
    """The workbook's bytes; the same tables give the same.

    tables: by name, missing values as NA. package: the content of `datapackage.json`.
    """
    saved, title = io.BytesIO(), package["title"]
    resources = {resource["name"]: resource for resource in package["resources"]}
    names = sheets(tables)
    with Workbook(saved, {"in_memory": True}) as book:
        formats = Formats(
            bold=book.add_format({"bold": True, "valign": "top"}),
            heading=book.add_format({"bold": True, "font_size": 14}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        )
        _cover(
            book, package, {names[table]: resources[table]["title"] for table in tables}, formats
        )
        notes, codes = list(explanations.notes(package)), list(explanations.codes(package))
        _printed(_sheet(book, NOTES, ["About", "Name", "Meaning"], notes, formats), title)
        _printed(_sheet(book, CODES, ["Table", "Column", "Code", "Meaning"], codes, formats), title)
        for table, frame in tables.items():
            values = frame.astype(object).where(frame.notna(), None)
            rows = list(values.itertuples(index=False, name=None))
            sheet = _sheet(book, names[table], list(frame), rows, formats)
            _printed(sheet, f"{title}: {resources[table]['title']}")
        _describe(book, package)
    return _dated(saved, package)


def sheets(tables: Iterable[str]) -> dict[str, str]:
    """Table to the name of its sheet: its own, shortened where a workbook allows no more, and no
    two alike.
    """
    names: dict[str, str] = {}
    taken = {COVER.lower(), NOTES.lower(), CODES.lower(), EXCELS_OWN}
    for table in tables:
        name, number = table[:LONGEST], 1
        while name.lower() in taken:
            number += 1
            name = f"{table[: LONGEST - 1 - len(str(number))]}_{number}"
        taken.add(name.lower())
        names[table] = name
    return names


def _cover(
    book: Workbook, package: dict[str, Any], listed: Mapping[str, str], formats: Formats
) -> None:
    """What the workbook is, and a link to each of the `listed` sheets beside its title."""
    sheet = book.add_worksheet(COVER)
    sheet.set_column(0, 0, LONGEST + 3)
    sheet.set_column(1, 1, COVERED)
    lines = explanations.cover(package)
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, harmless(name), formats.bold if value else formats.heading)
        if value:
            sheet.write_string(row, 1, harmless(value))
            _heighten(sheet, row, ceil(len(value) / COVERED), formats)
    for row, (name, title) in enumerate(listed.items(), start=len(lines)):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name, tip=f"Go to {title}"[:TIP])
        sheet.write_string(row, 1, harmless(title))
    sheet.hide_gridlines(2)
    _printed(sheet, package["title"])


def _sheet(
    book: Workbook,
    name: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    formats: Formats,
) -> Worksheet:
    """One table: its header in the first row, frozen; no cell merged, no row left out."""
    sheet = book.add_worksheet(name)
    sheet.add_table(
        0,
        0,
        max(len(rows), 1),
        len(columns) - 1,
        {
            "name": f"table_{name}".replace("-", "_"),
            "style": STYLE,
            "columns": [{"header": c, "header_format": formats.bold} for c in columns],
        },
    )
    widths = [len(column) + BESIDE for column in columns]
    for row, values in enumerate(rows, start=1):
        lengths = [_write(sheet, row, column, value) for column, value in enumerate(values)]
        widths = list(map(max, widths, lengths))
        _heighten(sheet, row, ceil(max(lengths) / WIDEST), formats)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _write(sheet: Worksheet, row: int, column: int, value: str | float | None) -> int:
    """One cell, left out where the value is missing; how many characters of text it holds."""
    if isinstance(value, str):
        sheet.write_string(row, column, harmless(value))
        return len(value)
    if value is not None:
        sheet.write_number(row, column, value)
    return 0


def _heighten(sheet: Worksheet, row: int, lines: int, formats: Formats) -> None:
    """A long text on as many lines as it needs, and the whole row from the top."""
    if lines > 1:
        sheet.set_row(row, LINE * lines, formats.wrapped)


def _printed(sheet: Worksheet, title: str) -> None:
    """On paper: as wide as the page, with the title below."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{title.replace('&', '&&')}")


def _describe(book: Workbook, package: dict[str, Any]) -> None:
    """The properties of the file, dated to the day of publication instead of now."""
    book.set_properties(
        {
            "title": package["title"],
            "author": package["contributors"][0]["title"],
            "comments": package["description"],
            "keywords": ", ".join(package["keywords"]),
            "created": datetime.fromisoformat(package["created"][:10]),
        }
    )


def _dated(saved: io.BytesIO, package: dict[str, Any]) -> bytes:
    """The saved workbook with its language and release, which the library has no property for."""
    with zipfile.ZipFile(saved) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    about = etree.fromstring(members[ABOUT])
    etree.SubElement(about, f"{{{DUBLIN}}}language").text = LANGUAGE
    etree.SubElement(about, f"{{{CORE}}}version").text = package["openresponse"]["release"]
    members[ABOUT] = etree.tostring(about, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped(members)
