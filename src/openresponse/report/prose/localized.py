"""A release in the language spoken: its titles, labels and definitions, and what the program file
says, looked up by their English text.

Codes, numbers and the files themselves stay as they are. What no catalogue has stays English and is
marked as such.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published

# Whose values people read; every other text of a data package is a code, a date or an address.
# Columns (`schema`) are described on the data page only, which is in the source language.
READ = frozenset(
    (
        "title",
        "label",
        "description",
        "counts",
        "denominator",
        "excludes",
        "missing",
        "purpose",
        "when",
        "what",
        "city",
        "contact",
        "note",
        "source",
        "residents_source",
        "attacker",
        "reason",
        "statuses",
        "agencies",
        "left_out",
        "law",
    )
)
LISTED = ("milestone", "owner", "note")  # of the table of milestones; its status is a code


@dataclass(frozen=True)
class Localized(Published):
    """A release whose texts are in one language. written: as it was published."""

    tables: dict[str, pd.DataFrame] = field()
    written: Published = field()


def as_written(published: Published) -> Published:
    """The release in the source language."""
    return published.written if isinstance(published, Localized) else published


def localized(published: Published) -> Published:
    """The release with every text that people read in the language spoken; the release itself where
    that is the source.
    """
    if language.now().code == language.SOURCE:
        return published
    package = _looked_up(published.package, _)
    facts = package["openresponse"]
    facts["program"]["name"] = _(facts["program"]["name"])
    left_out = facts.get("left_out", {})
    facts["left_out"] = {_(title): reason for title, reason in left_out.items()}
    steps = {
        name: frame.assign(**{column: frame[column].map(_) for column in LISTED})
        for name, frame in published.tables.items()
        if name == "milestones"
    }
    return Localized(published.folder, package, published.tables | steps, published)


def texts(package: dict) -> set[str]:
    """Every text of a data package that `localized` looks up."""
    seen = {package["openresponse"]["program"]["name"]}

    def note(text: str) -> str:
        seen.add(text)
        return text

    _looked_up(package, note)
    return seen - {""}


def _looked_up(value: Any, look_up: Callable[[str], str], read: bool = False) -> Any:
    """The value, with what stands under the keys of `READ` looked up."""
    if isinstance(value, dict):
        return {
            key: one if key == "schema" else _looked_up(one, look_up, read or key in READ)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_looked_up(one, look_up, read) for one in value]
    return look_up(value) if read and isinstance(value, str) else value
