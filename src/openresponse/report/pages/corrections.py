"""What became of every release: the page of corrections, the notice on a brief whose release was
replaced, and the page left where one was withdrawn.
"""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd

from openresponse import language
from openresponse.language import N_, _, ngettext, pgettext
from openresponse.release.history.ledger import PUBLIC
from openresponse.release.history.register import STATES, Past
from openresponse.release.history.release_lists import CHANGES, CORRECTIONS, RELEASES
from openresponse.release.store.published import Published
from openresponse.release.tables import revisions
from openresponse.report.figures import datatable
from openresponse.report.figures.figure import plain
from openresponse.report.html import parts
from openresponse.report.prose import words

PAGE = "corrections"
RULE = N_(
    "A release is never rewritten. What was wrong, or has changed since, is corrected by a revision"
    " with a name of its own; the release before stays as it was, at its own address. A release"
    " that should not have been published is withdrawn: its files go, its manifest and the reason"
    " stay."
)
CHAIN = N_(
    "Each line of `{ledger}` holds the hash of a manifest and of the line before, and each manifest"
    " the hash of every file and of the manifest before. So a change to any published file can be"
    " found: `openresponse verify FOLDER` names it."
)


def changes(past: Sequence[Past], public: Path) -> dict[str, pd.DataFrame]:
    """By the name of each revision that stands, its table of changed figures."""
    return {
        one.release: Published.load(public / one.release).tables[revisions.TABLE]
        for one in past
        if one.revision and not one.retraction
    }


def write(past: Sequence[Past], told: dict[str, pd.DataFrame], site: Path) -> Path:
    """The page of all releases, revisions and retractions, in the language spoken. told: see
    `changes`.
    """
    return parts.page(
        site,
        f"{PAGE}.qmd",
        _("Corrections"),
        _("Every release, what was corrected or withdrawn, why, and who decided it."),
        body(past, told),
    )


def body(past: Sequence[Past], told: dict[str, pd.DataFrame]) -> str:
    """What stands on the page. told: see `changes`."""
    newest_first, root = past[::-1], language.now().root
    rows = [
        [
            _named(one, root),
            datatable.day(one.published),
            _state(one, root),
            _approved(one),
            f"<code>{one.manifest[:12]}</code>",
        ]
        for one in newest_first
    ]
    columns = [
        _("Release"),
        pgettext("releases", "Published"),
        _("State"),
        _("Approved by"),
        _("Manifest (first 12 characters)"),
    ]
    html = parts.section(
        _("All releases"),
        f"<p>{escape(_(RULE))}</p>" + datatable.html(_("Releases, newest first"), columns, rows),
        "releases",
    )
    found = "".join(
        _revision(one, told.get(one.release), root) + _retraction(one) for one in newest_first
    )
    html += parts.section(
        _("Corrections"),
        found or f"<p>{escape(_('Nothing has been corrected and nothing withdrawn.'))}</p>",
        "corrections",
    )
    files = " ".join(
        f'<a href="{root}{file}">{Path(file).name}</a>'
        for file in (
            *(f"data/{name}" for name in (RELEASES, CORRECTIONS, CHANGES, PUBLIC)),
            "releases.xml",
        )
    )
    return html + parts.section(
        _("As files"),
        f'<p class="files">{files}</p><p>{plain(_(CHAIN, ledger=PUBLIC))}</p>',
        "files",
    )


def mark(past: Sequence[Past], site: Path) -> None:
    """Say on the brief of a superseded release by what, and leave a page where a release was
    withdrawn, in the language spoken.
    """
    revised_by = {one.release: one.revision for one in past if one.revision}
    for one in past:
        if one.retraction:
            _withdrawn(one, site)
        elif one.superseded_by:
            _superseded(one, revised_by[one.superseded_by], site)


def _superseded(one: Past, revision: dict, site: Path) -> None:
    path = site / language.now().folder / "briefs" / f"{one.release}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    told = _(
        "These figures were revised on {date}: {reason}",
        date=words.day(revision["date"]),
        reason=_(revision["reason"]),
    )
    notice = language.marked(
        f'<aside class="notice"><p><strong>{escape(_("Replaced."))}</strong> {escape(told)} <a'
        f' href="{one.superseded_by}.html">{escape(_("Read the revised brief"))}</a>. <a'
        f' href="{language.now().root}../{PAGE}.html">{escape(_("What changed"))}</a>.</p></aside>'
    )
    cell = {
        "cell_type": "markdown",
        "id": "notice",
        "metadata": {},
        "source": f"```{{=html}}\n{notice}\n```\n",
    }
    book["cells"].insert(1, cell)
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def why(one: Past) -> str:
    """When a release was withdrawn, why, and who decided it."""
    return _(
        "These figures were withdrawn on {date}: {reason} Decided by: {who}.",
        date=words.day(one.retraction["date"]),
        reason=_(one.retraction["reason"]),
        who=_(one.retraction["decided_by"]),
    )


def _withdrawn(one: Past, site: Path) -> None:
    root, name = f"{language.now().root}../", words.release(one.release)
    said = (
        f"<p>{escape(why(one))}</p><p>{escape(_('The files are gone. The manifest tells which there were, with their hashes.'))} "
        f'<a href="{root}data/{one.release}/manifest.json">{escape(_("The manifest"))}</a> '
        f'<a href="{root}{PAGE}.html">{escape(_("All releases and corrections"))}</a></p>'
    )
    title = _("Brief for {period}: withdrawn", period=name)
    parts.page(
        site,
        f"briefs/{one.release}.qmd",
        _("{brief} (fictional data)", brief=title) if one.fictional else title,
        _("Why the figures for {period} are gone.", period=name),
        said,
    )


def _named(one: Past, root: str) -> str:
    return f'<a href="{root}briefs/{one.release}.html">{escape(words.release(one.release))}</a>'


def _state(one: Past, root: str) -> str:
    if one.retraction:
        return escape(_("Withdrawn on {date}", date=words.day(one.retraction["date"])))
    if one.superseded_by:
        return _(
            "Replaced by {release}",
            release=(
                f'<a href="{root}briefs/{one.superseded_by}.html">{escape(words.release(one.superseded_by))}</a>'
            ),
        )
    return words.initial(_(STATES[one.state]))


def _approved(one: Past) -> str:
    return escape(
        ", ".join(map(_, one.approved_by))
        or (_("Nobody: invented figures need no approval") if one.fictional else _("Nobody"))
    )


def _revision(one: Past, changed: pd.DataFrame | None, root: str) -> str:
    if not one.revision:
        return ""
    told, said = one.revision, ""
    if changed is not None:
        revised, stands = (int((changed["what"] == what).sum()) for what in ("revised", "stands"))
        counted = (
            ngettext(
                "{n} figure was revised.",
                "{n} figures were revised.",
                revised,
                n=words.count(revised),
            ),
            ngettext(
                "{n} figure was left as it was published before, because the change might tell of a"
                " few people.",
                "{n} figures were left as they were published before, because the change might tell"
                " of a few people.",
                stands,
                n=words.count(stands),
            ),
        )
        said = (
            f"<p>{escape(' '.join(counted))} <a"
            f' href="{root}data/{one.release}/{revisions.TABLE}.csv" download>'
            f"{escape(_('Every changed figure, old and new (CSV)'))}</a></p>"
        )
    return _correction(
        f"revision-{one.release}",
        _(
            "{date}: revision of {release}",
            date=words.day(told["date"]),
            release=words.release(told["of"]),
        ),
        told,
        said,
    )


def _retraction(one: Past) -> str:
    if not one.retraction:
        return ""
    told = one.retraction
    return _correction(
        f"retraction-{one.release}",
        _(
            "{date}: {release} withdrawn",
            date=words.day(told["date"]),
            release=words.release(one.release),
        ),
        told,
    )


def _correction(identifier: str, title: str, told: dict, said: str = "") -> str:
    decided = _("{reason} Decided by: {who}.", reason=_(told["reason"]), who=_(told["decided_by"]))
    return (
        '<section class="correction"'
        f' id="{identifier}"><h3>{escape(title)}</h3><p>{escape(decided)}</p>{said}</section>'
    )
