"""A figure as a reader meets it: a finding, a picture, tables of the same numbers, what they
count, the files.
"""

from dataclasses import dataclass

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Link, Table
from openresponse.report.prose import words
from openresponse.report.prose.readings import whole
from openresponse.tables.definition import PARTS
from openresponse.tables.hierarchy import ALL

FACTS = PARTS | {"exempt": N_("Shown however small")}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """title: the finding, one sentence. detail: what is said beside the picture. picture: SVG text,
    or empty.

    slice: the part of the table it shows, as dimension to code. explorable: whether that slice has
    enough periods for the page of `explore`.
    """

    name: str
    table: str
    title: str
    detail: str = ""
    picture: str = ""
    note: str = ""
    tables: tuple[Table, ...]
    definition: dict[str, str]
    slice: dict[str, str] | None = None
    explorable: bool = False

    @property
    def slice_name(self) -> str:
        """An identifier of the slice, the same for every figure of it."""
        return "-".join([self.table, *(self.slice or {}).values()]).replace("_", "-").lower()

    @property
    def facts(self) -> list[tuple[str, str]]:
        return facts(self.definition)

    def files(self, root: str = "", about: bool = True) -> list[Link]:
        """Links to the table's file and to the picture. root: the way from the page to the site's
        first folder, such as `../`.

        about: whether to lead to what the table's columns mean, and to where it can be explored.
        """
        pictures = [
            Link(
                f"{root}figures/{self.name}.png", _("Picture as PNG"), of=self.name, download=True
            ),
            Link(f"{root}figures/{self.name}.svg", _("The same as SVG"), download=True),
        ]
        csv, meaning = files(self.table, root)
        exploring = Link(
            f"{root}explore.html#{self.slice_name}", _("Explore this figure"), of=self.slice_name
        )
        return [
            csv,
            *(pictures if self.picture else []),
            *([meaning] if about else []),
            *([exploring] if about and self.explorable else []),
        ]


def files(table: str, root: str = "") -> list[Link]:
    """A table's file to download, and what its columns mean."""
    return [
        file(table, "latest", root),
        Link(f"{root}data.html#{table}", _("What each column means"), of=table),
    ]


def file(table: str, release: str, root: str = "") -> Link:
    """A table's file of one release, or of the `latest`."""
    return Link(f"{root}data/{release}/{table}.csv", _("Table as CSV"), of=table, download=True)


def facts(definition: dict[str, str]) -> list[tuple[str, str]]:
    """A definition in the order it is read: what is said, and the words for it."""
    return [
        (_(title), words.initial(definition[key]))
        for key, title in FACTS.items()
        if definition.get(key)
    ]


def identifier(table: str, kind: str, slice: dict[str, str] | None = None) -> str:
    """What a figure is called, from what it shows, so that addresses stay the same."""
    return "-".join([table, *(slice or {}).values(), kind]).replace("_", "-").lower()


def title(published: Published, table: str, slice: dict[str, str] | None = None) -> str:
    """The table's title, and the slice where it is not the whole."""
    return published.title(table) + part(published, table, slice)


def part(published: Published, table: str, slice: dict[str, str] | None) -> str:
    """`: Co-response`, or nothing for the whole."""
    labels = [
        published.label(table, dimension, code)
        for dimension, code in whole(published, table, slice).items()
        if code != ALL
    ]
    return f": {', '.join(labels)}" if labels else ""
