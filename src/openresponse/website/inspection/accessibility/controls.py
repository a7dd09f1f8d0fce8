"""What a page shows and what can be used on it: pictures, links, fields, and the keyboard."""

from collections.abc import Iterator

from openresponse.website.inspection.accessibility.accessible_name import (
    is_hidden,
    label,
    name,
    place,
)
from openresponse.website.inspection.page import Fault, Page, text

NO_FIELD = ("hidden", "submit", "button", "reset", "image")  # kinds of input that need no label
# Say by themselves what they are, or are read as they stand.
NAMED = ("a", "button", "input", "select", "textarea", "summary", "iframe", "pre")


def pictures(page: Page) -> Iterator[Fault]:
    for element in page.shown:
        if is_hidden(element):
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
                place(element),
                "1.1.1: a drawing has no text in its place.",
                'Give it a title and role="img", or hide a mere ornament with aria-hidden.',
            )


def controls(page: Page) -> Iterator[Fault]:
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
                element.get("href") or place(element),
                f"{kind} has no name.",
                "Say in words where it leads or what it does.",
            )


def fields(page: Page) -> Iterator[Fault]:
    labels = {
        element.get("for"): text(element) for element in page.elements if element.tag == "label"
    }
    for element in page.shown:
        if element.tag not in ("input", "select", "textarea") or element.get("type") in NO_FIELD:
            continue
        around = next((text(e) for e in element.iterancestors("label")), "")
        if not (
            labels.get(element.get("id")) or around or label(element, page) or element.get("title")
        ):
            yield (
                place(element),
                "3.3.2: a field has no label.",
                "Put a label for its id beside it.",
            )


def focus(page: Page) -> Iterator[Fault]:
    for element in page.shown:
        order = element.get("tabindex")
        if order and order.lstrip("+").isdigit() and int(order) > 0:
            yield (
                place(element),
                "2.4.3: it is taken out of the order of the page.",
                "A tabindex is 0 or -1.",
            )
        elif (
            order == "0"
            and element.tag not in NAMED
            and not (element.get("role") and label(element, page))
        ):
            yield (
                place(element),
                "4.1.2: the keyboard stops at it, and it does not say what it is.",
                "Give it a role and an aria-label.",
            )


def scrolling(page: Page, boxes: set[str]) -> Iterator[Fault]:
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
                place(element),
                "2.1.1: the keyboard cannot reach a part that scrolls.",
                'Give it tabindex="0", a role and an aria-label.',
            )
