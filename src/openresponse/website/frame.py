"""What is around a page, the same by either engine: a link to skip it, a band where the figures
are invented, header, footer.

Both engines write the same settings in elements of their own; here they get one form.
"""

import re

from lxml import html

HEADER = "/html/body/header[@id='quarto-header']"
ABOVE = "//*[@class='skip' or @class='fictional']"
AROUND = f"{HEADER} | /html/body/footer | /html/body/*[@class='skip' or @class='fictional']"
# Wrappers that one engine has and the other has not.
WRAPPERS = {"footer-contents", "menu-text", "navbar-collapse"}
KEPT = {
    "footer",
    "footer-items",
    "nav-footer",
    "nav-footer-left",
    "nav-footer-right",
    "nav-item",
    "nav-link",
    "navbar",
    "navbar-brand",
    "navbar-brand-container",
    "navbar-container",
    "navbar-nav",
    "navbar-title",
}
ATTRIBUTES = {"aria-label", "class", "href", "id", "rel"}
SPACES = re.compile(r"[ \t\r\n]+")


def parts(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements of the frame that the page has, in their order."""
    return root.xpath(AROUND)


def settle(root: html.HtmlElement) -> None:
    """Give the frame its one form and its one place, whichever engine wrote it."""
    for place, element in enumerate(root.xpath(ABOVE)):
        # Quarto has opened the main part when it writes these, and a skip link skips nothing there.
        element.drop_tree()
        element.tail = "\n"
        root.body.insert(place, element)
    root.body.attrib.pop("class", None)
    for part in (part for part in parts(root) if part.tag in ("header", "footer")):
        for element in list(part.iter()):
            element.text, element.tail = _spaced(element.text), _spaced(element.tail)
        for element in list(part.iter()):
            if element.tag == "p" or WRAPPERS & set(element.classes):
                element.drop_tag()
            else:
                _bare(element)
        for element in list(part.iter("ul", "div")):
            if not element.text_content().strip():
                element.drop_tree()


def _spaced(text: str | None) -> str | None:
    return SPACES.sub(" ", text) if text and text.strip() else None


def _bare(element: html.HtmlElement) -> None:
    """Leave it no attribute and no class but those that the style sheet and the links need."""
    for name in set(element.attrib) - ATTRIBUTES:
        del element.attrib[name]
    if kept := [name for name in element.classes if name in KEPT]:
        element.set("class", " ".join(kept))
    else:
        element.attrib.pop("class", None)
    if element.tag == "a":
        element.set("href", element.get("href", "").removeprefix("./"))
