"""A run in the log: who asked for what, from which files, and what came of it."""

import os
import platform
import pwd
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import Any

from openresponse.errors import OpenResponseError
from openresponse.workflow.city import City, Result
from openresponse.workflow.run_log import entries
from openresponse.workflow.run_log.inputs import all_in_one, changed, inputs


def note(city: City, event: str, **facts: Any) -> None:
    """Add an entry on what happened. facts: counts, names, hashes and verdicts, as JSON can keep
    them, and never a cell's value. ReleaseError where it cannot be written.
    """
    entries.append(city.program, _entry(event, facts))


def recorded(
    city: City, command: str, arguments: Mapping[str, Any], answer: Callable[..., Result]
) -> Result:
    """What the command answers, with an entry before it began and one after it ended. A command
    whose beginning cannot be noted is not begun.
    """
    made_from = inputs(city.file, city.program.folders)
    note(
        city,
        "begun",
        command=command,
        arguments={name: str(given) for name, given in arguments.items()},
        made_from=all_in_one(made_from),
        changed=changed(made_from, entries.entries(city.program)),
    )
    try:
        result = answer(city, **arguments)
    except BaseException as error:
        with suppress(Exception):  # why the command failed is what the person must read
            note(city, "failed", command=command, **_failure(error))
        raise
    came = {"outcome": result.outcome, "release": result.release, "message": result.message}
    entries.append(city.program, _entry("ended", {"command": command, **came}), result.message)
    return result


def _entry(event: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"who": _who(), "version": version("openresponse"), "event": event, **facts}


def _failure(error: BaseException) -> dict[str, str]:
    """The kind of an error; its text where it was written for people, and so quotes no cell."""
    said = str(error) if isinstance(error, OpenResponseError) else ""
    return {"kind": type(error).__name__, "message": said}


def _who() -> str:
    """The account on this machine; its number where it has no name, as in a container."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = str(os.getuid())
    return f"{name}@{platform.node()}"
