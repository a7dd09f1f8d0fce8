"""What became of every row delivered."""

import pandas as pd

from openresponse.records.contradictions import CONTRADICTIONS, NUMBER_CORRECTED
from openresponse.records.precedence import REASONS, USED, USED_FOR_FOLLOWUP
from openresponse.tables.hierarchy import Hierarchy, Node

EXTRACTS = {
    "incidents": "911 incidents",
    "units": "Unit responses",
    "encounters": "Encounter records of clinicians",
    "epcr": "Encounter records of EMS (patient care records)",
}
HANDLING = Hierarchy(
    "handling",
    (
        Node("rows_in", "Rows delivered"),
        Node("rows_used", "Used", "rows_in"),
        Node(USED, "Used in full", "rows_used"),
        Node(USED_FOR_FOLLOWUP, "Used for follow-up only", "rows_used"),
        Node(NUMBER_CORRECTED, "Used, its number read with a typing error put right", "rows_used"),
        Node("contradictory", "Used, though it contradicts itself or the unit log", "rows_used"),
        *(Node(code, label, "contradictory") for code, label in CONTRADICTIONS.items()),
        Node("set_aside", "Set aside", "rows_in"),
        *(Node(code, label, "set_aside") for code, label in REASONS.items()),
    ),
)
# Each incident row that is used is one call of the funnel, so how many were used is no secret.
KNOWN = tuple(
    frozenset({("extract", "incidents"), ("handling", code)}) for code in ("rows_used", USED)
)
# A call is never contradictory, nor used for follow-up only: these are found in what responders
# write.
NEVER = tuple(
    (("extract", "incidents"), ("handling", code))
    for code in (USED_FOR_FOLLOWUP, NUMBER_CORRECTED, *CONTRADICTIONS)
)


def data_quality(handling: pd.DataFrame) -> pd.Series:
    """Rows delivered, rows used, and why the others were set aside.

    Counts: rows of the extracts, in the month they were delivered; one that contradicts itself or
    the unit log is used as it is, and counted under the first contradiction found.
    Share of: the group above (`share_of_part`) and all rows delivered (`share_of_all`).
    Leaves out: nothing; rows used and rows set aside add up to rows delivered.
    Not recorded: does not occur; every row has one of these codes.
    """
    return handling["handling"]
