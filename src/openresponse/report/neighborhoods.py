"""The page of neighborhoods: the finding, the map, every rate with its interval, and the models calls were eligible for."""

from html import escape

import pandas as pd

from openresponse.language import _
from openresponse.release.published import Published
from openresponse.report import datatable, parts, rates, tilemap, words
from openresponse.report.figure import FACTS, Figure, plain
from openresponse.report.rates import Rate
from openresponse.report.readings import ALL, cells

NORTH = '<p class="note">Every neighborhood is a tile of the same size, north at the top. A tile leads to its row of the table.</p>'
CALLS = {"incidents": "mental-health calls"}  # what a program's units are called in a sentence


def body(published: Published) -> str:
    """The page's HTML, from the table that `rates.table_of` finds."""
    table = rates.table_of(published)
    period = published.periods(table)[-1]
    whole, areas = rates.of_year(published, table, period)
    made = tilemap.tiles(published.program.get("neighborhoods") or {}, areas, whole)
    drawn = tilemap.html(made, f"Calls per 10,000 residents, {words.period(period)}") if made else ""
    legend = tilemap.legend(made, whole) + NORTH if made else ""
    told = "".join(f"<div><dt>{name}</dt><dd>{plain(published.definition(table)[key])}</dd></div>" for key, name in FACTS.items() if published.definition(table).get(key))
    files = f'<p class="files">{_files(published, table)}</p>'
    first, *more = findings(published, table, period)
    html = parts.section(f"Where calls came from, {words.period(period)}", f'<div class="evidence">{drawn}<div>{legend}<dl class="facts">{told}</dl></div></div>'
                         + parts.sentences(more) + _table(published, table, period, whole, areas) + files, "rates", first)
    if "model" in published.dimensions(table):
        html += parts.section("By response model", _models(published, table, period) + files, "models",
                              "The model a call was eligible for when it came in, whether or not a team could be sent.")
    return html + parts.section("How to read a rate", parts.sentences([_(text, **rates.TOLD) for text in rates.METHOD]), "reading")


def findings(published: Published, table: str, period: str) -> list[str]:
    """Who stands clear at either end, how many are told apart from the city, and what had no neighborhood recorded."""
    whole, areas = rates.of_year(published, table, period)
    shown = [area for area in areas if area.low is not None]
    if not shown:
        return [f"For {words.period(period)} no neighborhood's rate is shown."]
    noun = CALLS.get(published.unit(table), words.unit(published.unit(table)))
    others = "every other neighborhood" if len(shown) == len(areas) else f"every other of the {len(shown)} neighborhoods whose rate is shown"
    said = [_clear(rates.standing_clear(areas), "highest", "above", noun, others, period), _clear(rates.standing_clear(areas, highest=False), "lowest", "below", noun, others, period)]
    said.append(_compared(shown, whole, noun))
    if hidden := sum(area.status == "c" for area in areas):
        said.append(f"Withheld for privacy: the rates of {hidden} of {len(areas)} neighborhoods. A withheld rate is not zero.")
    return [*said, *_unrecorded(published, table, period, noun)]


def _clear(first: list[Rate], end: str, side: str, noun: str, others: str, period: str) -> str:
    if not first:
        return f"No neighborhood is named as the {end}: the intervals of the {end} rates overlap."
    if len(first) == 1:
        one = first[0]
        return (f"In {words.period(period)}, {one.label} had the {end} rate of {noun}: {_rate(one)} ({_counted(one)}). Its interval, {_interval(one)}, lies {side} that of {others}.")
    named = " and ".join(f"{one.label} ({_rate(one)}; {_counted(one)})" for one in first)
    return (f"In {words.period(period)}, the {end} rates of {noun} were those of {named}. Their intervals lie {side} that of {others}; "
            f"as they overlap each other, no single one is named as the {end}.")


def _compared(shown: list[Rate], whole: Rate, noun: str) -> str:
    if whole.rate is None:
        return f"The whole city's rate of {noun} is {words.STATUS_IN_FULL.get(whole.status, 'not available')}."
    sides = [area.against(whole) for area in shown]
    return (f"The whole city had {_rate(whole)} ({_counted(whole)}). Of {len(shown)} neighborhoods, {sides.count('higher')} have a higher rate than that, {sides.count('lower')} a lower one, "
            f"and {sides.count('not told apart')} cannot be told apart from it.")


def _unrecorded(published: Published, table: str, period: str, noun: str) -> list[str]:
    frame = cells(published, table)
    rows = frame[(frame["period"] == period) & (frame[published.category(table)] == rates.UNKNOWN)]
    if rows.empty:
        return []
    unit, row = published.unit(table), rows.iloc[0]
    if pd.isna(row[unit]) or pd.isna(row["share_of_all"]):
        return [f"How many {noun} had no neighborhood recorded is {words.STATUS_IN_FULL.get(row[f'{unit}_status'], 'not available')}."]
    return [f"For {words.percent(row['share_of_all'])} of {noun} ({words.count(row[unit])} of {words.count(row[f'all_{unit}'])}) no neighborhood was recorded. "
            "They count in the city's rate and in no neighborhood's."]


def _rate(rate: Rate) -> str:
    return f"{words.decimal(rate.rate)} per 10,000 residents"


def _counted(rate: Rate) -> str:
    return f"{words.count(rate.calls)} calls, {words.count(rate.residents)} residents"


def _interval(rate: Rate) -> str:
    return f"{words.decimal(rate.low)} to {words.decimal(rate.high)}"


def _table(published: Published, table: str, period: str, whole: Rate, areas: list[Rate]) -> str:
    """Every neighborhood in the order of the file, which is no ranking."""
    frame = cells(published, table)
    year = int(frame["residents_year"].iloc[0])
    rows = [_row(whole, whole, "Whole city"), *(_row(area, whole, f'<span id="{tilemap.anchor(area.code)}">{escape(area.label)}</span>') for area in areas)]
    columns = ["Neighborhood", "Calls", f"Residents ({year})", "Per 10,000 residents", f"{rates.CONFIDENCE:.0%} interval", "Against the city's rate"]
    return datatable.html(f"{published.title(table)}, {words.period(period)}", columns, rows, {1, 2, 3, 4})


def _row(rate: Rate, whole: Rate, named: str) -> list[str]:
    absent = datatable.cell(pd.NA, rate.status or "x")
    return [named, datatable.cell(_na(rate.calls), rate.calls_status), datatable.cell(_na(rate.residents), "x" if rate.residents is None else ""), datatable.cell(_na(rate.rate), rate.status, words.decimal),
            absent if rate.low is None else _interval(rate), datatable.cell(pd.NA, "z") if rate is whole else rate.against(whole).capitalize() or absent]


def _models(published: Published, table: str, period: str) -> str:
    """Calls by the model they were eligible for; the first column is the whole of each row."""
    category, unit, models = published.category(table), published.unit(table), published.tree(table, "model")
    labels = published.tree(table, category).labels
    frame = published.tables[table]
    frame = frame[frame["period"] == period].set_index([category, "model"])
    rows = [["Whole city" if code == ALL else escape(label), *(_cell(frame, (code, model), unit) for model in models.codes)] for code, label in labels.items()]
    columns = ["Neighborhood", *("All calls" if model == ALL else label for model, label in models.labels.items())]
    return datatable.html(f"Calls by the model they were eligible for, {words.period(period)}", columns, rows, set(range(1, len(columns))))


def _cell(frame: pd.DataFrame, key: tuple[str, str], unit: str) -> str:
    return datatable.cell(frame.at[key, unit], frame.at[key, f"{unit}_status"]) if key in frame.index else datatable.cell(pd.NA, "x")


def _files(published: Published, table: str) -> str:
    return Figure("rates", table, published.title(table), "", "", "", published.definition(table)).files("")


def _na(value):
    return pd.NA if value is None else value
