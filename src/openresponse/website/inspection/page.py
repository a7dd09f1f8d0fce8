"""A finished page as a hierarchy of elements, and what is found on it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import html


@dataclass(frozen=True, order=True)
class Finding:
    """page: its name in the site. place: a few words that lead there. rule: what is broken. remedy:
    what to do.
    """

    page: str
    place: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.page}: {self.place}: {self.rule} {self.remedy}"


@dataclass(frozen=True)
class Page:
    """One HTML file of the site. name: its path there, with slashes."""

    name: str
    root: html.HtmlElement

    @cached_property
    def elements(self) -> list[html.HtmlElement]:
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    @cached_property
    def shown(self) -> list[html.HtmlElement]:
        """The elements without those that are hidden until a script shows them."""
        return [
            element
            for element in self.elements
            if not any(e.get("hidden") is not None for e in (element, *element.iterancestors()))
        ]

    @cached_property
    def ids(self) -> list[str]:
        """Every identifier a link or a label can lead to, also those that stand twice."""
        return [element.get("id") for element in self.elements if element.get("id")]


def parsed(name: str, content: bytes) -> Page:
    return Page(name, html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8")))


def read(folder: Path) -> list[Page]:
    """Every page of a site, in the order of their names."""
    return [
        parsed(path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*.html"))
    ]


def text(element: html.HtmlElement) -> str:
    """The words of an element and of all within it, with a space between any two parts."""
    return " ".join(" ".join(element.itertext()).split())


def shortened(words: str, most: int = 80) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
