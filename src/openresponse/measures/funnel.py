"""The funnel: how far each call got, and why no further; and the first ring, before any of that."""

import pandas as pd

from openresponse.measures.measure import choose, measure
from openresponse.records.eligibility import REASONS, STANDARD
from openresponse.tables.hierarchy import Hierarchy, Node

STAGE = Hierarchy(
    "stage",
    (
        Node("calls", "Mental-health calls"),
        Node("not_eligible", "No pilot applied", "calls"),
        *(Node(code, label, "not_eligible") for code, label in REASONS.items()),
        Node("eligible", "Eligible for a pilot", "calls"),
        Node("team_not_sent", "No clinician or mental-health worker sent", "eligible"),
        Node("no_team_on_duty", "No team on duty", "team_not_sent"),
        Node("all_teams_busy", "All teams busy", "team_not_sent"),
        Node("scene_not_safe", "Scene judged not safe", "team_not_sent"),
        Node("caller_declined", "Caller declined", "team_not_sent"),
        Node("not_sent_reason_not_recorded", "Reason not recorded", "team_not_sent"),
        Node("team_sent", "Clinician or mental-health worker sent", "eligible"),
        Node("not_arrived", "Sent but not arrived", "team_sent"),
        Node("cancelled", "Cancelled on the way", "not_arrived"),
        Node("arrival_not_recorded", "No arrival recorded, reason not recorded", "not_arrived"),
        Node("arrived", "Clinician or mental-health worker arrived", "team_sent"),
        Node("no_contact", "No contact made", "arrived"),
        Node("person_not_found", "Person not found", "no_contact"),
        Node("person_declined", "Person declined", "no_contact"),
        Node("unsafe_to_approach", "Not safe to approach", "no_contact"),
        Node("no_contact_other", "Other reason", "no_contact"),
        Node("contact_not_recorded", "Contact not recorded", "arrived"),
        Node("contact_made", "Contact made", "arrived"),
    ),
)

# Source: NBER working paper 34344: what Durham's responders changed came mostly by phone and in
# person, so what was done where nobody was sent belongs in the funnel.
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


@measure("funnel", STAGE)
def funnel(rows: pd.DataFrame) -> pd.Series:
    """How far each call got, and the reason where it went no further.

    Counts: mental-health incidents, each once, at the last step it reached.
    Share of: the step before (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: calls to 911 whose dispatch code is not a mental-health code.
    Not recorded: a missing reason is `not_sent_reason_not_recorded`, a missing arrival
    `arrival_not_recorded`, a missing note of contact `contact_not_recorded`.
    """
    reasons = STAGE.children("team_not_sent")
    contacts = STAGE.children("no_contact")
    not_eligible = rows["model"] == STANDARD
    cases = [
        (not_eligible & (rows["not_eligible_reason"] == r), r)
        for r in STAGE.children("not_eligible")
    ]
    cases += [(~rows["team_sent"] & (rows["not_sent_reason"] == r), r) for r in reasons]
    cases += [
        (~rows["team_sent"], "not_sent_reason_not_recorded"),
        (~rows["team_arrived"] & rows["team_cancelled"], "cancelled"),
        (~rows["team_arrived"], "arrival_not_recorded"),
    ]
    cases += [(rows["contact"] == c, c) for c in ("contact_made", *contacts)]
    return choose(rows, *cases, otherwise="contact_not_recorded")


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
