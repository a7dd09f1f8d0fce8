"""One label, one whole: a share under one name has one value in a period and a group."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page, shortened, text
from openresponse.website.inspection.story.printed_text import printed
from openresponse.website.inspection.story.shown_tables import Shown, tables, value

REMEDY = "Name what the share is of, in the label or beside it, so that each name has one whole."
SHARE = re.compile(r"^\d+(?:\.\d+)?%")
# "61.2% of mental-health calls (510 of 833)": what stands between is the whole, up to its verb.
SENTENCE = re.compile(
    r"(?:(?P<group>[A-Z][\w \-]{2,40}): )?(?P<when>(?:[Ii]n|[Ff]rom) (?:\w+ to )?\w+ \d{4}|"
    r"[Ii]n \d{4})?[^.(]{0,160}?(?P<share>\d+\.\d%) of (?:the )?(?P<of>[^(.,;:]{3,120}?)"
    r" \((?P<n>[\d,]+) of (?P<whole>[\d,]+)\)"
)
VERB = re.compile(r" (?:were|was|had|got|ended|followed|could|no) .*$")
TWO_SHARES = re.compile(r"\d+\.\d% of [^.;]*?\([\d,]+ of [\d,]+\), which is \d+\.\d% of")
BARE_CHANGE = re.compile(r"^\s*That is ")
SENTENCES = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
PARAGRAPHS = ("p", "li", "h3", "dd")
FIRST_PAGES = re.compile(r"(?:index|outcomes)\.html|(?:models|districts|briefs|questions)/.*\.html")


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Shares in tables and sentences that go by one name and are not one."""
    return [*_in_tables(pages), *_in_sentences(folder, pages)]


def _in_tables(pages: list[Page]) -> Iterator[Finding]:
    told: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for page in pages:
        for table in tables(page):
            yield from _all_over_a_part(page, table)
            for key, share in _shares(page, table):
                told[key][share] = page.name
    for (_language, group, period, label, head, _count), shares in told.items():
        if len(shares) > 1:
            place = ", ".join(filter(None, (group, period, label)))
            yield Finding(
                max(shares.values()),
                f"“{place}”",
                f"“{head}” has two values, {' and '.join(sorted(shares))}.",
                REMEDY,
            )


def _shares(page: Page, table: Shown) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each share of a table by all that names it: two equal counts under one label are one
    series, so what they are a share of must be named alike.
    """
    if not table.period or len(table.columns) < 3:
        return
    for row in table.rows:
        label, count = row[table.columns[0]], value(row.get(table.columns[1], ""))
        if not re.fullmatch(r"[\d,]+", count):
            continue
        for head in table.columns[2:]:
            cell = row.get(head, "")
            if match := SHARE.match(cell):
                of = value(cell[match.end() :].strip())
                named = (_language(page), table.group, table.period, label, f"{head} {of}".strip())
                yield (*named, count), match[0]


def _all_over_a_part(page: Page, table: Shown) -> Iterator[Finding]:
    """ "All …" as the label of a row stands over everything, never over a part of it."""
    beside = any("not recorded" in label.lower() for label in table.labels[1:])
    for label in table.labels[:1]:
        if not label.startswith("All ") or table.columns[0] == "Table":
            continue
        if table.group or (beside and label.split()[-1].lower() != "calls"):
            part = f"of {table.group}" if table.group else "and what is in none of them"
            yield Finding(page.name, f"“{label}”", f"its table is {part}.", REMEDY)


def _in_sentences(folder: Path, pages: list[Page]) -> Iterator[Finding]:
    told: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for name, heading, paragraph in _paragraphs(folder, pages):
        yield from _composed(name, paragraph)
        for match in SENTENCE.finditer(paragraph):
            if not match["when"]:
                continue
            group = heading if match["of"].startswith("its ") else (match["group"] or heading)
            whole = VERB.sub("", match["of"])
            told[name.split("/")[-1], group, match["when"].lower(), whole][match["whole"]] = name
    for (_page, group, when, whole), counts in told.items():
        if len(counts) > 1:
            yield Finding(
                max(counts.values()),
                f"“{whole}” {when}, {group}",
                f"counts {' and '.join(sorted(counts))}.",
                REMEDY,
            )


def _composed(name: str, paragraph: str) -> Iterator[Finding]:
    """After a sentence with two shares, a change says which of them moved."""
    sentences = SENTENCES.split(paragraph)
    for before, after in pairwise(sentences):
        if TWO_SHARES.search(before) and BARE_CHANGE.match(after):
            yield Finding(
                name,
                f"“{shortened(after)}”",
                "follows two shares and does not say which of them changed.",
                "Repeat what the share is of.",
            )


def _paragraphs(folder: Path, pages: list[Page]) -> Iterator[tuple[str, str, str]]:
    """Page, its heading, and each paragraph in English with figures; of PDFs too."""
    for page in pages:
        if not FIRST_PAGES.fullmatch(page.name):
            continue
        heading = part = ""
        for element in page.root.iter("h1", "h2", *PARAGRAPHS):
            if element.tag == "h1":
                heading = text(element)
            if element.tag == "h2":
                part = text(element) if "together" in text(element) else ""
            yield page.name, part or heading, text(element)
    for name, words in printed(folder):
        if name.startswith("briefs/"):
            yield name, name, words


def _language(page: Page) -> str:
    return page.root.get("lang") or ""
