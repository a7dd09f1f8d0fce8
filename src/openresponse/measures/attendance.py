"""Whether the clinician or mental-health worker came, and before or after police."""

import pandas as pd

from openresponse.measures.measure import choose, measure
from openresponse.records.eligibility import STANDARD
from openresponse.tables.hierarchy import Hierarchy, Node

# Joins the funnel to the responders: the codes that both have are known to be the same calls.
ATTENDANCE = Hierarchy(
    "attendance",
    (
        Node("calls", "Mental-health calls"),
        Node("not_eligible", "No pilot applied", "calls", means=("stage", "not_eligible")),
        Node("eligible", "Eligible for a pilot", "calls", means=("stage", "eligible")),
        Node(
            "attended",
            "Clinician or mental-health worker arrived",
            "eligible",
            means=("stage", "arrived"),
        ),
        Node(
            "police_came_too",
            "Police with the clinician or mental-health worker",
            "attended",
            means=("responders", "team_with_police"),
        ),
        Node(
            "before_police", "The clinician or mental-health worker came first", "police_came_too"
        ),
        Node("with_police", "Both within a minute", "police_came_too"),
        Node("after_police", "Police came first", "police_came_too"),
        Node("order_not_recorded", "Order not recorded", "police_came_too"),
        Node(
            "no_police",
            "Clinician or mental-health worker, no police recorded",
            "attended",
            means=("responders", "team_without_police"),
        ),
        Node(
            "requested_not_arrived",
            "Sent but not arrived",
            "eligible",
            means=("stage", "not_arrived"),
        ),
        Node(
            "not_requested",
            "No clinician or mental-health worker sent",
            "eligible",
            means=("stage", "team_not_sent"),
        ),
    ),
)


@measure("clinician_attendance", ATTENDANCE)
def team_attendance(rows: pd.DataFrame) -> pd.Series:
    """Of the calls that should have had a clinician or mental-health worker, how many did, and who
    came first.

    Counts: mental-health incidents; the team is the clinician of co-response or the mental-health
    worker of alternative response.
    Share of: the group above (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: nothing; calls outside the districts and months in which a pilot operated are
    `not_eligible`.
    Not recorded: calls to which both came, with an arrival time missing, are
    `order_not_recorded`.
    """
    order = rows["team_order"]
    came = rows["team_arrived"] & (rows["model"] != STANDARD)
    cases = [(rows["model"] == STANDARD, "not_eligible")]
    cases += [
        (came & (order == code), code)
        for code in ("before_police", "with_police", "after_police", "no_police")
    ]
    cases += [(came, "order_not_recorded"), (rows["team_sent"], "requested_not_arrived")]
    return choose(rows, *cases, otherwise="not_requested")
