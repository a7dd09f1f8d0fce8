"""The public files by themselves: columns, definitions and sums."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from openresponse.website.inspection.page import Finding, Page

CODE = re.compile(r"`(\w+)`")
COLUMNS = re.compile(r"(?:share|median|p90)_\w+|not_timed|timed|is_sum|all|yes|no")
VALUES = ("budget", "residents", "planned", "actual")
ONE_WHOLE = re.compile(
    r"(?!the (?:group above|step before|announced budget))(.{3,60}?) \(`share_of_part`"
)
READS_AS_COUNT = re.compile(r"^(\d+) (?:incidents|calls)\b")
REMEDY = "Mend the table or its definition; both are made under release/ and measures/."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Where the dictionary and the columns of the newest release disagree."""
    latest = folder / "data" / "latest"
    return [
        Finding(f"data/latest/{resource['path']}", place, rule, REMEDY)
        for resource in package(latest)["resources"]
        for place, rule in _of_table(resource, table(latest / resource["path"]))
    ]


def package(latest: Path) -> dict[str, Any]:
    """What the newest release says of itself."""
    return dict(json.loads((latest / "datapackage.json").read_text(encoding="utf-8")))


def released(latest: Path, *kinds: str) -> Iterator[pd.DataFrame]:
    """The tables of these kinds, every cell as it is written."""
    for resource in package(latest)["resources"]:
        if resource["openresponse"]["kind"] in kinds:
            yield table(latest / resource["path"])


def table(path: Path) -> pd.DataFrame:
    """A public file, every cell as it is written."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _of_table(resource: dict[str, Any], frame: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for name in VALUES:
        if name in frame and f"{name}_status" not in frame:
            yield f"`{name}`", "has no status beside it."
    about = resource["openresponse"]
    yield from _sums(about["kind"], frame)
    known = {node["code"] for nodes in about.get("trees", {}).values() for node in nodes}
    for key, stated in about["definition"].items():
        for code in CODE.findall(stated):
            if known and code not in {*known, *frame} and not COLUMNS.fullmatch(code):
                yield f"`{key}`", f"names `{code}`, which the table does not have."
        if READS_AS_COUNT.search(stated):
            yield f"`{key}`", "begins with a number that reads as a count."
    wholes = set(frame["part_of"]) - {""} if "part_of" in frame else set()
    if (match := ONE_WHOLE.match(about["definition"]["denominator"])) and len(wholes) > 1:
        yield "`denominator`", f"names one whole, {match[1]}; `part_of` has {len(wholes)}."
    if len(about.get("parts", ())) > 1 and about["kind"] == "counts":
        yield from _stacked(about)
        yield from _unrecorded(about)


def _sums(kind: str, frame: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Money in which totals stand among their parts says which rows are which."""
    if kind != "money":
        return
    if "is_sum" not in frame:
        yield "`amount`", "holds totals and parts, and no column says which."
        return
    amounts = pd.to_numeric(frame["amount"])
    total = amounts[(frame["model"] == "all") & (frame["category"] == "all")].sum()
    if abs(amounts[frame["is_sum"] == "no"].sum() - total) > 0.005 * len(frame):
        yield "`is_sum`", "the rows that are no sums do not add up to the total."


def _stacked(about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What one part leaves out is not said of all."""
    names = [str(part["part"]) for part in about["parts"] if part["part"]]
    excludes = about["definition"]["excludes"].lower()
    named = [name for name in names if name in excludes]
    if 0 < len(named) < len(names):
        yield "`excludes`", f"speaks of {', '.join(named)} alone; the table has {len(names)} parts."


def _unrecorded(about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where one part counts what was not recorded, so does each other."""
    column = f"{about['category']}:"
    codes = {
        name.removeprefix(column): {node["code"] for node in nodes}
        for name, nodes in about["trees"].items()
        if name.startswith(column)
    }
    without = [part for part, known in codes.items() if "not_recorded" not in known]
    if 0 < len(without) < len(codes):
        yield f"`{', '.join(without)}`", "has no row for what was not recorded."
