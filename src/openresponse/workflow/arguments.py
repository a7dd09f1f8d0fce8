"""The arguments of the commands, and what may be written for each."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Argument:
    """A name, and the settings that argparse takes with it."""

    name: str
    settings: dict[str, Any]

    @property
    def parameter(self) -> str:
        """Of the function that answers."""
        return self.settings.get("dest", self.name.lstrip("-").replace("-", "_"))


def argument(name: str, help: str, **settings: Any) -> Argument:
    """One that is left out is not passed on, so that the function's own default holds."""
    return Argument(name, {"help": help, "default": argparse.SUPPRESS, **settings})


class Accepting(argparse.Action):
    """Gathers each check with its reason."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: Any, values: Any, option: Any = None
    ) -> None:
        check, reason = values
        try:
            given = {**getattr(namespace, self.dest, {}), check: sentence(reason)}
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentError(self, f"{check}: the reason {error}") from None
        setattr(namespace, self.dest, given)


def month(text: str) -> str:
    from openresponse.tables.months import is_month

    if not is_month(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write one such as 2026-10")
    return text


def release(text: str) -> str:
    from openresponse.release.store.public_folder import NAME

    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a release; write one such as 2026-10 or 2026-10-r1"
        )
    return text


def sentence(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("is empty; write it in words, for it is published")
    return text.strip()


def port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; take one from 1 to 65535")
    return int(text)


PROGRAM_FILE = "program.yml"
PROGRAM = argument(
    "--program", f"default: {PROGRAM_FILE}", type=Path, default=Path(PROGRAM_FILE), metavar="FILE"
)
QUIET = argument("--quiet", "print errors only", action="store_true", default=False)
JSON = argument(
    "--json",
    "print one JSON object: verb, outcome, release, paths, message, counts and exit_code",
    action="store_true",
    default=False,
)

MONTH = argument("--month", "default: the last month delivered", type=month, metavar="YYYY-MM")
FETCHED = argument(
    "--month", "the month that is asked for", required=True, type=month, metavar="YYYY-MM"
)
SHOWN = argument(
    "--month",
    "a month, or a revision such as 2026-10-r1 (default: the newest)",
    type=release,
    metavar="RELEASE",
)
NEXT = argument(
    "--month",
    "default: the first month delivered after the newest release",
    type=month,
    metavar="YYYY-MM",
)
EARLY = argument(
    "--early",
    "why the release comes before its announced day; published with it",
    type=sentence,
    metavar="REASON",
)
ACCEPT = argument(
    "--accept",
    "publish though this check stops the release, and why; published with it. May be repeated",
    nargs=2,
    action=Accepting,
    metavar=("CHECK", "REASON"),
)
ROLE = argument(
    "--as",
    "one of `release.approvers` of the program file",
    required=True,
    dest="role",
    metavar="ROLE",
)
WAITING = argument(
    "release",
    "the one that is meant, such as 2026-10-r1, where several wait",
    type=release,
    nargs="?",
    metavar="RELEASE",
    default=None,
)
KEY = argument(
    "--key",
    "the role's private SSH key, whose public half is under `release.approvers`; needed to approve",
    type=Path,
    metavar="FILE",
)
REJECT = argument(
    "--reject",
    "do not approve, and why: the candidate goes, and the reason is kept with the confidential"
    " ledger, never published",
    type=sentence,
    metavar="REASON",
)
OTHER = argument("other", "the release that it is compared with", type=release, metavar="OTHER")
DRY_RUN = argument(
    "--dry-run",
    "only show what would become public, changed, withheld or deleted, as tables; write nothing",
    action="store_true",
)
MONTHS = argument(
    "--month",
    "count what has arrived for this month since it was published, and for no other (default: the"
    " provisional months). May be repeated",
    type=month,
    action="append",
    dest="months",
    metavar="YYYY-MM",
)
RELEASE = argument("release", "such as 2026-10 or 2026-10-r1", type=release, metavar="RELEASE")
REASON = argument(
    "--reason", "why, in a sentence; published", required=True, type=sentence, metavar="TEXT"
)
DECIDED_BY = argument(
    "--decided-by",
    "who decided it, by role; published too",
    required=True,
    type=sentence,
    metavar="ROLE",
)
FOLDER = argument(
    "folder",
    "a public folder or one release (default: the program's public folder)",
    type=Path,
    nargs="?",
    metavar="FOLDER",
    default=None,
)
REBUILD = argument(
    "--rebuild",
    "also make every page again from the published tables alone and compare the bytes",
    action="store_true",
    dest="rebuild_pages",
)
FINISHED = argument(
    "--site",
    "also read the finished site, its PDFs and its public files as a stranger would, and refuse"
    " statements that disagree",
    action="store_true",
    dest="site",
)
TO = argument(
    "--to",
    "gets sites/, the links current and previous, and nginx.conf",
    required=True,
    type=Path,
    metavar="DIR",
)
BACKUP = argument(
    "to", "a folder that is not there yet, or an earlier backup", type=Path, metavar="TO"
)
SOURCE = argument("source", "a backup", type=Path, metavar="FROM")
YES = argument("--yes", "remove what is listed; without it nothing is removed", action="store_true")
PORT = argument("--port", "default: 8000", type=port)

UNKNOWN = argument(
    "files",
    "extracts as they are exported: text, a workbook, Parquet, NEMSIS XML",
    type=Path,
    nargs="+",
    metavar="FILE",
)
DRAFT = argument(
    "--to", "the draft of a program file (default: draft.yml)", type=Path, metavar="FILE"
)
NEW_FOLDER = argument(
    "folder", "the city's own, which is not there yet", type=Path, metavar="FOLDER"
)
EXTRACTS = argument(
    "--extracts",
    "extracts as they are exported, to draft the program file from (default: files in the words of"
    " the program itself)",
    type=Path,
    nargs="+",
    metavar="FILE",
)
CITY = argument("--city", "who publishes, such as City of Riverton", dest="name", metavar="NAME")
TIMEZONE = argument("--timezone", "of its records, such as America/Chicago", metavar="ZONE")
MODEL = argument("--model", "what the team is called that answers crisis calls", metavar="NAME")
CONTACT = argument("--contact", "the office that answers for the figures", metavar="OFFICE")
EMAIL = argument("--email", "where questions about the figures are read", metavar="ADDRESS")
PUBLIC_KEY = argument(
    "--public-key",
    "the public SSH key (`.pub`) of the privacy officer, who approves releases",
    type=Path,
    metavar="FILE",
)
LOCAL_LINE = argument("--local-line", "a local crisis line, beside 988 and 911", metavar="NUMBER")
