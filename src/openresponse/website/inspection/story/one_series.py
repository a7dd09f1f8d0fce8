"""One word, one series: labels of the public files and words of the glossary."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openresponse.website.inspection.page import Finding, Page, text
from openresponse.website.inspection.story.public_files import package, table

# Answers, which say nothing without the question in the heading of their column.
ANSWERS = ("yes", "no", "not_recorded")
TEAMS = ("clinician", "mental-health worker")
REMEDY = "Give the two series two labels (`measures/`, the program file), or make them one."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Labels that name two series, series with two labels, words of two senses."""
    latest = folder / "data" / "latest"
    every = package(latest)
    there = {page.name: page for page in pages}
    return [
        *_one_label(every),
        *_one_count(latest, every),
        *_events(every),
        *_explained(there),
    ]


def _one_label(every: dict[str, Any]) -> Iterator[Finding]:
    """Codes that are known to be the same calls have one label."""
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for resource in every["resources"]:
        for column, nodes in _hierarchies(resource):
            for node in nodes:
                meant = tuple(node.get("means") or ()) or (column, node["code"])
                labels.setdefault(meant, {}).setdefault(node["label"], resource["path"])
    for (_attribute, code), said in labels.items():
        if len(said) > 1 and code not in ANSWERS:
            rule = f"is called {' and '.join(sorted(said))}."
            yield Finding(f"data/latest/{max(said.values())}", f"`{code}`", rule, REMEDY)


def _one_count(latest: Path, every: dict[str, Any]) -> Iterator[Finding]:
    """One label of the whole city has one count in a period, whichever file it stands in."""
    counts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for resource in every["resources"]:
        about = resource["openresponse"]
        if about["kind"] != "counts" or about["dimensions"]:
            continue
        frame = table(latest / resource["path"])
        if "incidents" not in frame:
            continue
        for column, nodes in _hierarchies(resource):
            if column != about["category"]:
                continue
            labels = {
                node["code"]: node["label"]
                for node in nodes
                if node["parent"] and not node["code"].endswith(ANSWERS)
            }
            shown = frame[frame[column].isin(list(labels)) & (frame["incidents"] != "")]
            for period, code, number in zip(
                shown["period"], shown[column], shown["incidents"], strict=True
            ):
                counts[labels[code], period][number] = resource["path"]
    for (label, period), values in counts.items():
        if len(values) > 1:
            files = " and ".join(sorted(set(values.values())))
            rule = f"is {' and '.join(sorted(values))} in {files}."
            yield Finding("data/latest", f"“{label}” {period}", rule, REMEDY)


def _events(every: dict[str, Any]) -> Iterator[Finding]:
    """What is asked of each contact is not called as one of the ways in which a contact ends."""
    asked = {
        node["label"]: resource["path"]
        for resource in every["resources"]
        if resource["openresponse"].get("category") == "answer"
        for dimension in resource["openresponse"]["dimensions"]
        for column, nodes in _hierarchies(resource)
        if column == dimension
        for node in nodes
    }
    ended = {
        node["label"]: resource["path"]
        for resource in every["resources"]
        if resource["openresponse"].get("category") in ("outcome", "result")
        for _column, nodes in _hierarchies(resource)
        for node in nodes
    }
    for label, path in ended.items():
        for event in asked:
            if label.casefold().startswith(event.casefold()):
                rule = f"ends a contact, and “{event}” of {asked[event]} counts others too."
                yield Finding(f"data/latest/{path}", f"“{label}”", rule, REMEDY)


def _explained(there: dict[str, Page]) -> Iterator[Finding]:
    """A word of the glossary that is the title of a table covers what the table counts; a word is
    explained once.
    """
    glossary, figures = there.get("glossary.html"), there.get("outcomes.html")
    if glossary is None:
        return
    terms = [(text(dt), text(dt.getnext())) for dt in glossary.root.iter("dt")
             if dt.getnext() is not None]  # fmt: skip
    for term in {one for one, _said in terms}:
        if sum(1 for one, _said in terms if one == term) > 1:
            yield Finding("glossary.html", f"“{term}”", "is explained twice.", REMEDY)
    for section in figures.root.iter("section") if figures is not None else ():
        heading, said = section.find("h2"), " ".join(text(one) for one in section.iter("h3"))
        for term, meaning in terms if heading is not None else ():
            if not re.match(rf"{re.escape(term)}\b", text(heading)):
                continue
            missing = [one for one in TEAMS if one in said and one not in meaning.lower()]
            if missing:
                rule = f"leaves out the {missing[0]}, whom the table of that name counts."
                yield Finding("glossary.html", f"“{term}”", rule, REMEDY)


def _hierarchies(resource: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The codes of each column, with their labels."""
    for name, nodes in resource["openresponse"].get("trees", {}).items():
        yield name.split(":")[0], nodes
