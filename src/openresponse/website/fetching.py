"""What on a page makes a browser ask for something, and which of it would ask another host.

Sources: HTML Living Standard, indices "Attributes" and "Obsolete features"; SVG 2, section 16.1.
"""

import re
from collections.abc import Iterator

from lxml import html

# One address each, on whichever element.
ADDRESSES = {"action", "background", "classid", "codebase", "data", "formaction", "icon"}
ADDRESSES |= {"lowsrc", "manifest", "poster", "src"}
LISTS = {
    "archive",
    "attributionsrc",
    "imagesrcset",
    "ping",
    "srcset",
}  # several, between spaces or commas
LINKS = {"href", "xlink:href"}  # a person follows those of these elements, a browser all others
FOLLOWED = {"a", "area"}
# What such a link names is not fetched (HTML Living Standard, 4.6.7 "Link types").
NAMED = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search", "tag"}
MOVING = {"by", "from", "to", "values"}  # of an SVG animation, which may animate an address
ANIMATIONS = {"animate", "set"}
REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"]*)", re.I)
STYLED = re.compile(r"url\(\s*([^'\")\s]+)|\"([^\"]*)\"|'([^']*)'", re.I)
ESCAPED = re.compile(r"\\([0-9a-f]{1,6})\s?", re.I)  # CSS Syntax 3, 4.3.7
LAST_CHARACTER = 0x10FFFF
ELSEWHERE = re.compile(r"//|(?:https?|wss?|ftp):", re.I)


def asked_elsewhere(root: html.HtmlElement) -> list[str]:
    """Every address on another host that a browser would ask when it shows the page."""
    return [
        address
        for element in root.iter()
        if isinstance(element.tag, str)
        for address in _addresses(element)
        if elsewhere(address)
    ]


def elsewhere(address: str) -> bool:
    """Whether an address leads to another host, read as a browser reads it: without the spaces it
    drops, and a backslash as a slash (WHATWG URL, 4.4).
    """
    plain = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    return bool(ELSEWHERE.match(plain.replace("\\", "/")))


def styled(css: str) -> list[str]:
    """The addresses in a style sheet or a declaration: in `url()`, `@import` and any string."""
    read = ESCAPED.sub(lambda escape: chr(min(int(escape[1], 16), LAST_CHARACTER)), css)
    return ["".join(match) for match in STYLED.findall(read)]


def _addresses(element: html.HtmlElement) -> Iterator[str]:
    if element.tag == "style":
        yield from styled(element.text or "")
    for name, value in element.attrib.items():
        if name in ADDRESSES or (name in LINKS and _fetched(element)):
            yield value
        elif name in LISTS:
            yield from re.split(r"[\s,]+", value)
        elif name in MOVING and element.tag in ANIMATIONS:
            yield from value.split(";")
        elif name == "srcdoc" and value.strip():
            yield from asked_elsewhere(html.document_fromstring(value))
        elif name == "content" and (element.get("http-equiv") or "").lower() == "refresh":
            yield from REFRESH.findall(value)
        elif name == "style" or "url(" in value.lower():
            yield from styled(value)


def _fetched(element: html.HtmlElement) -> bool:
    if element.tag == "link":
        return not set((element.get("rel") or "").lower().split()) <= NAMED
    return element.tag not in FOLLOWED
