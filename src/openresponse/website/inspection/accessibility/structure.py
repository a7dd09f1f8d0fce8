"""How a page is built: its language, title, headings, parts, and what refers to what."""

from collections import Counter
from collections.abc import Iterator

from babel import Locale, UnknownLocaleError

from openresponse.website.inspection.accessibility.accessible_name import label, name, place
from openresponse.website.inspection.page import Fault, Page, shortened, text

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-activedescendant",
    "headers",
)


def languages(page: Page) -> Iterator[Fault]:
    if not _is_language(page.root.get("lang")):
        yield "<html>", "3.1.1: the page does not say its language.", "Give it a lang such as en."
    for element in page.elements[1:]:
        if element.get("lang") is not None and not _is_language(element.get("lang")):
            yield (
                place(element),
                f'3.1.2: "{element.get("lang")}" is no language.',
                "Write its code, such as es.",
            )


def title(page: Page) -> Iterator[Fault]:
    if not any(text(element) for element in page.root.iterfind("head/title")):
        yield "<head>", "2.4.2: the page has no title.", "Say in its title what it is about."


def headings(page: Page) -> Iterator[Fault]:
    shown = [element for element in page.shown if element.tag in HEADINGS]
    if (first := sum(element.tag == "h1" for element in shown)) != 1:
        yield (
            "<body>",
            f"1.3.1: the page has {first} headings of the first level.",
            "It has exactly one: what the page is called.",
        )
    level = 0
    for element in shown:
        if not name(element, page):
            yield f"<{element.tag}>", "2.4.6: a heading says nothing.", "Write it, or take it out."
        if (now := int(element.tag[1])) > level + 1:
            yield (
                place(element),
                (
                    f"1.3.1: a heading of level {now} follows one of level {level}."
                    if level
                    else f"1.3.1: the first heading is of level {now}."
                ),
                "Skip no level.",
            )
        level = now


def identifiers(page: Page) -> Iterator[Fault]:
    for identifier, times in Counter(page.ids).items():
        if times > 1:
            yield (
                f"#{identifier}",
                f"4.1.2: {times} elements have this id.",
                "Give each element an id of its own.",
            )


def references(page: Page) -> Iterator[Fault]:
    there = set(page.ids)
    for element in page.elements:
        given = [
            (attribute, one)
            for attribute in REFERENCES
            for one in (element.get(attribute) or "").split()
        ]
        given += (
            [("for", element.get("for"))] if element.tag == "label" and element.get("for") else []
        )
        for attribute, identifier in given:
            if identifier not in there:
                yield (
                    place(element),
                    f'1.3.1: its {attribute} names "{identifier}", which is not on the page.',
                    "Name an id that is there.",
                )


def tables(page: Page) -> Iterator[Fault]:
    for table in (
        element
        for element in page.shown
        if element.tag == "table" and element.get("role") not in ("presentation", "none")
    ):
        called = next((text(e) for e in table.iterfind("caption")), "") or label(table, page)
        where = shortened(called) or "<table>"
        if not called:
            yield where, "1.3.1: a table has no caption.", "Say in it what the table shows."
        heads = list(table.iter("th"))
        if not heads:
            yield (
                where,
                "1.3.1: a table has no header cells.",
                "Write the names of columns and rows as th.",
            )
        if any(head.get("scope") not in ("col", "row", "colgroup", "rowgroup") for head in heads):
            yield (
                where,
                "1.3.1: a header cell does not say of what it is one.",
                'Give it scope="col" or scope="row".',
            )


def landmark(page: Page) -> Iterator[Fault]:
    parts = sum(element.tag == "main" or element.get("role") == "main" for element in page.shown)
    if parts != 1:
        yield "<body>", f"1.3.1: the page has {parts} main parts.", "It has exactly one."


def magnified(page: Page) -> Iterator[Fault]:
    for element in page.root.iterfind("head/meta[@name='viewport']"):
        settings = dict(
            part.replace(" ", "").partition("=")[::2]
            for part in (element.get("content") or "").split(",")
        )
        if (
            settings.get("user-scalable") in ("no", "0")
            or float(settings.get("maximum-scale", 5)) < 2
        ):
            yield (
                "<meta>",
                "1.4.4: the page forbids to make it larger.",
                "Take user-scalable and maximum-scale out.",
            )


def _is_language(code: str | None) -> bool:
    try:
        return bool(Locale.parse(code or "", sep="-"))
    except (ValueError, UnknownLocaleError):
        return False
