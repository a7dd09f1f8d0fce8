"""One published value through time as a figure."""

from openresponse.language import _, ngettext
from openresponse.release.store.published import Published
from openresponse.report.charts import trend_chart
from openresponse.report.charts.svg import picture
from openresponse.report.figures import datatable
from openresponse.report.figures.figure import Figure, identifier, part
from openresponse.report.prose import definitions, launches, sentences, wilson, words
from openresponse.report.prose.headlines import headline
from openresponse.report.prose.readings import (
    FEWEST_FOR_A_TREND,
    Reading,
    categories,
    counted_as,
    series,
    since_break,
)
from openresponse.tables.hierarchy import ALL, Hierarchy


def figure(published: Published, table: str, slice: dict[str, str] | None = None) -> Figure | None:
    """The headline (or, without one, the number of all) through time; None where no value is shown,
    or there are too few periods.
    """
    if len(published.periods(table)) < FEWEST_FOR_A_TREND:
        return None
    chosen, hierarchy = headline(published, table, slice), categories(published, table, slice)
    code, of = chosen or (hierarchy.roots[0], ALL)
    readings = series(published, table, code, of, slice)
    values = [r.share if chosen else r.value for r in readings]
    if all(value is None for value in values):
        return None
    label = hierarchy.labels[code] if chosen else published.title(table)
    label += part(published, table, slice)
    span = words.span(readings[0].period, readings[-1].period)
    compared = launches.since_last(published, table, of, slice, readings) if chosen else values
    since = len(readings) - len(since_break(readings))
    compared = [*(None for _one in range(since)), *compared[since:]]
    judged = _judged(published, table, compared, is_share=bool(chosen))
    finding = _("{label}, {span}: {judged}", label=label, span=span, judged=judged)
    detail = _level_and_change(published, table, chosen, hierarchy.roots[0], slice)
    note, name = _note(readings, values, is_share=bool(chosen)), identifier(table, "trend", slice)
    drawn = trend_chart.trend(
        readings, is_share=bool(chosen), judged=compared, begun=launches.events(published, slice)
    )
    description = f"{detail} {note}".strip() or finding
    caption, unit = f"{label}, {span}", words.unit(counted_as(published, table))
    return Figure(
        name=name,
        table=table,
        title=finding,
        detail=detail,
        picture=picture(drawn, name, finding, description, published.fictional),
        tables=(
            datatable.trend(readings, caption, unit, _whole(hierarchy, code, of) if chosen else ""),
        ),
        definition=definitions.in_words(published, table),
        note=note,
        slice=slice,
        explorable=True,
    )


def _level_and_change(
    published: Published,
    table: str,
    chosen: tuple[str, str] | None,
    root: str,
    slice: dict[str, str] | None,
) -> str:
    """Of the headline, as code and whole; without one of the number of all, whose code is root."""
    if chosen:
        level = sentences.level(published, table, *chosen, slice)
        change = sentences.change(published, table, *chosen, slice)
    else:
        level = sentences.counted(published, table, root, slice)
        change = sentences.counted_change(published, table, root, slice)
    return " ".join(filter(None, (level, change)))


def _whole(hierarchy: Hierarchy, code: str, of: str) -> str:
    """What the share is of, by its label."""
    above = hierarchy.ancestors(code)[1:]
    return hierarchy.labels[above[0] if of == "part" and above else hierarchy.roots[0]]


def _judged(published: Published, table: str, values: list[float | None], is_share: bool) -> str:
    if sentences.is_settling(published, table):
        return _("too early to say")
    if values[-1] is None:
        return _("last value not shown")
    return sentences.variation(values, ceiling=1.0 if is_share else None)


def _note(readings: list[Reading], values: list[float | None], is_share: bool) -> str:
    """Where the line stops, and what its thin lines are."""
    gaps = sum(value is None for value in values)
    notes: list[str] = []
    if gaps:
        notes.append(
            ngettext(
                "{n} of {of} periods is not shown; the line stops there and does not fall to zero.",
                "{n} of {of} periods are not shown; the line stops there and does not fall to"
                " zero.",
                gaps,
                n=gaps,
                of=len(values),
            )
        )
    if is_share and any(wilson.of_few(r.value, r.of, r.share) for r in readings):
        notes.append(wilson.note())
    return " ".join(notes)
