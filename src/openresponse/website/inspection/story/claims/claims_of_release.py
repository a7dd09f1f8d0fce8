"""What a site claims of itself, asked of its own files."""

import re
from collections.abc import Iterator
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page, text
from openresponse.website.inspection.story.public_files import package, released
from openresponse.website.inspection.story.shown_tables import tables

WITHHELD = re.compile(r"([\d,]+) of ([\d,]+) (?:figures|values) in the (?:tables|files)")
ALIKE = re.compile(r"near the city's rate")
NEAR_AND_FAR = ("Higher", "Lower")
TOO_SMALL = re.compile(r"too small to be shown by model")
EVERY_TABLE = re.compile(r"[Ee]very table of the (?:whole city|newest release)")
EVERYTHING_INVENTED = re.compile(r"Everything here is invented")
REMEDY = "Say what the files show, or leave the claim out."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Claims that the files of the same site refute."""
    latest = folder / "data" / "latest"
    return [
        finding
        for page in pages
        if page.root.get("lang") == "en"
        for check in (_withheld, _loss, _tiles, _small, _every_table, _invented, _settling)
        for finding in check(page, text(page.root), latest)
    ]


def _withheld(page: Page, words: str, latest: Path) -> Iterator[Finding]:
    """How many values are withheld is how many carry the mark in the files."""
    if page.name != f"briefs/{latest.resolve().name}.html" and page.name != _brief(latest):
        return
    marks = [frame.filter(regex="_status$") for frame in released(latest, "counts", "times")]
    withheld, values = sum(int((m == "c").sum().sum()) for m in marks), sum(m.size for m in marks)
    for match in WITHHELD.finditer(words):
        said = tuple(int(number.replace(",", "")) for number in match.groups())
        if said != (withheld, values):
            rule = f"the files mark {withheld:,} of {values:,} values."
            yield Finding(page.name, f"“{match[0]}”", rule, REMEDY)


def _brief(latest: Path) -> str:
    return f"briefs/{package(latest)['openresponse']['release']}.html"


def _loss(page: Page, words: str, latest: Path) -> Iterator[Finding]:
    """Where something is withheld, not all is shown in full detail."""
    for table in tables(page) if page.name == "privacy.html" else ():
        for row in table.rows:
            label, _shown, withheld, share = (list(row.values()) + [""] * 4)[:4]
            is_all = re.match(r"100\.0% \([\d,]+ of [\d,]+\)$", share)
            if is_all and withheld not in ("0", "none"):
                rule = f"{withheld} are withheld, and 100.0% is shown in full detail."
                yield Finding(page.name, f"“{label}”", rule, REMEDY)


def _tiles(page: Page, words: str, latest: Path) -> Iterator[Finding]:
    """A tile that calls a rate near the city's, where the table calls it higher or lower."""
    sides = {
        row[table.columns[0]]: row.get("Against the city's rate", "").split(" ")[-1]
        for table in tables(page)
        for row in table.rows
        if "Against the city's rate" in table.columns
    }
    if not sides or not ALIKE.search(words):
        return
    for tile in page.root.iterfind(".//li[@class]"):
        name = next((text(one) for one in tile.iter("span") if one.get("class") == "name"), "")
        if ALIKE.search(text(tile)) and sides.get(name) in NEAR_AND_FAR:
            rule = f"its tile says near the city's rate, the table {sides[name].lower()}."
            yield Finding(page.name, f"“{name}”", rule, REMEDY)


def _small(page: Page, words: str, latest: Path) -> Iterator[Finding]:
    """What is called too small to be shown by model stands in no file by model."""
    by_model = {
        resource["name"]
        for resource in package(latest)["resources"]
        if "model" in resource["openresponse"].get("dimensions", ())
        and any(
            node["code"] == "arrest"
            for nodes in resource["openresponse"].get("trees", {}).values()
            for node in nodes
        )
    }
    if TOO_SMALL.search(words) and by_model:
        rule = f"{', '.join(sorted(by_model))} has arrests by model."
        yield Finding(page.name, "“too small to be shown by model”", rule, REMEDY)


def _every_table(page: Page, words: str, latest: Path) -> Iterator[Finding]:
    """A page of every table has as many sections as there are tables."""
    if page.name != "outcomes.html" or not EVERY_TABLE.search(
        words + next((e.get("content") or "" for e in page.root.iter("meta")
                      if e.get("name") == "description"), "")
    ):  # fmt: skip
        return
    shown = sum(1 for one in page.root.iter("h2") if (one.get("id") or "").startswith("table-"))
    every = len(package(latest)["resources"])
    if shown < every:
        yield Finding(page.name, "“every table”", f"it has {shown} of {every}.", REMEDY)


def _invented(page: Page, words: str, latest: Path) -> Iterator[Finding]:
    """Not everything is invented where help lines, a budget or a census stand below."""
    program = package(latest)["openresponse"]["program"]
    real = [name for name in ("help", "budget", "residents_source") if program.get(name)]
    if page.name == "index.html" and EVERYTHING_INVENTED.search(words) and real:
        rule = f"the release names what is real: {', '.join(real)}."
        yield Finding(page.name, "“Everything here is invented”", rule, REMEDY)


def _settling(page: Page, words: str, latest: Path) -> Iterator[Finding]:
    """The newest month's rows cannot have been replaced yet, so that month is no signal."""
    if "share of the rows delivered" not in words and "of the rows delivered could be used" not in (
        words
    ):
        return
    for element in page.root.iter("p"):
        said = text(element)
        if "of the rows delivered could be used" in said and "shows a signal" in said:
            rule = "a later delivery can replace rows of every month but the newest."
            yield Finding(page.name, "“rows delivered”", rule, REMEDY)
