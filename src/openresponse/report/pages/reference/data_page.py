"""Every table: what one row is, what it counts, how to cite and load it. In English alone."""

from dataclasses import dataclass
from typing import Any

from openresponse.release.formats import csvw
from openresponse.release.formats.derived import ARCHIVE, WORKBOOK
from openresponse.release.store.public_folder import MANIFEST
from openresponse.release.store.published import Published
from openresponse.report.feeds import distributions, schema_org
from openresponse.report.figures.datatable import Cell, Link, Table
from openresponse.report.html.environment import render
from openresponse.report.pages.reference import citations, described_tables
from openresponse.report.prose import words

WHOLE = (
    (
        WORKBOOK,
        "The tables, each on a sheet of its own, with notes and the meaning of all codes (Excel,"
        " LibreOffice)",
    ),
    (
        ARCHIVE,
        "All tables and the files that describe them, in one; the manifest, which holds its hash,"
        " is apart (ZIP)",
    ),
    (distributions.DICTIONARY, "Columns, types and codes (Frictionless Data Package)"),
    (csvw.FILE, "The same for CSV on the Web"),
    (MANIFEST, "The hashes of the other files"),
)


@dataclass(frozen=True)
class DataPage:
    """description: for search engines. whole: the files that hold all tables. example: the table
    that the page loads and cites. cited: the citation as reference managers read it. statuses: why
    a cell is empty.
    listing: all tables; ended: those published no more; tables: each with its columns.
    """

    description: dict[str, Any]
    release: str
    address: str
    example: str
    citation: str
    citation_of_table: str
    cited: dict[str, str]
    whole: Table
    statuses: Table
    listing: Table
    ended: dict[str, dict[str, str]]
    tables: list[described_tables.Described]


def view(published: Published, address: str = "") -> DataPage:
    """address: where the site will be, for the examples."""
    first = next(iter(published.tables))
    return DataPage(
        description=schema_org.dataset(published, address),
        release=published.name,
        address=address,
        example=first,
        citation=citation(published),
        citation_of_table=citation(published, first, address),
        cited=citations.forms(published, address),
        whole=_whole(published),
        statuses=Table(
            "Values of the columns that end in _status",
            ["Code", "Meaning"],
            [
                [Cell("code", code) if code else "empty", label]
                for code, label in published.statuses.items()
            ],
        ),
        listing=_listing(published),
        ended=published.ended,
        tables=[described_tables.described(published, table) for table in published.tables],
    )


def body(published: Published, address: str = "") -> str:
    """The data page. address: where the site will be, for the examples."""
    return render("data.html", page=view(published, address))


def citation(published: Published, table: str = "", address: str = "") -> str:
    """What to write under a figure: publisher, day, title and release; for one table also its title
    and the address that stays.
    """
    mark = " Fictional data." if published.fictional else ""
    cited = (
        f"{published.publisher} ({words.day(published.package['created'][:10])}):"
        f" {published.program['name']}, release {published.name}.{mark}"
    )
    if not table:
        return cited
    lasting = f"{address}data/{published.name}/{table}.csv"
    return f"{cited} Table “{published.title(table)}”, {lasting}"


def _whole(published: Published) -> Table:
    rows: list[list[str | Cell]] = [
        [
            Cell("links", links=(described_tables.link(published, name, name),)),
            what,
            described_tables.size(published, name),
        ]
        for name, what in WHOLE
        if (published.folder / name).is_file()
    ]
    title = "Files that hold or describe all tables"
    return Table(title, ["File", "What it holds", "Size"], rows, frozenset({2}))


def _listing(published: Published) -> Table:
    rows: list[list[str | Cell]] = [
        [
            Cell("links", links=(Link(f"#{table}", published.title(table)),)),
            described_tables.row(published, table),
            words.count(len(published.tables[table])),
            Cell("links", links=tuple(described_tables.formats(published, table))),
        ]
        for table in published.tables
    ]
    columns = ["Table", "One row is", "Rows", "Files"]
    return Table("All tables of this release", columns, rows, frozenset({2}))
