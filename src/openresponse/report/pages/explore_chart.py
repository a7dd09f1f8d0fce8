"""The chart that a browser draws: any category of a table through time, beside another."""

import altair as alt
import pandas as pd

from openresponse.release.store.published import Published
from openresponse.report.charts import marks, time_axis
from openresponse.report.charts.colors import FAINT, INK, MAIN, PAPER
from openresponse.report.charts.theme import theme
from openresponse.report.figures.figure import Figure, title
from openresponse.report.prose import words
from openresponse.report.prose.headlines import headline
from openresponse.report.prose.readings import categories, cells

# Numbers above 31 in a file that are no published figure might be taken for a withheld one: the
# page's style gives the size of the chart.
POINT = 30
KEY = 15  # height of a line's name above the plot
SAMPLE = 24  # length of the piece of line before it
CELLS = "cells"  # the name of a figure's data
TOOLTIP = [alt.Tooltip("when:N"), alt.Tooltip("said:N")]
NONE = "none"  # nothing to compare with


def specification(published: Published, figure: Figure) -> dict:
    """A Vega-Lite specification with every published cell of the figure's slice; a value that is
    not shown is null and says why.
    """
    hierarchy = categories(published, figure.table, figure.slice)
    x = time_axis.through(published.periods(figure.table), ticks=3)
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(
            zero=False,
            nice=True,
            range=[
                alt.expr(f"height - {marks.STRIP}"),
                alt.expr(f"beside == '{NONE}' ? {KEY} : {2 * KEY}"),
            ],
        ),
        axis=alt.Axis(
            tickCount=5,
            labelExpr=(
                "measure == 'number' ? format(datum.value, ',.0f') : format(datum.value, '.1%')"
            ),
        ),
    )
    lines = [
        layer
        for line in (("show", MAIN, "circle", [1, 0], 0), ("beside", INK, "diamond", [5, 3], 1))
        for layer in _line(*line, x, y)
    ]
    return {
        "config": theme()["config"] | {"aria": False, "mark": {"aria": False}},
        # Not by `alt.layer`, which copies every line several times.
        "layer": [_without_data(line) for line in lines],
        "data": {"name": CELLS},
        "height": "container",
        "params": [*_controls(published, figure), {"name": "labels", "value": hierarchy.labels}],
        "transform": [{"calculate": "datum[measure]", "as": "value"}],
        "width": "container",
        "$schema": alt.SCHEMA_URL,
        "datasets": {CELLS: _values(published, figure)},
        "usermeta": {
            "title": title(published, figure.table, figure.slice),
            "period": "Period",
            "none": NONE,
            "names": hierarchy.labels,
        },
    }


def _without_data(line: alt.Chart) -> dict:
    """What is drawn of the data that all lines share."""
    drawn: dict = line.to_dict(validate=False, context={"top_level": False, "datasets": {}})
    return {name: part for name, part in drawn.items() if name != "data"}


def _controls(published: Published, figure: Figure) -> list[dict]:
    """What a reader chooses: share or number, a category, and another beside it."""
    hierarchy = categories(published, figure.table, figure.slice)
    chosen = headline(published, figure.table, figure.slice)
    codes, labels = list(hierarchy.codes), [hierarchy.labels[code] for code in hierarchy.codes]
    measures = {
        "all": f"Share of “{labels[0]}”",
        "part": "Share of the group above",
        "number": "Number",
    }
    opened = chosen[1] if chosen else "number"
    return [
        _control("measure", "radio", "Measure ", list(measures), list(measures.values()), opened),
        _control("show", "select", "Show ", codes, labels, chosen[0] if chosen else codes[0]),
        _control("beside", "select", "Compare with ", [NONE, *codes], ["nothing", *labels], NONE),
    ]


def _control(
    name: str, kind: str, label: str, options: list[str], labels: list[str], value: str
) -> dict:
    bind = {"input": kind, "options": options, "labels": labels, "name": label}
    return {"name": name, "bind": bind, "value": value}


def _line(
    param: str, color: str, shape: str, dash: list[int], row: int, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """The category that `param` names: line, points, crosses at the foot where a value is not
    shown, and in a row above the plot its name, which no line can cross there.
    """
    rows = alt.Chart().transform_filter(f"datum.code == {param}")
    shown = rows.transform_filter("isValid(datum.value)")
    missing = rows.transform_filter("!isValid(datum.value)")
    named = rows.transform_aggregate(groupby=["code"]).transform_calculate(
        name="labels[datum.code]"
    )
    at = alt.YValue(row * KEY + 6)
    return [
        rows.mark_line(color=color, strokeDash=dash, strokeWidth=2).encode(x=x, y=y),
        shown.mark_point(shape=shape, size=POINT, stroke=color, strokeWidth=2, opacity=1).encode(
            x=x,
            y=y,
            fill=alt.FillValue(PAPER, condition={"test": "datum.firm", "value": color}),
            tooltip=TOOLTIP,
        ),
        missing.mark_point(
            shape=marks.CROSS, size=POINT, stroke=FAINT, strokeWidth=1.5, opacity=1
        ).encode(x=x, y=alt.YValue(alt.expr(f"height - {marks.STRIP // 2}")), tooltip=TOOLTIP),
        named.mark_rule(color=color, strokeDash=dash, strokeWidth=2).encode(
            x=alt.XValue(0), x2=alt.X2Value(SAMPLE), y=at
        ),
        named.mark_point(
            shape=shape, size=POINT, stroke=color, strokeWidth=2, fill=color, opacity=1
        ).encode(x=alt.XValue(SAMPLE // 2), y=at),
        named.mark_text(
            align="left",
            baseline="middle",
            color=INK,
            fontWeight="bold",
            limit=alt.expr(f"width - {SAMPLE + 6}"),
        ).encode(x=alt.XValue(SAMPLE + 6), y=at, text=alt.Text("name:N")),
    ]


def _values(published: Published, figure: Figure) -> list[dict]:
    hierarchy, unit = (
        categories(published, figure.table, figure.slice),
        published.unit(figure.table),
    )
    frame = cells(published, figure.table, figure.slice).sort_values("period")
    return [
        {
            "period": row["period"],
            "when": words.period(row["period"]),
            "code": row[published.category(figure.table)],
            "number": _known(row[unit]),
            "all": _known(row["share_of_all"]),
            "part": _known(row["share_of_part"]),
            "firm": not row[f"{unit}_status"],
            "said": _in_words(row, unit, hierarchy.roots[0]),
        }
        for row in frame.to_dict("records")
    ]


def _in_words(row: dict, unit: str | None, whole: str) -> str:
    """The cell in words: its number, each share with its whole, or why there is none, and its
    reservation.
    """
    status = row[f"{unit}_status"]
    if pd.isna(row[unit]):
        return words.STATUS.get(status, "not available")
    said = words.count(row[unit])
    if not pd.isna(row["share_of_all"]):
        said += f" of {words.count(row[f'all_{unit}'])} ({words.percent(row['share_of_all'])})"
    # Where the group above is all, it is said already.
    if row["part_of"] != whole and not pd.isna(row["share_of_part"]):
        said += (
            f", of {words.count(row[f'part_of_{unit}'])} above"
            f" ({words.percent(row['share_of_part'])})"
        )
    return said + (f", {words.STATUS_IN_FULL[status]}" if status else "")


def _known(value):
    return None if pd.isna(value) else value
