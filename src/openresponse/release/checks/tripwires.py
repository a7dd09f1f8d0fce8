"""What must never stand in a published file, whatever made it: traces of one person, one call or
one unit.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openresponse.errors import DisclosureError
from openresponse.release.checks.identifiers import Identifiers
from openresponse.release.checks.texts import Text, UnreadableError, files, texts

MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
# Nothing on the site is dated to the day before 2016, so such a day is a birthday. Files that must
# bear a date bear the first day of 1970 or of 1980.
BORN = r"(?:19\d\d|20(?:0\d|1[0-5]))"
YEAR = r"(?:19|20)\d\d"
BARE_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ALONE, END = (
    r"(?<![A-Za-z0-9])(?<!\d[.-])",
    r"(?![\w+/=]|\.\d)",
)  # a number of its own, not a part of one, of a word or of a hash


def _dates(year: str) -> str:
    year = f"(?:{year})"
    return (
        rf"(?:{year}[-/.]{MONTH}[-/.]{DAY}|{MONTH}[-/.]{DAY}[-/.]{year}|{DAY}[-/.]{MONTH}[-/.]{year}"
        rf"|{MONTHS}\s{DAY}(?:st|nd|rd|th)?,?\s{year}|{DAY}(?:st|nd|rd|th)?\s(?:of\s)?{MONTHS},?\s{year})(?!\d)"
    )


CLOCK = r"(?!0?0:00(?::00)?(?!\d|:\d))(?:[01]?\d|2[0-3]):[0-5]\d"
STREETS = "St|Ave|Rd|Blvd|Ln|Dr|Ct|Pl|Sq|Ter|Pkwy|Hwy|Row|Way|Place|Court|Square|Terrace|Drive|Lane|Circle|Alley|Wharf|Plaza"
RULES: dict[str, re.Pattern] = {
    # Callers, and staff reached through them. Ten digits, however grouped; or seven with a hyphen.
    "phone number": re.compile(
        rf"{ALONE}(?:\+?1[-. ]?)?(?:\([2-9]\d{{2}}\) ?|[2-9]\d{{2}}[-. ]?)[2-9]\d{{2}}[-."
        r" ]?\d{4}(?![\w-])"
        rf"|{ALONE}\+[2-9]\d{{0,2}}(?:["
        rf" .-]?\d{{2,4}}){{2,4}}(?!\w)|{ALONE}(?<!,)[2-9]\d{{2}}-\d{{4}}(?![\w-])"
    ),
    "e-mail address": re.compile(
        r"(?<![\w.%+-])[\w.%+-]{1,64} ?(?:@|[\[(] ?at ?[\])]) ?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
    ),
    # With hyphens or spaces; nine digits without are no count that a city has.
    "social security number": re.compile(
        rf"{ALONE}(?!000|666|9\d\d)\d{{3}}([- ])(?!00)\d{{2}}\1(?!0000)\d{{4}}(?![\w-])"
        rf"|{ALONE}(?<![,/])\d{{9}}{END}"
    ),
    "date of birth": re.compile(
        rf"{ALONE}(?<!/)(?!1970-01-01|1980-01-01){_dates(BORN)}"
        rf"|{ALONE}(?<!,)(?!19700101|19800101){BORN}{BARE_DAY}{END}"
        rf"|(?i:\b(?:born|birth(?:day)?|dob|d\.o\.b\.|b\.)\W{{0,4}}(?:(?:on|date|day)\W{{1,3}})?)"
        rf"{_dates(YEAR + '|[0-9]{2}')}"
    ),
    # A day and a minute single out one call. Midnight is a day without a time.
    "exact time": re.compile(
        rf"(?<!\d){_dates(YEAR)}(?:T|[\s,]{{1,3}}(?:at\s)?){CLOCK}|(?<!\d){YEAR}\d{{4}}T(?!0000)\d{{4}}"
        rf"|(?<![\d:]){CLOCK}(?::[0-5]\d)?(?:\s?[AaPp]\.?[Mm]\.?)?[\s,]{{1,3}}(?:on\s)?(?:\w{{3,9}},?\s)?{_dates(YEAR)}"
        rf"|(?<![\d:.+-]){CLOCK}:[0-5]\d(?![\d:])"
    ),
    "street address": re.compile(
        r"(?<![\w.,$%-])\d{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'.-]*"
        rf" ){{1,3}}(?:{STREETS}|{STREETS.upper()})\b"
        r"|(?i:(?<![\w.,$%-])\d{1,5}[a-z]? (?:[a-z][\w'.-]*"
        r" ){1,3}(?:street|avenue|road|boulevard|parkway|highway)\b)"
    ),
    # Letters and six digits or more, or a year, a hyphen and five: the shapes dispatch and record
    # systems use.
    "incident number": re.compile(
        rf"{ALONE}(?<![/+])[A-Z]{{1,4}}-?\d{{6,12}}{END}|{ALONE}(?<!,)(?:20)?\d{{2}}-\d{{5,9}}(?![\w-])"
    ),
    "unit name": re.compile(
        r"\b(?:Unit|Car|Engine|Ladder|Medic|Ambulance|Squad|Rescue|Badge|Officer)\s#?[A-Z]{0,3}-?\d{1,4}[A-Z]?\b"
    ),
}
UNREADABLE = "cannot be searched"
Search = Callable[[Text], Iterable[str]]  # of a text, what must not stand in it
SHOWN = 10  # how many findings an error names


@dataclass(frozen=True, order=True)
class Finding:
    """Where a rule is broken, never by what. member: the part of an archive, workbook or PDF, or
    empty.
    """

    file: Path
    member: str
    rule: str

    def __str__(self):
        return f"{self.file}{f' ({self.member})' if self.member else ''}: {self.rule}"


NONE = Identifiers()  # nothing is known of the extracts


def traces(contacts: Iterable[str] = (), identifiers: Identifiers = NONE) -> Search:
    """The rules that a text breaks.

    contacts: telephone numbers and addresses that the program publishes for people who seek help,
    as they stand in its file. identifiers: what `learn` took from the extracts, where they are at
    hand.
    """
    allowed = frozenset(_bare(contact) for contact in contacts)
    return lambda text: _rules(text, allowed, identifiers)


def look(folders: Iterable[Path], *searches: Search) -> list[Finding]:
    """What the searches find in every text of every file below the folders; a file that cannot be
    searched is itself a finding.

    A release's files lie in several folders and in its archive, so no text is searched twice.
    """
    files_seen: dict[str, set[tuple[str, str]]] = {}
    texts_seen: dict[str, set[str]] = {}

    def within(content: bytes, name: str) -> Iterator[tuple[str, str]]:
        try:
            for text in texts(content, name):
                key = hashlib.sha256(
                    text.content.encode("utf-8", "surrogatepass")
                ).hexdigest() + str(text.markup)
                if key not in texts_seen:
                    texts_seen[key] = {rule for search in searches for rule in search(text)}
                yield from ((text.member, rule) for rule in texts_seen[key])
        except UnreadableError:
            yield "", UNREADABLE

    found = set()
    for path in files(folders):
        content = path.read_bytes()
        key = hashlib.sha256(content).hexdigest() + path.name
        if key not in files_seen:
            files_seen[key] = set(within(content, path.name))
        found |= {Finding(path, member, rule) for member, rule in files_seen[key]}
    return sorted(found)


def check(findings: list[Finding]) -> None:
    """DisclosureError that names the first places; nothing where there is none."""
    if findings:
        more = f" and {len(findings) - SHOWN} more" if len(findings) > SHOWN else ""
        raise DisclosureError(
            "What must not be published stands in "
            + "; ".join(map(str, findings[:SHOWN]))
            + more
            + ". Do not publish. Find what wrote it there, then make the site again."
        )


def _rules(text: Text, allowed: frozenset[str], identifiers: Identifiers):
    for reading in text.readings:
        for rule, pattern in RULES.items():
            if any(_bare(match[0]) not in allowed for match in pattern.finditer(reading)):
                yield rule
        if identifiers.within(reading):
            yield "identifier of the extracts"


def _bare(contact: str) -> str:
    """A telephone number as its digits, without the country's 1; anything else in small letters."""
    digits = re.sub(r"\D", "", contact)
    return (
        digits.removeprefix("1")
        if len(digits) >= 7 and not re.search(r"[@A-Za-z]", contact)
        else contact.strip().lower()
    )
