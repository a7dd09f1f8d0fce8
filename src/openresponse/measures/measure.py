"""A measure: how each incident is classed, in codes that exclude one another, and what that counts.

The docstring of a measure is its definition: the first sentence, then lines `Counts:`, `Share of:`,
`Leaves out:` and `Not recorded:`. They are printed in the data dictionary and on the methods page.
"""

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from openresponse.program import Program
from openresponse.tables.definition import PARTS
from openresponse.tables.hierarchy import NOT_RECORDED, Hierarchy

# What a definition states: its key in the data dictionary, and how its line begins.
Classify = Callable[[pd.DataFrame], pd.Series]
ALWAYS_CODED = "does not occur; every row has one of these codes."


@dataclass(frozen=True)
class Measure:
    """classify: de-identified rows to a leaf code each (NA: not in the table). subset: the part of
    the universe counted, as (dimension, code) of another measure."""

    name: str
    classify: Classify
    hierarchy: Callable[[Program], Hierarchy]
    subset: tuple[tuple[str, str], ...] = ()

    def __call__(self, rows: pd.DataFrame) -> pd.Series:
        """A leaf code for each row; NA where the row is not in the table."""
        return self.classify(rows)

    @property
    def sentence(self) -> str:
        return " ".join((self.classify.__doc__ or "").strip().split("\n\n")[0].split())


def definition(function: Callable[..., object], universe: str = "incidents") -> dict[str, str]:
    """`counts`, `denominator`, `excludes` and `missing` of a measure, from its docstring;
    ValueError where one is missing.

    They are a paragraph of their own. Where rows may be something else than incidents, a second
    paragraph says what holds then: it begins `Counts: unit responses`. universe: what one row is.
    """
    begins = f"{PARTS['counts']}:"
    paragraphs = [
        " ".join(paragraph.split())
        for paragraph in inspect.cleandoc(function.__doc__ or "").split("\n\n")
        if paragraph.startswith(begins)
    ]
    of_universe = f"{begins} {universe.replace('_', ' ')}"
    text = next((p for p in paragraphs if p.startswith(of_universe)), "".join(paragraphs[:1]))
    names = "|".join(PARTS.values())
    lines = dict(re.findall(rf"({names}): (.*?)(?= (?:{names}): |$)", text))
    missing = [name for name in PARTS.values() if name not in lines]
    if missing:
        raise ValueError(f"{function.__name__}: the docstring does not say {', '.join(missing)}")
    return {key: lines[name].strip() for key, name in PARTS.items()}


def fitted(stated: dict[str, str], finest: Hierarchy, shown: Hierarchy) -> dict[str, str]:
    """A definition with the codes of its own table: one that the table has not is part of the
    nearest code above it that the table has.
    """

    def named(match: re.Match[str]) -> str:
        code = match[1]
        if code in shown.codes or code not in finest.codes:
            return match[0]
        above = next(one for one in finest.ancestors(code) if one in shown.codes)
        return f"part of `{above}`"

    return {key: re.sub(r"`(\w+)`", named, text) for key, text in stated.items()}


def of_codes(stated: dict[str, str], hierarchies: Iterable[Hierarchy]) -> dict[str, str]:
    """A definition that speaks of `not_recorded` only where one of these hierarchies has it."""
    has = any(NOT_RECORDED in hierarchy.codes for hierarchy in hierarchies)
    is_named = f"`{NOT_RECORDED}`" in stated["missing"]
    return stated | ({"missing": ALWAYS_CODED} if is_named and not has else {})


def measure(
    name: str,
    hierarchy: Hierarchy | Callable[[Program], Hierarchy],
    subset: tuple[tuple[str, str], ...] = (),
) -> Callable[[Classify], Measure]:
    """The decorated classifier as the measure `name`. It counts once it is listed in `registry`."""

    def declared(function: Classify) -> Measure:
        return Measure(
            name, function, hierarchy if callable(hierarchy) else lambda program: hierarchy, subset
        )

    return declared


def choose(rows: pd.DataFrame, *cases: tuple[pd.Series, str], otherwise: str) -> pd.Series:
    """For each row the code of the first case that holds; a condition that is NA does not hold."""
    out = pd.Series(otherwise, index=rows.index, dtype="string")
    for condition, code in reversed(cases):
        out = out.mask(condition.fillna(False).astype(bool), code)
    return out


def recorded(values: pd.Series, hierarchy: Hierarchy, missing: str) -> pd.Series:
    """Codes as they are, and `missing` for what is empty or no leaf of the hierarchy."""
    return values.where(values.isin(hierarchy.leaves)).fillna(missing).astype("string")
