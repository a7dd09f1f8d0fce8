"""What a screen reader calls an element, and a few words that lead a person to it."""

from lxml.html import HtmlElement

from openresponse.website.inspection.page import Page, shortened, text


def name(element: HtmlElement, page: Page) -> str:
    """What a screen reader calls it: what it is labelled with, or its words and those of its
    pictures.
    """
    if labelled := label(element, page):
        return labelled
    if element.tag == "img":
        return (element.get("alt") or "").strip()
    if element.tag == "svg":
        return next((text(part) for part in element.iterfind("title")), "")
    within = [
        name(part, page) for part in element if isinstance(part.tag, str) and not is_hidden(part)
    ]
    tails = [part.tail or "" for part in element]
    return " ".join(
        " ".join([element.text or "", *within, *tails, element.get("title") or ""]).split()
    )


def label(element: HtmlElement, page: Page) -> str:
    """What its aria-labelledby and aria-label say."""
    if named := element.get("aria-labelledby"):
        labels = {part.get("id"): part for part in page.elements if part.get("id") in named.split()}
        if words := " ".join(text(part) for part in labels.values()).strip():
            return words
    return (element.get("aria-label") or "").strip()


def is_hidden(element: HtmlElement) -> bool:
    return any(
        e.get("aria-hidden") == "true" or e.get("role") in ("presentation", "none")
        for e in (element, *element.iterancestors())
    )


def place(element: HtmlElement) -> str:
    mark = (
        f"#{element.get('id')}"
        if element.get("id")
        else "".join(f".{name}" for name in (element.get("class") or "").split()[:1])
    )
    words = shortened(text(element), 40)
    return f"<{element.tag}{mark}>" + (f" “{words}”" if words else "")
