"""One published value through time as a figure."""

from openresponse.language import _, ngettext
from openresponse.release.store.published import Published
from openresponse.report.charts import trend_chart
from openresponse.report.charts.svg import picture
from openresponse.report.figures import datatable
from openresponse.report.figures.figure import Figure, identifier, part
from openresponse.report.prose import sentences, wilson, words
from openresponse.report.prose.readings import Reading, categories, headline, series
from openresponse.tables.hierarchy import ALL


def figure(published: Published, table: str, slice: dict[str, str] | None = None) -> Figure | None:
    """The headline (or, without one, the number of all) through time; None where no value is
    shown.
    """
    chosen, tree = headline(published, table, slice), categories(published, table, slice)
    code, of = chosen or (tree.roots[0], ALL)
    readings = series(published, table, code, of, slice)
    values = [r.share if chosen else r.value for r in readings]
    if all(value is None for value in values):
        return None
    span = words.span(readings[0].period, readings[-1].period)
    label = tree.labels[code] if chosen else published.title(table)
    label += part(published, table, slice)
    finding = _(
        "{label}, {span}: {judged}",
        label=label,
        span=span,
        judged=_judged(values, is_share=bool(chosen)),
    )
    detail = _level_and_change(published, table, code, of, slice, is_share=bool(chosen))
    note = _note(readings, values, is_share=bool(chosen))
    name = identifier(table, "trend", slice)
    drawn = trend_chart.trend(readings, is_share=bool(chosen))
    description = f"{detail} {note}".strip() or finding
    unit = words.unit(published.unit(table))
    return Figure(
        name,
        table,
        finding,
        detail,
        picture(drawn, name, finding, description, published.fictional),
        (datatable.trend(readings, f"{label}, {span}", unit),),
        published.definition(table),
        note,
        slice,
        explorable=True,
    )


def _level_and_change(
    published: Published,
    table: str,
    code: str,
    of: str,
    slice: dict[str, str] | None,
    is_share: bool,
) -> str:
    said = (
        (
            sentences.level(published, table, code, of, slice),
            sentences.change(published, table, code, of, slice),
        )
        if is_share
        else (
            sentences.counted(published, table, code, slice),
            sentences.counted_change(published, table, code, slice),
        )
    )
    return " ".join(filter(None, said))


def _judged(values: list[float | None], is_share: bool) -> str:
    if values[-1] is None:
        return _("last value not shown")
    return sentences.variation(values, ceiling=1.0 if is_share else None)


def _note(readings: list[Reading], values: list[float | None], is_share: bool) -> str:
    """Where the line stops, and what its thin lines are."""
    gaps, notes = sum(value is None for value in values), []
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
