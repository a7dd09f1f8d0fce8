"""Releases that are made by the first notebook and not public until they are approved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd

from openresponse.disclosure import rules
from openresponse.disclosure.rules import ALL, SOME
from openresponse.errors import (
    ApprovalError,
    DisclosureError,
    ExtractError,
    InspectionError,
    NotebookError,
    PlausibilityError,
    ReleaseError,
    RenderError,
)
from openresponse.media import fonts
from openresponse.program import Program
from openresponse.records.plausibility import judgement
from openresponse.release import publication
from openresponse.release.history import published_cells
from openresponse.release.store import approvals
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST
from openresponse.release.store.published import Published
from openresponse.release.tables.loss import loss
from openresponse.workflow.city import City, Result
from openresponse.workflow.notebooks import execution
from openresponse.workflow.rehearsals import rehearsal
from openresponse.workflow.rendering import trial
from openresponse.workflow.run_log import note
from openresponse.workflow.run_log.entries import PUBLISHING
from openresponse.workflow.standing import (
    candidate_records,
    made_from,
    rejections,
    waiting_releases,
)
from openresponse.workflow.standing.candidate_records import Order, Record
from openresponse.workflow.standing.waiting_releases import Candidate

ANONYMIZE = "1-anonymize"
# What says that deliveries, figures or pages are not fit to be published.
VERDICTS = (
    ExtractError,
    PlausibilityError,
    DisclosureError,
    NotebookError,
    RenderError,
    InspectionError,
)


def publish(city: City, wanted: Order) -> Result:
    """Publish the candidate if it was approved as it is, and make it first where there is none that
    can be. ApprovalError where it waits for approval.
    """
    program = city.program
    refuse_without_fonts(program)
    there = waiting_releases.find(program, wanted.name)
    if not there or not there.is_ready or not _is_same(city, there, wanted):
        _say_void(city, there)
        _make(city, wanted)
    elif there.state == "approved":
        _check(city, there)
    candidate = waiting_releases.folder(program, wanted.name)
    if waits_for := approvals.missing(program, candidate):
        _say_figures(city, candidate)
        raise ApprovalError(
            f"{wanted.name} passed every check and waits for the approval of:"
            f" {', '.join(waits_for)}. Look at it with `openresponse"
            f" review`; then {city.typed('approve', wanted.name, '--as', 'ROLE', '--key', 'FILE')}"
            ", and run this again."
        )
    note(city, PUBLISHING, release=wanted.name, manifest=digest(candidate / MANIFEST))
    publication.publish(program, candidate)
    for one in waiting_releases.remove_overtaken(program):
        city.say(f"{one.sentence} It was removed.")
    return _published(city, program.folders.public / wanted.name)


def rehearse(city: City, wanted: Order) -> Result:
    """Show what publishing would change: of the candidate that waits, or of one that is made on
    trial.
    """
    there = waiting_releases.find(city.program, wanted.name)
    waits = there and there.is_ready and _is_same(city, there, wanted)

    def make(other: City) -> Path:
        if there and waits:
            return there.folder
        _fewer_figures_if_needed(other, wanted)
        return waiting_releases.folder(other.program, wanted.name)

    return rehearsal.of_release(city, wanted.name, make)


def refuse_without_fonts(program: Program) -> None:
    """ProgramError where a language of the program has letters that no font here has: its PDFs and
    pictures could not be made.
    """
    if wanted := fonts.wanted(program.program.languages):
        raise program.error("program.languages", f"{'; '.join(wanted)}. Nothing was made.")


def figures(release: Path) -> pd.DataFrame:
    """How many values each table of a release shows (`shown`), and how many are withheld for
    privacy (`withheld`).
    """
    lost = loss(Published.load(release)).set_index("table")
    return lost.assign(shown=lost["values"] - lost["withheld"])[["shown", "withheld"]]


def _say_figures(city: City, release: Path) -> pd.DataFrame:
    counted = figures(release)
    renamed = counted.rename(columns={"shown": "Shown", "withheld": "Withheld"})
    city.show("Figures by table", renamed)
    return counted


def _published(city: City, release: Path) -> Result:
    """What is said of a release that was just published."""
    counted = _say_figures(city, release)
    shown, withheld = counted.sum()
    return Result(
        "published",
        f"Published {release}: {shown:,} figures shown, {withheld:,} withheld for privacy.",
        release.name,
        (release,),
        {"tables": counted.to_dict("index")},
    )


def _is_same(city: City, there: Candidate, wanted: Order) -> bool:
    """Whether a candidate was asked for in the same words: they are published with it. ReleaseError
    where it was not, and somebody approved it.
    """
    asked = there.record.order if there.record else None
    if asked and asked != wanted and waiting_releases.given(city.program, there.folder):
        raise ReleaseError(
            f"{there.folder}: a candidate with other reasons was approved already. Go on with it:"
            f" {city.typed(*asked.command)}. Or drop it first:"
            f" {city.typed('approve', there.name, '--as', 'ROLE', '--reject', 'why')}."
        )
    return asked == wanted


def _say_void(city: City, there: Candidate | None) -> None:
    """Say why a candidate that somebody approved is made again."""
    if there and waiting_releases.given(city.program, there.folder):
        city.say(f"{there.sentence} It is made again, and needs every approval again.")


def _check(city: City, there: Candidate) -> None:
    """The gate and the trial once more, since time has passed."""
    from openresponse.release.checks import admission, leaks, tripwires

    program, candidate = city.program, there.folder
    with _verdict_kept(candidate, there.record):
        with city.stage(
            "gate", "Every approval of this manifest is there. Checking the release once more"
        ):
            admission.check(Published.load(candidate), program.folders, rules.of(program.privacy))
            tripwires.check(leaks.search(program, [candidate], Published.load(candidate)))
        trial.make(city, candidate)


@contextmanager
def _verdict_kept(candidate: Path, record: Record | None) -> Iterator[None]:
    """Keep the verdict beside the candidate, where one is passed on it or its deliveries. A full
    disk and what was typed wrong are no verdict: the same command again may do without it.
    """
    try:
        yield
    except VERDICTS as error:
        if record and (candidate.is_dir() or not record.order.reason):
            candidate_records.keep(candidate, replace(record, verdict=str(error)))
        raise


def _make(city: City, wanted: Order) -> None:
    """Make the candidate anew, without approvals, and keep beside it what it was made from, and the
    verdict where the gate refuses it or its website cannot be made.
    """
    judgement.check_names(wanted.accept)
    inputs = made_from.now(city.program, wanted.month)
    waiting_releases.remove(city.program, wanted.name)
    for one in rejections.of(city.program.folders, wanted.name):
        city.say(f"A candidate was rejected by the {one['role']} on {one['date']}: {one['reason']}")
    candidate = waiting_releases.folder(city.program, wanted.name)
    record = Record(wanted, inputs)
    with _verdict_kept(candidate, record):
        _fewer_figures_if_needed(city, wanted)
        trial.make(city, candidate)
    candidate_records.keep(candidate, record)


def _fewer_figures_if_needed(city: City, wanted: Order) -> None:
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
    before = published_cells.cells(program.folders, month)
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
