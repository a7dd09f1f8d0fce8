"""How many there were, who was met, and whether a team was sent: measures by any dimension."""

import pandas as pd

from openresponse.measures.contact import CONTACTS, met
from openresponse.measures.measure import measure
from openresponse.records.eligibility import STANDARD
from openresponse.records.written.diagnoses import DOES_NOT, MEETS, NOT_CODED
from openresponse.tables.hierarchy import ALL, Hierarchy, Node

SERVICE = Hierarchy(
    "service",
    (
        Node("calls", "Mental-health calls"),
        Node("not_eligible", "No pilot applied", "calls", means=("stage", "not_eligible")),
        Node("eligible", "Eligible for a pilot", "calls", means=("stage", "eligible")),
        Node(
            "team_sent",
            "Clinician or mental-health worker sent",
            "eligible",
            means=("stage", "team_sent"),
        ),
        Node(
            "team_not_sent",
            "No clinician or mental-health worker sent",
            "eligible",
            means=("stage", "team_not_sent"),
        ),
    ),
)


@measure("volumes", hierarchy=lambda program: Hierarchy("none", (Node(ALL, "All"),)))
def volumes(rows: pd.DataFrame) -> pd.Series:
    """How many there were.

    Counts: mental-health incidents, each once.
    Share of: all of the same period and group.
    Leaves out: calls to 911 whose dispatch code is not a mental-health code.
    Not recorded: rows without the characteristic stand as `not_recorded`.

    Counts: unit responses, each once.
    Share of: all of the same period and group.
    Leaves out: rows set aside when the extract was read.
    Not recorded: rows without the characteristic stand as `not_recorded`.
    """
    return pd.Series(ALL, index=rows.index, dtype="string")


@measure(
    "contacts",
    hierarchy=lambda program: Hierarchy("none", (Node(ALL, "All"),)),
    subset=CONTACTS,
)
def contacts(rows: pd.DataFrame) -> pd.Series:
    """Who was met.

    Counts: contacts, one for each incident at which a team met a person; the first person on
    record.
    Share of: all contacts of the same period and group.
    Leaves out: runs without contact; further people at the same incident.
    Not recorded: contacts whose record does not say stand as `not_recorded`.
    """
    return pd.Series(ALL, index=rows.index, dtype="string").where(met(rows))


@measure("service", SERVICE)
def service(rows: pd.DataFrame) -> pd.Series:
    """Whether a clinician or mental-health worker was sent.

    Counts: mental-health incidents, each once.
    Share of: the group above (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: calls to 911 whose dispatch code is not a mental-health code.
    Not recorded: calls without the characteristic stand as `not_recorded`.
    """
    sent = rows["team_sent"].map({True: "team_sent", False: "team_not_sent"}).astype("string")
    return sent.mask(rows["model"] == STANDARD, "not_eligible")


# Two definitions of a mental-health call, side by side.
BY_STANDARD = Hierarchy(
    "by_standard",
    (
        Node("calls", "Mental-health calls, by dispatch code"),
        Node("ems_record", "With a patient care record of EMS", "calls"),
        Node(MEETS, "Behavioral health by the EMS standard", "ems_record"),
        Node(DOES_NOT, "Not behavioral health by the EMS standard", "ems_record"),
        Node(NOT_CODED, "Record without the codes that decide it", "ems_record"),
        Node("no_ems_record", "Without a patient care record of EMS", "calls"),
    ),
)


@measure("case_definition", BY_STANDARD)
def case_definition(rows: pd.DataFrame) -> pd.Series:
    """Mental-health calls by dispatch code that are also behavioral health by the EMS standard.

    Counts: mental-health incidents, each once. By the standard a record is about behavioral health
    if its symptoms or impressions have an ICD-10-CM code that begins with F, R45 or R46, or these
    or the cause of injury have one of self-harm (T14.91, X71 to X83, T36 to T71 with that intent).
    NEMSIS Technical Assistance Center, definition of May 27, 2025 (https://nemsis.org).
    Share of: the group above (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: calls with another dispatch code; EMS records of these that meet the definition are
    counted as `by_standard_only` among the rows set aside.
    Not recorded: a record without any of these codes is `codes_not_recorded`.
    """
    return rows["case_definition"].fillna("no_ems_record")
