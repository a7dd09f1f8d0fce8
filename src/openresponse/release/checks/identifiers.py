"""What the extracts call incidents, records, persons and units, to be searched for in what is
published.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from openresponse.program import Program
from openresponse.records.delivery import delivered_months, identifiers
from openresponse.release.checks.plain_text import JOINED
from openresponse.release.checks.readable import Text

SHORTEST_NUMBER = 6  # digits from which an identifier's shape alone gives it away
WORD = re.compile(r"\w+(?:-\w+)*")
NUMBER = re.compile(r"(?<![\w.])\d+(?!\w|\.\d)")  # of its own, not behind a decimal point
# Forms of periods and days that every release has: an identifier's shape that is one tells nothing.
PUBLISHED = ("2026-11-23", "2025-2026", "2026-Q4", "2026-W47", "2026/2027", "2026-11")
CHARACTERS = {"9": "[0-9]", "A": "[A-Z]", "a": "[a-z]"}


@dataclass(frozen=True)
class Identifiers:
    """What the extracts call incidents, records, persons and units: the values themselves, those of
    digits alone, and the shapes of the long ones.
    """

    values: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    shapes: re.Pattern[str] | None = None

    def within(self, text: Text) -> bool:
        """Whether one is in the text. Numbers are not looked for in the tags of a workbook, which
        hold sizes and colours.
        """
        readings = text.readings
        return any(map(self._written, readings)) or any(
            map(self._numbered, readings[-1:] if text.markup else readings)
        )

    def _written(self, reading: str) -> bool:
        if self.shapes and self.shapes.search(reading):
            return True
        return bool(self.values) and not self.values.isdisjoint(WORD.findall(reading))

    def _numbered(self, reading: str) -> bool:
        return bool(self.numbers) and not (
            self.numbers.isdisjoint(NUMBER.findall(reading))
            and self.numbers.isdisjoint(NUMBER.findall(JOINED.sub("", reading)))
        )


def learn(delivered: Iterable[str], public: Iterable[str] = ()) -> Identifiers:
    """Identifiers from the values of an extract's number columns, whatever they look like there.

    The shape of a number of digits alone says nothing, nor does one that days and periods have.
    public: codes and names that are published anyway, so that a unit called like a district raises
    no alarm. A value of fewer than three characters, or of digits alone and fewer than six, is too
    common to be searched for.
    """
    known = {str(code) for code in public}
    given = {str(value) for value in delivered} - known
    long = {
        value
        for value in given
        if sum(character.isdigit() for character in value) >= SHORTEST_NUMBER
    }
    numbers = {value for value in long if value.isdigit() and not _is_day(value)}
    values = {
        value for value in given if WORD.fullmatch(value) and len(value) > 2 and not value.isdigit()
    }
    shapes = {
        re.sub(r"\d", "9", re.sub(r"[A-Z]", "A", re.sub(r"[a-z]", "a", value)))
        for value in long
        if not value.isdigit()
    }
    patterns = sorted(re.sub(r"9+|A+|a+", _run, re.escape(shape)) for shape in shapes)
    telling = [p for p in patterns if not any(re.fullmatch(p, form) for form in PUBLISHED)]
    return Identifiers(
        frozenset(values),
        frozenset(numbers),
        (
            re.compile(rf"(?<![\w.,/+-])(?:{'|'.join(telling)})(?![\w+/=-]|\.\d)")
            if telling
            else None
        ),
    )


def _is_day(number: str) -> bool:
    """Whether a number may be the day of a publication, as `20261123`."""
    return re.fullmatch(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", number) is not None


def _run(run: re.Match[str]) -> str:
    return f"{CHARACTERS[run[0][0]]}{{{len(run[0])}}}"


def delivered(program: Program) -> Identifiers:
    """The identifiers in every delivery of the raw folder; none where there is none."""
    months = delivered_months(program.folders.raw)
    given = identifiers(program, months)
    public = [
        *program.areas.districts,
        *program.areas.neighborhoods,
        *program.dispatch_codes,
        *program.tables,
    ]
    return learn(given, public + [code for codes in program.dimensions.values() for code in codes])
