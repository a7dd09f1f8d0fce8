"""What data portals read: a DCAT-US 3 catalog of every table and release."""

from collections.abc import Mapping, Sequence

import pandas as pd

from openresponse.media.names import FICTIONAL
from openresponse.release.formats.derived import ARCHIVE, WORKBOOK
from openresponse.release.history import register
from openresponse.release.history.register import Past
from openresponse.release.store.published import Published
from openresponse.report.feeds import distributions
from openresponse.report.prose import words
from openresponse.tables.definition import PARTS

CATALOG = "data.json"  # at the root of the site, where portals look for it
RECURS = {
    "month": "R/P1M",
    "quarter": "R/P3M",
    "year": "R/P1Y",
    "all": "R/P1Y",
    "as_it_stands": "R/P1M",
}


def dcat(
    newest: Published, past: Sequence[Past], kept: Mapping[str, Published], address: str
) -> dict:
    """The content of `data.json`: each table as the newest release has it, and each release whole,
    a withdrawn one without its files.

    kept: the releases that were not withdrawn, by name, oldest first. address: of the site.
    https://github.com/GSA/dcat-us has the rules.
    """
    days = {one.release: one.published for one in past}
    tables = [_table(name, newest, days, address) for name in newest.tables]
    releases = [_release(one, kept.get(one.release), newest, address) for one in reversed(past)]
    return {
        "@type": "Catalog",
        "@id": address + CATALOG,
        "title": marked(newest.program["name"], newest.fictional),
        "description": newest.package["description"],
        "publisher": _publisher(newest),
        "language": ["en"],
        "issued": min(days.values()),
        "modified": max(days.values()),
        "conformsTo": {"@type": "Standard", "title": "DCAT-US 3.0"},
        "homepage": _page("Data", f"{address}data.html") if kept else _page("Home", address),
        "dataset": tables + releases,
    }


def _table(name: str, published: Published, days: Mapping[str, str], address: str) -> dict:
    public, first = published.folder.parent, f"{name}.csv"
    changed = register.unchanged_since(public, published.name, first)
    return {
        **_dataset(published, address),
        "identifier": f"{address}data.html#{name}",
        "title": marked(published.title(name), published.fictional),
        "description": _description(published, name),
        "modified": days.get(changed, days[published.name]),
        "version": published.name,
        "accrualPeriodicity": RECURS.get(published.grain(name), "irregular"),
        **temporal(published.periods(name)),
        "landingPage": _page(published.title(name), f"{address}data.html#{name}"),
        "describedBy": distributions.described(
            published, distributions.DICTIONARY, "Columns, codes and definitions", address
        ),
        "distribution": [
            distributions.described(published, file, published.title(name), address)
            for file in distributions.files(published, name)
        ],
    }


def _release(one: Past, published: Published | None, newest: Published, address: str) -> dict:
    """One release whole. One that was replaced or withdrawn says so, first of all in its title."""
    state, notice = _state(one)
    title = f"All tables, {words.release(one.release)}" + (f" ({state})" if state else "")
    dataset = {
        **_dataset(published or newest, address),
        "identifier": f"{address}data/{one.release}/",
        "title": marked(title, one.fictional),
        "description": f"{notice}{newest.package['description']}",
        "issued": one.published,
        "modified": (one.retraction or one.revision or {"date": one.published})["date"],
        "version": one.release,
        "accrualPeriodicity": "notPlanned",
        "landingPage": _page("Corrections", f"{address}corrections.html"),
    }
    if notice:
        dataset["versionNotes"] = notice.strip()
    elif one.revision:
        dataset["versionNotes"] = f"Revises {one.revision['of']}: {one.revision['reason']}"
    if published:
        dataset |= {
            "describedBy": distributions.described(
                published, distributions.DICTIONARY, "Columns, codes and definitions", address
            ),
            **temporal(
                sorted({period for name in published.tables for period in published.periods(name)})
            ),
            "distribution": [
                distributions.described(published, file, "All tables", address)
                for file in (WORKBOOK, ARCHIVE)
                if (published.folder / file).is_file()
            ],
        }
    return dataset


def _state(one: Past) -> tuple[str, str]:
    """What became of a release that does not stand any more, in a word and in a sentence."""
    if one.retraction:
        why = f"{one.retraction['date']}: {one.retraction['reason']}"
        return "withdrawn", f"Withdrawn on {why} Its files are gone. "
    if one.superseded_by:
        return "replaced", f"Replaced by the revision {one.superseded_by}. "
    return "", ""


def _dataset(published: Published, address: str) -> dict:
    """What is the same for every dataset."""
    return {
        "@type": "Dataset",
        "publisher": _publisher(published),
        "contactPoint": _contact(published),
        "keyword": published.package["keywords"],
        "language": ["en"],
        "accessRights": "public",
        "spatial": [{"@type": "Location", "prefLabel": published.program["city"]}],
        **(
            {"rights": [f"{FICTIONAL}: invented to show how the reports work."]}
            if published.fictional
            else {}
        ),
    }


def _publisher(published: Published) -> dict:
    return {"@type": "Organization", "name": published.publisher}


def _contact(published: Published) -> dict:
    """Whom to ask. A portal takes no dataset without an e-mail address, so a program that publishes
    to one names it.
    """
    email = published.program.get("email")
    return {
        "@type": "Kind",
        "fn": published.program["contact"],
        **({"hasEmail": f"mailto:{email}"} if email else {}),
    }


def _page(title: str, address: str) -> dict:
    return {"@type": "Document", "title": title, "accessURL": address}


def _description(published: Published, table: str) -> str:
    definition = published.definition(table)
    facts = [
        f"{name}: {words.sentence(definition[key])}"
        for key, name in PARTS.items()
        if definition.get(key)
    ]
    return " ".join([*([f"{FICTIONAL}."] if published.fictional else []), *facts])


def temporal(periods: list[str]) -> dict:
    """From the first day of the first period to the last of the last."""
    if not periods:
        return {}
    ends = [pd.Period(end.replace("-Q", "Q")) for period in periods for end in period.split("/")]
    first, last = min(end.start_time for end in ends), max(end.end_time for end in ends)
    return {
        "temporal": [
            {"@type": "PeriodOfTime", "startDate": str(first.date()), "endDate": str(last.date())}
        ]
    }


def marked(title: str, fictional: bool) -> str:
    """A title that says where its figures are invented."""
    return f"{title} ({FICTIONAL.lower()})" if fictional else title
