"""What happened to people: outcomes, follow-up, referrals, repeat contacts, holds and safety."""

import pandas as pd

from openresponse.measures.measure import choose, measure, recorded
from openresponse.tables.hierarchy import Node, Tree

CONTACTS = (("stage", "contact_made"),)

OUTCOME = Tree(
    "outcome",
    (
        Node("runs", "Runs: calls a team was sent to"),
        Node("contact_made", "Contact made", "runs", means=("stage", "contact_made")),
        Node("remained_in_community", "Stayed in the community", "contact_made"),
        Node("emergency_department", "Went to an emergency department", "contact_made"),
        Node("crisis_or_respite", "Went to a crisis center or respite", "contact_made"),
        Node("detox", "Went to sobering or detox", "contact_made"),
        Node("arrest", "Arrested", "contact_made"),
        Node("other_outcome", "Other outcome", "contact_made"),
        Node("outcome_not_recorded", "Outcome not recorded", "contact_made"),
        Node("no_contact", "No contact made", "runs", means=("stage", "no_contact")),
        Node(
            "contact_not_recorded",
            "Contact not recorded",
            "runs",
            means=("stage", "contact_not_recorded"),
        ),
        Node("not_arrived", "Team did not arrive", "runs", means=("stage", "not_arrived")),
    ),
)

# Every call once, with the outcome of those at which somebody was met.
RESULT = Tree(
    "result",
    (
        Node("calls", "All mental-health calls"),
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
        # Each of these is too few to stand alone in a small group of calls.
        Node(
            "another_outcome", "Crisis center, detox, arrest, other or not recorded", "contact_made"
        ),
        *(
            Node(code, label, "another_outcome", means=("outcome", code))
            for code, label in OUTCOME.labels.items()
            if code
            in (
                "crisis_or_respite",
                "detox",
                "arrest",
                "other_outcome",
                "outcome_not_recorded",
            )
        ),
    ),
)

FOLLOWUP = Tree(
    "followup",
    (
        Node("contacts", "Contacts made"),
        Node("followed_up", "Followed up within 30 days", "contacts"),
        Node("within_7_days", "Within 7 days", "followed_up"),
        Node("within_1_day", "Within 1 day", "within_7_days"),
        Node("days_2_to_7", "Day 2 to 7", "within_7_days"),
        Node("days_8_to_30", "Day 8 to 30", "followed_up"),
        Node("not_followed_up", "Not followed up within 30 days", "contacts"),
        Node("followup_not_recorded", "Follow-up not recorded", "contacts"),
    ),
)

REFERRAL = Tree(
    "referral",
    (
        Node("contacts", "Contacts made"),
        Node("offered", "Referral offered", "contacts"),
        Node("accepted", "Accepted", "offered"),
        Node("completed", "Accepted and completed", "accepted"),
        Node("not_completed", "Accepted, not completed so far", "accepted"),
        Node("declined", "Declined", "offered"),
        Node("not_offered", "No referral offered", "contacts"),
        Node("referral_not_recorded", "Referral not recorded", "contacts"),
    ),
)

REPEAT = Tree(
    "repeat",
    (
        Node("contacts", "Contacts made"),
        Node("person_known", "Person identified in the record", "contacts"),
        Node("repeat_within_30_days", "Another contact in the 30 days before", "person_known"),
        Node("no_repeat_within_30_days", "No other contact in the 30 days before", "person_known"),
        Node("person_not_known", "Person not identified", "contacts"),
    ),
)

APPLICANT = Tree(
    "applicant",
    (
        Node("contacts", "Contacts made"),
        Node("section12", "Involuntary hold (Section 12)", "contacts"),
        Node("by_clinician", "Applied for by a clinician", "section12"),
        Node("by_police", "Applied for by police", "section12"),
        Node("by_physician", "Applied for by a physician", "section12"),
        Node("no_section12", "No hold", "contacts"),
        Node("section12_not_recorded", "Not recorded", "contacts"),
    ),
)


def yes_no(event: str) -> Tree:
    return Tree(
        "answer",
        (
            Node("contacts", "Contacts made"),
            Node("yes", "Yes", "contacts", means=(event, "yes")),
            Node("no", "No", "contacts", means=(event, "no")),
            Node("not_recorded", "Not recorded", "contacts", means=(event, "not_recorded")),
        ),
    )


@measure("outcomes", OUTCOME, where=(("stage", "team_sent"),))
def outcomes(rows: pd.DataFrame) -> pd.Series:
    """How each run ended.

    Counts: incidents a clinician or mental-health worker was sent to, each with one outcome.
    Share of: contacts made (`share_of_part`) and all runs (`share_of_all`); both are printed,
    because people who were never found did not stay in the community as a result of a visit.
    Leaves out: calls no team was sent to.
    Not recorded: a contact without an outcome is `outcome_not_recorded`; an arrival without a note
    of contact is `contact_not_recorded`.
    """
    met = _met(rows)
    cases = [
        (~rows["team_arrived"], "not_arrived"),
        (rows["contact"].isna(), "contact_not_recorded"),
        (~met, "no_contact"),
    ]
    cases += [(rows["outcome"] == code, code) for code in OUTCOME.children("contact_made")]
    return choose(rows, *cases, otherwise="outcome_not_recorded").where(rows["team_sent"])


@measure("results", RESULT)
def results(rows: pd.DataFrame) -> pd.Series:
    """How each call ended, and how those at which somebody was met.

    Counts: mental-health incidents, each once.
    Share of: the step before (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: 911 incidents whose dispatch code is not a mental-health code.
    Not recorded: as in the tables of outcomes.
    """
    before = choose(rows, (rows["model"] == "standard", "not_eligible"), otherwise="team_not_sent")
    return outcomes(rows).fillna(before)


@measure("followup", FOLLOWUP, where=CONTACTS)
def followup(rows: pd.DataFrame) -> pd.Series:
    """Whether and how soon someone got in touch after the contact.

    Counts: contacts, by the days from the call to the first follow-up.
    Share of: the group above (`share_of_part`) and all contacts (`share_of_all`).
    Leaves out: runs without contact; follow-up after the thirtieth day.
    Not recorded: contacts whose follow-up was not tracked.
    """
    days = rows["followup_days"]
    return choose(
        rows,
        (days <= 1, "within_1_day"),
        (days <= 7, "days_2_to_7"),
        (days <= 30, "days_8_to_30"),
        (rows["followup_tracked"] == "yes", "not_followed_up"),
        otherwise="followup_not_recorded",
    ).where(_met(rows))


@measure("referrals", REFERRAL, where=CONTACTS)
def referrals(rows: pd.DataFrame) -> pd.Series:
    """Whether care was offered, accepted and completed.

    Counts: contacts, by the furthest step of the referral known one month after the quarter.
    Share of: the step before (`share_of_part`) and all contacts (`share_of_all`).
    Leaves out: runs without contact.
    Not recorded: contacts without a note of a referral.
    """
    return recorded(rows["referral"], REFERRAL, "referral_not_recorded").where(_met(rows))


@measure("repeat_contacts", REPEAT, where=CONTACTS)
def repeat_contacts(rows: pd.DataFrame) -> pd.Series:
    """Whether the same person had had another contact in the 30 days before.

    Counts: contacts, looking back, so that a figure does not change when new months arrive.
    Share of: contacts with an identified person (`share_of_part`) and all contacts
    (`share_of_all`).
    Leaves out: runs without contact; contacts before the first month delivered.
    Not recorded: contacts whose record names no person.
    """
    return choose(
        rows,
        (~rows["person_known"].fillna(False).astype(bool), "person_not_known"),
        (rows["repeat"], "repeat_within_30_days"),
        otherwise="no_repeat_within_30_days",
    ).where(_met(rows))


@measure("section12", APPLICANT, where=CONTACTS)
def section12(rows: pd.DataFrame) -> pd.Series:
    """Involuntary holds under Section 12, by who applied.

    Counts: contacts.
    Share of: holds (`share_of_part`) and all contacts (`share_of_all`).
    Leaves out: holds applied for after the contact had ended.
    Not recorded: contacts whose record does not say.
    """
    return recorded(rows["section12"], APPLICANT, "section12_not_recorded").where(_met(rows))


@measure("arrest", yes_no("arrest"), where=CONTACTS)
def arrest(rows: pd.DataFrame) -> pd.Series:
    """Contacts at which somebody was arrested.

    Counts: contacts.
    Share of: all contacts.
    Leaves out: arrests at calls to which no team came.
    Not recorded: contacts whose record does not say.
    """
    return _answer(rows, "arrest")


@measure("force", yes_no("force"), where=CONTACTS)
def force(rows: pd.DataFrame) -> pd.Series:
    """Contacts at which force was used.

    Counts: contacts.
    Share of: all contacts.
    Leaves out: force at calls to which no team came.
    Not recorded: contacts whose record does not say.
    """
    return _answer(rows, "force")


@measure("injury", yes_no("injury"), where=CONTACTS)
def injury(rows: pd.DataFrame) -> pd.Series:
    """Contacts at which somebody was injured.

    Counts: contacts.
    Share of: all contacts.
    Leaves out: injuries at calls to which no team came.
    Not recorded: contacts whose record does not say.
    """
    return _answer(rows, "injury")


def _answer(rows: pd.DataFrame, event: str) -> pd.Series:
    return recorded(rows[event], yes_no(event), "not_recorded").where(_met(rows))


def _met(rows: pd.DataFrame) -> pd.Series:
    return (
        (rows["contact"] == "contact_made").fillna(False).astype(bool)
        & rows["team_arrived"]
        & rows["team_sent"]
    )
