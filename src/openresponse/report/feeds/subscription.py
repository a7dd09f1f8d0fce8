"""The days of publication as a file that calendar programs subscribe to."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar

from openresponse.release.history.release_days import Announced, Entry
from openresponse.report.prose import words

EPOCH = date(1970, 1, 1)
PRODUCT = "-//Open Response//Calendar of releases//EN"


def ics(announced: Announced, title: str, address: str) -> bytes:
    """The same days as iCalendar (RFC 5545): whole days, since a calendar program adds the time
    zone to a time.

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
    said = plan.announced if plan else entry.day
    event.add("dtstamp", datetime.combine(said, time(), UTC))
    event.add("last-modified", datetime.combine(said, time(), UTC))
    # It grows with every new list, so that calendars take a day that moved.
    event.add("sequence", (said - EPOCH).days)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", f"{title}: figures for {words.release(entry.release)}")
    event.add("status", "TENTATIVE" if announced.may_move(entry) else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if plan:
        event.add(
            "description",
            f"Published at {plan.time} ({announced.zone})."
            + (" The day may still move." if announced.may_move(entry) else ""),
        )
    event.add("url", f"{address}calendar.html")
    return event
