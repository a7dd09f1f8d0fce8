"""What became of every release, as a page: all of them, with every revision and retraction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from openresponse import language
from openresponse.language import _, ngettext, pgettext
from openresponse.release.history.ledger import PUBLIC
from openresponse.release.history.register import STATES, Past
from openresponse.release.history.release_lists import CHANGES, CORRECTIONS, RELEASES
from openresponse.release.store.published import Published
from openresponse.release.tables import revisions
from openresponse.report.figures.datatable import Cell, Link, Table, dated
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.prose import words

PAGE = "corrections"
LISTS = (*(f"data/{name}" for name in (RELEASES, CORRECTIONS, CHANGES, PUBLIC)), "releases.xml")


@dataclass(frozen=True)
class Correction:
    """A revision, a retraction, or spending restated. changed: how many figures changed, with the
    address of the file that lists them; empty where there is none.
    """

    identifier: str
    title: str
    decision: str
    changed: str = ""
    file: str = ""


@dataclass(frozen=True)
class Corrections:
    releases: Table
    corrections: list[Correction]
    files: list[Link]
    chain: str
    root: str


def changes(past: Sequence[Past], public: Path) -> dict[str, pd.DataFrame]:
    """By the name of each revision that stands, its table of changed figures."""
    return {
        one.release: Published.load(public / one.release).tables[revisions.TABLE]
        for one in past
        if one.revision and not one.retraction
    }


def write(past: Sequence[Past], changed: dict[str, pd.DataFrame], site: Path) -> Path:
    """The page of all releases, revisions and retractions, in the language spoken. changed: see
    `changes`.
    """
    return qmd.page(
        site,
        f"{PAGE}.qmd",
        _("Corrections"),
        _("Every release, what was corrected or withdrawn, why, and who decided it."),
        body(past, changed),
    )


def body(past: Sequence[Past], changed: dict[str, pd.DataFrame]) -> str:
    """What stands on the page. changed: see `changes`."""
    newest_first, root = past[::-1], language.now().root
    page = Corrections(
        releases=_releases(newest_first, root),
        corrections=[
            correction
            for one in newest_first
            for correction in (
                _revision(one, changed.get(one.release), root),
                *_retractions(one),
                _restated(one),
            )
            if correction
        ],
        files=[Link(f"{root}{file}", Path(file).name) for file in LISTS],
        chain=PUBLIC,
        root=root,
    )
    return render("corrections.html", page=page)


def _releases(newest_first: Sequence[Past], root: str) -> Table:
    rows = [
        [
            Cell("links", links=(_brief(one.release, root),)),
            dated(one.published),
            _state(one, root),
            _approved(one),
            Cell("code", one.manifest[:12]),
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
    return Table(_("Releases, newest first"), columns, rows)


def _brief(release: str, root: str) -> Link:
    return Link(f"{root}briefs/{release}.html", words.release(release))


def _state(one: Past, root: str) -> str | Cell:
    if one.retraction:
        return _("Withdrawn on {date}", date=words.day(one.retraction["date"]))
    if one.superseded_by:
        text = _("Replaced by {release}", release="{link}")
        return Cell("linked", text, links=(_brief(one.superseded_by, root),))
    return words.initial(_(STATES[one.state]))


def _approved(one: Past) -> str:
    if one.approved_by:
        return ", ".join(map(_, one.approved_by))
    return _("Nobody: invented figures need no approval") if one.fictional else _("Nobody")


def _revision(one: Past, changed: pd.DataFrame | None, root: str) -> Correction | None:
    if not one.revision:
        return None
    title = _(
        "{date}: revision of {release}",
        date=words.day(one.revision["date"]),
        release=words.release(one.revision["of"]),
    )
    identifier, decision = f"revision-{one.release}", _decision(one.revision)
    if changed is None:
        return Correction(identifier, title, decision)
    file = f"{root}data/{one.release}/{revisions.TABLE}.csv"
    return Correction(identifier, title, decision, _counted(changed), file)


def _counted(changed: pd.DataFrame) -> str:
    """How many figures were revised, how many withheld, and how many left as they were."""
    revised, withheld, by_rule, left, ended = (
        int((changed["what"] == what).sum())
        for what in ("revised", "withheld", "withheld_by_rule", "stands", "ended")
    )
    of_rule = ngettext(
        "{n} figure is withheld from now on, because the privacy rule became stricter.",
        "{n} figures are withheld from now on, because the privacy rule became stricter.",
        by_rule,
        n=words.count(by_rule),
    )
    if by_rule and not revised:
        return of_rule
    of_revised = ngettext(
        "{n} figure was revised.", "{n} figures were revised.", revised, n=words.count(revised)
    )
    of_left = ngettext(
        "{n} figure was left as it was published before, because the change might tell of a few"
        " people.",
        "{n} figures were left as they were published before, because the change might tell of a"
        " few people.",
        left,
        n=words.count(left),
    )
    of_withheld = ngettext(
        "{n} figure is withheld from now on, because the change might tell of a few people.",
        "{n} figures are withheld from now on, because the change might tell of a few people.",
        withheld,
        n=words.count(withheld),
    )
    of_ended = ngettext(
        "{n} row is published no more.",
        "{n} rows are published no more.",
        ended,
        n=words.count(ended),
    )
    others = {of_rule: by_rule, of_withheld: withheld, of_left: left, of_ended: ended}
    return " ".join([of_revised, *(text for text, number in others.items() if number)])


def _retractions(one: Past) -> Iterator[Correction]:
    """One for each reason that was given; the first has the address that others link to."""
    for number, retraction in enumerate(one.retractions, start=1):
        title = _(
            "{date}: {release} withdrawn",
            date=words.day(retraction["date"]),
            release=words.release(one.release),
        )
        identifier = f"retraction-{one.release}" + (f"-{number}" if number > 1 else "")
        yield Correction(identifier, title, _decision(retraction))


def _restated(one: Past) -> Correction | None:
    if not one.restated:
        return None
    title = _(
        "{date}: spending of earlier months changed in {release}",
        date=words.day(one.restated["date"]),
        release=words.release(one.release),
    )
    return Correction(f"spending-{one.release}", title, words.sentence(_(one.restated["reason"])))


def _decision(entry: dict) -> str:
    return _("{reason} Decided by: {who}.", reason=_(entry["reason"]), who=_(entry["decided_by"]))
