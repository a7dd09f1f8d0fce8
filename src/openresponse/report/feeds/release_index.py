"""The index of every release, table and file, with sizes and hashes, for programs."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from openresponse.media.types import MEDIA
from openresponse.release.history.register import Past
from openresponse.release.store.published import Published


def index(
    newest: Published, past: Sequence[Past], kept: Mapping[str, Published], address: str
) -> dict:
    """The content of `data/index.json`: every release, table and file. Keys are only ever added.

    kept: the releases that were not withdrawn, by name, oldest first.
    """
    names = list(
        dict.fromkeys(
            table for release in reversed(list(kept.values())) for table in release.resources
        )
    )
    return {
        "title": newest.program["name"],
        "publisher": newest.publisher,
        "fictional": newest.fictional,
        "documentation": f"{address}data.html#programs" if kept else f"{address}corrections.html",
        "license": newest.package.get("licenses", [{}])[0].get("name"),
        "latest": newest.name or None,
        "tables": [_table(name, list(kept.values()), address) for name in names],
        "releases": [
            {
                "release": one.release,
                "published": one.published,
                "state": one.state,
                **({"superseded_by": one.superseded_by} if one.superseded_by else {}),
                **({"early": one.early} if one.early else {}),
                **({"revision": one.revision} if one.revision else {}),
                **({"retraction": one.retraction} if one.retraction else {}),
                "files": (
                    [
                        _file(path, f"{address}data/{one.release}/")
                        for path in kept[one.release].files
                    ]
                    if one.release in kept
                    else []
                ),
            }
            for one in past
        ],
    }


def _table(name: str, kept: Sequence[Published], address: str) -> dict:
    having = [release for release in kept if name in release.resources]
    current = having[-1] is kept[-1]
    return {
        "name": name,
        "title": having[-1].title(name),
        "latest": f"{address}data/latest/{name}.csv" if current else None,
        "releases": {
            release.name: f"{address}data/{release.name}/{name}.csv" for release in having
        },
    }


def _file(path: Path, folder: str) -> dict:
    content = path.read_bytes()
    return {
        "name": path.name,
        "address": folder + path.name,
        "mediatype": MEDIA.get(path.suffix, "application/octet-stream"),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
