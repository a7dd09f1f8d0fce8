"""What the pages promise a reader: an address, a period, a table, the money, the whole archive."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from openresponse.website.inspection.page import Finding, Page, text
from openresponse.website.inspection.story.printed_text import printed
from openresponse.website.inspection.story.public_files import released
from openresponse.website.inspection.story.shown_tables import tables

FIGURE = re.compile(r"\d+\.\d% of [^.]*?\([\d,]+ of [\d,]+\)")
PERIOD = re.compile(r"\b(?:[Ii]n|[Ff]rom) (?:\w+ to )?\w+ \d{4}|[Ii]n \d{4}")
OF_YEAR = "The budget was for fiscal year"
BUDGET = re.compile(r"\d% of the \$[\d,]+ announced(?! for fiscal year)")
SAME_BRIEF = re.compile(r"[Tt]he same brief (?:as PDF|is made as a PDF)")
REMEDY = "Keep the promise, or do not make it."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Promises that the site does not keep."""
    there = {page.name: page for page in pages}
    return [
        *_contact(there),
        *_archive(folder, there),
        *_same_numbers(there),
        *_same_brief(folder, pages),
        *_two_senses(there),
        *(finding for page in pages for finding in _dated(page)),
        *_money(folder, there),
    ]


def _contact(there: dict[str, Page]) -> Iterator[Finding]:
    asks, about = there.get("accessibility.html"), there.get("about.html")
    if asks is None or about is None or "contact on the" not in text(asks.root):
        return
    if not any((a.get("href") or "").startswith("mailto:") for a in about.root.iter("a")):
        yield Finding("about.html", "contact", "has no address to write to.", REMEDY)


def _archive(folder: Path, there: dict[str, Page]) -> Iterator[Finding]:
    data, archive = there.get("data.html"), folder / "data" / "latest" / "release.zip"
    if data is None or not archive.is_file() or "Every file of the release" not in text(data.root):
        return
    with zipfile.ZipFile(archive) as held:
        if "manifest.json" not in held.namelist():
            yield Finding("data.html", "release.zip", "does not hold every file.", REMEDY)


def _same_brief(folder: Path, pages: list[Page]) -> Iterator[Finding]:
    """What is called the same brief in print has each table of the brief on the web."""
    on_paper = dict(printed(folder))
    for page in pages:
        words = on_paper.get(page.name.replace(".html", ".pdf"))
        if words is None or not SAME_BRIEF.search(text(page.root)):
            continue
        for table in tables(page):
            if table.caption.split(".")[0] not in words:
                rule = "stands on the web and not in the PDF that is called the same."
                yield Finding(page.name, f"“{table.caption}”", rule, REMEDY)


def _same_numbers(there: dict[str, Page]) -> Iterator[Finding]:
    """A table under a picture has all of its periods."""
    promise = there.get("accessibility.html")
    if promise is None or "table below it has" not in text(promise.root):
        return
    for page in there.values():
        if any("the latest" in table.caption and "periods" in table.caption
               for table in tables(page)):  # fmt: skip
            rule = "a table has fewer periods than the picture above it."
            yield Finding(page.name, "“the latest … periods”", rule, REMEDY)
    for page in there.values():
        for table in tables(page):
            announced = re.search(r"\$[\d,]+ announced", text(page.root))
            shown = " ".join(" ".join(row.values()) for row in table.rows)
            if (
                table.caption.startswith("Spending, ")
                and announced
                and announced[0].split(" ")[0] not in shown
            ):
                rule = f"lacks {announced[0]}, which the picture above it has."
                yield Finding(page.name, f"“{table.caption}”", rule, REMEDY)


def _two_senses(there: dict[str, Page]) -> Iterator[Finding]:
    """A word of the glossary has no second sense."""
    glossary, calendar = there.get("glossary.html"), there.get("calendar.html")
    terms = {text(one) for one in glossary.root.iter("dt")} if glossary is not None else set()
    meanings = {
        text(term): text(term.getnext())
        for term in (glossary.root.iter("dt") if glossary is not None else ())
        if term.getnext() is not None
    }
    states = {text(one) for one in calendar.root.iter("td")} if calendar is not None else set()
    if "Provisional" in terms & states:
        yield Finding("calendar.html", "“Provisional”", "is also a state of figures.", REMEDY)
    if "contact" in meanings.get("Encounter", "").lower():
        yield Finding("glossary.html", "“Encounter”", "is also a contact made.", REMEDY)
    if "Interval" in terms:
        yield Finding("glossary.html", "“Interval”", "is also a time between two moments.", REMEDY)


def _dated(page: Page) -> Iterator[Finding]:
    """A question with a figure says when; the share of a budget says of which year."""
    if page.root.get("lang") != "en":
        return
    for asked in page.root.iterfind(".//ol[@class='ask']/li"):
        said = text(asked)
        if FIGURE.search(said) and not PERIOD.search(said):
            yield Finding(page.name, f"“{said[:60]}…”", "says no period.", REMEDY)
    whole = text(page.root)
    if (match := BUDGET.search(whole)) and OF_YEAR not in whole:
        yield Finding(page.name, f"“{match[0]}”", "does not say for which year.", REMEDY)


def _money(folder: Path, there: dict[str, Page]) -> Iterator[Finding]:
    """The page of a model that money is booked on has it."""
    latest = folder / "data" / "latest"
    if not (latest / "datapackage.json").is_file():
        return
    for frame in released(latest, "money"):
        spent = frame[pd.to_numeric(frame["total_to_date"]) > 0]
        for model in spent["model"].unique():
            page = there.get(f"models/{model.replace('_', '-')}.html")
            if page is not None and "$" not in text(page.root):
                yield Finding(page.name, "money", "is booked on this model, not shown.", REMEDY)
