"""What can be asked on the command line, and which function answers. Nothing heavy is imported to
say so.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import shtab

from openresponse import errors
from openresponse.errors import OpenResponseError, UsageError
from openresponse.workflow import arguments
from openresponse.workflow.arguments import Argument

STOPPED = 130  # what a shell expects of a program that was stopped with Ctrl-C
NOTED = 12  # checked, and there is something to look at
AS_BEFORE = "What is public is whole. Run the same command again: it finishes what was begun."


@dataclass(frozen=True)
class Command:
    """run: the function that answers, as `module:name` below this package; it takes the city and
    the arguments by their names. promise: what it does. example: of its arguments. logged: whether
    the run log has it; not where it only shows what is there.
    """

    run: str
    promise: str
    example: str = ""
    arguments: tuple[Argument, ...] = ()
    logged: bool = True


COMMANDS = {
    "status": Command(
        "standing.status:status",
        "say what is published, what waits for whom, what is due when, what the site shows and what"
        " is live, what is wrong, and the next command; change nothing",
        "--json",
        logged=False,
    ),
    "inspect": Command(
        "starting.first_look:inspect",
        "say what unknown extracts are like, without showing one of their values, and write a draft"
        " of the program file that reads them",
        "exports/calls.csv exports/units.txt --to draft.yml",
        (arguments.UNKNOWN, arguments.DRAFT),
        logged=False,
    ),
    "new-city": Command(
        "starting.new_city:new_city",
        "make the folder of a new city: a program file, a Makefile and a page for whoever works"
        " there; asks what is not given",
        'riverton --city "City of Riverton" --timezone America/New_York --extracts exports/*',
        (
            arguments.NEW_FOLDER,
            arguments.EXTRACTS,
            arguments.CITY,
            arguments.TIMEZONE,
            arguments.MODEL,
            arguments.CONTACT,
            arguments.EMAIL,
            arguments.LOCAL_LINE,
            arguments.PUBLIC_KEY,
        ),
        logged=False,
    ),
    "demo": Command("deliveries:demo", "write the fictional extract into the raw folder"),
    "fetch": Command(
        "deliveries:fetch",
        "ask the databases that the program file names for the extracts of a month, and keep the"
        " answers as its delivery",
        "--month 2026-10",
        (arguments.FETCHED,),
    ),
    "check": Command(
        "deliveries:check",
        "read and judge the extracts of a month as a release would; publish nothing",
        "--month 2026-10",
        (arguments.MONTH,),
    ),
    "release": Command(
        "releases:release",
        "anonymise, protect, audit and publish one month; build no site",
        "--month 2026-10",
        (arguments.NEXT, arguments.EARLY, arguments.ACCEPT, arguments.DRY_RUN),
    ),
    "review": Command(
        "decisions:review",
        "write a page of what the newest release will publish and what it changes, to be looked at"
        " before it is approved",
        logged=False,
    ),
    "approve": Command(
        "decisions:approve",
        "sign, as a role, that the release that waits may be published as it is now, byte for byte;"
        " or reject it",
        '--as "privacy officer" --key ~/.ssh/privacy-officer',
        (arguments.ROLE, arguments.WAITING, arguments.KEY, arguments.REJECT),
    ),
    "revise": Command(
        "releases:revise",
        "publish a revision of the newest release: the extracts as they are now, with the reason"
        " for what changed",
        '--reason "Two districts were interchanged" --decided-by "Program analyst"',
        (
            arguments.REASON,
            arguments.DECIDED_BY,
            arguments.MONTHS,
            arguments.ACCEPT,
            arguments.DRY_RUN,
        ),
    ),
    "retract": Command(
        "decisions:retract",
        "withdraw a release: its files go, its manifest stays, and the pages say why",
        '2026-10 --reason "A table counted test calls" --decided-by "Privacy officer"',
        (arguments.RELEASE, arguments.REASON, arguments.DECIDED_BY, arguments.DRY_RUN),
    ),
    "diff": Command(
        "rehearsals.release_comparison:diff",
        "say which figures and files differ between two releases",
        "2026-09 2026-10",
        (arguments.RELEASE, arguments.OTHER),
        logged=False,
    ),
    "site": Command(
        "site:make",
        "make the pages of the newest release and render the website; where nothing was ever"
        " published, first the extract (fictional where there is none) and the release",
        "--program tests/programs/lincoln.yml",
        (arguments.SHOWN, arguments.EARLY),
    ),
    "audit": Command(
        "proofs:audit",
        "try to break everything ever published from the public files alone, then search and"
        " explain every published byte",
    ),
    "rebuild-ledger": Command(
        "safekeeping.ledger_rebuild:rebuild",
        "make the confidential ledger again where it was lost, from the published files and the"
        " deliveries",
    ),
    "backup": Command(
        "safekeeping.backups:backup",
        "copy what cannot be made again (deliveries, confidential ledger, run log, releases,"
        " program file) into a folder that only you can read",
        "/media/safe/open-response",
        (arguments.BACKUP,),
    ),
    "restore": Command(
        "safekeeping.backups:restore",
        "put back from a backup what is missing here, and change nothing that is there",
        "/media/safe/open-response",
        (arguments.SOURCE,),
        logged=False,  # it puts the log back, and then notes itself
    ),
    "verify": Command(
        "proofs:verify",
        "check every published file against its manifest, the chain and the lists; needs no raw"
        " data, and with a folder no program file",
        "data/public",
        (arguments.FOLDER, arguments.REBUILD, arguments.FINISHED),
        logged=False,
    ),
    "publish": Command(
        "web_server.publishing:publish",
        "put the website of the newest release into the folder of a web server: whole or not at"
        " all",
        "--to /srv/open-response",
        (arguments.TO, arguments.DRY_RUN),
    ),
    "serve": Command(
        "web_server.local_server:serve",
        "show the website on this machine until stopped",
        "--port 8000",
        (arguments.PORT,),
        logged=False,
    ),
    "fresh": Command(
        "clean_up:fresh",
        "list the fictional extract and what was made of it, and with --yes throw it away; real"
        " deliveries, releases and approvals stay, and so does what people wrote for the site",
        "--yes",
        (arguments.YES,),
    ),
}


class Parser(argparse.ArgumentParser):
    """Long texts keep their lines, and a mistyped command is one sentence."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **settings)

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        """What a command does not know is its own mistake, which its own help explains."""
        options, unknown = super().parse_known_args(*given, **named)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options, unknown

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}. See `{self.prog} --help`.")


class Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"openresponse {version('openresponse')}")
        parser.exit()


def parser() -> Parser:
    """Every command with its arguments; the chosen one is `verb` of the options."""
    top = Parser(
        prog="openresponse",
        description=(
            "Public reports on mental-health crisis response, with privacy that can be checked."
        ),
        epilog=_exit_codes(),
    )
    top.add_argument("--version", action=Version, nargs=0, help="print the version and exit")
    shtab.add_argument_to(top, help="print the completion script for a shell and exit")
    verbs = top.add_subparsers(required=True, metavar="COMMAND", dest="verb")
    for name, command in COMMANDS.items():
        verb = verbs.add_parser(
            name,
            help=command.promise,
            description=f"{command.promise[0].upper()}{command.promise[1:]}.",
            epilog=f"Example: openresponse {name} {command.example}".rstrip(),
        )
        for one in command.arguments:
            _add(verb, one)
        common = verb.add_argument_group("for every command")
        _add(common, arguments.PROGRAM)
        printed = common.add_mutually_exclusive_group()
        _add(printed, arguments.QUIET)
        _add(printed, arguments.JSON)
    return top


def _add(group: Any, one: Argument) -> None:
    action = group.add_argument(one.name, **one.settings)
    if action.type is Path:
        action.complete = shtab.FILE


def exit_codes() -> list[tuple[int, str, str]]:
    """Every exit code in order, with the kind of failure (none where all went well or somebody
    stopped it) and what it means.
    """
    kinds = [
        (kind.exit_code, kind.__name__, kind.__doc__ or "")
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, OpenResponseError)
    ]
    noted = "Checked: nothing stops the release, and there is something to look at."
    codes = [
        (0, "", "Done."),
        *kinds,
        (NOTED, "", noted),
        (STOPPED, "", f"Stopped with Ctrl-C. {AS_BEFORE}"),
    ]
    return sorted(codes, key=lambda one: one[0])


def _exit_codes() -> str:
    lines = [
        f"{code:5}  {f'{kind}: ' if kind else ''}{meaning}" for code, kind, meaning in exit_codes()
    ]
    return "\n".join(["exit codes:", *lines])
