"""The page that draws in the browser: any category of a table through time, from the site's own
files.

Nothing is only there: each figure it offers stands as a picture and a table on another page, and
every number in a CSV file.
"""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path

import altair as alt
import pandas as pd

from openresponse.media import vega
from openresponse.release.store.published import Published
from openresponse.report.charts import drawing, marks
from openresponse.report.charts.svg import inline
from openresponse.report.charts.theme import FAINT, INK, MAIN, PAPER
from openresponse.report.figures.figure import Figure
from openresponse.report.html import parts
from openresponse.report.prose import words
from openresponse.report.prose.readings import categories, cells, headline

PAGE, FOLDER = "explore.html", "explore"
LARGEST = 120_000  # bytes of one figure's file
# Numbers above 31 in a file that are no published figure might be taken for a withheld one: the
# page's style gives the size of the chart.
POINT = 30
KEY, SAMPLE = (
    15,
    24,
)  # height of a line's name above the plot, length of the piece of line before it
CELLS = "cells"  # the name of a figure's data; the library would copy them for each layer
TOLD = [alt.Tooltip("when:N"), alt.Tooltip("said:N")]
NONE = "none"  # nothing to compare with
LEAD = (
    "Choose a figure, a category of it and another to compare with. The pictures are drawn in your"
    " browser, from this site's own files alone."
)
WITHOUT = (
    "Where your browser runs no scripts, the figures stand as pictures and tables under these"
    " links, and every number in the CSV files."
)
CROSSES = (
    "A cross marks a period whose figure is not shown: it is not zero, and the table says why. An"
    " open point is a figure with a reservation."
)


def write(
    published: Published, drawn: list[Figure], out: Path, pages: dict[str, str]
) -> list[Path]:
    """The page, its data and the library; nothing where no figure can be explored. pages: the page
    a figure stands on, by its name.
    """
    found = {figure.slice: figure for figure in drawn if figure.explorable}
    if not found:
        return []
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    paths = [out / vega.FILE]
    paths[0].write_text(vega.library(), encoding="utf-8")
    for name, figure in found.items():
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(
            inline(
                json.dumps(
                    specification(published, figure), ensure_ascii=False, separators=(",", ":")
                )
            ),
            encoding="utf-8",
        )
    return [
        *paths,
        parts.page(
            out,
            "explore.qmd",
            "Explore the figures",
            "Any category of a table through time, beside another.",
            _body(published, found.values(), pages),
        ),
    ]


def specification(published: Published, figure: Figure) -> dict:
    """A Vega-Lite specification with every published cell of the figure's slice; a value that is
    not shown is null and says why.
    """
    hierarchy, chosen = (
        categories(published, figure.table, figure.where),
        headline(published, figure.table, figure.where),
    )
    codes, labels = list(hierarchy.codes), [hierarchy.labels[code] for code in hierarchy.codes]
    asked = [
        alt.param(
            name="measure",
            value="share" if chosen else "number",
            bind=alt.binding_radio(
                options=["share", "number"], labels=["Share of all", "Number"], name="Measure "
            ),
        ),
        alt.param(
            name="show",
            value=chosen[0] if chosen else codes[0],
            bind=alt.binding_select(options=codes, labels=labels, name="Show "),
        ),
        alt.param(
            name="beside",
            value=NONE,
            bind=alt.binding_select(
                options=[NONE, *codes], labels=["nothing", *labels], name="Compare with "
            ),
        ),
    ]
    x = drawing.through(published.periods(figure.table), ticks=3)
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
                "measure == 'share' ? format(datum.value, '.1%') : format(datum.value, ',.0f')"
            ),
        ),
    )
    lines = [
        layer
        for line in (("show", MAIN, "circle", [1, 0], 0), ("beside", INK, "diamond", [5, 3], 1))
        for layer in _line(*line, x, y)
    ]
    chart = (
        alt.layer(*lines, data=alt.NamedData(CELLS), width="container", height="container")
        .transform_calculate(value="measure == 'share' ? datum.share : datum.number")
        .add_params(*asked)
        .configure(aria=False)
        .configure_mark(aria=False)
    )
    return chart.to_dict(validate=False) | {
        "datasets": {CELLS: _values(published, figure)},
        "usermeta": {
            "title": _title(published, figure),
            "period": "Period",
            "none": NONE,
            "names": hierarchy.labels,
        },
    }


def _line(
    param: str, color: str, shape: str, dash: list[int], row: int, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """The category that `param` names: line, points, crosses at the foot where a value is not
    shown, and in a row above the plot its name, which no line can cross there.
    """
    rows = alt.Chart().transform_filter(f"datum.code == {param}")
    shown, hidden = (
        rows.transform_filter("isValid(datum.value)"),
        rows.transform_filter("!isValid(datum.value)"),
    )
    named, at = rows.transform_aggregate(groupby=["name"]), alt.YValue(row * KEY + 6)
    return [
        rows.mark_line(color=color, strokeDash=dash, strokeWidth=2).encode(x=x, y=y),
        shown.mark_point(shape=shape, size=POINT, stroke=color, strokeWidth=2, opacity=1).encode(
            x=x,
            y=y,
            fill=alt.FillValue(PAPER, condition={"test": "datum.firm", "value": color}),
            tooltip=TOLD,
        ),
        hidden.mark_point(
            shape=marks.CROSS, size=POINT, stroke=FAINT, strokeWidth=1.5, opacity=1
        ).encode(x=x, y=alt.YValue(alt.expr(f"height - {marks.STRIP // 2}")), tooltip=TOLD),
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
        categories(published, figure.table, figure.where),
        published.unit(figure.table),
    )
    frame = cells(published, figure.table, figure.where).sort_values("period")
    return [
        {
            "period": row["period"],
            "when": words.period(row["period"]),
            "code": row[published.category(figure.table)],
            "name": hierarchy.labels[row[published.category(figure.table)]],
            "number": _known(row[unit]),
            "share": _known(row["share_of_all"]),
            "firm": not row[f"{unit}_status"],
            "said": _said(row, unit),
        }
        for row in frame.to_dict("records")
    ]


def _said(row: dict, unit: str) -> str:
    """The cell in words: number, whole and share, or why there is none, and its reservation."""
    status = row[f"{unit}_status"]
    if pd.isna(row[unit]):
        return words.STATUS.get(status, "not available")
    share = (
        ""
        if pd.isna(row["share_of_all"])
        else f" of {words.count(row[f'all_{unit}'])} ({words.percent(row['share_of_all'])})"
    )
    return words.count(row[unit]) + share + (f", {words.STATUS_IN_FULL[status]}" if status else "")


def _known(value):
    return None if pd.isna(value) else value


def _title(published: Published, figure: Figure) -> str:
    named = [
        published.label(figure.table, dimension, code)
        for dimension, code in (figure.where or {}).items()
    ]
    return published.title(figure.table) + (f": {', '.join(named)}" if named else "")


def _body(published: Published, found: Iterable[Figure], pages: dict[str, str]) -> str:
    options, items = "", ""
    for figure in found:
        title = escape(_title(published, figure))
        options += f'<option value="{figure.slice}">{title}</option>'
        page = pages.get(figure.name)
        static = (
            f' <a href="{page}#{figure.name}">Picture and table<span class="hidden">:'
            f" {title}</span></a>"
            if page
            else ""
        )
        items += (
            f'<li id="{figure.slice}">{title}<span class="files">{static} <a'
            f' href="data/latest/{figure.table}.csv" download>Table as CSV<span class="hidden">:'
            f" {title}</span></a></span></li>"
        )
    return (
        f'<p>{LEAD}</p><div id="explore" hidden><p class="choice"><label for="which">Figure</label>'
        f' <select id="which">{options}</select></p><div id="controls"></div><h2'
        ' id="title"></h2><div id="chart" role="img" aria-labelledby="title"></div><p id="said"'
        f' role="status"></p><p class="note">{CROSSES}</p><div class="scroll" role="region"'
        ' tabindex="0" aria-labelledby="title"><table class="data"'
        ' id="numbers"></table></div></div><section class="part"><h2>Without'
        f' scripts</h2><p>{WITHOUT}</p><ul class="links">{items}</ul></section>'
    )
