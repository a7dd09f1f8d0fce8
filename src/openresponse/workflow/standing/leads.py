"""The command that leads on from a refusal, where its sentence does not name one."""

import re
import shlex
from collections.abc import Mapping
from typing import Any

from openresponse.errors import (
    CatalogueError,
    ExtractError,
    InspectionError,
    NotebookError,
    OpenResponseError,
    PlausibilityError,
    ProgramError,
    RenderError,
    UsageError,
)
from openresponse.workflow.city import City
from openresponse.workflow.standing import city_state, next_steps

COMMAND = re.compile(r"`(openresponse [^`]*)`")
LOOK = ("status",)
# What is mended outside, and the command that says whether it is mended; for every other kind the
# state of the city says what leads on.
AFTER_MENDING: dict[type[OpenResponseError], tuple[str, ...]] = {
    ProgramError: LOOK,
    CatalogueError: LOOK,
    ExtractError: ("check",),
    PlausibilityError: ("check",),
    NotebookError: ("site",),
    RenderError: ("site",),
    InspectionError: ("site",),
}


def led(city: City, verb: str, given: Mapping[str, Any], error: OpenResponseError) -> str:
    """The sentence of a refusal with a command that leads on, typed for this city. verb, given:
    what was refused, with its arguments.
    """
    sentence = str(error)
    if not COMMAND.search(sentence):
        return f"{sentence} Next: {city.typed(*_command(city, verb, given, error))}."
    return sentence if given.get("folder") else for_city(city, sentence)


def for_city(city: City, sentence: str) -> str:
    """A sentence whose commands act on this city: each that names no program file names its."""

    def named(command: re.Match[str]) -> str:
        if any(option in command[0] for option in ("--program", "--help")):
            return command[0]
        return f"`{' '.join([command[1], *map(shlex.quote, city.named)])}`"

    return COMMAND.sub(named, sentence)


def _command(
    city: City, verb: str, given: Mapping[str, Any], error: OpenResponseError
) -> tuple[str, ...]:
    if isinstance(error, UsageError):
        return (verb, "--help")
    if given.get("folder"):  # whoever has only the public files
        return (verb, str(given["folder"]))
    command = AFTER_MENDING.get(type(error)) or _next(city, verb)
    month = given.get("month")
    return (*command, "--month", month) if command == ("check",) and month else command


def _next(city: City, verb: str) -> tuple[str, ...]:
    """What the table of rules says; never the command that was just refused."""
    try:
        command = next_steps.next_step(city_state.read(city.program)).command
    except Exception:  # why the command was refused is what the person must read
        return LOOK
    return LOOK if command[0] == verb else command
