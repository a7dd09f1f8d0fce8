"""What the analyst and those who approve look at before a release is public: what it holds, and
what changed since the one before.
"""

import shutil
from html import escape
from pathlib import Path

import pandas as pd

from openresponse.media.names import FICTIONAL
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST
from openresponse.release.store.published import Published
from openresponse.release.tables import revisions
from openresponse.release.tables.loss import loss
from openresponse.report.figures import datatable
from openresponse.report.html import parts
from openresponse.report.pages import brief, home
from openresponse.report.prose import words

MOST_ROWS = 500  # of changed figures on the page; the file has all


def write(
    candidate: Published, before: Published | None, waits_for: list[str], styles: Path, out: Path
) -> Path:
    """Write the page into `out`, beside a copy of the site's style sheet; returns its path.

    before: the release before, if there is one. waits_for: roles that have not approved this
    manifest.
    """
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy2(styles, out / "styles.css")
    title = f"Review: figures for {words.release(candidate.name)}" + (
        f" ({FICTIONAL.lower()})" if candidate.fictional else ""
    )
    page = out / "index.html"
    page.write_text(
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport"'
        ' content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="styles.css"></head><body><main'
        ' id="quarto-document-content" class="content">'
        f"<h1>{escape(title)}</h1>{body(candidate, before, waits_for)}</main></body></html>\n",
        encoding="utf-8",
    )
    return page


def body(candidate: Published, before: Published | None, waits_for: list[str]) -> str:
    """What stands on the page."""
    html = parts.section("What is to be approved", _approval(candidate, waits_for), "approval")
    said = [
        " ".join(found).strip() for found in (*home.findings(candidate), *brief.findings(candidate))
    ]
    html += parts.section(
        "What the pages will say", parts.sentences(list(dict.fromkeys(said))), "sentences"
    )
    html += parts.section("What each table holds", _tables(candidate, before), "tables")
    return html + parts.section("Figures that change", _changed(candidate), "changed")


def _approval(candidate: Published, waits_for: list[str]) -> str:
    told = candidate.revision
    why = (
        f"<p>It revises {escape(told['of'])}. {escape(told['reason'])} Decided by:"
        f" {escape(told['decided_by'])}.</p>"
        if told
        else ""
    )
    waits = (
        f"<p>It waits for: {escape(', '.join(waits_for))}.</p>"
        if waits_for
        else "<p>It waits for nobody.</p>"
    )
    return (
        f"<p>Release {candidate.name}. SHA-256 of its manifest:"
        f" <code>{digest(candidate.folder / MANIFEST)}</code>. An approval is for these bytes and"
        f" no others.</p>{why}{waits}<p>The gate has passed: the arithmetic agrees, earlier figures"
        " stand or their change is told, and the audit over all releases opened nothing.</p>"
    )


def _tables(candidate: Published, before: Published | None) -> str:
    lost, earlier = (
        loss(candidate).set_index("table"),
        loss(before).set_index("table") if before else None,
    )
    rows = []
    for name, frame in candidate.tables.items():
        old = before.tables.get(name) if before else None
        new = sorted(
            set(candidate.periods(name)) - set(before.periods(name) if old is not None else [])
        )
        known = name in lost.index
        rows.append(
            [
                escape(candidate.title(name)),
                words.count(len(frame)),
                words.count(len(old)) if old is not None else "none",
                _periods(new),
                words.count(lost.at[name, "cells"] - lost.at[name, "withheld"]) if known else "all",
                words.count(lost.at[name, "withheld"]) if known else "0",
                (
                    words.count(earlier.at[name, "withheld"])
                    if known and earlier is not None and name in earlier.index
                    else "none"
                ),
            ]
        )
    return datatable.html(
        "Tables",
        [
            "Table",
            "Rows",
            "Rows before",
            "New periods",
            "Figures shown",
            "Withheld",
            "Withheld before",
        ],
        rows,
        {1, 2, 4, 5, 6},
    )


def _periods(new: list[str]) -> str:
    return (
        "none"
        if not new
        else words.period(new[0])
        if len(new) == 1
        else f"{len(new)}: {words.span(new[0], new[-1])}"
    )


def _changed(candidate: Published) -> str:
    frame = candidate.tables.get(revisions.TABLE, pd.DataFrame())
    if frame.empty:
        return "<p>No figure that was published before changes.</p>"
    rows = [
        [
            escape(f"{row.table}: {row.row}" if row.row else row.table),
            words.period(row.period),
            escape(row.column),
            datatable.cell(row.earlier, "", _number),
            datatable.cell(row.now, row.now_status, _number),
            escape(revisions.WHAT[row.what]),
        ]
        for row in frame.head(MOST_ROWS).itertuples()
    ]
    more = (
        f"<p>{words.count(len(frame) - MOST_ROWS)} more stand in {revisions.TABLE}.csv.</p>"
        if len(frame) > MOST_ROWS
        else ""
    )
    return (
        datatable.html(
            "Changed figures", ["Row", "Period", "Column", "Earlier", "Now", "What"], rows, {3, 4}
        )
        + more
    )


def _number(value: float) -> str:
    return words.count(value) if float(value).is_integer() else words.decimal(value)
