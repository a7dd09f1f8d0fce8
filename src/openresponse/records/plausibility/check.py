"""What a named check is, and what one finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from openresponse.program import ExtractName
from openresponse.records.plausibility.delivered import Delivered

Severity = Literal["stop", "set aside", "repair and say", "note"]
SEVERITIES: dict[Severity, str] = {
    "stop": "Nothing is published until it is mended, or accepted with a reason that is published.",
    "set aside": "The rows or values are not used; they are counted with their reason.",
    "repair and say": "The rows are used once it is plain what they mean; how many is said.",
    "note": "The rows are used as they are; somebody should look.",
}


@dataclass(frozen=True)
class Finding:
    """Where a check has something to say, and how much; never a cell's value.

    field: of the schema. file: where no extract reads it. about: a code of the program file.
    measure: what was counted, in words. rows: line numbers in the file.
    """

    measure: str
    extract: ExtractName | None = None
    field: str = ""
    file: str = ""
    about: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Check:
    """A named check. rule: what must hold, in a sentence. keys: of `plausibility` in the program
    file or at its top, which hold its thresholds. remedy: what to do where it does not hold.
    """

    name: str
    rule: str
    severity: Severity
    remedy: str
    find: Callable[[Delivered], Iterable[Finding]]
    keys: tuple[str, ...] = ()
