"""The funnel from the first ring: whether anybody was sent, and if not, what was done instead.

Source: NBER working paper 34344: what Durham's responders changed came mostly by phone and in
person, so who was asked in the first place belongs in the funnel.
"""

import pandas as pd

from openresponse.measures.measure import choose, measure
from openresponse.records.eligibility import STANDARD
from openresponse.tables.hierarchy import Hierarchy, Node

FIRST_RING = Hierarchy(
    "first_ring",
    (
        Node("calls", "Mental-health calls"),
        Node("somebody_sent", "Somebody was sent", "calls"),
        Node(
            "team_sent",
            "Clinician or mental-health worker sent",
            "somebody_sent",
            means=("stage", "team_sent"),
        ),
        Node("others_sent", "Police or EMS alone", "somebody_sent"),
        Node("nobody_sent", "Nobody was sent", "calls"),
        Node("resolved_by_phone", "Resolved by phone", "nobody_sent"),
        Node("transferred_to_988", "Handed over to the 988 lifeline", "nobody_sent"),
        Node("no_result_recorded", "What was done is not recorded", "nobody_sent"),
    ),
)


@measure("first_ring", FIRST_RING)
def first_ring(rows: pd.DataFrame) -> pd.Series:
    """Whether anybody was sent to a call, and if not, what the call-taker did instead.

    Counts: mental-health incidents, each once; somebody was sent where the unit log has a unit,
    whatever the call-taker wrote.
    Share of: the group above (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: calls that never reached the dispatch center, such as those that the 988 lifeline
    resolved itself.
    Not recorded: calls to which nobody was sent, without a note of what was done, are
    `no_result_recorded`.
    """
    team = rows["team_sent"] & (rows["model"] != STANDARD)
    return choose(
        rows,
        (team, "team_sent"),
        (rows["anyone_sent"], "others_sent"),
        (rows["call_result"] == "resolved_by_phone", "resolved_by_phone"),
        (rows["call_result"] == "transferred_to_988", "transferred_to_988"),
        otherwise="no_result_recorded",
    )
