"""Shares of several places on one scale: now as a full dot, a year before as an open one."""

from textwrap import wrap

import altair as alt
import pandas as pd

from openresponse.report.charts.bar_chart import DIGIT, LETTER, LINE
from openresponse.report.charts.colors import FAINT, GRID, INK, MAIN, PAPER, WIDTH
from openresponse.report.charts.layers import Layers, plot

TRACK, BELOW, EDGE = 12, 8, 6  # height of a place's line, of the space under it; half a dot
TICKS = (0.0, 0.5, 1.0)


def dots(rows: pd.DataFrame) -> Layers:
    """One line a place, in the order given, from 0 to 100%; a share that is not shown has no dot.

    rows: columns label, now and before (proportions, NA where not shown) and text, which is written
    beside the label.
    """
    data, height = _placed(rows)
    axes = (
        alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False)),
        alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False)),
    )
    layers: list[alt.Chart | Layers] = [
        _scale(height, *axes),
        *_words(data, *axes),
        *_moves(data, *axes),
        *_dots(data, *axes, at="before", fill=PAPER, stroke=FAINT),
        *_dots(data, *axes, at="now", fill=MAIN, stroke=MAIN),
    ]
    return Layers(layers, {"width": WIDTH, "height": height})


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Where each line, its dots and its words stand, in chart units, and the height of all."""
    placed, y = [], LINE + BELOW
    for row in rows.to_dict("records"):
        lines = wrap(row["label"], int((WIDTH - DIGIT * len(row["text"]) - 2 * LETTER) / LETTER))
        line = y + LINE * len(lines) + TRACK / 2
        dots = {
            name: None if pd.isna(row[name]) else _across(row[name]) for name in ("now", "before")
        }
        placed.append({"label": "\n".join(lines), "text": row["text"], "top": y, "line": line})
        placed[-1] |= dots
        y = int(line + TRACK / 2 + BELOW)
    return pd.DataFrame(placed).astype(dict.fromkeys(("now", "before"), "Float64")), y


def _across(share: float) -> float:
    return EDGE + share * (WIDTH - 2 * EDGE)


def _scale(height: int, x: alt.X, y: alt.Y) -> Layers:
    """An upright line at each tick, with its share above it."""
    ticks = pd.DataFrame(
        {
            "x": [_across(share) for share in TICKS],
            "y": 0.0,
            "foot": float(height),
            "words": [f"{share:.0%}" for share in TICKS],
            "align": ["left", "center", "right"],
        }
    )
    lines = plot(ticks.assign(y=float(LINE))).mark_rule(color=GRID)
    words = [
        plot(ticks[ticks["align"] == align])
        .mark_text(align=align, baseline="top", color=FAINT)
        .encode(x=x, y=y, text=alt.Text("words:N"))
        for align in ticks["align"]
    ]
    return Layers([lines.encode(x=x, y=y, y2=alt.Y2("foot:Q")), *words])


def _words(data: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The place over its line, and its share at the right."""
    rows = data[["label", "text"]].assign(x=0.0, y=data["top"])
    label = plot(rows).mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
    share = plot(rows.assign(x=float(WIDTH))).mark_text(
        align="right", fontWeight="bold", baseline="top"
    )
    return [
        label.encode(x=x, y=y, text=alt.Text("label:N"), color=alt.ColorValue(INK)),
        share.encode(x=x, y=y, text=alt.Text("text:N"), color=alt.ColorValue(INK)),
    ]


def _moves(data: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A line from the dot of a year before to that of now."""
    both = data[data["now"].notna() & data["before"].notna()]
    if both.empty:
        return []
    rows = both[["now"]].assign(x=both["before"], y=both["line"])
    return [plot(rows).mark_rule(color=FAINT, strokeWidth=1.5).encode(x=x, x2=alt.X2("now:Q"), y=y)]


def _dots(
    data: pd.DataFrame, x: alt.X, y: alt.Y, *, at: str, fill: str, stroke: str
) -> list[alt.Chart]:
    shown = data[data[at].notna()]
    if shown.empty:
        return []
    rows = pd.DataFrame({"x": shown[at], "y": shown["line"]})
    return [
        plot(rows)
        .mark_point(shape="circle", size=70, fill=fill, stroke=stroke, strokeWidth=1.5, opacity=1)
        .encode(x=x, y=y)
    ]
