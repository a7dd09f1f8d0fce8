"""What the evidence pack says of the release, its rule and its records."""

from typing import Any

import pandas as pd

from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.uniqueness import (
    least_distinct,
    least_possible,
    smallest_shown,
    uniqueness,
)
from openresponse.records.collection import Records
from openresponse.release.checks.evidence.basis import Basis
from openresponse.release.formats.program_facts import rule_facts
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST
from openresponse.release.store.published import Published
from openresponse.release.tables.cells import RELATIONS, count_tables
from openresponse.release.tables.incidents import KIND

# Columns that somebody could know of a person, as far as the program has them, and how they are
# called.
KNOWN_OF_A_PERSON = {
    "quarter": "quarter",
    "model": "response model",
    "district": "district",
    "time_band": "time of day",
    "day_type": "weekday or weekend",
    "age_band": "age band",
    "race_ethnicity": "race and ethnicity",
    "gender": "gender",
    "language": "language",
}
SENSITIVE = "outcome"
OFFICER = "Privacy officer"
NONE = "none"  # in place of an empty code: the attribute does not apply
Section = dict[str, Any]


def released(basis: Basis, past: list[Published]) -> Section:
    """Which release it is, of what, and who signs."""
    program, months, candidate = basis.program, basis.records.months, basis.candidate
    shown = count_tables(candidate)
    others = [role for role in program.release.approvers if role.lower() != OFFICER.lower()]
    return {
        "release": candidate.name,
        "program": program.program.name,
        "city": program.program.city,
        "fictional": basis.records.fictional,
        "months": [months[0], months[-1]] if months else [],
        "files": len(candidate.tables),
        "counted": len(basis.counted),
        "past": [release.name for release in past],
        "signers": [OFFICER, *(role[:1].upper() + role[1:] for role in others)],
        "manifest": digest(candidate.folder / MANIFEST),
        "shown": {"k": smallest_shown(shown), "l": least_possible(shown)},
        "single": [
            {"title": candidate.title(name), "rows": len(rows), "k": int(rows.value_counts().min())}
            for name, rows in candidate.tables.items()
            if candidate.kind(name) == KIND
        ],
        "left_out": [f"{title}: {reason}" for title, reason in candidate.left_out.items()],
    }


def rule(basis: Basis) -> Section:
    """The rule in force, and what is excepted from it."""
    in_force, privacy = basis.rule, basis.program.privacy
    return {
        "rule": {
            "preset": in_force.preset,
            "hides": rule_facts(in_force)["hides"],
            "threshold": in_force.threshold,
            "source": in_force.source,
            "zeros": "shown" if in_force.zeros == "public" else "withheld like a small count",
        },
        "harmless": [
            f"{name.replace('_', ' ')}: {reason}" for name, reason in privacy.harmless.items()
        ],
        "exemptions": [
            f"{one.table}, {', '.join(f'{d} = {c}' for d, c in one.where.items())}: {one.reason}"
            f" Approved by {one.approver}."
            for one in privacy.exemptions
        ],
        "could_occur": [
            f"{' and '.join(f'{_in_words(name)} = {code or NONE}' for name, code in one.codes)}:"
            f" {one.reason}"
            for one in privacy.could_occur
        ],
    }


def relations(protection: Protection) -> Section:
    """Which codes are taken never to occur together: how many pairs, by pair of attributes."""
    known = protection.system.relations
    pairs = (
        known.groupby(["attribute", "other"], sort=True)
        .size()
        .sort_values(ascending=False, kind="stable")
    )
    return {
        "relations": {
            "file": RELATIONS,
            "all": len(known),
            "in_some_months": int((known["first"] != "").sum()),
            "pairs": [
                {"attributes": [_in_words(one) for one in both], "number": int(number)}
                for both, number in pairs.items()
            ],
        }
    }


def _in_words(attribute: str) -> str:
    return attribute.replace("_", " ")


def records(linked: Records) -> Section:
    """How unusual single records are."""
    rows = linked.rows
    known = [column for column in KNOWN_OF_A_PERSON if column in rows]
    groups = {"All records": rows}
    if "contact" in rows:
        met = (rows["contact"] == "contact_made").fillna(False).astype(bool)
        groups["Records of a person who was met"] = rows[met]
    return {
        "records": {
            "known": [KNOWN_OF_A_PERSON[column] for column in known],
            "groups": [_classes(name, group, known) for name, group in groups.items()],
        }
    }


def _classes(name: str, rows: pd.DataFrame, known: list[str]) -> Section:
    """How large the classes of records are that agree in all that could be known."""
    sizes = uniqueness(rows, known)
    return {
        "name": name,
        "number": sizes.records,
        "unique": sizes.unique,
        "bands": sizes.bands,
        "k": sizes.smallest,
        "l": least_distinct(rows, known, SENSITIVE) if SENSITIVE in rows else None,
    }
