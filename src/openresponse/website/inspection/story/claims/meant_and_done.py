"""What the pages say is meant, planned or left, beside what the files say was done."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from openresponse.website.inspection.page import Finding, Page, text
from openresponse.website.inspection.story.public_files import package, released

TOGETHER = re.compile(r"[^.]*\b(?:go together|without police)\b[^.]*\.")
OF_ITS_CALLS = re.compile(
    r"its calls .*?(?:\(\d|is withheld|not available)|of its calls|No table of this release says it"
)
SPENT = re.compile(r"\d% of the \$[\d,]+ announced")
LEFT = re.compile(r"\$[\d,]+ of it is left")
DONE = "done"
REMEDY = "Say beside it what the files show."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Purposes told as facts, plans told as done, and money without what is left of it."""
    latest = folder / "data" / "latest"
    there = {page.name: page for page in pages}
    program = package(latest)["openresponse"]["program"]
    return [
        *_purposes(there),
        *_how_often(there, program),
        *_left(latest, pages, program),
        *_planned(latest, there, program),
    ]


def _purposes(there: dict[str, Page]) -> Iterator[Finding]:
    """The glossary says how models are meant; how they go is in the figures."""
    glossary = there.get("glossary.html")
    for meaning in glossary.root.iter("dd") if glossary is not None else ():
        match = TOGETHER.search(text(meaning))
        if match and "meant" not in match[0]:
            yield Finding("glossary.html", f"“{match[0]}”", "is an aim, told as a fact.", REMEDY)


def _how_often(there: dict[str, Page], program: dict[str, Any]) -> Iterator[Finding]:
    """The page of a model in operation says beside its purpose how often it went so."""
    for code, model in (program.get("models") or {}).items():
        page = there.get(f"models/{code.replace('_', '-')}.html")
        if page is None or model.get("status") == "planning" or not model.get("team"):
            continue
        beside = " ".join(text(one) for one in page.root.iterfind(".//dl[@class='about-model']"))
        if not OF_ITS_CALLS.search(beside):
            yield Finding(page.name, "its purpose", "is not beside how often it went so.", REMEDY)


def _left(latest: Path, pages: list[Page], program: dict[str, Any]) -> Iterator[Finding]:
    """Whoever says what is spent of the budget says what is left and how long that lasts."""
    budget = program.get("budget") or {}
    for frame in released(latest, "money") if budget else ():
        every = frame[(frame["model"] == "all") & (frame["category"] == "all")]
        newest = every[every["period"] == every["period"].max()]
        total = pd.to_numeric(newest["total_to_date"]).sum()
        if not 0 < total < budget["amount"]:
            return
        for page in pages:
            if page.root.get("lang") != "en":
                continue
            words = text(page.root)
            if SPENT.search(words) and not LEFT.search(words):
                rule = "does not say what is left of it, and for how long."
                yield Finding(page.name, "the money", rule, REMEDY)


def _planned(latest: Path, there: dict[str, Page], program: dict[str, Any]) -> Iterator[Finding]:
    """A milestone that is not done does not stand on a card as if it were."""
    home = there.get("index.html")
    for frame in released(latest, "list"):
        if home is None or not {"milestone", "status"} <= set(frame):
            return
        open_ones = set(frame["milestone"][frame["status"] != DONE])
        for card in home.root.iterfind(".//li[@class='card']"):
            for large in card.iter("strong"):
                if text(large) in open_ones:
                    place = f"“{text(large)}”"
                    yield Finding("index.html", place, "is planned and reads as done.", REMEDY)
