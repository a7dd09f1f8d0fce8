"""The page of neighborhoods: the finding, the map, every rate with its interval, and the models
calls were eligible for.
"""

from html import escape

import pandas as pd

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.charts import tilemap
from openresponse.report.figures import datatable
from openresponse.report.figures.figure import FACTS, Figure, plain
from openresponse.report.html import parts
from openresponse.report.prose import rates, words
from openresponse.report.prose.rates import Rate
from openresponse.report.prose.readings import ALL, cells

NORTH = N_(
    "Every neighborhood is a tile of the same size, north at the top. A tile leads to its row of"
    " the table."
)
CALLS = {
    "incidents": "calls"
}  # what a program's units are called in a sentence, as `words.unit` knows it
# What is said of the end of the order: where no area stands clear, where one does, and where
# several do. By whether it is the upper end.
CLEAR = {
    True: (
        N_("No neighborhood is named as the highest: the intervals of the highest rates overlap."),
        N_(
            "{when}{place} had the highest rate of {unit}: {rate} ({counted}). Its interval,"
            " {interval}, lies above that of {others}."
        ),
        N_(
            "{when}the highest rates of {unit} were those of {places}. Their intervals lie above"
            " that of {others}; as they overlap each other, no single one is named as the highest."
        ),
    ),
    False: (
        N_("No neighborhood is named as the lowest: the intervals of the lowest rates overlap."),
        N_(
            "{when}{place} had the lowest rate of {unit}: {rate} ({counted}). Its interval,"
            " {interval}, lies below that of {others}."
        ),
        N_(
            "{when}the lowest rates of {unit} were those of {places}. Their intervals lie below"
            " that of {others}; as they overlap each other, no single one is named as the lowest."
        ),
    ),
}


def body(published: Published) -> str:
    """The page's HTML, from the table that `rates.table_of` finds."""
    table = rates.table_of(published)
    period = published.periods(table)[-1]
    whole, areas = rates.of_year(published, table, period)
    made = tilemap.tiles(published.program.get("neighborhoods") or {}, areas, whole)
    drawn = (
        tilemap.html(made, _("Calls per 10,000 residents, {period}", period=words.period(period)))
        if made
        else ""
    )
    legend = f'{tilemap.legend(made, whole)}<p class="note">{escape(_(NORTH))}</p>' if made else ""
    told = "".join(
        f"<div><dt>{escape(_(name))}</dt><dd>{plain(published.definition(table)[key])}</dd></div>"
        for key, name in FACTS.items()
        if published.definition(table).get(key)
    )
    files = f'<p class="files">{_files(published, table)}</p>'
    first, *more = findings(published, table, period)
    html = parts.section(
        _("Where calls came from, {period}", period=words.period(period)),
        f'<div class="evidence">{drawn}<div>{legend}<dl class="facts">{told}</dl></div></div>'
        + parts.sentences(more)
        + _table(published, table, period, whole, areas)
        + files,
        "rates",
        first,
    )
    if "model" in published.dimensions(table):
        html += parts.section(
            _("By response model"),
            _models(published, table, period) + files,
            "models",
            _(
                "The model a call was eligible for when it came in, whether or not a team could be"
                " sent."
            ),
        )
    return html + parts.section(
        _("How to read a rate"),
        parts.sentences([_(text, **rates.TOLD) for text in rates.METHOD]),
        "reading",
    )


def findings(published: Published, table: str, period: str) -> list[str]:
    """Who stands clear at either end, how many are told apart from the city, and what had no
    neighborhood recorded.
    """
    whole, areas = rates.of_year(published, table, period)
    shown = [area for area in areas if area.low is not None]
    if not shown:
        return [_("For {period} no neighborhood's rate is shown.", period=words.period(period))]
    unit = words.unit(CALLS.get(published.unit(table), published.unit(table)))
    others = (
        _("every other neighborhood")
        if len(shown) == len(areas)
        else _(
            "every other of the {n} neighborhoods whose rate is shown", n=words.count(len(shown))
        )
    )
    said = [
        _clear(rates.standing_clear(areas, highest), highest, unit, others, period)
        for highest in (True, False)
    ]
    said.append(_compared(shown, whole, unit))
    if hidden := sum(area.status == "c" for area in areas):
        said.append(
            _(
                "Withheld for privacy: the rates of {n} of {of} neighborhoods. A withheld rate is"
                " not zero.",
                n=words.count(hidden),
                of=words.count(len(areas)),
            )
        )
    return [*said, *_unrecorded(published, table, period, unit)]


def _clear(first: list[Rate], highest: bool, unit: str, others: str, period: str) -> str:
    """first: what `rates.standing_clear` gave for that end."""
    none, one, several = CLEAR[highest]
    if not first:
        return _(none)
    told = {"when": words.when(period), "unit": unit, "others": others}
    if len(first) == 1:
        return words.sentence(
            _(
                one,
                place=first[0].label,
                rate=_rate(first[0]),
                counted=_counted(first[0]),
                interval=_interval(first[0]),
                **told,
            )
        )
    return words.sentence(
        _(
            several,
            places=language.listed(
                [f"{area.label} ({_rate(area)}; {_counted(area)})" for area in first]
            ),
            **told,
        )
    )


def _compared(shown: list[Rate], whole: Rate, unit: str) -> str:
    if whole.rate is None:
        return _(
            "The whole city's rate of {unit} is {status}.", unit=unit, status=_status(whole.status)
        )
    sides = [area.against(whole) for area in shown]
    return _(
        "The whole city had {rate} ({counted}). Of {n} neighborhoods, {higher} have a higher rate"
        " than that, {lower} a lower one, and {between} cannot be told apart from it.",
        rate=_rate(whole),
        counted=_counted(whole),
        n=words.count(len(shown)),
        **{
            name: words.count(sides.count(side))
            for name, side in (
                ("higher", "higher"),
                ("lower", "lower"),
                ("between", "not told apart"),
            )
        },
    )


def _unrecorded(published: Published, table: str, period: str, unit: str) -> list[str]:
    frame = cells(published, table)
    rows = frame[(frame["period"] == period) & (frame[published.category(table)] == rates.UNKNOWN)]
    if rows.empty:
        return []
    column, row = published.unit(table), rows.iloc[0]
    if pd.isna(row[column]) or pd.isna(row["share_of_all"]):
        return [
            _(
                "How many {unit} had no neighborhood recorded is {status}.",
                unit=unit,
                status=_status(row[f"{column}_status"]),
            )
        ]
    return [
        _(
            "For {share} of {unit} ({n} of {of}) no neighborhood was recorded. They count in the"
            " city's rate and in no neighborhood's.",
            share=words.percent(row["share_of_all"]),
            unit=unit,
            n=words.count(row[column]),
            of=words.count(row[f"all_{column}"]),
        )
    ]


def _status(code: str) -> str:
    return _(words.STATUS_IN_FULL.get(code, "not available"))


def _rate(rate: Rate) -> str:
    return _("{rate} per 10,000 residents", rate=words.decimal(rate.rate))


def _counted(rate: Rate) -> str:
    return _(
        "{calls} calls, {residents} residents",
        calls=words.count(rate.calls),
        residents=words.count(rate.residents),
    )


def _interval(rate: Rate) -> str:
    return _("{first} to {last}", first=words.decimal(rate.low), last=words.decimal(rate.high))


def _table(published: Published, table: str, period: str, whole: Rate, areas: list[Rate]) -> str:
    """Every neighborhood in the order of the file, which is no ranking. What a resident looks for
    comes first, where a phone shows it.
    """
    frame = cells(published, table)
    year = int(frame["residents_year"].iloc[0])
    rows = [
        [escape(_("Whole city")), *_row(whole, whole)],
        *(
            [
                f'<span id="{tilemap.anchor(area.code)}">{escape(area.label)}</span>',
                *_row(area, whole),
            ]
            for area in areas
        ),
    ]
    columns = [
        _("Neighborhood"),
        _("Calls"),
        _("Per 10,000 residents"),
        _("Against the city's rate"),
        words.initial(_("{level} interval", level=f"{rates.CONFIDENCE:.0%}")),
        _("Residents ({year})", year=year),
    ]
    # A tile leads to a row whose column heads a phone no longer shows; that row then says them
    # itself.
    rows = [
        [
            row[0],
            *(
                f'<span data-head="{escape(head)}">{cell}</span>'
                for head, cell in zip(columns[1:], row[1:], strict=True)
            ),
        ]
        for row in rows
    ]
    return datatable.html(
        _("{title}, {period}", title=published.title(table), period=words.period(period)),
        columns,
        rows,
        {1, 2, 4, 5},
    )


def _row(rate: Rate, whole: Rate) -> list[str]:
    absent = datatable.cell(pd.NA, rate.status or "x")
    return [
        datatable.cell(_na(rate.calls), rate.calls_status),
        datatable.cell(_na(rate.rate), rate.status, words.decimal),
        (
            datatable.cell(pd.NA, "z")
            if rate is whole
            else words.initial(_(rate.against(whole))) or absent
        ),
        absent if rate.low is None else _interval(rate),
        datatable.cell(_na(rate.residents), "x" if rate.residents is None else ""),
    ]


def _models(published: Published, table: str, period: str) -> str:
    """Calls by the model they were eligible for; the first column is the whole of each row."""
    category, unit, models = (
        published.category(table),
        published.unit(table),
        published.hierarchy(table, "model"),
    )
    labels = published.hierarchy(table, category).labels
    frame = published.tables[table]
    frame = frame[frame["period"] == period].set_index([category, "model"])
    rows = [
        [
            escape(_("Whole city") if code == ALL else label),
            *(_cell(frame, (code, model), unit) for model in models.codes),
        ]
        for code, label in labels.items()
    ]
    columns = [
        _("Neighborhood"),
        *(_("All calls") if model == ALL else label for model, label in models.labels.items()),
    ]
    return datatable.html(
        _("Calls by the model they were eligible for, {period}", period=words.period(period)),
        columns,
        rows,
        set(range(1, len(columns))),
    )


def _cell(frame: pd.DataFrame, key: tuple[str, str], unit: str) -> str:
    return (
        datatable.cell(frame.at[key, unit], frame.at[key, f"{unit}_status"])
        if key in frame.index
        else datatable.cell(pd.NA, "x")
    )


def _files(published: Published, table: str) -> str:
    return Figure(
        "rates", table, published.title(table), "", "", "", published.definition(table)
    ).files(language.now().root)


def _na(value):
    return pd.NA if value is None else value
