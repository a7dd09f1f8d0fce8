"""The files of a release as other programs read of them: format, size, hash, lasting address."""

from typing import Any

from openresponse.media.types import MEDIA
from openresponse.release.store.files import digest
from openresponse.release.store.published import Published

DICTIONARY = "datapackage.json"
FORMATS = {
    ".csv": "CSV",
    ".parquet": "Parquet",
    ".xlsx": "Excel workbook",
    ".zip": "ZIP",
    ".json": "JSON",
}


def files(published: Published, table: str) -> list[str]:
    """The files of a release that hold one table."""
    return [
        name for name in (f"{table}.csv", f"{table}.parquet") if (published.folder / name).is_file()
    ]


def described(published: Published, name: str, title: str, address: str) -> dict[str, Any]:
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
