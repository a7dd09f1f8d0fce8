"""Diverted from police: the definitions in use side by side, each a part of the one before.

Source: Eugene Police Department, CAHOOTS Program Analysis: one service, and rates from 2% to 17% by
definition.
"""

import pandas as pd

from openresponse.measures.measure import choose, measure
from openresponse.records.eligibility import STANDARD
from openresponse.tables.hierarchy import Hierarchy, Node

DIVERTED = Hierarchy(
    "diverted",
    (
        Node("calls", "Mental-health calls"),
        Node("not_eligible", "No pilot applied", "calls", means=("stage", "not_eligible")),
        Node("eligible", "Eligible for a pilot", "calls", means=("stage", "eligible")),
        Node("no_team", "No team on the call", "eligible", means=("stage", "team_not_sent")),
        Node("team_associated", "A team on the call", "eligible", means=("stage", "team_sent")),
        Node(
            "team_cancelled",
            "Team cancelled on the way",
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
        Node("not_police_before", "Calls police did not take before", "never_police"),
        Node("in_place_of_police", "Calls police took before", "never_police"),
    ),
)
# The definitions in use, the widest first.
DEFINITIONS = (
    "team_associated",
    "team_not_cancelled",
    "no_police_at_first",
    "never_police",
    "in_place_of_police",
)


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
