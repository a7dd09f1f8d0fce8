"""What of the Web Content Accessibility Guidelines 2.2 (https://www.w3.org/TR/WCAG22/) can be
decided on a page without a browser.

Each rule names the success criterion it is part of. Tests run axe in a real browser besides, which
sees more.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from lxml.html import HtmlElement

from openresponse.website.inspection.page import Finding, Page, shortened, text

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
NO_FIELD = ("hidden", "submit", "button", "reset", "image")  # kinds of input that need no label
SPEAKING = (
    "a",
    "button",
    "input",
    "select",
    "textarea",
    "summary",
    "iframe",
    "pre",
)  # say by themselves what they are, or are read as they stand
SCROLLS = re.compile(r"([^{}]+)\{[^{}]*overflow(?:-x)?:\s*(?:auto|scroll)")
# Names of the style sheet's colours, and the least contrast of the first on each of the others.
PAIRS = (
    (("ink", "ink-soft", "link", "link-hover"), ("paper", "panel")),
    (("ink",), ("help",)),
    (("bar-ink",), ("bar",)),
    (("focus-ink",), ("focus",)),
    (("warn-ink",), ("warn",)),
)
LEAST_CONTRAST = 4.5
Told = tuple[str, str, str]  # place, rule, remedy


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """What keeps somebody from reading the site, by page."""
    sheets = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css"))}
    boxes = {
        name
        for sheet in sheets.values()
        for selectors in SCROLLS.findall(sheet)
        for name in re.findall(r"(?:^|[\s,])\.([\w-]+)\s*(?=,|$)", selectors)
    }
    found = [Finding(page.name, *told) for page in pages for rule in RULES for told in rule(page)]
    found += [Finding(page.name, *told) for page in pages for told in scrolling(page, boxes)]
    return found + [
        Finding(name, *told) for name, sheet in sheets.items() for told in contrast(sheet)
    ]


def languages(page: Page) -> Iterator[Told]:
    if not _is_language(page.root.get("lang")):
        yield "<html>", "3.1.1: the language of the page is not told.", "Give it a lang such as en."
    for element in page.elements[1:]:
        if element.get("lang") is not None and not _is_language(element.get("lang")):
            yield (
                _place(element),
                f'3.1.2: "{element.get("lang")}" is no language.',
                "Write its code, such as es.",
            )


def title(page: Page) -> Iterator[Told]:
    if not any(text(element) for element in page.root.iterfind("head/title")):
        yield "<head>", "2.4.2: the page has no title.", "Say in its title what it is about."


def headings(page: Page) -> Iterator[Told]:
    found = [element for element in page.shown if element.tag in HEADINGS]
    if (first := sum(element.tag == "h1" for element in found)) != 1:
        yield (
            "<body>",
            f"1.3.1: the page has {first} headings of the first level.",
            "It has exactly one: what the page is called.",
        )
    level = 0
    for element in found:
        if not name(element, page):
            yield f"<{element.tag}>", "2.4.6: a heading says nothing.", "Write it, or take it out."
        if (now := int(element.tag[1])) > level + 1:
            yield (
                _place(element),
                (
                    f"1.3.1: a heading of level {now} follows one of level {level}."
                    if level
                    else f"1.3.1: the first heading is of level {now}."
                ),
                "Skip no level.",
            )
        level = now


def identifiers(page: Page) -> Iterator[Told]:
    for identifier, times in Counter(page.ids).items():
        if times > 1:
            yield (
                f"#{identifier}",
                f"4.1.2: {times} elements have this id.",
                "Each id stands once on a page.",
            )


def references(page: Page) -> Iterator[Told]:
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
                    _place(element),
                    f'1.3.1: its {attribute} names "{identifier}", which is not on the page.',
                    "Name an id that is there.",
                )


def pictures(page: Page) -> Iterator[Told]:
    for element in page.shown:
        if _is_hidden(element):
            continue
        if element.tag == "img" and not name(element, page):
            yield (
                element.get("src") or "<img>",
                "1.1.1: a picture has no text in its place.",
                "Say in its alt what it shows, or hide a mere ornament with aria-hidden.",
            )
        if (
            (
                element.tag == "svg"
                and element.get("role") in (None, "img")
                and not any(e.tag == "svg" for e in element.iterancestors())
            )
            or element.get("role") == "img"
        ) and not name(element, page):
            yield (
                _place(element),
                "1.1.1: a drawing has no text in its place.",
                'Give it a title and role="img", or hide a mere ornament with aria-hidden.',
            )


def controls(page: Page) -> Iterator[Told]:
    for element in page.shown:
        kind = {
            "a": "2.4.4: a link",
            "button": "4.1.2: a button",
            "summary": "4.1.2: a part that unfolds",
        }.get(element.tag)
        if (
            kind
            and (element.tag != "a" or element.get("href") is not None)
            and not name(element, page)
        ):
            yield (
                element.get("href") or _place(element),
                f"{kind} has no name.",
                "Say in words where it leads or what it does.",
            )


def fields(page: Page) -> Iterator[Told]:
    labels = {
        element.get("for"): text(element) for element in page.elements if element.tag == "label"
    }
    for element in page.shown:
        if element.tag not in ("input", "select", "textarea") or element.get("type") in NO_FIELD:
            continue
        around = next((text(e) for e in element.iterancestors("label")), "")
        if not (
            labels.get(element.get("id")) or around or _told(element, page) or element.get("title")
        ):
            yield (
                _place(element),
                "3.3.2: a field has no label.",
                "Put a label for its id beside it.",
            )


def tables(page: Page) -> Iterator[Told]:
    for table in (
        element
        for element in page.shown
        if element.tag == "table" and element.get("role") not in ("presentation", "none")
    ):
        called = next((text(e) for e in table.iterfind("caption")), "") or _told(table, page)
        place = shortened(called) or "<table>"
        if not called:
            yield place, "1.3.1: a table has no caption.", "Say in it what the table shows."
        heads = list(table.iter("th"))
        if not heads:
            yield (
                place,
                "1.3.1: a table has no header cells.",
                "Write the names of columns and rows as th.",
            )
        if any(head.get("scope") not in ("col", "row", "colgroup", "rowgroup") for head in heads):
            yield (
                place,
                "1.3.1: a header cell does not say of what it is one.",
                'Give it scope="col" or scope="row".',
            )


def landmark(page: Page) -> Iterator[Told]:
    found = sum(element.tag == "main" or element.get("role") == "main" for element in page.shown)
    if found != 1:
        yield "<body>", f"1.3.1: the page has {found} main parts.", "It has exactly one."


def focus(page: Page) -> Iterator[Told]:
    for element in page.shown:
        order = element.get("tabindex")
        if order and order.lstrip("+").isdigit() and int(order) > 0:
            yield (
                _place(element),
                "2.4.3: it is taken out of the order of the page.",
                "A tabindex is 0 or -1.",
            )
        elif (
            order == "0"
            and element.tag not in SPEAKING
            and not (element.get("role") and _told(element, page))
        ):
            yield (
                _place(element),
                "4.1.2: the keyboard stops at it, and it does not say what it is.",
                "Give it a role and an aria-label.",
            )


def magnified(page: Page) -> Iterator[Told]:
    for element in page.root.iterfind("head/meta[@name='viewport']"):
        told = dict(
            part.replace(" ", "").partition("=")[::2]
            for part in (element.get("content") or "").split(",")
        )
        if told.get("user-scalable") in ("no", "0") or float(told.get("maximum-scale", 5)) < 2:
            yield (
                "<meta>",
                "1.4.4: the page forbids to make it larger.",
                "Take user-scalable and maximum-scale out.",
            )


def scrolling(page: Page, boxes: set[str]) -> Iterator[Told]:
    """boxes: the classes of elements whose content may be wider than they are."""
    for element in page.shown:
        if (
            boxes & set((element.get("class") or "").split())
            and element.get("tabindex") != "0"
            and not any(
                e.get("href") or e.get("tabindex") == "0" for e in element.iterdescendants()
            )
        ):
            yield (
                _place(element),
                "2.1.1: the keyboard cannot reach a part that scrolls.",
                'Give it tabindex="0", a role and an aria-label.',
            )


def contrast(sheet: str) -> Iterator[Told]:
    """The colours that a style sheet declares for text and for what lies behind it, in each scheme."""
    for scheme in re.findall(r":root\s*\{([^{}]*)\}", sheet):
        colors = dict(re.findall(r"--([\w-]+):\s*#([0-9a-f]{6})\b", scheme, re.I))
        for inks, papers in PAIRS:
            for ink, paper in ((i, p) for i in inks for p in papers if i in colors and p in colors):
                if (found := _against(colors[ink], colors[paper])) < LEAST_CONTRAST:
                    yield (
                        f"--{ink} on --{paper}",
                        f"1.4.3: a contrast of {found:.2f} is less than {LEAST_CONTRAST}.",
                        "Choose colours further apart.",
                    )


RULES = (
    languages,
    title,
    headings,
    identifiers,
    references,
    pictures,
    controls,
    fields,
    tables,
    landmark,
    focus,
    magnified,
)


def name(element: HtmlElement, page: Page) -> str:
    """What a screen reader calls it: what it is labelled with, or its words and those of its
    pictures.
    """
    if told := _told(element, page):
        return told
    if element.tag == "img":
        return (element.get("alt") or "").strip()
    if element.tag == "svg":
        return next((text(part) for part in element.iterfind("title")), "")
    within = [
        name(part, page) for part in element if isinstance(part.tag, str) and not _is_hidden(part)
    ]
    tails = [part.tail or "" for part in element]
    return " ".join(
        " ".join([element.text or "", *within, *tails, element.get("title") or ""]).split()
    )


def _told(element: HtmlElement, page: Page) -> str:
    """What its aria-labelledby and aria-label say."""
    if named := element.get("aria-labelledby"):
        labels = {part.get("id"): part for part in page.elements if part.get("id") in named.split()}
        if found := " ".join(text(part) for part in labels.values()).strip():
            return found
    return (element.get("aria-label") or "").strip()


def _is_hidden(element: HtmlElement) -> bool:
    return any(
        e.get("aria-hidden") == "true" or e.get("role") in ("presentation", "none")
        for e in (element, *element.iterancestors())
    )


def _is_language(code: str | None) -> bool:
    try:
        return bool(Locale.parse(code or "", sep="-"))
    except (ValueError, UnknownLocaleError):
        return False


def _place(element: HtmlElement) -> str:
    mark = (
        f"#{element.get('id')}"
        if element.get("id")
        else "".join(f".{name}" for name in (element.get("class") or "").split()[:1])
    )
    said = shortened(text(element), 40)
    return f"<{element.tag}{mark}>" + (f" “{said}”" if said else "")


def _against(ink: str, paper: str) -> float:
    """The contrast of two colours, as WCAG reckons it."""

    def light(color: str) -> float:
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (int(color[n : n + 2], 16) / 255 for n in (0, 2, 4))
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(ink), light(paper)))
    return (bright + 0.05) / (dark + 0.05)
