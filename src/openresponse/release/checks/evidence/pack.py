"""The privacy officer's evidence pack: a PDF to read and sign, and what it rests on, as files.

Confidential, but without the true counts: the reader need not see them. It is evidence for an
Expert Determination under 45 CFR 164.514(b)(1); it does not claim one.
"""

from pathlib import Path

from openresponse.disclosure.audit.knowledge import KNOWLEDGE
from openresponse.media import typeset
from openresponse.release.checks.evidence import proof, sections, uncertainty
from openresponse.release.checks.evidence.basis import Basis
from openresponse.release.checks.evidence.withheld_cells import withheld_cells
from openresponse.release.history.retraction import ever
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import csv_text, disk_errors, json_text

TEMPLATE = Path(__file__).with_name("evidence.typ")
NOT_COVERED = (
    "How likely a value is inside the range that remains. That is measured, not proved.",
    "What somebody knows about a person from elsewhere, such as having seen the response.",
    (
        "Conclusions from how the program chooses what to withhold. A secret number breaks its"
        " ties, which makes them harder."
    ),
    "Pages, pictures and letters that the city publishes beside this website.",
)


def write(folder: Path, basis: Basis) -> Path:
    """Write `evidence.pdf`, `evidence.json` and `cells.csv` of a candidate release below `folder`;
    return its own folder.
    """
    release = basis.candidate.name
    target, past = folder / release, ever(basis.program.folders, before=release)
    content = (
        sections.released(basis, past)
        | sections.rule(basis)
        | proof.system(basis)
        | proof.withheld(basis)
        | proof.proof(basis.protection)
        | sections.relations(basis.protection)
        | uncertainty.reach(basis.protection, basis.rule)
        | uncertainty.guesses(basis.guesses, basis.rule)
        | sections.records(basis.records)
        | {"knowledge": list(KNOWLEDGE), "not_covered": list(NOT_COVERED)}
    )
    cells = withheld_cells(basis, past)
    with disk_errors(target, f"the evidence of {release}"), closed_off(target):
        (target / "evidence.pdf").write_bytes(typeset.pdf(TEMPLATE, content))
        (target / "evidence.json").write_text(json_text(content), encoding="utf-8")
        (target / "cells.csv").write_text(csv_text(cells), encoding="utf-8")
    return target
