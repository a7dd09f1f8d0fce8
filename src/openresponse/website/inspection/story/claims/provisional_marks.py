"""Provisional means one thing: what the files mark is marked and named wherever it is shown."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page, text
from openresponse.website.inspection.story.printed_text import printed
from openresponse.website.inspection.story.public_files import package, released
from openresponse.website.inspection.story.shown_tables import tables

MONTH = re.compile(r"(\d{4})-(\d{2})")
SAID = re.compile(r"Figures of ([^.:]*) are provisional")
MARK = "[p]"
REMEDY = "Mark it from the status beside the value, as the files have it."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Figures whose mark is lost on a page, in a PDF or in the sentence that names the months."""
    latest = folder / "data" / "latest"
    months = _marked(latest, "counts", "times")
    if not months:
        return []
    there = {page.name: page for page in pages}
    return [*_named(there, months), *_money(there, latest), *_printed(folder, there)]


def _marked(latest: Path, *kinds: str) -> set[str]:
    """The months with a provisional figure."""
    return {
        period
        for frame in released(latest, *kinds)
        for period in frame["period"][frame.filter(regex="_status$").eq("p").any(axis=1)]
        if MONTH.fullmatch(period)
    }


def _named(there: dict[str, Page], months: set[str]) -> Iterator[Finding]:
    home = there.get("index.html")
    match = SAID.search(text(home.root)) if home else None
    if match is None:
        return
    missing = [name for name in map(_name, (min(months), max(months))) if name not in match[1]]
    if missing:
        rule = f"the files also mark {' and '.join(missing)}."
        yield Finding("index.html", f"“{match[0]}”", rule, REMEDY)


def _money(there: dict[str, Page], latest: Path) -> Iterator[Finding]:
    for frame in released(latest, "money"):
        newest = frame[frame["period"] == frame["period"].max()]
        if not newest["amount_status"].eq("p").all():
            rule = "its newest month has no mark, and that of the other tables has."
            yield Finding("data/latest", "spending", rule, REMEDY)
            continue
        newest_brief = f"briefs/{package(latest)['openresponse']['release']}.html"
        for page in there.values():
            if "briefs/" in page.name and not page.name.endswith(newest_brief):
                continue  # of a release of its own
            for table in tables(page):
                shown = " ".join(" ".join(row.values()) for row in table.rows)
                if table.caption.startswith("Spending") and MARK not in shown:
                    yield Finding(page.name, f"“{table.caption}”", "has no mark.", REMEDY)


def _printed(folder: Path, there: dict[str, Page]) -> Iterator[Finding]:
    """A brief in print has the marks of the same brief on the web."""
    for name, words in printed(folder):
        page = there.get(name.replace(".pdf", ".html"))
        if page is not None and MARK not in words:
            marked = [one.caption for one in tables(page) if _has_mark(one.rows)]
            if any(caption and caption.split(",")[0] in words for caption in marked):
                yield Finding(name, "its tables", "have no mark; those on the web have.", REMEDY)


def _has_mark(rows: tuple[dict[str, str], ...]) -> bool:
    return any(MARK in cell for row in rows for cell in row.values())


def _name(month: str) -> str:
    year, number = map(int, month.split("-"))
    return date(year, number, 1).strftime("%B %Y")
