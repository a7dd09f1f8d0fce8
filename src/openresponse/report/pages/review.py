"""What the analyst and those who approve look at before a release is public: what it holds, and
what changed since the one before.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from openresponse.media.names import FICTIONAL
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST
from openresponse.release.store.published import Published
from openresponse.release.tables import revisions
from openresponse.release.tables.loss import loss
from openresponse.report.figures import listing
from openresponse.report.figures.datatable import Table
from openresponse.report.html import working_page
from openresponse.report.pages import findings
from openresponse.report.prose import words


@dataclass(frozen=True)
class Review:
    """revision: `of`, `reason` and `decided_by`, where it revises a release. waits_for: the roles
    that have not approved. sentences: what the pages will say. changed: figures that were published
    before, and how many of them the page leaves out.
    """

    title: str
    release: str
    manifest: str
    revision: dict[str, str] | None
    waits_for: str
    sentences: list[str]
    tables: Table
    changed: Table | None
    more: str


def write(
    candidate: Published, before: Published | None, waits_for: list[str], styles: Path, out: Path
) -> Path:
    """Write the page into `out`, beside a copy of the site's style sheet; returns its path.

    before: the release before, if there is one. waits_for: roles that have not approved this
    manifest.
    """
    return working_page.write("review.html", view(candidate, before, waits_for), styles, out)


def view(candidate: Published, before: Published | None, waits_for: list[str]) -> Review:
    sentences = map(str, (*findings.on_home(candidate), *findings.in_brief(candidate)))
    changes = not candidate.tables.get(revisions.TABLE, pd.DataFrame()).empty
    title = f"Review: figures for {words.release(candidate.name)}"
    return Review(
        title=f"{title} ({FICTIONAL.lower()})" if candidate.fictional else title,
        release=candidate.name,
        manifest=digest(candidate.folder / MANIFEST),
        revision=candidate.revision,
        waits_for=", ".join(waits_for),
        sentences=list(dict.fromkeys(sentences)),
        tables=_tables(candidate, before),
        changed=listing.changed(candidate) if changes else None,
        more=listing.more(candidate) if changes else "",
    )


def _tables(candidate: Published, before: Published | None) -> Table:
    """How large each table is, what it withholds, and the same of the release before."""
    now, earlier = _losses(candidate), _losses(before) if before else {}
    rows = [
        [
            candidate.title(name),
            words.count(len(frame)),
            words.count(len(before.tables[name])) if before and name in before.tables else "none",
            _new_periods(candidate, before, name),
            words.count(now[name]["values"] - now[name]["withheld"]) if name in now else "all",
            words.count(now[name]["withheld"]) if name in now else "0",
            words.count(earlier[name]["withheld"]) if name in now and name in earlier else "none",
        ]
        for name, frame in candidate.tables.items()
    ]
    columns = [
        "Table",
        "Rows",
        "Rows before",
        "New periods",
        "Values shown",
        "Withheld",
        "Withheld before",
    ]
    return Table("Tables", columns, rows, frozenset({1, 2, 4, 5, 6}))


def _losses(published: Published) -> dict[str, dict]:
    """By table, how many values it has and withholds."""
    return {row["table"]: row for row in loss(published).to_dict("records")}


def _new_periods(candidate: Published, before: Published | None, name: str) -> str:
    known = set(before.periods(name)) if before and name in before.tables else set()
    new = sorted(set(candidate.periods(name)) - known)
    if not new:
        return "none"
    if len(new) == 1:
        return words.period(new[0])
    return f"{len(new)}: {words.span(new[0], new[-1])}"
