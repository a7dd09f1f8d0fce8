"""Two definitions of a mental-health call, side by side."""

import pandas as pd

from openresponse.measures.measure import measure
from openresponse.records.case_definition import DOES_NOT, MEETS, NOT_CODED
from openresponse.tables.hierarchy import Hierarchy, Node

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
