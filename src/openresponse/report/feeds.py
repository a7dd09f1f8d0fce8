"""What other programs read: the feed of releases, and the index of every file with its size and hash."""

import csv
import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from openresponse.release.calendar import Announced, Entry
from openresponse.release.published import Published
from openresponse.release.history import CORRECTIONS
from openresponse.release.write import json_text
from openresponse.report import FICTIONAL, calendar, parts
from openresponse.serving import MEDIA

ATOM = "http://www.w3.org/2005/Atom"
FEED, INDEX, CALENDAR = "releases.xml", "index.json", "calendar.ics"


def write(announced: Announced, public: Path, site: Path, address: str) -> None:
    """Write the calendar's page and file, the feed and the index into the site's sources, from all releases together."""
    found = [(Published.load(public / entry.release), entry) for entry in announced.entries if entry.published]
    corrected, (newest, _) = corrections(public), found[-1]
    briefs = {path.stem for path in (site / "briefs").glob("*.ipynb")}
    parts.page(site, "calendar.qmd", "Calendar", "When figures are published, and who sees them before.", calendar.body(announced, newest.fictional))
    title = newest.program["name"] + (f" ({FICTIONAL.lower()})" if newest.fictional else "")
    (site / CALENDAR).write_bytes(calendar.ics(announced, title, address))
    (site / FEED).write_text(releases(found, corrected, briefs, address), encoding="utf-8")
    (site / "data" / INDEX).write_text(json_text(index(found, corrected, address)), encoding="utf-8")


def corrections(public: Path) -> list[dict[str, str]]:
    """The rows of the list of corrections (release, date, reason, decided_by); none where there is no list."""
    path = public / CORRECTIONS
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def releases(found: Sequence[tuple[Published, Entry]], corrected: list[dict[str, str]], briefs: set[str], address: str) -> str:
    """The Atom feed (RFC 4287), newest release first. Nothing in it tells when it was made.

    briefs: the releases that have a page of their own; the others link to the data page.
    """
    newest, _ = found[-1]
    dates = {release.name: max([entry.day.isoformat(), *(c["date"] for c in corrected if c["release"] == release.name)]) for release, entry in found}
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add(feed, "id", address + FEED)
    _add(feed, "title", f"{newest.program['name']}: releases" + (f" ({FICTIONAL.lower()})" if newest.fictional else ""))
    _add(feed, "updated", _midnight(max(dates.values())))
    _add(ElementTree.SubElement(feed, "author"), "name", newest.program["city"])
    _link(feed, "self", address + FEED, "application/atom+xml")
    _link(feed, "alternate", f"{address}calendar.html", "text/html")
    for release, entry in reversed(found):
        reasons = [c["reason"] for c in corrected if c["release"] == release.name]
        _entry(feed, release, entry, reasons, dates[release.name], release.name in briefs, address)
    ElementTree.indent(feed, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _entry(feed: ElementTree.Element, release: Published, entry: Entry, reasons: list[str], updated: str, brief: bool, address: str) -> None:
    element = ElementTree.SubElement(feed, "entry")
    data = f"{address}data/{release.name}/"
    _add(element, "id", data)
    _add(element, "title", f"Figures for {calendar.name(release.name)}" + (f" ({FICTIONAL.lower()})" if release.fictional else ""))
    _add(element, "published", _midnight(entry.day.isoformat()))
    _add(element, "updated", _midnight(updated))
    _link(element, "alternate", f"{address}briefs/{release.name}.html" if brief else f"{address}data.html", "text/html")
    _link(element, "related", f"{data}datapackage.json", "application/json")
    told = f"{len(release.tables)} tables."
    if entry.early:
        told += f" Published before its announced day: {entry.early['reason']}"
    _add(element, "summary", " ".join([told, *(f"Correction: {reason}" for reason in reasons)]))


def _midnight(day: str) -> str:
    return f"{date.fromisoformat(day)}T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


def _link(parent: ElementTree.Element, relation: str, href: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", rel=relation, type=kind, href=href)


def index(found: Sequence[tuple[Published, Entry]], corrected: list[dict[str, str]], address: str) -> dict:
    """The content of `data/index.json`: every release, table and file. Keys are only ever added."""
    newest, _ = found[-1]
    names = list(dict.fromkeys(table for release, _ in reversed(found) for table in release.resources))
    return {
        "title": newest.program["name"], "publisher": newest.program["city"], "fictional": newest.fictional,
        "documentation": f"{address}data.html#programs", "license": newest.package.get("licenses", [{}])[0].get("name"),
        "latest": newest.name,
        "tables": [_table(name, found, address) for name in names],
        "releases": [{
            "release": release.name, "published": entry.day.isoformat(), **({"early": entry.early} if entry.early else {}),
            "corrections": [c for c in corrected if c["release"] == release.name],
            "files": [_file(path, f"{address}data/{release.name}/") for path in release.files],
        } for release, entry in found],
    }


def _table(name: str, found: Sequence[tuple[Published, Entry]], address: str) -> dict:
    having = [release for release, _ in found if name in release.resources]
    current = having[-1] is found[-1][0]
    return {"name": name, "title": having[-1].title(name), "latest": f"{address}data/latest/{name}.csv" if current else None,
            "releases": {release.name: f"{address}data/{release.name}/{name}.csv" for release in having}}


def _file(path: Path, folder: str) -> dict:
    content = path.read_bytes()
    return {"name": path.name, "address": folder + path.name, "mediatype": MEDIA.get(path.suffix, "application/octet-stream"),
            "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
