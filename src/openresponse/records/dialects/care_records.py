"""NEMSIS 3.5 XML, as agencies send it: each patient care report a row, each element a column.

A document is read as a stream, so that its size takes no memory. One that declares entities, or
that refers to anything outside itself, is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from lxml import etree

from openresponse.errors import ExtractError
from openresponse.program import Extract, ExtractName, nemsis
from openresponse.records.dialects import headings, packing, text_table
from openresponse.records.dialects.text_table import AND, TextTable
from openresponse.records.schema import FIELDS

SUFFIX = ".xml"
SUFFIXES = (SUFFIX, *(f"{SUFFIX}{packed}" for packed in packing.PACKED))
REPORT = "{*}PatientCareReport"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def is_care_records(path: Path) -> bool:
    """Whether a path is a document of this kind, or a folder that can only be one of them."""
    return path.is_dir() or path.name.lower().endswith(SUFFIXES)


def documents(path: Path) -> list[Path]:
    """The document, or those of a folder in the order of their names."""
    if not path.is_dir():
        return [path]
    return sorted(
        one
        for one in path.iterdir()
        if one.name.lower().endswith(SUFFIXES) and not one.name.startswith(".")
    )


def read(path: Path, extract: Extract, name: ExtractName) -> TextTable:
    """The mapped elements of every report in a document, or in those of a folder; ExtractError
    where one cannot be read or no report has an element that is needed.

    The number of a row is that of its report, counted from 1 through all documents.
    """
    every = [form for column in extract.columns.values() for form in column.forms]
    elements = [str(one) for one in text_table.columns(extract, every)]
    cells: dict[str, list[str]] = {element: [] for element in elements}
    there: set[str] = set()
    for document in _checked(path):
        for report in reports(document):
            values = _values(report, elements)
            there |= values.keys()
            for element, column in cells.items():
                column.append(values.get(element, ""))
    _check_needed(path, extract, name, there)
    return text_table.of_columns(
        {one: pa.chunked_array([pa.array(column, pa.string())]) for one, column in cells.items()},
        first=1,
        drop_last=0,
        form="NEMSIS XML",
        absent=frozenset(nemsis.ABSENT),
    )


def _checked(path: Path) -> list[Path]:
    """The documents; ExtractError where there is none, or one is a link."""
    found = documents(path)
    if not found:
        raise ExtractError(
            f"{path}: this is a folder without a document of NEMSIS ({SUFFIX}). Put the documents"
            " there, or the extract as a file."
        )
    for one in found:
        if one.is_symlink() or not one.is_file():
            raise ExtractError(f"{one}: not a file. Put the document itself there.")
    return found


def reports(document: Path) -> Iterator[etree._Element]:
    """The reports of a document one after the other; each is gone when the next is read."""
    number = 0
    try:
        _refuse_entities(document)
        with packing.opened(document) as file:
            for _, report in etree.iterparse(file, events=("end",), tag=REPORT, **SAFELY):
                number += 1
                yield report
                report.clear()
                while report.getprevious() is not None:
                    del report.getparent()[0]
    except etree.LxmlError as error:
        raise ExtractError(
            f"{document}: not readable as XML after report {number}. Export it again."
        ) from error
    if not number:
        raise ExtractError(
            f"{document}: holds no patient care report. Deliver a document of NEMSIS 3.5, with"
            " `PatientCareReport` in it."
        )


def _refuse_entities(document: Path) -> None:
    """ExtractError where a document has a document type, in which entities are declared."""
    with packing.opened(document) as file:
        first = next(iter(etree.iterparse(file, events=("start",), **SAFELY)), None)
        if first is not None and first[1].getroottree().docinfo.doctype:
            raise ExtractError(
                f"{document}: declares a document type, which NEMSIS has not and which can read"
                " other files. Export it again without the DOCTYPE declaration."
            )


def _values(report: etree._Element, elements: Sequence[str]) -> dict[str, str]:
    """The text of each of the elements that a report has, several values of one with `AND` between
    them; for an absent value the code that says why.
    """
    values: dict[str, dict[str, None]] = {}
    for element in report.iter(*(f"{{*}}{one}" for one in elements)):
        given = values.setdefault(etree.QName(element).localname, {})
        given |= dict.fromkeys(filter(None, [_value(element)]))
    return {name: _one_cell(list(given)) for name, given in values.items()}


def _value(element: etree._Element) -> str:
    reason = element.get("PN") or ""
    if element.get(NIL) in ("true", "1"):
        return reason or element.get("NV") or ""
    if reason not in ("", nemsis.APPROXIMATE):
        return reason  # what is written there is said not to be so
    return (element.text or "").strip()


def _one_cell(given: list[str]) -> str:
    """What is said; why nothing is, only where nothing else is said."""
    values = [one for one in given if one not in nemsis.ABSENT]
    return AND.join(values or given[:1])


def _check_needed(path: Path, extract: Extract, name: ExtractName, there: set[str]) -> None:
    """ExtractError where no report has an element that is needed. Others may be left out of XML
    where nothing was recorded.
    """
    needed: Mapping[str, Any] = {
        field: column
        for field, column in extract.columns.items()
        if column.required and not FIELDS[name][field].optional
    }
    missing = [
        column.names[-1]
        for column in needed.values()
        if not any(headings.present(form.names, sorted(there)) for form in column.forms)
    ]
    if missing:
        raise ExtractError(
            f"{path}: no report has the element {text_table.quoted(missing)}. Deliver NEMSIS 3.5,"
            f" or change `extracts.{name}.columns` in the program file."
        )
