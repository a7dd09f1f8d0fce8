"""What the release tells of one police district by quarter and by model, as figures."""

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures import trends
from openresponse.report.figures.datatable import Cell, Table, value
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.prose import definitions, sentences, words
from openresponse.report.prose.readings import cells, table_by
from openresponse.tables.hierarchy import ALL

STEPS = ("calls", "eligible", "team_sent")
COLUMNS = (
    N_("Mental-health calls"),
    N_("Eligible for a pilot"),
    N_("Clinician or mental-health worker sent"),
    N_("Share of eligible"),
)
NUMERIC = frozenset({1, 2, 3, 4})

Rows = dict[str, dict]  # of one slice and period, by the code of the service


def table_of(published: Published, *by: str) -> str:
    """The table that tells whether a team was sent, by these dimensions and no other; empty where
    the release has none.
    """
    return table_by(published, "service", by) or ""


def rows_of(published: Published, table: str, period: str, slice: dict[str, str]) -> Rows:
    """The published rows of one slice and period; empty where the table has none."""
    frame = cells(published, table, slice)
    return {row["service"]: row for row in frame[frame["period"] == period].to_dict("records")}


def steps(published: Published, table: str, period: str, slice: dict[str, str]) -> list[str | Cell]:
    """Calls, eligible, team sent, and the share of the eligible that a team was sent to."""
    rows, unit = rows_of(published, table, period, slice), published.unit(table)
    if not rows:
        return [value(None, "x")] * len(COLUMNS)
    sent = rows["team_sent"]
    return [
        *(value(rows[step][unit], rows[step][f"{unit}_status"]) for step in STEPS),
        value(sent["share_of_part"], sent["share_of_part_status"], words.percent),
    ]


def quarters(published: Published, table: str, slice: dict[str, str]) -> list[Figure]:
    """All quarters' numbers, and the share through time with its signal rule."""
    periods, label = published.periods(table), published.label(table, "district", slice["district"])
    rows = [
        [words.period(period), *steps(published, table, period, slice)]
        for period in reversed(periods)
    ]
    counted = (
        sentences.counted(published, table, "calls", slice, noun="calls"),
        sentences.counted_change(published, table, "calls", slice),
    )
    level = sentences.level(published, table, "team_sent", "part", slice).rstrip(".")
    caption = _("{title}: {said}", title=published.title(table), said=label)
    numbers = Figure(
        name=identifier(table, "quarters", slice),
        table=table,
        title=_without(label, level),
        detail=_without(label, " ".join(filter(None, counted))),
        tables=(Table(caption, [_("Quarter"), *map(_, COLUMNS)], rows, NUMERIC),),
        definition=definitions.in_words(published, table),
    )
    drawn = trends.figure(published, table, slice)
    return [numbers, *([drawn] if drawn else [])]


def models(published: Published, slice: dict[str, str]) -> list[Figure]:
    """A table for each year by the model calls were eligible for."""
    table = table_of(published, "district", "model")
    if not table:
        return []
    return [
        _models_of(published, table, period, slice) for period in reversed(published.periods(table))
    ]


def _models_of(published: Published, table: str, period: str, slice: dict[str, str]) -> Figure:
    labels = published.hierarchy(table, "model").labels
    rows = [
        [
            _("Whole district") if model == ALL else label,
            *steps(published, table, period, {**slice, "model": model}),
        ]
        for model, label in labels.items()
    ]
    district = published.label(table, "district", slice["district"])
    caption = _(
        "{title}, {period}",
        title=_("{title}: {said}", title=published.title(table), said=district),
        period=words.period(period),
    )
    return Figure(
        name=identifier(table, f"models-{period}", slice),
        table=table,
        title=_("Calls by the model they were eligible for, {period}", period=words.period(period)),
        tables=(Table(caption, [_("Model"), *map(_, COLUMNS)], rows, NUMERIC),),
        definition=definitions.in_words(published, table),
    )


def _without(label: str, sentence: str) -> str:
    """A sentence under a title that names the district already."""
    return words.initial(sentence.removeprefix(f"{label}: "))
