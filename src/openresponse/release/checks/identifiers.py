"""What the extracts call incidents, records, persons and units, to be searched for in what is
published.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from openresponse.program import Program
from openresponse.records.delivery import delivered_months, identifiers
from openresponse.release.checks.plain_text import JOINED

SHORTEST_NUMBER = 6  # digits from which an identifier's shape alone gives it away
WORD = re.compile(r"\w+(?:-\w+)*")
CHARACTERS = {"9": "[0-9]", "A": "[A-Z]", "a": "[a-z]"}


@dataclass(frozen=True)
class Identifiers:
    """What the extracts call incidents, records, persons and units: the values themselves, and the
    shapes of the long ones.
    """

    values: frozenset[str] = frozenset()
    shapes: re.Pattern[str] | None = None

    def within(self, text: str) -> bool:
        if self.shapes and self.shapes.search(text):
            return True
        return bool(self.values) and not (
            self.values.isdisjoint(WORD.findall(text))
            and self.values.isdisjoint(WORD.findall(JOINED.sub("", text)))
        )


def learn(delivered: Iterable[str], public: Iterable[str] = ()) -> Identifiers:
    """Identifiers from the values of an extract's number columns, whatever they look like there.

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
    values = {
        value
        for value in given
        if WORD.fullmatch(value) and len(value) > 2 and (value in long or not value.isdigit())
    }
    shapes = {
        re.sub(r"\d", "9", re.sub(r"[A-Z]", "A", re.sub(r"[a-z]", "a", value))) for value in long
    }
    patterns = sorted(re.sub(r"9+|A+|a+", _run, re.escape(shape)) for shape in shapes)
    return Identifiers(
        frozenset(values),
        (
            re.compile(rf"(?<![\w.,/+-])(?:{'|'.join(patterns)})(?![\w+/=-]|\.\d)")
            if patterns
            else None
        ),
    )


def _run(run: re.Match[str]) -> str:
    return f"{CHARACTERS[run[0][0]]}{{{len(run[0])}}}"


def delivered(program: Program) -> Identifiers:
    """The identifiers in every delivery of the raw folder; none where there is none."""
    months = delivered_months(program.folders.raw)
    given = identifiers(program, months) if months else set()
    public = [
        *program.areas.districts,
        *program.areas.neighborhoods,
        *program.dispatch_codes,
        *program.tables,
    ]
    return learn(given, public + [code for codes in program.dimensions.values() for code in codes])
