"""The feed of releases and corrections; and all that other programs read, written in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from openresponse.release.history.register import Past
from openresponse.release.history.release_days import Announced
from openresponse.release.store.files import json_text
from openresponse.release.store.published import Published
from openresponse.report.feeds import dcat, release_index, subscription
from openresponse.report.html.environment import render
from openresponse.report.prose import words

FEED, INDEX, CALENDAR = "releases.xml", "index.json", "calendar.ics"


@dataclass(frozen=True)
class Entry:
    """What the feed says of one release. id: the address where its files are. page, data: where it
    is read, and its description for programs. Moments are RFC 3339.
    """

    id: str
    title: str
    published: str
    updated: str
    page: str
    data: str
    summary: str


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

    newest: the release that is current, or one without figures where none is (`withdrawn`).
    """
    kept = {one.release: Published.load(public / one.release) for one in past if not one.retraction}
    briefs = {path.stem for path in (site / "briefs").iterdir()}
    title = dcat.marked(newest.program["name"], newest.fictional)
    (site / CALENDAR).write_bytes(subscription.ics(announced, title, address))
    feed = releases(newest, past, kept, briefs, address, announced.zone)
    (site / FEED).write_text(feed, encoding="utf-8")
    index = release_index.index(newest, past, kept, address)
    (site / "data" / INDEX).write_text(json_text(index), encoding="utf-8")
    catalog = dcat.dcat(newest, past, kept, address)
    (site / dcat.CATALOG).write_text(json_text(catalog), encoding="utf-8")


def releases(
    newest: Published,
    past: Sequence[Past],
    kept: Mapping[str, Published],
    briefs: set[str],
    address: str,
    zone: str,
) -> str:
    """The Atom feed (RFC 4287), newest release first. Nothing in it tells when it was made. A day
    begins when it does in the city's time zone.

    kept: the releases that were not withdrawn, by name. briefs: the releases that have a page of
    their own; the others link to the data page.
    """
    by_name = {one.release: one.revision for one in past if one.revision}
    revisions = {
        one.release: by_name[one.superseded_by] | {"release": one.superseded_by}
        for one in past
        if one.superseded_by
    }
    return render(
        "releases.xml",
        id=address + FEED,
        title=dcat.marked(f"{newest.program['name']}: releases", newest.fictional),
        updated=_midnight(max(_updated(one, revisions) for one in past), zone),
        author=newest.publisher,
        calendar=f"{address}calendar.html",
        entries=[_entry(one, revisions, kept, briefs, address, zone) for one in reversed(past)],
    )


def _entry(
    one: Past,
    revisions: Mapping[str, dict[str, str]],
    kept: Mapping[str, Published],
    briefs: set[str],
    address: str,
    zone: str,
) -> Entry:
    folder = f"{address}data/{one.release}/"
    page = f"briefs/{one.release}.html" if one.release in briefs else "data.html"
    return Entry(
        id=folder,
        title=dcat.marked(f"Figures for {words.release(one.release)}", one.fictional),
        published=_midnight(one.published, zone),
        updated=_midnight(_updated(one, revisions), zone),
        page=address + page,
        data=folder + ("manifest.json" if one.retraction else "datapackage.json"),
        summary=_summary(one, revisions, kept),
    )


def _updated(one: Past, revisions: Mapping[str, dict[str, str]]) -> str:
    """The day on which something was last said of a release: that it came, was replaced, or was
    withdrawn.
    """
    days = [one.published]
    if one.release in revisions:
        days.append(revisions[one.release]["date"])
    if one.retraction:
        days.append(one.retraction["date"])
    return max(days)


def _summary(
    one: Past, revisions: Mapping[str, dict[str, str]], kept: Mapping[str, Published]
) -> str:
    sentences = []
    if one.retraction:
        sentences.append(f"Withdrawn: {one.retraction['reason']}")
    else:
        sentences.append(f"{len(kept[one.release].tables)} tables.")
    if one.release in kept:
        sentences += [
            f"The table “{table['title']}” ended: {table['reason']}"
            for table in kept[one.release].ended.values()
            if table["release"] == one.release
        ]
    if one.revision:
        sentences.append(f"Revises {one.revision['of']}: {one.revision['reason']}")
    if by := revisions.get(one.release):
        sentences.append(f"Replaced by {by['release']}: {by['reason']}")
    if one.early:
        sentences.append(f"Published before its announced day: {one.early['reason']}")
    return " ".join(sentences)


def _midnight(day: str, zone: str) -> str:
    return datetime.combine(date.fromisoformat(day), time(), ZoneInfo(zone)).isoformat()
