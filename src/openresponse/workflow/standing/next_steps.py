"""The table of rules by which the next command follows from where a city stands."""

from collections.abc import Callable
from dataclasses import dataclass

from openresponse.workflow.standing.city_state import CityState

REASON = ("--reason", "why", "--decided-by", "ROLE")


@dataclass(frozen=True)
class Step:
    """command: the words after `openresponse`. why: in a sentence."""

    command: tuple[str, ...]
    why: str


Rule = Callable[[CityState], Step | None]


def stopped_half_way(state: CityState) -> Step | None:
    if state.unfinished:
        return Step(("site",), "A run was stopped half-way; the next one finishes it.")
    return None


def not_as_published(state: CityState) -> Step | None:
    if state.broken:
        return Step(("verify",), "Restore the published files first; this says whether all are.")
    return None


def ledger_lost(state: CityState) -> Step | None:
    if state.lost:
        return Step(("rebuild-ledger",), "Without its ledger no month can be protected.")
    return None


def withdrawn_and_shown(state: CityState) -> Step | None:
    if state.site and state.site.withdrawn:
        return Step(("site",), "A release was withdrawn; the site must say so.")
    if state.live and state.live.withdrawn:
        return Step(_publish(state), "What was withdrawn is still on the live site.")
    return None


def approved(state: CityState) -> Step | None:
    for one in state.candidates:
        if one.state == "approved" and one.record:
            return Step(one.record.order.command, one.sentence)
    return None


def waiting(state: CityState) -> Step | None:
    for one in state.candidates:
        if one.state == "waiting":
            signed = ("--as", one.missing[0], "--key", "FILE")
            return Step(("approve", one.name, *signed), one.sentence)
    return None


def site_outdated(state: CityState) -> Step | None:
    if state.past and (state.site is None or state.site.outdated):
        return Step(("site",), "The website does not show what is published.")
    return None


def live_outdated(state: CityState) -> Step | None:
    if state.past and state.live and state.live.outdated:
        return Step(_publish(state), "The live site is not the one that was made.")
    return None


def rule_changed(state: CityState) -> Step | None:
    if state.other_rule:
        why = "The privacy rule was changed; that is a revision of its own, before the next month."
        return Step(("revise", *REASON), why)
    return None


def to_be_made_again(state: CityState) -> Step | None:
    for one in state.candidates:
        if one.state in ("refused", "outdated") and one.record:
            waits_for_a_month = one.record.order.reason and state.unpublished and state.is_due
            if not waits_for_a_month:
                return Step(one.record.order.command, one.sentence)
    return None


def newest_withdrawn(state: CityState) -> Step | None:
    if state.newest and state.newest.retraction:
        why = f"{state.newest.release} is withdrawn; mend its extracts, then publish them so."
        return Step(("revise", *REASON), why)
    return None


def month_delivered(state: CityState) -> Step | None:
    if not state.unpublished:
        return None
    month = state.unpublished[0]
    if state.is_due:
        return Step(("release", "--month", month), f"{month} is delivered and not published.")
    why = f"{month} is delivered and announced for {state.due}; not before that day."
    return Step(("check", "--month", month), why)


def nothing_yet(state: CityState) -> Step | None:
    if state.past:
        return None
    if state.program.program.demonstration:
        return Step(
            ("site",), "Nothing is there yet; this writes a fictional extract and shows it."
        )
    why = f"Put the extracts of a month into {state.program.folders.raw} first."
    return Step(("check",), why)


def never_live(state: CityState) -> Step | None:
    if state.live is None and not state.program.program.demonstration:
        return Step(
            ("publish", "--to", "DIR"), "The website was not put on a web server from here."
        )
    return None


def all_done(state: CityState) -> Step:
    month = state.next_month
    why = f"All is done. Put the extracts of {month} into {state.program.folders.raw} first."
    return Step(("check", "--month", month), why)


# The first that gives a step is the one.
RULES: tuple[Rule, ...] = (
    stopped_half_way,
    not_as_published,
    ledger_lost,
    withdrawn_and_shown,
    approved,
    waiting,
    site_outdated,
    live_outdated,
    rule_changed,
    to_be_made_again,
    newest_withdrawn,
    month_delivered,
    nothing_yet,
    never_live,
    all_done,
)


def next_step(state: CityState) -> Step:
    """The command that leads on from here."""
    return next(step for rule in RULES if (step := rule(state)))


def _publish(state: CityState) -> tuple[str, ...]:
    return ("publish", "--to", str(state.live.folder) if state.live else "DIR")
