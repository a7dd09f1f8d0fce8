"""The release before: which it is, and which deliveries its months were counted from."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from openresponse.disclosure import rules
from openresponse.errors import ReleaseError, first
from openresponse.program import Folders, Program
from openresponse.records.delivery import delivered_months, is_monthly
from openresponse.records.plausibility.judgement import Judged
from openresponse.release.formats.program_facts import rule_facts
from openresponse.release.history.release_days import MONTH
from openresponse.release.history.retraction import ever
from openresponse.release.store.public_folder import (
    available,
    is_retracted,
    order,
    published_before,
)
from openresponse.release.store.published import Published


def earlier(folders: Folders, release: str) -> Published | None:
    """The release before this one that was not withdrawn, or None where there is none."""
    public = folders.public
    there = [name for name in available(public) if order(name) < order(release)]
    return Published.load(public / there[-1]) if there else None


def revises(public: Path, release: str) -> str:
    """Which release a revision takes the place of: the one before of its month, and of those that
    were withdrawn the last only where no other is left.
    """
    month, _ = order(release)
    of_month = [name for name in published_before(public, release) if order(name)[0] == month]
    there = [name for name in of_month if not is_retracted(public / name)]
    return (there or of_month)[-1]


def counted_upto(program: Program, release: str, reopened: Collection[str] = ()) -> dict[str, str]:
    """Month to the delivery up to which its rows are counted, as earlier releases have it.

    A revision counts what has arrived since for the months `reopened`, or where none is named for
    those that are still provisional, so these are left out; but none where it changes the rule, so
    that each revision changes one thing. ReleaseError where one of them was never published.
    """
    before = earlier(program.folders, release)
    known = before.counted_upto if before else {}
    if unknown := sorted(set(reopened) - set(known)):
        raise ReleaseError(
            f"{first(unknown, ', ')}: not published, so there is nothing of it to revise. Published"
            f" are {min(known, default='no months')} to {max(known, default='')}."
        )
    _refuse_lost(program, known)
    _, revision = order(release)
    if revision and not changes_edition(program, before):
        for month in reopened or provisional(program, {*known, release[MONTH]}):
            known.pop(month, None)
    return known


def _refuse_lost(program: Program, known: Mapping[str, str]) -> None:
    """ReleaseError where a delivery is gone that published months were counted from."""
    raw = program.folders.raw
    lost = sorted(set(known.values()) - set(delivered_months(raw))) if is_monthly(program) else []
    if lost:
        raise ReleaseError(
            f"{raw}: the deliveries of {first(lost, ', ')} are gone, and every release counts their"
            " rows. Nothing was published. Put them back: `openresponse restore FROM`."
        )


def changes_edition(program: Program, before: Published | None) -> bool:
    """Whether the privacy rule or the exemptions are other than those of the release before."""
    if before is None:
        return False
    exempt = {
        name: [one.model_dump() for one in program.privacy.exemptions if one.table == name]
        for name in before.resources
    }
    was = {
        name: one["openresponse"].get("exemptions", []) for name, one in before.resources.items()
    }
    return rule_facts(rules.of(program.privacy)) != before.rule or exempt != was


def accepted(before: Published | None, judged: Iterable[Judged]) -> dict[str, str]:
    """The reasons given with a release for checks that would stop its revision too."""
    stops = {one.check.name for one in judged if one.check.severity == "stop"}
    known = before.accepted if before else []
    return {one["check"]: one["reason"] for one in known if one["check"] in stops}


def is_edition(published: Published) -> bool:
    """Whether a release is a change of edition: a revision because the rule is another one."""
    return bool(published.revision and published.revision.get("edition"))


def other_rule(folders: Folders, release: str) -> bool:
    """Whether any release before this one changed the edition."""
    return any(map(is_edition, ever(folders, before=release)))


def provisional(program: Program, months: Iterable[str]) -> list[str]:
    """The newest of these months, as many as the program file says; records that arrive later may
    revise them.
    """
    newest_first = sorted(months, reverse=True)
    return newest_first[: program.release.provisional_months]
