"""The step from the period before and from the same period last year, and whether the level is a
signal.
"""

from openresponse.language import _, ngettext
from openresponse.release.store.published import Published
from openresponse.release.tables import columns
from openresponse.report.prose import launches, signals, words
from openresponse.report.prose.readings import Reading, a_year_apart, series, since_break
from openresponse.tables.hierarchy import ALL


def change(
    published: Published,
    table: str,
    code: str,
    of: str = ALL,
    slice: dict[str, str] | None = None,
) -> str:
    """The change of the share from the period before, and whether it is a signal; empty where there
    is none. What became eligible in between is said, and nothing from before that is judged by.
    """
    readings = since_break(series(published, table, code, of, slice))
    if len(readings) < 2:
        return ""
    if is_settling(published, table):
        return _(
            "It cannot be compared with earlier months yet: a later delivery may still replace rows"
            " of it."
        )
    before, share = readings[-2], readings[-1].share
    if share is None:
        return ""
    if before.share is None:
        return _no_change(before)
    difference = round(share - before.share, 3)
    values = {
        "points": words.points(difference),
        "within": words.within(before.period),
        "before": words.percent(before.share),
    }
    if difference == 0:
        step: str = _("That is the same as {within}", within=values["within"])
    elif difference > 0:
        step = _("That is {points} more than {within} ({before})", **values)
    else:
        step = _("That is {points} less than {within} ({before})", **values)
    compared = launches.since_last(published, table, of, slice, readings)
    judged = _judged(_of_what(published, table, of, step), compared, ceiling=1.0)
    launched = launches.between(published, table, of, slice, before.period, readings[-1].period)
    return f"{judged} {launched}".strip()


def year_before(
    published: Published,
    table: str,
    code: str,
    of: str = ALL,
    slice: dict[str, str] | None = None,
) -> str:
    """The share beside that of the same month or quarter last year; empty where the table does not
    reach back.
    """
    readings = since_break(series(published, table, code, of, slice))
    last, before = a_year_apart(readings, published.periods(table)[-1])
    if last is None or before is None or last.share is None or before.share is None:
        return ""
    if is_settling(published, table):
        return ""
    difference = round(last.share - before.share, 3)
    values = {
        "points": words.points(difference),
        "period": words.period(before.period),
        "before": words.percent(before.share),
    }
    if difference == 0:
        step = _("Compared with {period}, it is the same.", period=values["period"])
    elif difference > 0:
        step = _("Compared with {period} ({before}), it is {points} more.", **values)
    else:
        step = _("Compared with {period} ({before}), it is {points} less.", **values)
    launched = launches.between(published, table, of, slice, before.period, last.period)
    return f"{_of_what(published, table, of, step)} {launched}".strip()


def counted_change(
    published: Published, table: str, code: str, slice: dict[str, str] | None = None
) -> str:
    """The change of the number from the period before, and whether it is a signal; empty where
    there is none.
    """
    readings = since_break(series(published, table, code, ALL, slice))
    if len(readings) < 2:
        return ""
    before, last = readings[-2], readings[-1]
    if before.value is None or last.value is None:
        return ""
    difference = last.value - before.value
    values = {
        "n": words.count(abs(difference)),
        "within": words.within(before.period),
        "before": words.count(before.value),
    }
    if difference == 0:
        step = _("That is as many as {within}", within=values["within"])
    elif difference > 0:
        step = _("That is {n} more than {within} ({before})", **values)
    else:
        step = _("That is {n} fewer than {within} ({before})", **values)
    return _judged(step, [r.value for r in readings])


def counted_year_before(
    published: Published, table: str, code: str, slice: dict[str, str] | None = None
) -> str:
    """The number beside that of the same month or quarter last year; empty where the table does not
    reach back.
    """
    readings = since_break(series(published, table, code, ALL, slice))
    last, before = a_year_apart(readings, published.periods(table)[-1])
    if last is None or before is None or last.value is None or before.value is None:
        return ""
    difference = last.value - before.value
    values = {
        "n": words.count(abs(difference)),
        "period": words.period(before.period),
        "before": words.count(before.value),
    }
    if difference == 0:
        return _("Compared with {period}, there were as many.", period=values["period"])
    if difference > 0:
        return ngettext(
            "Compared with {period} ({before}), there was {n} more.",
            "Compared with {period} ({before}), there were {n} more.",
            difference,
            **values,
        )
    return ngettext(
        "Compared with {period} ({before}), there was {n} fewer.",
        "Compared with {period} ({before}), there were {n} fewer.",
        -difference,
        **values,
    )


def is_settling(published: Published, table: str) -> bool:
    """Whether the newest month is not counted as the others are: its rows cannot have been replaced
    by a later delivery yet, and those of every other month can.
    """
    return published.category(table) == "handling"


def variation(values: list[float | None], ceiling: float | None = None) -> str:
    """What the control chart says of the level of the last value."""
    chart, last = signals.chart(values, ceiling=ceiling), values[-1] if values else None
    if chart is None or last is None:
        return _("too early to say")
    if not chart.last_is_signal:
        return _("about as usual")
    return _("higher than usual") if last > chart.mean else _("lower than usual")


def _of_what(published: Published, table: str, of: str, step: str) -> str:
    """A step after a sentence with two shares says which of them moved."""
    is_one_of_two = published.category(table) == "outcome" and of == "part"
    return _("Of contacts, {said}", said=words.lower(step)) if is_one_of_two else step


def _judged(step: str, values: list[float | None], ceiling: float | None = None) -> str:
    """The step from the period before, and what the chart says of the level: a signal is never a
    verdict on the step.
    """
    chart = signals.chart(values, ceiling=ceiling)
    if chart and chart.last_is_signal:
        return _("{moved}. The level shows a signal ({why}).", moved=step, why=chart.why)
    return _("{moved}: {judged}.", moved=step, judged=variation(values, ceiling))


def _no_change(before: Reading) -> str:
    status = before.status if before.value is None else before.share_status
    if status == columns.WITHHELD:
        return _(
            "The figure for {period} is withheld for privacy, so no change can be given.",
            period=words.period(before.period),
        )
    return _(
        "There is no figure for {period}, so no change can be given.",
        period=words.period(before.period),
    )
