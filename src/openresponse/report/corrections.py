"""What became of every release: the page of corrections, the notice on a brief whose release was replaced, and the page left where one was withdrawn."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd

from openresponse import language
from openresponse.language import _
from openresponse.release import revisions
from openresponse.release.history import CHANGES, CORRECTIONS, RELEASES, STATES, Past
from openresponse.release.ledger import PUBLIC
from openresponse.release.published import Published
from openresponse.report import calendar, datatable, parts, words

PAGE = "corrections"
RULE = ("<p>A release is never rewritten. What was wrong, or has changed since, is corrected by a revision with a name of its own; the release before stays as it was, "
        "at its own address. A release that should not have been published is withdrawn: its files go, its manifest and the reason stay.</p>")


def write(past: Sequence[Past], public: Path, site: Path) -> Path:
    """The page of all releases, revisions and retractions."""
    told = {one.release: Published.load(public / one.release).tables[revisions.TABLE] for one in past if one.revision and not one.retraction}
    return parts.page(site, f"{PAGE}.qmd", "Corrections", "Every release, what was corrected or withdrawn, why, and who decided it.", body(past, told))


def body(past: Sequence[Past], told: dict[str, pd.DataFrame]) -> str:
    """What stands on the page. told: by the name of a revision, its table of changed figures."""
    newest_first = past[::-1]
    rows = [[_named(one), datatable.day(one.published), _state(one), _approved(one), f"<code>{one.manifest[:12]}</code>"] for one in newest_first]
    html = parts.section("All releases", RULE + datatable.html("Releases, newest first", ["Release", "Published", "State", "Approved by", "Manifest (first 12 signs)"], rows), "releases")
    found = "".join(_revision(one, told.get(one.release)) + _retraction(one) for one in newest_first)
    html += parts.section("Corrections", found or "<p>Nothing has been corrected and nothing withdrawn.</p>", "corrections")
    return html + parts.section("As files", f'<p class="files"><a href="data/{RELEASES}">{RELEASES}</a> <a href="data/{CORRECTIONS}">{CORRECTIONS}</a> '
                                f'<a href="data/{CHANGES}">{CHANGES}</a> <a href="data/{PUBLIC}">{PUBLIC}</a> <a href="releases.xml">releases.xml</a></p>'
                                f"<p>Each line of <code>{PUBLIC}</code> holds the hash of a manifest and of the line before, and each manifest the hash of every file and of the "
                                "manifest before. So a change to any published file can be found: <code>openresponse verify FOLDER</code> names it.</p>", "files")


def mark(past: Sequence[Past], site: Path) -> None:
    """Say on the brief of a superseded release by what, and leave a page where a release was withdrawn, in the language spoken."""
    revised_by = {one.release: one.revision for one in past if one.revision}
    for one in past:
        if one.retraction:
            _withdrawn(one, site)
        elif one.superseded_by:
            _superseded(one, revised_by[one.superseded_by], site)


def _superseded(one: Past, revision: dict, site: Path) -> None:
    path = site / language.now().folder / "briefs" / f"{one.release}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    told = _("These figures were revised on {date}: {reason}", date=words.day(revision["date"]), reason=_(revision["reason"]))
    notice = language.marked(f'<aside class="notice"><p><strong>{escape(_("Replaced."))}</strong> {escape(told)} '
                             f'<a href="{one.superseded_by}.html">{escape(_("Read the revised brief"))}</a>. '
                             f'<a href="{language.now().root}../{PAGE}.html">{escape(_("What changed"))}</a>.</p></aside>')
    cell = {"cell_type": "markdown", "id": "notice", "metadata": {}, "source": f"```{{=html}}\n{notice}\n```\n"}
    book["cells"].insert(1, cell)
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def why(one: Past) -> str:
    """When a release was withdrawn, why, and who decided it."""
    return _("These figures were withdrawn on {date}: {reason} Decided by: {who}.", date=words.day(one.retraction["date"]), reason=_(one.retraction["reason"]),
             who=_(one.retraction["decided_by"]))


def _withdrawn(one: Past, site: Path) -> None:
    root, name = f"{language.now().root}../", calendar.name(one.release)
    said = (f'<p>{escape(why(one))}</p><p>{escape(_("The files are gone. The manifest tells which there were, with their hashes."))} '
            f'<a href="{root}data/{one.release}/manifest.json">{escape(_("The manifest"))}</a> '
            f'<a href="{root}{PAGE}.html">{escape(_("All releases and corrections"))}</a></p>')
    title = _("Brief for {period}: withdrawn", period=name)
    parts.page(site, f"briefs/{one.release}.qmd", _("{brief} (fictional data)", brief=title) if one.fictional else title,
               _("Why the figures for {period} are gone.", period=name), said)


def _named(one: Past) -> str:
    name = escape(calendar.name(one.release))
    return f'<a href="briefs/{one.release}.html">{name}</a>'


def _state(one: Past) -> str:
    if one.retraction:
        return f"Withdrawn on {words.day(one.retraction['date'])}"
    return f'Replaced by <a href="briefs/{one.superseded_by}.html">{escape(calendar.name(one.superseded_by))}</a>' if one.superseded_by else words.sentence(STATES[one.state]).rstrip(".")


def _approved(one: Past) -> str:
    return escape(", ".join(one.approved_by)) or ("Nobody: invented figures need no approval" if one.fictional else "Nobody")


def _revision(one: Past, changed: pd.DataFrame | None) -> str:
    if not one.revision:
        return ""
    told = one.revision
    html = (f'<section class="correction" id="revision-{one.release}"><h3>{words.day(told["date"])}: revision of {escape(calendar.name(told["of"]))}</h3>'
            f'<p>{escape(told["reason"])} Decided by: {escape(told["decided_by"])}.</p>')
    if changed is not None:
        html += (f"<p>{_times((changed['what'] == 'revised').sum())} revised. {_times((changed['what'] == 'stands').sum())} left as it was published before, "
                 f'because the change might tell of a few people. <a href="data/{one.release}/{revisions.TABLE}.csv" download>Every changed figure, old and new (CSV)</a></p>')
    return html + "</section>"


def _retraction(one: Past) -> str:
    if not one.retraction:
        return ""
    told = one.retraction
    return (f'<section class="correction" id="retraction-{one.release}"><h3>{words.day(told["date"])}: {escape(calendar.name(one.release))} withdrawn</h3>'
            f'<p>{escape(told["reason"])} Decided by: {escape(told["decided_by"])}.</p></section>')


def _times(number: int) -> str:
    return f"{words.count(number)} {'figure was' if number == 1 else 'figures were'}"
