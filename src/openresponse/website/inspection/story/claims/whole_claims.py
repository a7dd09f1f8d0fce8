"""Claims of all and of each that only a count refutes: newer figures, files, figures, months."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openresponse.website.inspection.page import Finding, Page, text
from openresponse.website.inspection.story.public_files import package, table
from openresponse.website.inspection.story.shown_tables import tables

NEWER = re.compile(r"newer figures")
BY = re.compile(r"\bby ((?:\w+, )*\w+ and \w+)\b")
BY_COLUMN = {"model": "model", "district": "district", "hour": "time_band", "day": "day_type"}
WHOLE_SITE = re.compile(r"[Ww]hoever has those files can make the same site")
BESIDE_EACH = re.compile(r"not recorded is shown as such beside each figure")
EACH_MONTHLY = re.compile(r"Each monthly table[^.]*? shows at least (\d+\.\d)%")
LATE = re.compile(r"[Rr]ecords (?:of the period )?may still come late")
NOT_RECORDED = re.compile(r"not recorded|could not be timed|[Nn]ot timed", re.I)
REMEDY = "Say what the files show, or leave the claim out."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Claims that the files and the figures of the same site refute."""
    latest = folder / "data" / "latest"
    every = package(latest)
    return [
        finding
        for page in pages
        if page.root.get("lang") == "en"
        for check in (_newer, _by, _remade, _beside_each, _monthly, _late)
        for finding in check(page, latest, every)
    ]


def _newer(page: Page, latest: Path, every: dict[str, Any]) -> Iterator[Finding]:
    """Nothing is newer than the month of the release."""
    if match := NEWER.search(text(page.root)):
        rule = f"no table goes beyond {every['openresponse']['release'][:7]}."
        yield Finding(page.name, f"“{match[0]}”", rule, REMEDY)


def _by(page: Page, latest: Path, every: dict[str, Any]) -> Iterator[Finding]:
    """What is told of districts by something is in a table of districts."""
    if page.name != "index.html":
        return
    dimensions = [set(one["openresponse"].get("dimensions", ())) for one in every["resources"]]
    by_district = set().union(*(one for one in dimensions if "district" in one))
    for way in page.root.iterfind(".//ul[@class='links']/li"):
        match = BY.search(text(way))
        if match is None or not any("districts/" in (a.get("href") or "") for a in way.iter("a")):
            continue
        named = [BY_COLUMN[one] for one in re.findall(r"\w+", match[1]) if one in BY_COLUMN]
        for missing in set(named) - by_district:
            rule = f"no table of districts has `{missing}`."
            yield Finding(page.name, f"“{match[0]}”", rule, REMEDY)


def _remade(page: Page, latest: Path, every: dict[str, Any]) -> Iterator[Finding]:
    """The days to come and the early readers are in no public file."""
    if (match := WHOLE_SITE.search(text(page.root))) and not page.name.startswith("briefs/"):
        rule = "the days of publication to come are in none of them."
        yield Finding(page.name, f"“{match[0]}”", rule, REMEDY)


def _beside_each(page: Page, latest: Path, every: dict[str, Any]) -> Iterator[Finding]:
    """Beside each figure means in the table of each."""
    match = BESIDE_EACH.search(text(page.root))
    shown = [one for one in tables(page) if one.period] if match else []
    without = [one for one in shown if not any(NOT_RECORDED.search(x) for x in one.labels)]
    if match and (without or not shown):
        rule = f"{len(without)} of {len(shown)} tables here have no such row."
        yield Finding(page.name, f"“{match[0]}”", rule, REMEDY)


def _monthly(page: Page, latest: Path, every: dict[str, Any]) -> Iterator[Finding]:
    """At least is at least for every table by month, those by model too."""
    for match in EACH_MONTHLY.finditer(text(page.root)):
        least = min(
            (
                float((frame[f"{unit}_status"] != "c").mean())
                for resource in every["resources"]
                if resource["openresponse"].get("period_grain") == "month"
                and (unit := resource["openresponse"].get("unit"))
                and f"{unit}_status" in (frame := table(latest / resource["path"]))
            ),
            default=1.0,
        )
        if 100 * least < float(match[1]):
            rule = f"one of them shows {least:.1%} of its values."
            yield Finding(page.name, f"“{match[0]}”", rule, REMEDY)


def _late(page: Page, latest: Path, every: dict[str, Any]) -> Iterator[Finding]:
    """What comes late is set aside; only a revision changes a published figure."""
    has_late = any(
        node["code"] == "arrived_late"
        for resource in every["resources"]
        for nodes in resource["openresponse"].get("trees", {}).values()
        for node in nodes
    )
    if has_late and (match := LATE.search(text(page.root))):
        rule = "rows that come late are set aside, and change no figure."
        yield Finding(page.name, f"“{match[0]}”", rule, REMEDY)
