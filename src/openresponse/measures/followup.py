"""Care after the contact: follow-up, referrals and repeat contacts."""

import pandas as pd

from openresponse.measures.contact import CONTACTS, met
from openresponse.measures.measure import choose, measure, recorded
from openresponse.tables.hierarchy import Hierarchy, Node

FOLLOWUP = Hierarchy(
    "followup",
    (
        Node("contacts", "Contact made"),
        Node("followed_up", "Followed up within 30 days", "contacts"),
        Node("within_7_days", "Within 7 days", "followed_up"),
        Node("within_1_day", "Within 1 day", "within_7_days"),
        Node("days_2_to_7", "Day 2 to 7", "within_7_days"),
        Node("days_8_to_30", "Day 8 to 30", "followed_up"),
        Node("not_followed_up", "Not followed up within 30 days", "contacts"),
        Node("followup_not_recorded", "Follow-up not recorded", "contacts"),
    ),
)

REFERRAL = Hierarchy(
    "referral",
    (
        Node("contacts", "Contact made"),
        Node("offered", "Referral offered", "contacts"),
        Node("accepted", "Accepted", "offered"),
        Node("completed", "Accepted and completed", "accepted"),
        Node("not_completed", "Accepted, not completed so far", "accepted"),
        Node("declined", "Declined", "offered"),
        Node("not_offered", "No referral offered", "contacts"),
        Node("referral_not_recorded", "Referral not recorded", "contacts"),
    ),
)

REPEAT = Hierarchy(
    "repeat",
    (
        Node("contacts", "Contact made"),
        Node("person_known", "Person identified in the record", "contacts"),
        Node("repeat_within_30_days", "Another contact in the 30 days before", "person_known"),
        Node("no_repeat_within_30_days", "No other contact in the 30 days before", "person_known"),
        Node("person_not_known", "Person not identified", "contacts"),
    ),
)


@measure("followup", FOLLOWUP, subset=CONTACTS)
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
    ).where(met(rows))


@measure("referrals", REFERRAL, subset=CONTACTS)
def referrals(rows: pd.DataFrame) -> pd.Series:
    """Whether care was offered, accepted and completed.

    Counts: contacts, by the furthest step of the referral known one month after the quarter.
    Share of: the step before (`share_of_part`) and all contacts (`share_of_all`).
    Leaves out: runs without contact.
    Not recorded: contacts without a note of a referral.
    """
    return recorded(rows["referral"], REFERRAL, "referral_not_recorded").where(met(rows))


@measure("repeat_contacts", REPEAT, subset=CONTACTS)
def repeat_contacts(rows: pd.DataFrame) -> pd.Series:
    """Whether the same person had had another contact in the 30 days before.

    Counts: contacts, looking back, so that a figure does not change when new months arrive.
    Share of: the group above (`share_of_part`) and all contacts (`share_of_all`).
    Leaves out: runs without contact; contacts before the first month delivered.
    Not recorded: contacts whose record names no person.
    """
    return choose(
        rows,
        (~rows["person_known"].fillna(False).astype(bool), "person_not_known"),
        (rows["repeat"], "repeat_within_30_days"),
        otherwise="no_repeat_within_30_days",
    ).where(met(rows))
