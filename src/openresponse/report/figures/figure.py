"""A figure as a reader meets it: a finding, a picture, a table of the same numbers, what they
count, the file.
"""

import re
from dataclasses import dataclass
from html import escape

from openresponse.language import N_, _
from openresponse.report.charts.svg import inline
from openresponse.report.prose import words

FACTS = {
    "counts": N_("Counts"),
    "denominator": N_("Share of"),
    "excludes": N_("Leaves out"),
    "missing": N_("Not recorded"),
    "exempt": N_("Shown however small"),
}


@dataclass(frozen=True)
class Figure:
    """title: the finding, one sentence. detail: what is said beside the picture. picture: SVG text,
    or empty.

    slice: the part of the table it shows, as dimension to code. explorable: whether that slice has
    enough periods for the page of `explore`.
    """

    name: str
    table: str
    title: str
    detail: str
    picture: str
    data: str
    definition: dict[str, str]
    note: str = ""
    slice: dict[str, str] | None = None
    explorable: bool = False

    @property
    def slice_name(self) -> str:
        """An identifier of the slice, the same for every figure of it."""
        return "-".join([self.table, *(self.slice or {}).values()]).replace("_", "-").lower()

    def html(self, root: str = "", level: int = 3, facts: bool = True) -> str:
        """The figure for a page. root: the way from the page to the site's first folder, such as
        `../`.

        facts: whether to say what the table counts, and where to find its columns and explore it.
        """
        picture = f'<div class="picture">{inline(self.picture)}</div>' if self.picture else ""
        detail = f'<p class="detail">{escape(self.detail)}</p>' if self.detail else ""
        note = f'<p class="note">{escape(self.note)}</p>' if self.note else ""
        told = f'<dl class="facts">{self._facts()}</dl>' if facts else ""
        data = (
            f'<details class="numbers"><summary>{escape(_("The numbers as a table"))}<span'
            f' class="hidden">: {self.name}</span></summary>{self.data}</details>'
            if self.picture
            else self.data
        )
        return (
            '<section class="finding"'
            f' id="{self.name}"><h{level}>{escape(self.title)}</h{level}>{detail}<div'
            f' class="evidence">{picture}{told}</div>{note}{data}<p'
            f' class="files">{self.files(root, facts)}</p></section>'
        )

    def files(self, root: str, facts: bool = True) -> str:
        """Links to the table's file and to the picture; with facts also to what the table's columns
        mean, and to explore it.
        """
        links = [
            f'<a href="{root}data/latest/{self.table}.csv"'
            f' download>{escape(_("Table as CSV"))}<span class="hidden">: {self.table}</span></a>'
        ]
        if self.picture:
            links += [
                (
                    f'<a href="{root}figures/{self.name}.png"'
                    f' download>{escape(_("Picture as PNG"))}<span class="hidden">:'
                    f" {self.name}</span></a>"
                ),
                (
                    f'<a href="{root}figures/{self.name}.svg"'
                    f" download>{escape(_('The same as SVG'))}</a>"
                ),
            ]
        if facts:
            links.append(
                f'<a href="{root}data.html#{self.table}">{escape(_("What each column means"))}<span'
                f' class="hidden">: {self.table}</span></a>'
            )
        if facts and self.explorable:
            links.append(
                f'<a href="{root}explore.html#{self.slice_name}">{escape(_("Explore this figure"))}<span'
                f' class="hidden">: {self.slice_name}</span></a>'
            )
        return " ".join(links)

    def _facts(self) -> str:
        return "".join(
            f"<div><dt>{escape(_(title))}</dt><dd>{plain(self.definition[key])}</dd></div>"
            for key, title in FACTS.items()
            if self.definition.get(key)
        )


def facts(definition: dict[str, str]) -> list[tuple[str, str]]:
    """A definition in the order it is read: what is said, and the words for it."""
    return [
        (_(title), words.initial(definition[key]))
        for key, title in FACTS.items()
        if definition.get(key)
    ]


def plain(text: str) -> str:
    """A definition as HTML: first letter large, column names as code."""
    return within(words.initial(text))


def within(text: str) -> str:
    """The same within a sentence."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def name(table: str, kind: str, slice: dict[str, str] | None = None) -> str:
    """An identifier from what the figure shows, so that addresses stay the same."""
    return "-".join([table, *(slice or {}).values(), kind]).replace("_", "-").lower()
