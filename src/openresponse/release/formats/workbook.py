"""All tables of a release in one workbook: a cover, notes, codes, and one table a sheet, laid out
for screen readers too.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from math import ceil

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from openresponse.release.formats.archive import zipped
from openresponse.release.store.files import harmless

COVER, NOTES, CODES = "Cover", "Notes", "Codes"
FONT, HEADING = Font(name="Calibri", size=11, bold=True), Font(name="Calibri", size=14, bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
LONGEST = 31  # characters of a sheet's name
COVERED, WIDEST, NARROWEST = 100, 60, 12  # characters of a column
LINE = 15  # points; no program makes a row higher by itself when it opens a file
LANGUAGE = "en-US"
DEFINED = {
    "counts": "What it counts",
    "denominator": "Share of",
    "excludes": "Leaves out",
    "missing": "Not recorded",
}
HOW_TO_READ = (
    (
        "Each sheet after the codes holds one table. The first row names the columns; each further"
        " row is one observation."
    ),
    (
        "An empty value has a code in the column beside it whose name ends in _status. The sheet"
        " Notes explains the codes."
    ),
    "A withheld value is empty. It is not zero: zero is written 0.",
    "The sheet Codes says what the codes in the columns of text mean.",
)


def content(tables: Mapping[str, pd.DataFrame], package: dict) -> bytes:
    """The workbook's bytes; the same tables give the same.

    tables: by name, missing values as NA. package: the content of `datapackage.json`.
    """
    book = Workbook()
    resources = {resource["name"]: resource for resource in package["resources"]}
    names = sheets(tables)
    _cover(book.active, package, {names[table]: resources[table]["title"] for table in tables})
    _sheet(book, NOTES, ["About", "Name", "Meaning"], _notes(package), package["title"])
    _sheet(book, CODES, ["Table", "Column", "Code", "Meaning"], _codes(package), package["title"])
    for table, frame in tables.items():
        rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
        _sheet(
            book,
            names[table],
            list(frame),
            rows,
            f"{package['title']}: {resources[table]['title']}",
        )
    return _bytes(book, package)


def sheets(tables: Iterable[str]) -> dict[str, str]:
    """Table to the name of its sheet: its own, shortened where a workbook allows no more, and no
    two alike.
    """
    names: dict[str, str] = {}
    taken = {
        COVER.lower(),
        NOTES.lower(),
        CODES.lower(),
        "history",
    }  # Excel keeps the last for itself
    for table in tables:
        name, number = table[:LONGEST], 1
        while name.lower() in taken:
            number += 1
            name = f"{table[: LONGEST - 1 - len(str(number))]}_{number}"
        taken.add(name.lower())
        names[table] = name
    return names


def _cover(sheet: Worksheet, package: dict, listed: Mapping[str, str]) -> None:
    facts = package["openresponse"]
    sheet.title = COVER
    lines = [
        (package["title"], ""),
        ("About", package["description"]),
        ("Publisher", facts["program"]["city"]),
        ("Contact", facts["program"]["contact"]),
        ("Release", facts["release"]),
        ("Published", package["created"][:10]),
        ("Withheld", facts["rule"]["hides"]),
        ("Rule", facts["rule"]["source"]),
        ("Licence", package["licenses"][0]["title"]),
        *(("How to read", line) for line in HOW_TO_READ),
    ]
    for row, (name, said) in enumerate(lines, start=1):
        sheet.cell(row, 1, harmless(name)).font = FONT if said else HEADING
        if said:
            _wrap(sheet.cell(row, 2, harmless(said)), COVERED)
    for row, (name, title) in enumerate(listed.items(), start=len(lines) + 1):
        cell = sheet.cell(row, 1, name)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate,
            location=f"'{name}'!A1",
            display=name,
            tooltip=f"Go to {title}"[:255],
        )
        cell.style = "Hyperlink"
        sheet.cell(row, 2, harmless(title))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = LONGEST + 3, COVERED
    sheet.sheet_view.showGridLines = False
    _printed(sheet, package["title"])


def _wrap(cell: Cell, width: int) -> None:
    """A long text on as many lines as it needs, and the whole row from the top."""
    height = LINE * ceil(len(cell.value or "") / width)
    if height > LINE:
        cell.parent.row_dimensions[cell.row].height = height
        for beside in cell.parent[cell.row]:
            beside.alignment = WRAPPED


def _printed(sheet: Worksheet, title: str) -> None:
    """On paper: as wide as the page, with the title below."""
    (
        sheet.page_setup.orientation,
        sheet.page_setup.fitToHeight,
        sheet.sheet_properties.pageSetUpPr.fitToPage,
    ) = (
        "landscape",
        0,
        True,
    )
    sheet.oddFooter.center.text = title.replace("&", "&&")


def _notes(package: dict) -> Iterable[tuple]:
    for code, label in package["openresponse"]["statuses"].items():
        yield "Status code", code or "(empty)", label
    for resource in package["resources"]:
        for key, name in DEFINED.items():
            if said := resource["openresponse"]["definition"].get(key):
                yield resource["name"], name, _plain(said)
        for field in resource["schema"]["fields"]:
            if "description" in field and not field["name"].endswith(
                "_status"
            ):  # told once, on the cover
                yield resource["name"], field["name"], _plain(field["description"])


def _plain(text: str) -> str:
    """A sentence without the marks that make a column's name code on a page."""
    return text[:1].upper() + text[1:].replace("`", "")


def _codes(package: dict) -> Iterable[tuple]:
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if not field["name"].endswith("_status"):
                for code in field.get("categories", ()):
                    yield resource["name"], field["name"], code["value"], code["label"]


def _sheet(
    book: Workbook, name: str, columns: list[str], rows: Iterable[tuple], title: str
) -> None:
    """One table: its header in the first row, frozen; no cell merged, no row left out."""
    sheet = book.create_sheet(name)
    widths = [len(column) + 4 for column in columns]
    sheet.append(columns)
    for row in rows:
        sheet.append([harmless(value) if isinstance(value, str) else value for value in row])
        widths = [
            max(width, len(value)) if isinstance(value, str) else width
            for width, value in zip(widths, row, strict=True)
        ]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(
            max(width, NARROWEST), WIDEST
        )
    for number, width in enumerate(widths, start=1):
        for (cell,) in (
            sheet.iter_rows(min_row=2, min_col=number, max_col=number) if width > WIDEST else ()
        ):
            _wrap(cell, WIDEST)
    for cell in sheet[1]:
        cell.font = FONT
    sheet.freeze_panes = "A2"
    table = Table(
        displayName=f"table_{name}".replace("-", "_"),
        ref=f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 2)}",
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.print_title_rows = "1:1"
    _printed(sheet, title)


def _bytes(book: Workbook, package: dict) -> bytes:
    """The saved workbook, dated to the day of publication instead of now."""
    day = datetime.combine(date.fromisoformat(package["created"][:10]), datetime.min.time())
    about = book.properties
    about.title, about.creator, about.language = (
        package["title"],
        package["openresponse"]["program"]["city"],
        LANGUAGE,
    )
    about.description, about.keywords, about.version = (
        package["description"],
        ", ".join(package["keywords"]),
        package["openresponse"]["release"],
    )
    saved = io.BytesIO()
    book.save(saved)
    about.created = about.modified = day
    with zipfile.ZipFile(saved) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | {"docProps/core.xml": tostring(about.to_tree())})
