"""The command line: reads what is asked, lets the workflow answer, and prints what came of it."""

import argparse
import errno
import json
import os
import sys
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from openresponse.errors import OpenResponseError, ReleaseError
from openresponse.workflow import commands

if TYPE_CHECKING:
    from openresponse.workflow.city import Result
    from openresponse.workflow.progress import Progress

# No space or no right to write, wherever a run was at: nothing that a traceback explains.
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = argparse.Namespace(verb="", json="--json" in arguments)
    try:
        commands.parser().parse_args(arguments, options)
        result = _answer(options)
    except OpenResponseError as error:
        return _failed(options, type(error).__name__, _led(options, error), error.exit_code)
    except OSError as error:
        if error.errno not in DISK:
            raise
        message = f"{error.filename or 'disk'}: {error.strerror}. {commands.AS_BEFORE}"
        return _failed(options, "ReleaseError", message, ReleaseError.exit_code)
    except KeyboardInterrupt:
        return _failed(options, "stopped", f"stopped. {commands.AS_BEFORE}", commands.STOPPED)
    if options.json:
        _print_json(
            options.verb,
            result.outcome,
            result.release,
            map(str, result.paths),
            result.message,
            result.exit_code,
            result.counts,
        )
    elif result.exit_code not in (0, commands.NOTED):
        print(f"openresponse: {result.message}", file=sys.stderr, flush=True)
    elif not options.quiet:
        print(result.message, flush=True)
    return result.exit_code


def _answer(options: argparse.Namespace) -> "Result":
    """What the function of the verb gives for the arguments; it is imported only now."""
    from openresponse.workflow import run_log
    from openresponse.workflow.city import City

    command = commands.COMMANDS[options.verb]
    answer = resolve_name(f"openresponse.workflow.{command.run}")
    names = [one.parameter for one in command.arguments]
    given = {name: getattr(options, name) for name in names if name in options}
    city = City(options.program, _progress(options))
    return (
        run_log.recorded(city, options.verb, given, answer)
        if command.logged and not given.get("dry_run")
        else answer(city, **given)
    )


def _led(options: argparse.Namespace, error: OpenResponseError) -> str:
    """The sentence of a refusal, which names the command that leads on."""
    if "program" not in options:  # it was typed wrong, which the sentence says
        return str(error)
    from openresponse.workflow.city import City
    from openresponse.workflow.standing import leads

    return leads.led(City(options.program), options.verb, vars(options), error)


def _progress(options: argparse.Namespace) -> "Progress":
    from openresponse.workflow import progress

    if options.quiet or options.json:
        return progress.Progress()
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        return progress.Bars()
    return progress.Lines()


def _failed(options: argparse.Namespace, outcome: str, message: str, code: int) -> int:
    if options.json:
        given = vars(options)
        release = given.get("release") or given.get("month") or ""
        _print_json(options.verb, outcome, release, (), message, code)
    else:
        print(f"openresponse: {message}", file=sys.stderr)
    return code


def _print_json(
    verb: str,
    outcome: str,
    release: str,
    paths: Any,
    message: str,
    exit_code: int,
    counts: Any = None,
) -> None:
    facts = {
        "verb": verb,
        "outcome": outcome,
        "release": release,
        "paths": list(paths),
        "message": message,
        "counts": counts or {},
        "exit_code": exit_code,
    }
    print(json.dumps(facts, ensure_ascii=False), flush=True)
