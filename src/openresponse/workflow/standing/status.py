"""Where a city stands, in six lines, and the command that leads on."""

from typing import Any

from openresponse.errors import OpenResponseError, first
from openresponse.release.store.public_folder import order
from openresponse.workflow import proofs
from openresponse.workflow.city import City, Result
from openresponse.workflow.standing import city_state, leads, next_steps, rejections
from openresponse.workflow.standing.city_state import CityState, Shown

NOTHING = "nothing"


def status(city: City) -> Result:
    """Say what is published, what waits for whom, what is due when, what the site shows and what is
    live, what is wrong, and the next command. Nothing is written.
    """
    state = city_state.read(city.program)
    step = next_steps.next_step(state)
    problems = wrong(city, state)
    lines = {
        "Published": _published(state),
        "Waiting": _waiting(city, state),
        "Due": _due(state),
        "Website": f"{_shown(state.site)}; live: {_shown(state.live)}",
        "Wrong": first(problems, " ") or NOTHING,
        "Next": f"{city.typed(*step.command)} {step.why}",
    }
    width = max(map(len, lines)) + 2
    return Result(
        "wrong" if problems else "as it should be",
        "\n".join(f"{f'{name}:'.ljust(width)}{line}" for name, line in lines.items()),
        state.current,
        counts=_facts(city, state, problems, step.command),
    )


def wrong(city: City, state: CityState) -> list[str]:
    """What somebody must mend."""
    found = [state.broken, state.lost, state.undelivered]
    try:
        proofs.check_rights(city.program)
    except OpenResponseError as error:
        found.append(str(error))
    found += [one.sentence for one in state.candidates if one.state in ("refused", "outdated")]
    for place in (state.site, state.live):
        if place and place.withdrawn:
            found.append(f"{place.folder} still shows withdrawn: {', '.join(place.withdrawn)}.")
    return [leads.for_city(city, one) for one in found if one]


def _published(state: CityState) -> str:
    if not state.newest:
        return NOTHING
    newest, many = state.newest, len(state.past)
    withdrawn = [one.release for one in state.past if one.retraction]
    said = [f"{newest.release} on {newest.published}"]
    if newest.retraction:
        said.append(f"withdrawn; the newest that is not: {state.current or 'none'}")
    said.append(f"{many} release{'s' if many > 1 else ''} in all")
    if withdrawn:
        said.append(f"withdrawn: {', '.join(withdrawn)}")
    return "; ".join(said)


def _waiting(city: City, state: CityState) -> str:
    said = [one.sentence for one in state.candidates]
    if not said:
        said = [
            f"{one['release']} was rejected by the {one['role']} on {one['date']}: {one['reason']}"
            for one in rejections.kept(city.program.folders)
            if not state.newest or order(one["release"]) > order(state.newest.release)
        ][-1:]
    return first(said, " ") or NOTHING


def _due(state: CityState) -> str:
    if not state.next_month:
        return NOTHING
    there = "delivered" if state.next_month in state.delivered else "not delivered yet"
    later = f"; then {', '.join(state.unpublished[1:])}" if state.unpublished[1:] else ""
    return f"{state.next_month} on {state.due}, {there}{later}"


def _shown(place: Shown | None) -> str:
    if place is None:
        return NOTHING
    outdated = " (outdated)" if place.outdated else ""
    return f"{place.release or 'withdrawn releases only'}{outdated} in {place.folder}"


def _facts(
    city: City, state: CityState, problems: list[str], command: tuple[str, ...]
) -> dict[str, Any]:
    """The same for machines."""
    return {
        "published": [one.release for one in state.past],
        "withdrawn": [one.release for one in state.past if one.retraction],
        "delivered": list(state.delivered),
        "candidates": {
            one.name: {"state": one.state, "waits_for": list(one.missing)}
            for one in state.candidates
        },
        "due": {state.next_month: str(state.due)} if state.next_month else {},
        "site": state.site.release if state.site else None,
        "live": state.live.release if state.live else None,
        "wrong": problems,
        "next": ["openresponse", *command, "--program", str(city.file)],
    }
