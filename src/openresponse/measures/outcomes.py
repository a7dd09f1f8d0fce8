"""How each run ended, and how each call."""

import pandas as pd

from openresponse.measures.contact import met
from openresponse.measures.measure import choose, measure
from openresponse.records.eligibility import STANDARD
from openresponse.tables.hierarchy import Hierarchy, Node

OUTCOME = Hierarchy(
    "outcome",
    (
        Node("runs", "Clinician or mental-health worker sent"),
        Node("contact_made", "Contact made", "runs", means=("stage", "contact_made")),
        Node("remained_in_community", "Stayed in the community", "contact_made"),
        Node("emergency_department", "Went to an emergency department", "contact_made"),
        # Each of these is too few for a row of its own in a month, or in a small group of calls.
        Node(
            "another_outcome",
            "Crisis center, detox, arrest, another outcome or not recorded",
            "contact_made",
        ),
        Node("crisis_or_respite", "Went to a crisis center or respite", "another_outcome"),
        Node("detox", "Went to sobering or detox", "another_outcome"),
        Node("arrest", "Contact ended in an arrest", "another_outcome"),
        Node("other_outcome", "Other outcome", "another_outcome"),
        Node("outcome_not_recorded", "Outcome not recorded", "another_outcome"),
        Node("no_contact", "No contact made", "runs", means=("stage", "no_contact")),
        Node(
            "contact_not_recorded",
            "Contact not recorded",
            "runs",
            means=("stage", "contact_not_recorded"),
        ),
        Node("not_arrived", "Sent but not arrived", "runs", means=("stage", "not_arrived")),
    ),
)

# Every call once, with the outcome of those at which somebody was met.
RESULT = Hierarchy(
    "result",
    (
        Node("calls", "Mental-health calls"),
        *(
            Node(code, label, parent, means=("stage", code))
            for code, label, parent in (
                ("not_eligible", "No pilot applied", "calls"),
                ("eligible", "Eligible for a pilot", "calls"),
                ("team_not_sent", "No clinician or mental-health worker sent", "eligible"),
                ("team_sent", "Clinician or mental-health worker sent", "eligible"),
                ("not_arrived", "Sent but not arrived", "team_sent"),
                ("no_contact", "No contact made", "team_sent"),
                ("contact_not_recorded", "Contact not recorded", "team_sent"),
                ("contact_made", "Contact made", "team_sent"),
            )
        ),
        Node(
            "remained_in_community",
            "Stayed in the community",
            "contact_made",
            means=("outcome", "remained_in_community"),
        ),
        Node(
            "emergency_department",
            "Went to an emergency department",
            "contact_made",
            means=("outcome", "emergency_department"),
        ),
        Node(
            "another_outcome",
            OUTCOME.labels["another_outcome"],
            "contact_made",
            means=("outcome", "another_outcome"),
        ),
        *(
            Node(code, OUTCOME.labels[code], "another_outcome", means=("outcome", code))
            for code in OUTCOME.children("another_outcome")
        ),
    ),
)


@measure("outcomes", OUTCOME, subset=(("stage", "team_sent"),))
def outcomes(rows: pd.DataFrame) -> pd.Series:
    """How each run ended.

    Counts: incidents a clinician or mental-health worker was sent to, each with one outcome.
    Share of: the group above (`share_of_part`) and all runs (`share_of_all`); both are printed,
    because people who were never found did not stay in the community as a result of a visit.
    Leaves out: calls no team was sent to.
    Not recorded: a contact without an outcome is `outcome_not_recorded`; an arrival without a note
    of contact is `contact_not_recorded`.
    """
    cases = [
        (~rows["team_arrived"], "not_arrived"),
        (rows["contact"].isna(), "contact_not_recorded"),
        (~met(rows), "no_contact"),
    ]
    cases += [(rows["outcome"] == code, code) for code in OUTCOME.leaves]
    return choose(rows, *cases, otherwise="outcome_not_recorded").where(rows["team_sent"])


@measure("results", RESULT)
def results(rows: pd.DataFrame) -> pd.Series:
    """How each call ended, and how those at which somebody was met.

    Counts: mental-health incidents, each once.
    Share of: the step before (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: calls to 911 whose dispatch code is not a mental-health code.
    Not recorded: a contact without an outcome is `outcome_not_recorded`; an arrival without a note
    of contact is `contact_not_recorded`.
    """
    before = choose(rows, (rows["model"] == STANDARD, "not_eligible"), otherwise="team_not_sent")
    return outcomes(rows).fillna(before)
