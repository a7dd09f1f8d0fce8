"""The briefs of releases that stand no more: a notice on those that were replaced, and a page left
where one was withdrawn.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import _
from openresponse.release.history.register import Past
from openresponse.report.figures.datatable import Link
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.pages.notices.corrections import PAGE
from openresponse.report.prose import words


@dataclass(frozen=True)
class Notice:
    """On the brief of a release that was replaced."""

    text: str
    brief: str
    corrections: str


def mark(past: Sequence[Past], site: Path) -> None:
    """Say on the brief of a superseded release by what, and leave a page where a release was
    withdrawn, in the language spoken.
    """
    revised_by = {one.release: one.revision for one in past if one.revision}
    for one in past:
        if one.retraction:
            _withdrawn(one, one.retraction, site)
        elif one.superseded_by:
            _superseded(one, revised_by[one.superseded_by], site)


def why(retraction: dict[str, str]) -> str:
    """When a release was withdrawn, why, and who decided it."""
    return _(
        "These figures were withdrawn on {date}: {reason} Decided by: {who}.",
        date=words.day(retraction["date"]),
        reason=_(retraction["reason"]),
        who=_(retraction["decided_by"]),
    )


def _superseded(one: Past, revision: dict, site: Path) -> None:
    path = site / language.now().folder / "briefs" / f"{one.release}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    notice = Notice(
        _(
            "These figures were revised on {date}: {reason}",
            date=words.day(revision["date"]),
            reason=_(revision["reason"]),
        ),
        f"{one.superseded_by}.html",
        f"{language.now().root}../{PAGE}.html",
    )
    source = qmd.block(render("notice.html", notice=notice).strip())
    cell = {
        "cell_type": "markdown",
        "id": "notice",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    book["cells"].insert(1, cell)
    dated = path.stat().st_mtime_ns  # listings show it, and it is the same when made again
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.utime(path, ns=(dated, dated))


def _withdrawn(one: Past, retraction: dict[str, str], site: Path) -> None:
    root, period = f"{language.now().root}../", words.release(one.release)
    title = _("Brief for {period}: withdrawn", period=period)
    links = [
        Link(f"{root}data/{one.release}/manifest.json", _("The manifest")),
        Link(f"{root}{PAGE}.html", _("All releases and corrections")),
    ]
    qmd.page(
        site,
        f"briefs/{one.release}.qmd",
        words.marked(title, one.fictional),
        _("Why the figures for {period} are gone.", period=period),
        render("withdrawn_brief.html", why=why(retraction), links=links),
    )
