"""What is kept beside a candidate: what was asked for, what it was made from, and the verdict that
was passed on it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import disk_errors, json_text, replace_file
from openresponse.workflow.standing.made_from import Inputs


@dataclass(frozen=True)
class Order:
    """The release that is wanted. early: why it comes before its announced day; reason and
    decided_by: why a revision is made, and by whom that was decided. months: for which it counts
    what has arrived since; none: for those that are provisional. accept: why checks that stop a
    release do not stop this one, by their names.
    """

    name: str
    month: str
    early: str = ""
    reason: str = ""
    decided_by: str = ""
    months: tuple[str, ...] = ()
    accept: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> tuple[str, ...]:
        """What is typed for it."""
        accept = [word for one in self.accept.items() for word in ("--accept", *one)]
        if self.reason:
            months = [word for month in self.months for word in ("--month", month)]
            decided = ("--reason", self.reason, "--decided-by", self.decided_by)
            return ("revise", *decided, *months, *accept)
        early = ("--early", self.early) if self.early else ()
        return ("release", "--month", self.month, *early, *accept)


@dataclass(frozen=True)
class Record:
    """verdict: why the candidate is not fit to be published, as its deliveries, the gate, its pages
    or its website showed; empty where it passed.
    """

    order: Order
    inputs: Inputs
    verdict: str = ""


def beside(candidate: Path) -> Path:
    """Where the record of a candidate is kept."""
    return candidate.with_name(f"{candidate.name}.json")


def keep(candidate: Path, record: Record) -> None:
    """Write the record of a candidate that was just made, or checked once more."""
    path = beside(candidate)
    with disk_errors(path.parent, f"the record of {candidate.name}"), closed_off(path.parent):
        replace_file(path, json_text(asdict(record)))


def read(candidate: Path) -> Record | None:
    """The record of a candidate; None where its run was stopped before every check had spoken."""
    try:
        content = json.loads(beside(candidate).read_text(encoding="utf-8"))
        asked = content["order"]
        order = Order(**{**asked, "months": tuple(asked["months"])})
        return Record(order, content["inputs"], content["verdict"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
