"""Whether the clinician or mental-health worker came, before or after police, or in their place."""

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

# The definitions in use side by side, each a part of the one before. Source: Eugene Police
# Department, CAHOOTS Program Analysis: one service, and rates from 2% to 17% by definition.
DIVERTED = Hierarchy(
    "diverted",
    (
        Node("calls", "Mental-health calls"),
        Node("not_eligible", "No pilot applied", "calls", means=("stage", "not_eligible")),
        Node("eligible", "Eligible for a pilot", "calls", means=("stage", "eligible")),
        Node(
            "no_team",
            "No clinician or mental-health worker sent",
            "eligible",
            means=("stage", "team_not_sent"),
        ),
        Node(
            "team_associated",
            "Clinician or mental-health worker sent",
            "eligible",
            means=("stage", "team_sent"),
        ),
        Node(
            "team_cancelled",
            "Cancelled on the way",
            "team_associated",
            means=("stage", "cancelled"),
        ),
        Node("team_not_cancelled", "Team sent and not cancelled", "team_associated"),
        Node("police_at_first", "Dispatch sent police too", "team_not_cancelled"),
        Node("no_police_at_first", "Dispatch sent no police", "team_not_cancelled"),
        # Each of these is too few for a row of its own.
        Node(
            "not_alone",
            "Police sent in another way, or no arrival of the team recorded",
            "no_police_at_first",
        ),
        Node("never_police", "No police from beginning to end", "no_police_at_first"),
        Node("not_police_before", "No police, in calls they did not take before", "never_police"),
        Node("in_place_of_police", "No police, in calls they took before", "never_police"),
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


@measure("diverted", DIVERTED)
def diverted(rows: pd.DataFrame) -> pd.Series:
    """How many calls were diverted from police, by five definitions that are all in use: a team was
    on the call; it was sent and not cancelled; dispatch sent no police; no police from beginning to
    end; and of these, calls that police took before.

    Counts: mental-health incidents, each once, in the strictest definition it meets; from the unit
    log, where police count as sent whether they arrived or not.
    Share of: the group above (`share_of_part`), which is the next wider definition,
    and all calls (`share_of_all`).
    Leaves out: what would have happened without the team, which no record says; which calls police
    took before is known from the dispatch code alone.
    Not recorded: police without a note of who asked for them, and a team without an arrival, are
    `not_alone`.
    """
    return choose(
        rows,
        (rows["model"] == STANDARD, "not_eligible"),
        (~rows["team_sent"], "no_team"),
        (rows["team_cancelled"], "team_cancelled"),
        (rows["police_requested_by"] == "dispatch", "police_at_first"),
        (rows["police_sent"] | ~rows["team_arrived"], "not_alone"),
        (rows["police_before"], "in_place_of_police"),
        otherwise="not_police_before",
    )
