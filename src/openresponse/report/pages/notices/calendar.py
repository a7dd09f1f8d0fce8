"""The days of publication as a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import _, ngettext, pgettext
from openresponse.release.history.release_days import Announced, Entry
from openresponse.report.figures.datatable import Table, dated
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.prose import words


@dataclass(frozen=True)
class Calendar:
    """next: the next day, where one is announced. access: who sees figures before, where there is a
    plan that lets somebody. root: the way to the site's first folder.
    """

    fictional: bool
    rule: str
    next: str
    ahead: Table
    past: Table
    provisional: list[str]
    has_plan: bool
    access: Table | None
    root: str


def write(announced: Announced, fictional: bool, site: Path) -> Path:
    """The calendar page, in the language spoken."""
    return qmd.page(
        site,
        "calendar.qmd",
        _("Calendar"),
        _("When figures are published, and who sees them before."),
        body(announced, fictional),
    )


def body(announced: Announced, fictional: bool) -> str:
    """What stands on the calendar page."""
    plan = announced.plan
    ahead = [entry for entry in announced.entries if not entry.published]
    past = [entry for entry in reversed(announced.entries) if entry.published]
    page = Calendar(
        fictional=fictional,
        rule=_rule(announced),
        next=_next(ahead[0]) if ahead else "",
        ahead=_table(_("Releases to come"), ahead, announced),
        past=_table(_("Releases published"), past, announced),
        provisional=_provisional(announced),
        has_plan=plan is not None,
        access=_access(plan.access) if plan and plan.access else None,
        root=language.now().root,
    )
    return render("calendar.html", page=page)


def _rule(announced: Announced) -> str:
    plan = announced.plan
    if plan is None:
        return _(
            "No days are announced. A month's figures are published {days} days after the"
            " month ends, or later.",
            days=announced.settle_days,
        )
    days = _(
        "Figures come at {time} ({zone}). This list was announced on {day}.",
        time=plan.time,
        zone=announced.zone,
        day=words.day(str(plan.announced)),
    )
    return f"{_(plan.rule)} {days}"


def _next(entry: Entry) -> str:
    return _(
        "Next: figures for {period} on {day}.",
        period=words.release(entry.release),
        day=words.day(str(entry.day)),
    )


def _provisional(announced: Announced) -> list[str]:
    """Which days and figures may still move."""
    lines: list[str] = [
        _(
            "Figures of the newest months are marked as provisional: a revision may still change"
            " them, and nothing else does."
        ),
        _(
            "Published figures are never changed quietly: a correction is a release of its"
            " own, with its reason."
        ),
    ]
    if announced.plan is None:
        return lines
    days = _(
        "The days are fixed up to the figures for {period}. Later days may still change; this"
        " page shows the new day first.",
        period=words.period(announced.plan.confirmed),
    )
    return [days, *lines]


def _table(caption: str, entries: list[Entry], announced: Announced) -> Table:
    rows = [
        [words.release(entry.release), dated(str(entry.day)), _state(entry, announced)]
        for entry in entries
    ]
    return Table(caption, [_("Figures for"), _("Day"), _("State")], rows)


def _state(entry: Entry, announced: Announced) -> str:
    if entry.early:
        return _(
            "Published before its day, {day}: {reason}",
            day=words.day(entry.early["announced"]),
            reason=words.sentence(_(entry.early["reason"])),
        )
    if entry.state == "retracted":
        return _("Published, then withdrawn")
    if entry.state != "current":
        return _("Published, then replaced")
    if entry.published:
        return pgettext("releases", "Published")
    return _("May still move") if announced.may_move(entry) else _("Announced")


def _access(access: Sequence) -> Table:
    rows = [
        [_(one.role), ngettext("{n} hour", "{n} hours", one.hours, n=one.hours), _(one.reason)]
        for one in access
    ]
    columns = [_("Role"), _("How long before"), _("Why")]
    return Table(_("Access before publication"), columns, rows)
