"""Holds, arrests, force and injury."""

import pandas as pd

from openresponse.measures.contact import CONTACTS, met
from openresponse.measures.measure import measure, recorded
from openresponse.program import Program
from openresponse.tables.hierarchy import NOT_RECORDED, Hierarchy, Node


def applicants(hold: str = "") -> Hierarchy:
    """Whether there was a hold, and who applied for it. hold: what it is called in the city."""
    name = f"Involuntary hold ({hold})" if hold else "Involuntary hold"
    return Hierarchy(
        "applicant",
        (
            Node("contacts", "Contact made"),
            Node("involuntary_hold", name, "contacts"),
            Node("by_clinician", "Applied for by a clinician", "involuntary_hold"),
            Node("by_police", "Applied for by police", "involuntary_hold"),
            Node("by_physician", "Applied for by a physician", "involuntary_hold"),
            Node("no_hold", "No hold", "contacts"),
            Node("hold_not_recorded", "Not recorded", "contacts"),
        ),
    )


def _of_the_city(program: Program) -> Hierarchy:
    hold = program.program.involuntary_hold
    return applicants(hold.label if hold else "")


def yes_no(event: str) -> Hierarchy:
    return Hierarchy(
        "answer",
        (
            Node("contacts", "Contact made"),
            Node("yes", "Yes", "contacts", means=(event, "yes")),
            Node("no", "No", "contacts", means=(event, "no")),
            Node(NOT_RECORDED, "Not recorded", "contacts", means=(event, NOT_RECORDED)),
        ),
    )


@measure("involuntary_hold", _of_the_city, subset=CONTACTS)
def involuntary_hold(rows: pd.DataFrame) -> pd.Series:
    """Involuntary holds, by who applied.

    Counts: contacts.
    Share of: the group above (`share_of_part`) and all contacts (`share_of_all`).
    Leaves out: holds applied for after the contact had ended.
    Not recorded: contacts whose record does not say.
    """
    return recorded(rows["involuntary_hold"], applicants(), "hold_not_recorded").where(met(rows))


@measure("arrest", yes_no("arrest"), subset=CONTACTS)
def arrest(rows: pd.DataFrame) -> pd.Series:
    """Contacts at which somebody was arrested.

    Counts: contacts.
    Share of: all contacts.
    Leaves out: arrests at calls to which no team came.
    Not recorded: contacts whose record does not say.
    """
    return _answer(rows, "arrest")


@measure("force", yes_no("force"), subset=CONTACTS)
def force(rows: pd.DataFrame) -> pd.Series:
    """Contacts at which force was used.

    Counts: contacts.
    Share of: all contacts.
    Leaves out: force at calls to which no team came.
    Not recorded: contacts whose record does not say.
    """
    return _answer(rows, "force")


@measure("injury", yes_no("injury"), subset=CONTACTS)
def injury(rows: pd.DataFrame) -> pd.Series:
    """Contacts at which somebody was injured.

    Counts: contacts.
    Share of: all contacts.
    Leaves out: injuries at calls to which no team came.
    Not recorded: contacts whose record does not say.
    """
    return _answer(rows, "injury")


def _answer(rows: pd.DataFrame, event: str) -> pd.Series:
    return recorded(rows[event], yes_no(event), NOT_RECORDED).where(met(rows))
