"""A release of a month, and its revision: one run at a time, each whole or not at all."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openresponse.errors import REVISE, ReleaseError
from openresponse.program import Program
from openresponse.records import collection
from openresponse.release import publication
from openresponse.release.history import release_days
from openresponse.release.store import approvals, lock
from openresponse.release.store.public_folder import (
    available,
    is_retracted,
    next_revision,
    order,
    published,
    verify,
)
from openresponse.report.prose import words
from openresponse.workflow import candidates, deliveries
from openresponse.workflow.city import City, Result
from openresponse.workflow.standing.candidate_records import Order


def release(
    city: City,
    month: str = "",
    early: str = "",
    accept: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Result:
    """Anonymise, protect, audit and publish a month; a month that is published stays as it is.

    month: where it is empty, the first one delivered after the newest release. early: why it may
    come before its announced day; without it, ReleaseError. accept: why checks that would stop it
    do not, by their names; without it, PlausibilityError. ApprovalError where the release waits for
    approval. dry_run: only show what would change.
    """
    program = city.program
    approvals.check_approvers(program)
    month, public = month or deliveries.next_month(program), program.folders.public
    wanted = Order(month, month, early=early, accept=accept or {})
    if month not in published(public):  # what is refused writes nothing, not even the lock
        _refuse_out_of_order(city, month)
        _refuse_early(program, month, early)
    if dry_run:
        return _unchanged(city, month) or candidates.rehearse(city, wanted)
    with lock.held(public, f"release of {month}"):
        publication.settle(public)
        if made := _unchanged(city, month):
            return made
        _refuse_out_of_order(city, month)  # another run may have published meanwhile
        made = candidates.publish(city, wanted)
    _remind_of_the_calendar(city, month)
    return made


def _unchanged(city: City, month: str) -> Result | None:
    """What is said of a month that is published already; None where it is not. ReleaseError where
    it was withdrawn, or is not as published.
    """
    public = city.program.folders.public
    if month not in published(public):
        return None
    _refuse_retracted(public / month)
    verify(public / month)
    said = f"{month} is published already; a release is never rewritten."
    return Result("unchanged", said, month, (public / month,))


def revise(
    city: City,
    reason: str,
    decided_by: str,
    months: Sequence[str] = (),
    accept: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Result:
    """Publish a revision of the newest release, from the extracts as they are now.

    months: for which it counts the rows that have arrived since they were published; none: for
    those that are provisional. The release itself stays as it is. ReleaseError where there is none,
    ApprovalError where the revision waits for approval. dry_run: only show what would change.
    """
    public = city.program.folders.public
    approvals.check_approvers(city.program)

    def order() -> Order:
        if not published(public):
            raise ReleaseError(
                f"{public}: there is no release to revise. Make one with {city.typed('release')}."
            )
        month = published(public)[-1][release_days.MONTH]
        name, said = next_revision(public, month), words.sentence(reason)
        return Order(
            name,
            month,
            reason=said,
            decided_by=decided_by,
            months=tuple(months),
            accept=accept or {},
        )

    if dry_run:
        return candidates.rehearse(city, order())
    with lock.held(public, "a revision"):
        publication.settle(public)
        return candidates.publish(city, order())


def newest(program: Program) -> Path | None:
    """The newest release that is not withdrawn, its files as published, and `latest` and the lists
    brought up to it; None where there is none.
    """
    public = program.folders.public
    with lock.held(public, "reading the newest release"):
        publication.settle(public)
    if not available(public):
        return None
    folder = public / available(public)[-1]
    verify(folder)
    return folder


def _refuse_early(program: Program, month: str, reason: str) -> None:
    """ExtractError where the month was not delivered, ReleaseError where it would come too early.
    A fictional month has a clock of its own: everybody can make its figures at any time.
    """
    collection.delivered_upto(program, month)
    sentence = release_days.early(program, month, release_days.today(program))
    if sentence and not reason and not program.program.demonstration:
        raise ReleaseError(
            f'{sentence} Wait for that day, or give the reason with --early "..."; the reason is'
            " published with the release."
        )


def _refuse_out_of_order(city: City, month: str) -> None:
    """ReleaseError where the month cannot follow what is published."""
    public = city.program.folders.public
    _refuse_older(public, month)
    _refuse_after_withdrawn(public, month)
    _refuse_skipped(city, month)


def _refuse_older(public: Path, month: str) -> None:
    """ReleaseError where a newer month is published: its tables hold the older one too, and two
    versions of one month would show single people by their difference.
    """
    releases = published(public)
    if releases and order(month) < order(releases[-1]):
        raise ReleaseError(
            f"{month}: {releases[-1]} is published, and its tables hold every month up to its own;"
            " an older month cannot follow it. Publish what arrived late as a revision of"
            f" {releases[-1]}: `{REVISE}`."
        )


def _refuse_after_withdrawn(public: Path, month: str) -> None:
    """ReleaseError where the newest release was withdrawn and nothing came in its place: the month
    would show its figures again.
    """
    newest = published(public)[-1:]
    if newest and is_retracted(public / newest[0]):
        raise ReleaseError(
            f"{newest[0]}: was retracted, and {month} would show its figures again. First publish"
            f" what it should have said: `{REVISE}`. Then release {month}."
        )


def _refuse_skipped(city: City, month: str) -> None:
    """ReleaseError where an earlier month was delivered after the newest release, and is not
    published: it would never have a release of its own.
    """
    following = deliveries.next_month(city.program)
    if published(city.program.folders.public) and following < month:
        raise ReleaseError(
            f"{month}: {following} is delivered and not published, and could not follow it. Publish"
            f" that first: {city.typed('release', '--month', following)}."
        )


def _refuse_retracted(folder: Path) -> None:
    """ReleaseError where a release was withdrawn: a revision of the newest holds its months."""
    if is_retracted(folder):
        newest = published(folder.parent)[-1]
        why = "" if newest == folder.name else f" {newest} holds its months too."
        raise ReleaseError(
            f"{folder}: was retracted.{why} Publish the corrected figures: `{REVISE}`."
        )


def _remind_of_the_calendar(city: City, month: str) -> None:
    calendar = city.program.calendar
    if calendar and month >= max(calendar.releases):
        city.say(
            "No later release is announced. Add the next day of publication to `calendar.releases`"
            " in the program file."
        )
