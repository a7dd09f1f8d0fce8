"""What other programs read: the feed of releases, the catalog for portals, and the index of every
file with its size and hash.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from openresponse.media.names import FICTIONAL
from openresponse.media.types import MEDIA
from openresponse.release.history.register import Past
from openresponse.release.history.release_days import Announced
from openresponse.release.store.files import json_text
from openresponse.release.store.published import Published
from openresponse.report.feeds import dcat, subscription
from openresponse.report.prose import words

ATOM = "http://www.w3.org/2005/Atom"
FEED, INDEX, CALENDAR = "releases.xml", "index.json", "calendar.ics"


def write(
    newest: Published,
    announced: Announced,
    past: Sequence[Past],
    public: Path,
    site: Path,
    address: str,
) -> None:
    """Write the calendar as a file, the feed, the index and the catalog into the site's sources,
    from all releases together.

    newest: the release that stands, or one without figures where none does (`withdrawn`).
    """
    found = {
        one.release: Published.load(public / one.release) for one in past if not one.retraction
    }
    briefs = {path.stem for path in (site / "briefs").iterdir()}
    title = newest.program["name"] + (f" ({FICTIONAL.lower()})" if newest.fictional else "")
    (site / CALENDAR).write_bytes(subscription.ics(announced, title, address))
    (site / FEED).write_text(releases(newest, past, found, briefs, address), encoding="utf-8")
    (site / "data" / INDEX).write_text(
        json_text(index(newest, past, found, address)), encoding="utf-8"
    )
    (site / dcat.CATALOG).write_text(
        json_text(dcat.dcat(newest, past, found, address)), encoding="utf-8"
    )


def releases(
    newest: Published,
    past: Sequence[Past],
    found: Mapping[str, Published],
    briefs: set[str],
    address: str,
) -> str:
    """The Atom feed (RFC 4287), newest release first. Nothing in it tells when it was made.

    found: the releases that stand, by name. briefs: the releases that have a page of their own; the
    others link to the data page.
    """
    revised = {one.revision["of"]: one for one in past if one.revision and not one.retraction}
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add(feed, "id", address + FEED)
    _add(
        feed,
        "title",
        f"{newest.program['name']}: releases"
        + (f" ({FICTIONAL.lower()})" if newest.fictional else ""),
    )
    _add(feed, "updated", _midnight(max(_updated(one, revised) for one in past)))
    _add(ElementTree.SubElement(feed, "author"), "name", newest.program["city"])
    _link(feed, "self", address + FEED, "application/atom+xml")
    _link(feed, "alternate", f"{address}calendar.html", "text/html")
    for one in reversed(past):
        element = ElementTree.SubElement(feed, "entry")
        data = f"{address}data/{one.release}/"
        _add(element, "id", data)
        _add(
            element,
            "title",
            f"Figures for {words.release(one.release)}"
            + (f" ({FICTIONAL.lower()})" if one.fictional else ""),
        )
        _add(element, "published", _midnight(one.published))
        _add(element, "updated", _midnight(_updated(one, revised)))
        _link(
            element,
            "alternate",
            (
                f"{address}briefs/{one.release}.html"
                if one.release in briefs
                else f"{address}data.html"
            ),
            "text/html",
        )
        _link(
            element,
            "related",
            data + ("manifest.json" if one.retraction else "datapackage.json"),
            "application/json",
        )
        _add(element, "summary", _summary(one, revised, found))
    ElementTree.indent(feed, " ")
    return (
        '<?xml version="1.0"'
        f' encoding="UTF-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'
    )


def _updated(one: Past, revised: Mapping[str, Past]) -> str:
    """The day on which something was last said of a release: that it came, was replaced, or was
    withdrawn.
    """
    days = [
        one.published,
        *([revised[one.release].revision["date"]] if one.release in revised else []),
        *([one.retraction["date"]] if one.retraction else []),
    ]
    return max(days)


def _summary(one: Past, revised: Mapping[str, Past], found: Mapping[str, Published]) -> str:
    told = [] if one.retraction else [f"{len(found[one.release].tables)} tables."]
    told += [f"Withdrawn: {one.retraction['reason']}"] if one.retraction else []
    told += [f"Revises {one.revision['of']}: {one.revision['reason']}"] if one.revision else []
    told += (
        [f"Replaced by {revised[one.release].release}: {revised[one.release].revision['reason']}"]
        if one.release in revised
        else []
    )
    told += [f"Published before its announced day: {one.early['reason']}"] if one.early else []
    return " ".join(told)


def _midnight(day: str) -> str:
    return f"{date.fromisoformat(day)}T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


def _link(parent: ElementTree.Element, relation: str, href: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", rel=relation, type=kind, href=href)


def index(
    newest: Published, past: Sequence[Past], found: Mapping[str, Published], address: str
) -> dict:
    """The content of `data/index.json`: every release, table and file. Keys are only ever added.

    found: the releases that stand, by name, oldest first.
    """
    names = list(
        dict.fromkeys(table for release in reversed(found.values()) for table in release.resources)
    )
    return {
        "title": newest.program["name"],
        "publisher": newest.program["city"],
        "fictional": newest.fictional,
        "documentation": f"{address}data.html#programs" if found else f"{address}corrections.html",
        "license": newest.package.get("licenses", [{}])[0].get("name"),
        "latest": newest.name or None,
        "tables": [_table(name, list(found.values()), address) for name in names],
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
                        for path in found[one.release].files
                    ]
                    if one.release in found
                    else []
                ),
            }
            for one in past
        ],
    }


def _table(name: str, found: Sequence[Published], address: str) -> dict:
    having = [release for release in found if name in release.resources]
    current = having[-1] is found[-1]
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
