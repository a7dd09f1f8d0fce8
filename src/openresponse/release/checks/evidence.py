"""The privacy officer's evidence pack: a PDF to read and sign, and what it rests on, as files.

Confidential, but without the true counts: the reader need not see them. It is evidence for an
Expert Determination under 45 CFR 164.514(b)(1); it does not claim one.
"""

from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.verdict import KNOWLEDGE, Verdict
from openresponse.disclosure.cell_suppression import WITHHELD, Protection
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression.witness import broken
from openresponse.disclosure.uniqueness import (
    least_distinct,
    least_possible,
    smallest_shown,
    uniqueness,
)
from openresponse.measures.counting.counted import Counted
from openresponse.media import typeset
from openresponse.program import Program
from openresponse.records.collection import Records
from openresponse.release.formats.program_facts import rule_facts
from openresponse.release.history.retraction import ever
from openresponse.release.store.published import Published
from openresponse.release.store.write import MANIFEST, csv_text, digest, disk_errors, json_text
from openresponse.release.tables.cells import count_tables
from openresponse.release.tables.incidents import KIND

TEMPLATE = Path(__file__).with_name("evidence.typ")
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
NOT_COVERED = (
    "How likely a value is inside the range that remains.",
    "What somebody knows about a person from elsewhere, such as having seen the response.",
    (
        "Conclusions from how the program chooses what to withhold. A secret number breaks its"
        " ties, which makes them harder."
    ),
    "Pages, pictures and letters that the city publishes beside this website.",
)
SMALL, PROTECTS = "small, or of a group that is alike", "protects others"
STEPS = (1, 5, 10, 25, 50)  # per cent
# In words, for an exact time would make every copy of the pack differ.
DURATIONS = (
    (10, "less than ten seconds"),
    (60, "less than a minute"),
    (600, "less than ten minutes"),
    (3600, "less than an hour"),
)


def write(
    folder: Path,
    program: Program,
    records: Records,
    parts: list[Counted],
    protection: Protection,
    rule: Rule,
    candidate: Published,
    verdict: Verdict,
) -> Path:
    """Write `evidence.pdf`, `evidence.json` and `cells.csv` of a candidate release below `folder`;
    return its own folder.
    """
    target = folder / candidate.name
    past = ever(program.folders, before=candidate.name)
    content = (
        _released(program, records, parts, candidate, past)
        | _rule(program, rule)
        | _system(parts, verdict)
        | _withheld(program, parts, protection, rule)
        | _proof(protection)
        | _records(records)
        | {"knowledge": list(KNOWLEDGE), "not_covered": list(NOT_COVERED)}
    )
    with disk_errors(target, candidate.name):
        target.mkdir(parents=True, exist_ok=True)
        (target / "evidence.pdf").write_bytes(typeset.pdf(TEMPLATE, content))
        (target / "evidence.json").write_text(json_text(content), encoding="utf-8")
        (target / "cells.csv").write_text(
            csv_text(_cells(parts, protection, candidate.name, past)), encoding="utf-8"
        )
    return target


def _cells(
    parts: list[Counted], protection: Protection, release: str, past: list[Published]
) -> pd.DataFrame:
    """Every withheld cell, why, and since which release, without its count."""
    first: dict[tuple, str] = {}
    for before in past:
        for table in count_tables(before):
            hidden = table.cells[table.cells["status"] == WITHHELD]
            for key in zip(hidden["period"], _codes(hidden, table.hierarchies), strict=True):
                first.setdefault((table.name, *key), before.name)
    found = []
    for part in parts:
        name = part.counts.name
        hidden = part.counts.cells[protection.statuses[name] == WITHHELD]
        cells = pd.DataFrame(
            {
                "table": name,
                "period": hidden["period"],
                "codes": _codes(hidden, part.counts.hierarchies),
                "reason": (
                    protection.primary[name].map({True: SMALL, False: PROTECTS})[hidden.index]
                ),
            }
        )
        found.append(
            cells.assign(
                first_withheld=[
                    first.get(key, release)
                    for key in cells[["table", "period", "codes"]].itertuples(
                        index=False, name=None
                    )
                ]
            )
        )
    return pd.concat(found, ignore_index=True)


def _codes(cells: pd.DataFrame, hierarchies) -> pd.Series:
    """What each cell counts: its dimensions by name, with their codes."""
    names = sorted(hierarchies)
    return pd.Series(
        [
            ", ".join(map("{}={}".format, names, codes))
            for codes in cells[names].itertuples(index=False, name=None)
        ],
        cells.index,
        dtype="string",
    )


def _released(
    program: Program,
    records: Records,
    parts: list[Counted],
    candidate: Published,
    past: list[Published],
) -> dict:
    shown = count_tables(candidate)
    roles = [
        OFFICER,
        *(
            role[:1].upper() + role[1:]
            for role in program.release.approvers
            if role.lower() != OFFICER.lower()
        ),
    ]
    return {
        "release": candidate.name,
        "program": program.program.name,
        "city": program.program.city,
        "fictional": records.fictional,
        "months": [records.months[0], records.months[-1]] if records.months else [],
        "files": len(candidate.tables),
        "counted": len(parts),
        "past": [release.name for release in past],
        "signers": roles,
        "manifest": digest(candidate.folder / MANIFEST),
        "shown": {"k": smallest_shown(shown), "l": least_possible(shown)},
        "single": [
            {"title": candidate.title(name), "rows": len(rows), "k": int(rows.value_counts().min())}
            for name, rows in candidate.tables.items()
            if candidate.kind(name) == KIND
        ],
        "left_out": [f"{title}: {reason}" for title, reason in candidate.left_out.items()],
    }


def _rule(program: Program, rule: Rule) -> dict:
    return {
        "rule": {
            "preset": rule.preset,
            "hides": rule_facts(rule)["hides"],
            "threshold": rule.threshold,
            "source": rule.source,
            "zeros": "shown" if rule.zeros == "public" else "withheld like a small count",
        },
        "harmless": [
            f"{name.replace('_', ' ')}: {reason}"
            for name, reason in program.privacy.harmless.items()
        ],
        "exemptions": [
            f"{e.table}, {', '.join(f'{d} = {c}' for d, c in e.where.items())}: {e.reason} Approved"
            f" by {e.approver}."
            for e in program.privacy.exemptions
        ],
    }


def _system(parts: list[Counted], verdict: Verdict) -> dict:
    universes = dict.fromkeys(part.counts.universe for part in parts)
    counts = {
        name: [part.counts for part in parts if part.counts.universe == name] for name in universes
    }
    return {
        "universes": [
            {
                "name": name,
                "tables": len(tables),
                "cells": sum(len(table.cells) for table in tables),
            }
            for name, tables in counts.items()
        ],
        "verdict": {
            "opened": len(verdict.opened),
            "tried": verdict.tried,
            "releases": verdict.releases,
            "cells": verdict.cells,
            "withheld": verdict.withheld,
            "variables": verdict.variables,
            "equations": verdict.equations,
            "components": verdict.components,
            "largest": verdict.largest,
            "took": next(
                (words for limit, words in DURATIONS if verdict.seconds < limit),
                "more than an hour",
            ),
        },
        # Both call HiGHS, so the officer is told so: what does not depend on it are the witnesses.
        "solvers": {
            "search": f"HiGHS in highspy {version('highspy')}",
            "audit": f"HiGHS in SciPy {version('scipy')}",
        },
    }


def _withheld(program: Program, parts: list[Counted], protection: Protection, rule: Rule) -> dict:
    tables = [_table(program, part, protection, rule) for part in parts]
    return {
        "tables": tables,
        "small": sum(t["small"] for t in tables),
        "protecting": sum(t["protecting"] for t in tables),
    }


def _table(program: Program, part: Counted, protection: Protection, rule: Rule) -> dict:
    name, cells, spec = part.counts.name, part.counts.cells, program.tables[part.table]
    hidden, small = protection.statuses[name] == WITHHELD, protection.primary[name]
    finest = pd.concat(
        [cells[d].isin(hierarchy.leaves) for d, hierarchy in part.counts.hierarchies.items()],
        axis="columns",
    ).all(axis="columns")
    return {
        "title": spec.title + (f": {spec.stack.parts[part.part]}" if part.part else ""),
        "cells": len(cells),
        "shown": int((~hidden).sum()),
        "small": int((hidden & small).sum()),
        "protecting": int((hidden & ~small).sum()),
        "inside": inside(
            int(cells["count"][finest & ~hidden].sum()),
            int(cells["count"][finest].sum()),
            rule.threshold,
        ),
    }


def inside(shown: int, every: int, threshold: int) -> int | None:
    """The share in per cent, rounded down to steps that cover so many counts each that it tells no
    small one.

    None where even half of all would be too few.
    """
    step = next((step for step in STEPS if step * every >= 100 * threshold), None)
    return None if step is None else 100 * shown // every // step * step


def _proof(protection: Protection) -> dict:
    """How many protected figures there are, and how many have a witness that holds, tried here once
    more.
    """
    system = protection.system
    withheld = np.zeros(len(system.values), dtype=bool)
    for name, status in protection.statuses.items():
        withheld[system.cells[name][(status == WITHHELD).to_numpy()]] = True
    holding = set(protection.witnesses) - set(broken(system, withheld, protection.witnesses))
    small = np.flatnonzero(
        system.published
        & system.primary
        & (system.values >= 1)
        & (system.values < system.threshold)
    )
    witnessed = {
        target.cells[0]
        for target in holding
        if len(target.cells) == 1 and target.need >= system.threshold[target.cells[0]]
    }
    return {
        "distinct": int(withheld.sum()),
        "witnesses": {
            "small": len(small),
            "witnessed": len(set(small.tolist()) & witnessed),
            "all": len(protection.witnesses),
            "holding": len(holding),
        },
    }


def _records(records: Records) -> dict:
    rows = records.rows
    known = [column for column in KNOWN_OF_A_PERSON if column in rows]
    groups = {"All records": rows}
    if "contact" in rows:
        groups["Records of a person who was met"] = rows[
            (rows["contact"] == "contact_made").fillna(False).astype(bool)
        ]
    found = []
    for name, group in groups.items():
        sizes = uniqueness(group, known)
        found.append(
            {
                "name": name,
                "number": sizes.records,
                "unique": sizes.unique,
                "bands": sizes.bands,
                "k": sizes.smallest,
                "l": least_distinct(group, known, SENSITIVE) if SENSITIVE in rows else None,
            }
        )
    return {"records": {"known": [KNOWN_OF_A_PERSON[column] for column in known], "groups": found}}
