"""The days of publication as a page."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _, ngettext, pgettext
from openresponse.release.history.release_days import Announced, Entry
from openresponse.report.figures import datatable
from openresponse.report.html import parts
from openresponse.report.prose import words

SUBSCRIBE = N_(
    '<a href="{root}calendar.ics">calendar.ics</a> puts these days into your own calendar. <a'
    ' href="{root}releases.xml">releases.xml</a> is a feed of what has been published.'
)


def write(announced: Announced, fictional: bool, site: Path) -> Path:
    """The calendar page, in the language spoken."""
    return parts.page(
        site,
        "calendar.qmd",
        _("Calendar"),
        _("When figures are published, and who sees them before."),
        body(announced, fictional),
    )


def body(announced: Announced, fictional: bool) -> str:
    """What stands on the calendar page."""
    plan = announced.plan
    ahead, past = (
        [e for e in announced.entries if not e.published],
        [e for e in announced.entries if e.published],
    )
    said = (
        f"<p>{_('These days and roles are invented, like the figures.')}</p>" if fictional else ""
    )
    said += (
        "<p>"
        + (
            escape(_(plan.rule))
            + " "
            + escape(
                _(
                    "Figures come at {time} ({zone}). This list was announced on {day}.",
                    time=plan.time,
                    zone=announced.zone,
                    day=words.day(str(plan.announced)),
                )
            )
            if plan
            else escape(
                _(
                    "No days are announced. A month's figures are published {days} days after the"
                    " month ends, or later.",
                    days=announced.settle_days,
                )
            )
        )
        + "</p>"
    )
    said += _next(ahead[0]) + _table(_("Releases to come"), ahead, announced) if ahead else ""
    html = parts.section(
        _("Days of publication"),
        said
        + _table(_("Releases published"), past[::-1], announced)
        + f"<p>{_(SUBSCRIBE, root=language.now().root)}</p>",
        "days",
    )
    html += parts.section(
        _("What is provisional"),
        parts.sentences(
            [
                *(
                    [
                        _(
                            "Days up to the figures for {period} stand. Later ones are provisional:"
                            " they may still move, and move on this page first.",
                            period=words.period(plan.confirmed),
                        )
                    ]
                    if plan
                    else []
                ),
                _(
                    "Figures of the newest months are marked as provisional in the tables: records"
                    " of them may still come late."
                ),
                _(
                    "Published figures are never changed quietly: a correction is a release of its"
                    " own, with its reason."
                ),
            ]
        ),
        "provisional",
    )
    if plan:
        html += parts.section(_("Who sees figures before"), _access(plan.access), "access")
    return html


def _next(entry: Entry) -> str:
    return f"<p><strong>{escape(_('Next: figures for {period} on {day}.', period=words.release(entry.release), day=words.day(str(entry.day))))}</strong></p>"


def _table(caption: str, entries: list[Entry], announced: Announced) -> str:
    rows = [
        [
            escape(words.release(entry.release)),
            datatable.day(str(entry.day)),
            escape(_state(entry, announced)),
        ]
        for entry in entries
    ]
    return datatable.html(caption, [_("Figures for"), _("Day"), _("State")], rows)


def _state(entry: Entry, announced: Announced) -> str:
    if entry.early:
        return _(
            "Published before its day, {day}: {reason}",
            day=words.day(entry.early["announced"]),
            reason=words.sentence(_(entry.early["reason"])),
        )
    if entry.state != "current":
        return (
            _("Published, then withdrawn")
            if entry.state == "retracted"
            else _("Published, then replaced")
        )
    return (
        pgettext("releases", "Published")
        if entry.published
        else _("Provisional")
        if announced.may_move(entry)
        else _("Announced")
    )


def _access(access: Sequence) -> str:
    if not access:
        return f"<p>{escape(_('Nobody but those who make the release.'))}</p>"
    rows = [
        [
            escape(_(one.role)),
            ngettext("{n} hour", "{n} hours", one.hours, n=one.hours),
            escape(_(one.reason)),
        ]
        for one in access
    ]
    return (
        f"<p>{escape(_('Besides those who make the release, these roles see it before everybody does, and nobody else.'))}</p>"
        + datatable.html(
            _("Access before publication"), [_("Role"), _("How long before"), _("Why")], rows
        )
    )
