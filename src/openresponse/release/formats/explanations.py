"""The first sheets of the workbook: what it is, how to read it, and what each code means."""

from collections.abc import Iterator
from typing import Any

from openresponse.tables.definition import PARTS

DEFINED = PARTS | {"counts": "What it counts"}
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


def cover(package: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and what each is; the title, which comes first, has nothing beside it."""
    facts = package["openresponse"]
    return [
        (package["title"], ""),
        ("About", package["description"]),
        ("Publisher", package["contributors"][0]["title"]),
        ("Contact", facts["program"]["contact"]),
        ("Release", facts["release"]),
        ("Published", package["created"][:10]),
        ("Withheld", facts["rule"]["hides"]),
        ("Rule", facts["rule"]["source"]),
        ("Licence", package["licenses"][0]["title"]),
        *(("How to read", line) for line in HOW_TO_READ),
    ]


def notes(package: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What it is about, a name, and its meaning: status codes, definitions and columns."""
    for code, label in package["openresponse"]["statuses"].items():
        yield "Status code", code or "(empty)", label
    for resource in package["resources"]:
        for key, name in DEFINED.items():
            if stated := resource["openresponse"]["definition"].get(key):
                yield resource["name"], name, _plain(stated)
        for field in _values(resource):
            if "description" in field:
                yield resource["name"], field["name"], _plain(field["description"])


def codes(package: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Table, column, code and meaning."""
    for resource in package["resources"]:
        for field in _values(resource):
            for code in field.get("categories", ()):
                yield resource["name"], field["name"], code["value"], code["label"]


def _values(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The columns of a table but for its statuses, which are explained once for all."""
    for field in resource["schema"]["fields"]:
        if not field["name"].endswith("_status"):
            yield field


def _plain(text: str) -> str:
    """A sentence without the marks that make a column's name code on a page."""
    return text[:1].upper() + text[1:].replace("`", "")
