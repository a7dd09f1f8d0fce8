"""Releases that are made by the first notebook and not public until they are approved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from openresponse.disclosure import rules
from openresponse.disclosure.cell_suppression import ALL, SOME
from openresponse.errors import ApprovalError, DisclosureError
from openresponse.program import Program
from openresponse.release import publication
from openresponse.release.checks import admission, leaks, tripwires
from openresponse.release.history import predecessor
from openresponse.release.store import approvals
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST, order, published
from openresponse.release.store.published import Published
from openresponse.release.tables.loss import loss
from openresponse.workflow.city import City, Result
from openresponse.workflow.notebooks import execution

ANONYMIZE = "1-anonymize"


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


def folder(program: Program, name: str) -> Path:
    """Where the candidate of this name is."""
    return program.folders.build / "candidate" / name


def waiting(program: Program) -> list[Path]:
    """The candidates that are not public, oldest first."""
    made = folder(program, "").glob(f"*/{MANIFEST}")
    public = published(program.folders.public)
    return sorted(
        (path.parent for path in made if path.parent.name not in public),
        key=lambda path: order(path.name),
    )


def publish(city: City, wanted: Order) -> Path:
    """Publish the candidate if it was approved as it is, and make it first where it is not; returns
    its public folder. ApprovalError where it waits for approval.
    """
    program = city.program
    candidate = folder(program, wanted.name)
    if _is_approved(program, candidate):
        _check_and_publish(city, candidate)
    else:
        _make(city, wanted)
    if wanted.name not in published(program.folders.public):
        _say_figures(city, candidate)
        raise ApprovalError(
            f"{wanted.name} passed every check and waits for the approval of:"
            f" {', '.join(approvals.missing(program, candidate))}. Look at it with `openresponse"
            " review`; then `openresponse approve --as ROLE`, and run this again."
        )
    _say_figures(city, program.folders.public / wanted.name)
    return program.folders.public / wanted.name


def figures(release: Path) -> pd.DataFrame:
    """How many values each table of a release shows (`shown`), and how many are withheld for
    privacy (`withheld`).
    """
    lost = loss(Published.load(release)).set_index("table")
    return lost.assign(shown=lost["values"] - lost["withheld"])[["shown", "withheld"]]


def _say_figures(city: City, release: Path) -> None:
    counted = figures(release).rename(columns={"shown": "Shown", "withheld": "Withheld"})
    city.show("Figures by table", counted)


def published_result(release: Path) -> Result:
    """What is said of a release that was just published."""
    counted = figures(release)
    shown, withheld = counted.sum()
    return Result(
        "published",
        f"Published {release}: {shown:,} figures shown, {withheld:,} withheld for privacy.",
        release.name,
        (release,),
        {"tables": counted.to_dict("index")},
    )


def _is_approved(program: Program, candidate: Path) -> bool:
    """Whether a candidate has every approval it needs and still follows the newest release."""
    if (
        not approvals.beside(candidate).is_file()
        or not (candidate / MANIFEST).is_file()
        or approvals.missing(program, candidate)
    ):
        return False
    newest = published(program.folders.public)[-1:]
    manifest = json.loads((candidate / MANIFEST).read_text(encoding="utf-8"))
    return manifest["previous_manifest"] == (
        digest(program.folders.public / newest[0] / MANIFEST) if newest else None
    )


def _check_and_publish(city: City, candidate: Path) -> None:
    """The gate once more, since time has passed, and then out."""
    program = city.program
    with city.stage(
        "gate", "Every approval of this manifest is there. Checking the release once more"
    ):
        admission.check(Published.load(candidate), program.folders, rules.of(program.privacy))
        tripwires.check(leaks.search(program, [candidate], Published.load(candidate)))
        publication.publish(program, candidate)


def _make(city: City, wanted: Order) -> None:
    """Make the candidate; where an attacker could prove a small change of revised figures, with
    fewer figures beside them.
    """
    try:
        _anonymize(city, wanted, SOME)
    except DisclosureError:
        if not wanted.reason and not _carries_figures_forward(city.program, wanted.month):
            raise
        city.say(
            "The audit could prove small changes of revised figures. Now every figure of the months"
            " concerned stays as it was, or is withheld."
        )
        _anonymize(city, wanted, ALL)


def _carries_figures_forward(program: Program, month: str) -> bool:
    """Whether the release before carries figures forward in place of revised ones."""
    before = predecessor.cells(program.folders, month)
    return any("carried_forward" in cells for cells in before.values())


def _anonymize(city: City, wanted: Order, around_carried: str) -> None:
    folders = city.program.folders
    given: dict[str, str | list[str] | dict[str, str]] = {
        "program_file": str(city.file),
        "month": wanted.month,
        "early": wanted.early,
        "reason": wanted.reason,
        "decided_by": wanted.decided_by,
        "reopened": list(wanted.months),
        "accept": dict(wanted.accept),
        "around_carried": around_carried,
    }
    output = folders.build / "confidential" / f"{ANONYMIZE}-{wanted.month}.ipynb"
    with city.stage(ANONYMIZE, f"Making the release {wanted.name} from {folders.raw}") as part:
        execution.run(ANONYMIZE, given, output, confidential=True, part=part, home=folders.home)
