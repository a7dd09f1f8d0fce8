"""The days of publication: as a page, and as a file that calendar programs subscribe to."""

from datetime import UTC, datetime, time, timedelta
from html import escape

import icalendar

from openresponse.language import _
from openresponse.release.calendar import Announced, Entry
from openresponse.report import datatable, parts, words

PRODUCT = "-//Open Response//Calendar of releases//EN"
SUBSCRIBE = ('<p><a href="calendar.ics">calendar.ics</a> puts these days into your own calendar. '
             '<a href="releases.xml">releases.xml</a> is a feed of what has been published.</p>')


def body(announced: Announced, fictional: bool) -> str:
    """What stands on the calendar page."""
    plan = announced.plan
    ahead, past = [e for e in announced.entries if not e.published], [e for e in announced.entries if e.published]
    said = "<p>These days and roles are invented, like the figures.</p>" if fictional else ""
    said += (f"<p>{escape(plan.rule)} Figures come at {plan.time} ({escape(announced.zone)}). This list was announced on {words.day(str(plan.announced))}.</p>" if plan
             else f"<p>No days are announced. A month's figures are published {announced.settle_days} days after the month ends, or later.</p>")
    said += _next(ahead[0]) + _table("Releases to come", ahead, announced) if ahead else ""
    html = parts.section("Days of publication", said + _table("Releases published", past[::-1], announced) + SUBSCRIBE, "days")
    html += parts.section("What is provisional", parts.sentences([
        *([f"Days up to the figures for {words.period(plan.confirmed)} stand. Later ones are provisional: they may still move, and move on this page first."] if plan else []),
        "Figures of the newest months are marked as provisional in the tables: records of them may still come late.",
        "Published figures are never changed quietly: a correction is a release of its own, with its reason."]), "provisional")
    if plan:
        html += parts.section("Who sees figures before", _access(plan.access), "access")
    return html


def _next(entry: Entry) -> str:
    return f"<p><strong>Next: figures for {escape(name(entry.release))} on {words.day(str(entry.day))}.</strong></p>"


def _table(caption: str, entries: list[Entry], announced: Announced) -> str:
    rows = [[escape(name(entry.release)), datatable.day(str(entry.day)), _state(entry, announced)] for entry in entries]
    return datatable.html(caption, ["Figures for", "Day", "State"], rows)


def name(release: str) -> str:
    """The month of data in words; for a revision also which."""
    month, revision = release[:7], release[8:]
    return _("{period}, revision {number}", period=words.period(month), number=revision.removeprefix("r")) if revision else words.period(month)


def ics(announced: Announced, title: str, address: str) -> bytes:
    """The same days as iCalendar (RFC 5545): whole days, since a calendar program adds the time zone to a time.

    The same calendar gives the same bytes, and an entry keeps its identifier when its day moves.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for entry in announced.entries:
        calendar.add_component(_event(entry, announced, title, address))
    return calendar.to_ical()


def _event(entry: Entry, announced: Announced, title: str, address: str) -> icalendar.Event:
    plan = announced.plan
    event = icalendar.Event()
    event.add("uid", f"{address}data/{entry.release}/")
    event.add("dtstamp", datetime.combine(plan.announced if plan else entry.day, time(), UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", f"{title}: figures for {name(entry.release)}")
    event.add("status", "TENTATIVE" if _moves(entry, announced) else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if plan:
        event.add("description", f"Published at {plan.time} ({announced.zone})." + (" The day may still move." if _moves(entry, announced) else ""))
    event.add("url", f"{address}calendar.html")
    return event


def _moves(entry: Entry, announced: Announced) -> bool:
    return not entry.published and entry.release > announced.plan.confirmed


def _state(entry: Entry, announced: Announced) -> str:
    if entry.early:
        return f"Published before its day, {words.day(entry.early['announced'])}: {escape(words.sentence(entry.early['reason']))}"
    if entry.state != "current":
        return f"Published, then {'withdrawn' if entry.state == 'retracted' else 'replaced'}"
    return "Published" if entry.published else "Provisional" if _moves(entry, announced) else "Announced"


def _access(access) -> str:
    if not access:
        return "<p>Nobody but those who make the release.</p>"
    rows = [[escape(one.role), f"{one.hours} hours", escape(one.reason)] for one in access]
    return ("<p>Besides those who make the release, these roles see it before everybody does, and nobody else.</p>"
            + datatable.html("Access before publication", ["Role", "How long before", "Why"], rows))
