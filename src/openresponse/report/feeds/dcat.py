"""What data portals and search engines read: a DCAT-US 3 catalog of every table and release, and
the schema.org description on the data page.
"""

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from openresponse.media.names import FICTIONAL
from openresponse.media.types import MEDIA
from openresponse.release.formats.derived import ARCHIVE, WORKBOOK
from openresponse.release.history import register
from openresponse.release.history.register import Past
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST
from openresponse.release.store.published import Published
from openresponse.report.prose import words

CATALOG = "data.json"  # at the root of the site, where portals look for it
DICTIONARY = "datapackage.json"
FORMATS = {
    ".csv": "CSV",
    ".parquet": "Parquet",
    ".xlsx": "Excel workbook",
    ".zip": "ZIP",
    ".json": "JSON",
}
RECURS = {
    "month": "R/P1M",
    "quarter": "R/P3M",
    "year": "R/P1Y",
    "all": "R/P1Y",
    "as_it_stands": "R/P1M",
}


def dcat(
    newest: Published, past: Sequence[Past], found: Mapping[str, Published], address: str
) -> dict:
    """The content of `data.json`: each table as the newest release has it, and each release whole,
    a withdrawn one without its files.

    found: the releases that stand, by name, oldest first. address: of the site.
    https://github.com/GSA/dcat-us has the rules.
    """
    days = {one.release: one.published for one in past}
    tables = [_table(name, newest, days, address) for name in newest.tables]
    releases = [_release(one, found.get(one.release), newest, address) for one in reversed(past)]
    return {
        "@type": "Catalog",
        "@id": address + CATALOG,
        "title": _marked(newest.program["name"], newest.fictional),
        "description": newest.package["description"],
        "publisher": _publisher(newest),
        "language": ["en"],
        "issued": min(days.values()),
        "modified": max(days.values()),
        "conformsTo": {"@type": "Standard", "title": "DCAT-US 3.0"},
        "homepage": _page("Data", f"{address}data.html") if found else _page("Home", address),
        "dataset": tables + releases,
    }


def _table(name: str, published: Published, days: Mapping[str, str], address: str) -> dict:
    public, first = published.folder.parent, f"{name}.csv"
    changed = register.unchanged_since(public, published.name, first)
    return {
        **_dataset(published, address),
        "identifier": f"{address}data.html#{name}",
        "title": _marked(published.title(name), published.fictional),
        "description": _description(published, name),
        "modified": days.get(changed, days[published.name]),
        "version": published.name,
        "accrualPeriodicity": RECURS.get(published.grain(name), "irregular"),
        **_temporal(published.periods(name)),
        "landingPage": _page(published.title(name), f"{address}data.html#{name}"),
        "describedBy": _file(published, DICTIONARY, "Columns, codes and definitions", address),
        "distribution": [
            _file(published, file, published.title(name), address)
            for file in files(published, name)
        ],
    }


def _release(one: Past, published: Published | None, newest: Published, address: str) -> dict:
    """One release whole. One that was replaced or withdrawn says so, first of all in its title."""
    state, told = "", ""
    if one.retraction:
        state, told = (
            "withdrawn",
            (
                f"Withdrawn on {one.retraction['date']}: {one.retraction['reason']} Its files are"
                " gone. "
            ),
        )
    elif one.superseded_by:
        state, told = "replaced", f"Replaced by the revision {one.superseded_by}. "
    title = f"All tables, {words.release(one.release)}" + (f" ({state})" if state else "")
    dataset = {
        **_dataset(published or newest, address),
        "identifier": f"{address}data/{one.release}/",
        "title": _marked(title, one.fictional),
        "description": f"{told}{newest.package['description']}",
        "issued": one.published,
        "modified": (one.retraction or one.revision or {"date": one.published})["date"],
        "version": one.release,
        "accrualPeriodicity": "notPlanned",
        "landingPage": _page("Corrections", f"{address}corrections.html"),
    }
    if told or one.revision:
        dataset["versionNotes"] = (
            told.strip() or f"Revises {one.revision['of']}: {one.revision['reason']}"
        )
    if published:
        dataset |= {
            "describedBy": _file(published, DICTIONARY, "Columns, codes and definitions", address),
            **_temporal(
                sorted({period for name in published.tables for period in published.periods(name)})
            ),
            "distribution": [
                _file(published, file, "All tables", address)
                for file in (WORKBOOK, ARCHIVE)
                if (published.folder / file).is_file()
            ],
        }
    return dataset


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
    return {"@type": "Organization", "name": published.program["city"]}


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


def _file(published: Published, name: str, title: str, address: str) -> dict:
    """One file at the address where it never changes, with its hash."""
    path = published.folder / name
    license = {"license": published.package["licenses"][0]["path"]} if name != DICTIONARY else {}
    return {
        "@type": "Distribution",
        "title": f"{title} ({FORMATS[path.suffix]})",
        "downloadURL": f"{address}data/{published.name}/{name}",
        "mediaType": MEDIA[path.suffix],
        "format": FORMATS[path.suffix],
        "byteSize": str(path.stat().st_size),
        "checksum": {"@type": "Checksum", "algorithm": "SHA-256", "checksumValue": digest(path)},
        **license,
    }


def files(published: Published, table: str) -> list[str]:
    """The files of a release that hold one table."""
    return [
        name for name in (f"{table}.csv", f"{table}.parquet") if (published.folder / name).is_file()
    ]


def _description(published: Published, table: str) -> str:
    said = published.definition(table)
    told = [
        f"{name}: {words.sentence(said[key])}"
        for key, name in (
            ("counts", "Counts"),
            ("denominator", "Share of"),
            ("excludes", "Leaves out"),
            ("missing", "Not recorded"),
        )
        if said.get(key)
    ]
    return " ".join([*([f"{FICTIONAL}."] if published.fictional else []), *told])


def _temporal(periods: list[str]) -> dict:
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


def _marked(title: str, fictional: bool) -> str:
    return f"{title} ({FICTIONAL.lower()})" if fictional else title


def json_ld(published: Published, address: str) -> str:
    """The newest release as a schema.org Dataset, in the one kind of script that the finishing step
    lets stand: data, never run.
    """
    covered = _temporal(
        sorted({period for name in published.tables for period in published.periods(name)})
    )
    package, program = published.package, published.program
    content = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": _marked(program["name"], published.fictional),
        "description": package["description"],
        "url": f"{address}data.html",
        "identifier": f"{address}data/{published.name}/",
        "version": published.name,
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": package["keywords"],
        "datePublished": package["created"][:10],
        "creator": {"@type": "GovernmentOrganization", "name": program["city"]},
        "publisher": {"@type": "GovernmentOrganization", "name": program["city"]},
        "spatialCoverage": program["city"],
        "variableMeasured": [published.title(name) for name in published.tables],
        **(
            {
                "temporalCoverage": "/".join(
                    covered["temporal"][0][key] for key in ("startDate", "endDate")
                )
            }
            if covered
            else {}
        ),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": _marked(program["name"], published.fictional),
            "url": address + CATALOG,
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file,
                "encodingFormat": MEDIA[(published.folder / file).suffix],
                "contentUrl": f"{address}data/{published.name}/{file}",
            }
            for file in (ARCHIVE, WORKBOOK, DICTIONARY, MANIFEST)
            if (published.folder / file).is_file()
        ],
    }
    # A `<` could end the script.
    return (
        "<script"
        f' type="application/ld+json">{json.dumps(content, ensure_ascii=False).replace("<", chr(92) + "u003c")}</script>'
    )
