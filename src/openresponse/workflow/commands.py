"""What can be asked on the command line, and which function answers. Nothing heavy is imported to
say so.
"""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

import shtab

from openresponse import errors
from openresponse.errors import OpenResponseError, UsageError

STOPPED = 130  # what a shell expects of a program that was stopped with Ctrl-C


class Parser(argparse.ArgumentParser):
    """Long texts keep their lines, and a mistyped command is one sentence."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **settings)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}. See `{self.prog} --help`.")


class Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"openresponse {version('openresponse')}")
        parser.exit()


def parser() -> Parser:
    """Every command with its arguments; `run` of the options is the function that answers, as
    `module:name` below this package.
    """
    top = Parser(
        prog="openresponse",
        description=(
            "Public reports on mental-health crisis response, with privacy that can be checked."
        ),
        epilog=_exit_codes(),
    )
    top.add_argument(
        "--version",
        action=Version,
        nargs=0,
        default=argparse.SUPPRESS,
        help="print the version and exit",
    )
    shtab.add_argument_to(top, help="print the completion script for a shell and exit")
    verbs = top.add_subparsers(required=True, metavar="COMMAND", dest="verb")
    _add_making(verbs)
    _add_deciding(verbs)
    _add_checking(verbs)
    _add_showing(verbs)
    return top


def _add_making(verbs: Any) -> None:
    _verb(verbs, "demo", "deliveries:demo", "write the fictional extract into the raw folder")
    check = _verb(
        verbs,
        "check",
        "deliveries:check",
        "read and check the extracts of a month; publish nothing",
        "--month 2026-10",
    )
    release = _verb(
        verbs,
        "release",
        "releases:release",
        "anonymise, protect, audit and publish one month; build no site",
        "--month 2026-10",
    )
    site = _verb(
        verbs,
        "site",
        "site:make",
        "everything: extract (fictional where there is none), release, pages, website",
        "--program tests/programs/lincoln.yml",
    )
    for verb in (check, release):
        verb.add_argument(
            "--month",
            default=argparse.SUPPRESS,
            type=_month,
            metavar="YYYY-MM",
            help="default: the last month delivered",
        )
    site.add_argument(
        "--month",
        default=argparse.SUPPRESS,
        type=_release,
        metavar="RELEASE",
        help="a month, or a revision such as 2026-10-r1 (default: the newest)",
    )
    for verb in (release, site):
        verb.add_argument(
            "--early",
            metavar="REASON",
            default=argparse.SUPPRESS,
            help="why the release comes before its announced day; published with it",
        )


def _add_deciding(verbs: Any) -> None:
    _verb(
        verbs,
        "review",
        "decisions:review",
        "write a page of what the newest release will publish and what it changes, to be looked at"
        " before it is approved",
    )
    approve = _verb(
        verbs,
        "approve",
        "decisions:approve",
        "record that a role approves the release that waits, as it is now, byte for byte",
        '--as "privacy officer"',
    )
    approve.add_argument(
        "--as",
        required=True,
        dest="role",
        metavar="ROLE",
        help="one of `release.approvers` of the program file",
    )
    revise = _verb(
        verbs,
        "revise",
        "releases:revise",
        "publish a revision of the newest release: the extracts as they are now, with the reason"
        " for what changed",
        '--reason "Two districts were interchanged" --decided-by "Program analyst"',
    )
    retract = _verb(
        verbs,
        "retract",
        "decisions:retract",
        "withdraw a release: its files go, its manifest stays, and the pages say why",
        '2026-10 --reason "A table counted test calls" --decided-by "Privacy officer"',
    )
    retract.add_argument("release", type=_release, help="such as 2026-10 or 2026-10-r1")
    for verb in (revise, retract):
        verb.add_argument(
            "--reason",
            required=True,
            type=_sentence,
            metavar="TEXT",
            help="why, in a sentence; published",
        )
        verb.add_argument(
            "--decided-by",
            required=True,
            type=_sentence,
            metavar="ROLE",
            help="who decided it, by role; published too",
        )


def _add_checking(verbs: Any) -> None:
    _verb(
        verbs,
        "audit",
        "proofs:audit",
        "try to break everything ever published from the public files alone, then search and"
        " explain every published byte",
    )
    verify = _verb(
        verbs,
        "verify",
        "proofs:verify",
        "check every published file against its manifest, the chain and the lists; needs no raw"
        " data, and with a folder no program file",
        "data/public",
    )
    _path(
        verify,
        "folder",
        nargs="?",
        default=argparse.SUPPRESS,
        help="a public folder or one release (default: the program's public folder)",
    )
    verify.add_argument(
        "--rebuild",
        dest="rebuild_pages",
        action="store_true",
        help="also make every page again from the published tables alone and compare the bytes",
    )


def _add_showing(verbs: Any) -> None:
    publish = _verb(
        verbs,
        "publish",
        "publishing:publish",
        "put the website of the newest release into the folder of a web server: whole or not at"
        " all",
        "--to /srv/open-response",
    )
    _path(
        publish,
        "--to",
        required=True,
        metavar="DIR",
        help="gets sites/, the links current and previous, and nginx.conf",
    )
    serve = _verb(
        verbs,
        "serve",
        "local_server:serve",
        "show the website on this machine until stopped",
        "--port 8000",
    )
    serve.add_argument("--port", type=_port, default=8000, help="default: 8000")
    _verb(
        verbs,
        "fresh",
        "deliveries:fresh",
        "throw away the fictional extract, what was released from it, and the build; real"
        " deliveries and releases stay",
    )


def _verb(verbs: Any, name: str, run: str, promise: str, example: str = "") -> Any:
    """One command, with the arguments that all have."""
    sentence = f"{promise[0].upper()}{promise[1:]}."
    verb = verbs.add_parser(
        name,
        help=promise,
        description=sentence,
        epilog=f"Example: openresponse {name} {example}".rstrip(),
    )
    verb.set_defaults(run=run)
    common = verb.add_argument_group("for every command")
    _path(common, "--program", default=Path("program.yml"), help="default: program.yml")
    printed = common.add_mutually_exclusive_group()
    printed.add_argument("--quiet", action="store_true", help="print errors only")
    printed.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object: verb, outcome, release, paths, message and exit_code",
    )
    return verb


def _path(verb: Any, name: str, **settings: Any) -> None:
    verb.add_argument(name, type=Path, **settings).complete = shtab.FILE


def _exit_codes() -> str:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, OpenResponseError)
    ]
    codes = [
        (0, "Done."),
        *((kind.exit_code, f"{kind.__name__}: {kind.__doc__}") for kind in kinds),
        (STOPPED, "Stopped with Ctrl-C. What was published before is as it was."),
    ]
    return "exit codes:\n" + "\n".join(f"{code:5}  {meaning}" for code, meaning in sorted(codes))


def _month(text: str) -> str:
    from openresponse.records.delivery import MONTH

    if not MONTH.match(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write one such as 2026-10")
    return text


def _release(text: str) -> str:
    from openresponse.release.store.write import NAME

    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a release; write one such as 2026-10 or 2026-10-r1"
        )
    return text


def _sentence(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("is empty; write it in words, for it is published")
    return text.strip()


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; take one from 1 to 65535")
    return int(text)
