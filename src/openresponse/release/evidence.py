"""The privacy officer's evidence pack: a PDF to read and sign, and what it rests on, as files.

Confidential, but without the true counts: the reader need not see them. It is evidence for an Expert Determination
under 45 CFR 164.514(b)(1); it does not claim one.
"""

from pathlib import Path

import pandas as pd

from openresponse import typeset
from openresponse.disclosure import WITHHELD, Protection
from openresponse.disclosure.audit import KNOWLEDGE, Verdict
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.uniqueness import least_distinct, uniqueness
from openresponse.measures import Counted
from openresponse.program import Program
from openresponse.records import Records
from openresponse.release.published import Published
from openresponse.release.write import MANIFEST, csv_text, digest, disk_errors, json_text

TEMPLATE = Path(__file__).with_name("evidence.typ")
# Columns that somebody could know of a person, as far as the program has them.
KNOWN_OF_A_PERSON = ["quarter", "model", "district", "time_band", "day_type", "age_band", "race_ethnicity", "gender", "language"]
SENSITIVE = "outcome"
NOT_COVERED = (
    "How likely a value is inside the range that remains.",
    "What somebody knows about a person from elsewhere, such as having seen the response.",
    "Conclusions from how the program chooses what to withhold. A secret number breaks its ties, which makes them harder.",
    "Pages, pictures and letters that the city publishes beside this website.",
)


def write(folder: Path, program: Program, records: Records, parts: list[Counted], protection: Protection, rule: Rule,
          candidate: Published, verdict: Verdict) -> Path:
    """Write `evidence.pdf`, `evidence.json` and `cells.csv` of a candidate release below `folder`; return its own folder."""
    target = folder / candidate.name
    withheld = _cells(parts, protection)
    content = _content(program, records, parts, protection, rule, candidate, verdict)
    with disk_errors(target, candidate.name):
        target.mkdir(parents=True, exist_ok=True)
        (target / "evidence.pdf").write_bytes(typeset.pdf(TEMPLATE, content))
        (target / "evidence.json").write_text(json_text(content), encoding="utf-8")
        (target / "cells.csv").write_text(csv_text(withheld), encoding="utf-8")
    return target


def _cells(parts: list[Counted], protection: Protection) -> pd.DataFrame:
    """Every withheld cell and why, without its count."""
    found = []
    for part in parts:
        cells, name = part.counts.cells, part.counts.name
        codes = cells[list(part.counts.trees)].agg(" / ".join, axis="columns") if part.counts.trees else ""
        reason = protection.primary[name].map({True: "small, or of a group that is alike", False: "protects others"})
        found.append(pd.DataFrame({"table": name, "period": cells["period"], "cell": codes, "reason": reason})[protection.statuses[name] == WITHHELD])
    return pd.concat(found, ignore_index=True)


def _content(program, records, parts, protection, rule, candidate, verdict) -> dict:
    """Everything the PDF says, as plain values."""
    tables = [_table(program, part, protection) for part in parts]
    known = [c for c in KNOWN_OF_A_PERSON if c in records.rows]
    found = uniqueness(records.rows, known)
    return {
        "release": candidate.name, "program": program.program.name, "city": program.program.city, "fictional": records.fictional,
        "approvers": list(program.release.approvers), "manifest": digest(candidate.folder / MANIFEST),
        "rule": {"preset": rule.preset, "hides": rule.hides_in_words, "threshold": rule.threshold, "source": rule.source,
                 "zeros": "shown" if rule.zeros == "public" else "withheld like a small count"},
        "harmless": [f"{name}: {reason}" for name, reason in program.privacy.harmless.items()],
        "exemptions": [f"{e.table}, {', '.join(f'{d} = {c}' for d, c in e.where.items())}: {e.reason} Approved by {e.approver}."
                       for e in program.privacy.exemptions],
        "knowledge": list(KNOWLEDGE), "not_covered": list(NOT_COVERED), "tables": tables,
        "universes": [{"name": u, "tables": sum(p.counts.universe == u for p in parts), "cells": sum(len(p.counts.cells) for p in parts if p.counts.universe == u)}
                      for u in dict.fromkeys(p.counts.universe for p in parts)],
        "verdict": {"opened": len(verdict.opened), "tried": verdict.tried, "releases": verdict.releases, "cells": verdict.cells, "withheld": verdict.withheld,
                    "variables": verdict.variables, "equations": verdict.equations, "components": verdict.components, "largest": verdict.largest},
        "witnesses": len(protection.witnesses),
        "smallest_shown": min(int(t.cells["count"][(protection.statuses[t.name] != WITHHELD) & (t.cells["count"] > 0)].min())
                              for t in (p.counts for p in parts) if ((protection.statuses[t.name] != WITHHELD) & (t.cells["count"] > 0)).any()),
        "small": sum(t["small"] for t in tables), "protecting": sum(t["protecting"] for t in tables),
        "records": {"known": [c.replace("_", " ") for c in known], "number": found.records, "unique": found.unique, "bands": found.bands, "k": found.smallest,
                    "l": least_distinct(records.rows, known, SENSITIVE) if SENSITIVE in records.rows else None},
    }


def _table(program: Program, part: Counted, protection: Protection) -> dict:
    name, cells = part.counts.name, part.counts.cells
    hidden, small = protection.statuses[name] == WITHHELD, protection.primary[name]
    finest = pd.concat([cells[d].isin(tree.leaves) for d, tree in part.counts.trees.items()], axis="columns").all(axis="columns")
    every = int(cells["count"][finest].sum())
    title = program.tables[part.table].title + (f": {part.part.replace('_', ' ')}" if part.part else "")
    return {"title": title, "cells": len(cells), "shown": int((~hidden).sum()), "small": int((hidden & small).sum()),
            "protecting": int((hidden & ~small).sum()), "inside": round(int(cells["count"][finest & ~hidden].sum()) / every, 3) if every else None}
