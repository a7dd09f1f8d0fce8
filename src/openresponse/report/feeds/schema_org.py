"""What search engines read on the data page: the newest release as a schema.org Dataset."""

from typing import Any

from openresponse.media.types import MEDIA
from openresponse.release.formats.derived import ARCHIVE, WORKBOOK
from openresponse.release.store.public_folder import MANIFEST
from openresponse.release.store.published import Published
from openresponse.report.feeds import dcat, distributions


def dataset(published: Published, address: str) -> dict[str, Any]:
    """The description, which a page holds as JSON-LD. address: of the site."""
    package, program = published.package, published.program
    name = dcat.marked(program["name"], published.fictional)
    kind = "Organization" if published.fictional else "GovernmentOrganization"
    publisher = {"@type": kind, "name": published.publisher}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": name,
        "description": package["description"],
        "url": f"{address}data.html",
        "identifier": f"{address}data/{published.name}/",
        "version": published.name,
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": package["keywords"],
        "datePublished": package["created"][:10],
        "creator": publisher,
        "publisher": publisher,
        "spatialCoverage": program["city"],
        "variableMeasured": [published.title(table) for table in published.tables],
        **_covered(published),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": name,
            "url": address + dcat.CATALOG,
        },
        "distribution": [
            _download(published, file, address)
            for file in (ARCHIVE, WORKBOOK, distributions.DICTIONARY, MANIFEST)
            if (published.folder / file).is_file()
        ],
    }


def _covered(published: Published) -> dict[str, str]:
    periods = {period for table in published.tables for period in published.periods(table)}
    covered = dcat.temporal(sorted(periods))
    if not covered:
        return {}
    span = covered["temporal"][0]
    return {"temporalCoverage": f"{span['startDate']}/{span['endDate']}"}


def _download(published: Published, file: str, address: str) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": file,
        "encodingFormat": MEDIA[(published.folder / file).suffix],
        "contentUrl": f"{address}data/{published.name}/{file}",
    }
