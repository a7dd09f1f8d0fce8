"""Everything that a candidate release rests on."""

from dataclasses import dataclass

from openresponse.disclosure.audit.verdict import Verdict
from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.guesses import Guesses
from openresponse.disclosure.rules import Rule
from openresponse.measures.counting.counted import Counted
from openresponse.program import Program
from openresponse.records.collection import Records
from openresponse.release.store.published import Published


@dataclass(frozen=True)
class Basis:
    """What was counted, what was decided, how sure a guess may be, what came out, and what the
    audit says of it.
    """

    program: Program
    records: Records
    counted: list[Counted]
    rule: Rule
    protection: Protection
    guesses: Guesses
    candidate: Published
    verdict: Verdict
