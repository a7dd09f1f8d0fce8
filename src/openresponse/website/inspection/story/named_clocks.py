"""A time says from what to what it was taken, and the first pages take it by one clock."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page, shortened, text
from openresponse.website.inspection.story.printed_text import printed

CLOCK = re.compile(
    r"(?:(?P<when>(?:[Ii]n|[Ff]rom) (?:\w+ to )?\w+ \d{4}|[Ii]n \d{4}), )?"
    r"the time from (?P<clock>[^.]*?) was at most (?P<median>\d+\.\d) minutes? for half",
    re.I,
)
UNNAMED = re.compile(r"(?<!was )at most \d+\.\d minutes? for half")
WHOSE = re.compile(r"\barrival (?:of|by) ")
HOME, BRIEF = re.compile(r"index\.html"), re.compile(r"briefs/.*\.(?:html|pdf)")
REMEDY = "Name both moments, and whose arrival it is (`report.prose.faces.INTERVALS`)."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Times without a clock, one clock with two times, and first pages with two clocks."""
    said = list(_said(folder, pages))
    return [*_unnamed(said), *_two_times(said), *_two_clocks(said)]


def _said(folder: Path, pages: list[Page]) -> list[tuple[str, str, str]]:
    """Page, its heading and each paragraph in English; of PDFs too."""
    on_pages = [
        (page.name, next((text(one) for one in page.root.iter("h1")), ""), text(element))
        for page in pages
        if page.root.get("lang") == "en"
        for element in page.root.iter("p", "li", "h3", "dd")
    ]
    return [*on_pages, *((name, name, words) for name, words in printed(folder))]


def _unnamed(said: list[tuple[str, str, str]]) -> Iterator[Finding]:
    for page, _heading, words in said:
        if match := UNNAMED.search(words):
            yield Finding(page, f"“{match[0]}”", "names no clock.", REMEDY)
        for match in CLOCK.finditer(words):
            if "arrival" in match["clock"] and not WHOSE.search(match["clock"]):
                place = f"“{shortened(match['clock'])}”"
                yield Finding(page, place, "does not say whose arrival.", REMEDY)


def _two_times(said: list[tuple[str, str, str]]) -> Iterator[Finding]:
    """One clock in one period has one median: on a page, and on the home page and its brief."""
    medians: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for page, heading, words in said:
        group = words.split(":")[0] if re.match(r"[\w\- ]{2,40}: (?:in|from) ", words) else heading
        for match in CLOCK.finditer(words):
            key = (page, group, (match["when"] or "").lower(), match["clock"].lower())
            medians[key][match["median"]] = page
    for (page, group, when, clock), values in medians.items():
        if len(values) > 1:
            rule = f"has two medians, {' and '.join(sorted(values))}."
            yield Finding(page, f"“{clock}” {when}, {group}", rule, REMEDY)


def _two_clocks(said: list[tuple[str, str, str]]) -> Iterator[Finding]:
    clocks = {
        place: [
            match["clock"].lower()
            for page, _heading, words in said
            if pattern.fullmatch(page)
            for match in CLOCK.finditer(words)
        ]
        for place, pattern in (("home", HOME), ("brief", BRIEF))
    }
    if clocks["home"] and clocks["brief"] and not set(clocks["home"]) & set(clocks["brief"]):
        rule = f"is timed here; the brief times “{clocks['brief'][0]}”."
        yield Finding("index.html", f"“{clocks['home'][0]}”", rule, "Give both pages one clock.")
