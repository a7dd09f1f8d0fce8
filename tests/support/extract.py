"""Small extracts typed into a test, in Boston's columns; what is not given gets a plain default."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from openresponse.program import Extract, Program

CALL = {
    "Incident Number": "P260000001",
    "Call Received": "2026-01-05 10:00:00",
    "Type Code": "EDP2",
    "District": "B-2",
    "Neighborhood": "Roxbury",
    "Not Sent Reason": "",
    "Call Source": "911",
    "Call Result": "",
    "Address": "12 Invented Street",
    "Caller Name": "Ada Invented",
    "Caller Phone": "617-555-0100",
    "Narrative": "Ada Invented at 12 Invented Street",
}
UNIT = {
    "Incident Number": "P260000001",
    "Unit": "H21",
    "Unit Type": "POLICE",
    "Requested By": "DISPATCH",
    "Dispatched": "2026-01-05 10:02:00",
    "Arrived": "2026-01-05 10:10:00",
    "Cleared": "",
    "Cancelled By": "",
}
MET = {
    "Encounter ID": "E1",
    "CAD Number": "P260000001",
    "Encounter Start": "2026-01-05 10:12:00",
    "Person ID": "A",
    "Age": "40",
    "Race/Ethnicity": "Black or African American",
    "Gender": "Female",
    "Language": "English",
    "End Point": "Engaged Client",
    "Disposition": "Remained in community",
    "Section 12": "None",
    "Referral": "Accepted",
    "Followed Up On": "",
    "Follow-up Tracked": "Y",
    "Arrest": "N",
    "Force Used": "N",
    "Injury": "N",
}
CARE = {
    "eRecord.01": "R1",
    "eResponse.03": "P260000001",
    "eTimes.07": "2026-01-05 10:12:00",
    "Person ID": "B",
    "ePatient.15": "30",
    "ePatient.16": "2516009",
    "ePatient.14": "2514005",
    "ePatient.13": "9906001",
    "Language": "English",
    "eDisposition.27": "4227001",
    "eDisposition.28": "4228001",
    "eDisposition.21": "4221003",
    "Section 12": "None",
    "Referral": "Declined",
    "Followed Up On": "",
    "Follow-up Tracked": "Y",
    "Arrest": "N",
    "Force Used": "N",
    "Injury": "N",
}
SPENT = {"Month": "2026-01", "Model": "co_response", "Category": "salaries", "Amount": "1000.50"}
STEP = {
    "Milestone": "Design group reports",
    "Planned": "2022-12-01",
    "Actual": "2022-12-15",
    "Owner": "HHS",
    "Status": "done",
    "Note": "",
}
DEFAULTS = {
    "incidents": CALL,
    "units": UNIT,
    "encounters": MET,
    "epcr": CARE,
    "spending": SPENT,
    "milestones": STEP,
}


def deliver(raw: Path, month: str, **files: list[dict]) -> Path:
    """Write one delivery; each file's rows say only what differs from the defaults, a file not
    named has only its header.
    """
    folder = raw / month
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "FICTIONAL").write_text("Invented for a test.\n", encoding="utf-8")
    for name, default in DEFAULTS.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, list(default))
            writer.writeheader()
            writer.writerows({**default, **row} for row in files.get(name, []))
    return folder


def delivered(raw: Path, name: str) -> pd.DataFrame:
    """The rows of one file as text, over all deliveries, each with the month of its `delivery`."""
    return pd.concat(
        [
            pd.read_csv(file, dtype=str, keep_default_na=False).assign(delivery=file.parent.name)
            for file in sorted(raw.glob(f"*/{name}.csv"))
        ],
        ignore_index=True,
    )


def described(program: Program, name: str, columns: dict[str, Any] | None = None, **keys: Any):
    """The program with an extract described in another way. columns: fields that change, others
    stay.
    """
    before = program.extracts[name].model_dump()
    extract = Extract.model_validate(
        {**before, **keys, "columns": {**before["columns"], **(columns or {})}}
    )
    return program.model_copy(update={"extracts": program.extracts | {name: extract}})
