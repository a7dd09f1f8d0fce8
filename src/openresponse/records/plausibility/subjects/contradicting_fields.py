"""Whether more rows than before contradict themselves, kind by kind."""

from collections.abc import Iterator

from openresponse.records.contradictions import CONTRADICTIONS
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import PLANS, Delivered

MANY = 20  # rows of one kind that are no slips of single people
FEWEST_ROWS = 5


def contradictory_rows(delivered: Delivered) -> Iterator[Finding]:
    yield from (found for rows, found in _jumps(delivered) if rows >= MANY)


def more_contradictions(delivered: Delivered) -> Iterator[Finding]:
    yield from (found for rows, found in _jumps(delivered) if FEWEST_ROWS <= rows < MANY)


def _jumps(delivered: Delivered) -> Iterator[tuple[float, Finding]]:
    """Each contradiction whose share is far above that of the months before, with its rows."""
    limits = delivered.limits
    for name, rows in delivered.frames.items():
        if name in PLANS:
            continue
        for code, words in CONTRADICTIONS.items():
            hit = (rows["handling"] == code).fillna(False)
            if not hit.any():
                continue
            against = hit_rows.against_before(delivered, rows, hit)
            # Twice as many as usual, or so many more that it matters in any case.
            least = min(against.usual, limits.least_share) if against else 0.0
            if against and chance.differs(against, limits, least, side=1):
                at = chance.numbers(delivered.newest[name], hit)
                yield (
                    against.hits,
                    Finding(f"{against}: {words[0].lower()}{words[1:]}", name, rows=at),
                )


REMEDY = "Look at the rows named, and whether a column, a code or a default was interchanged."
CHECKS = (
    Check(
        "contradictory_rows",
        "No kind of contradiction within rows is far more frequent than in the months before.",
        "stop",
        REMEDY,
        contradictory_rows,
        ("least_share", "chance"),
    ),
    Check(
        "more_contradictions",
        "No kind of contradiction becomes more frequent, also where only a few rows have it.",
        "note",
        REMEDY,
        more_contradictions,
        ("least_share", "chance"),
    ),
)
