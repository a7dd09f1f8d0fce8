"""Labelled bars of a breakdown."""

from textwrap import wrap

import altair as alt
import pandas as pd

from openresponse.report.charts.colors import FAINT, INK, WIDTH, color
from openresponse.report.charts.layers import Layers, plot

LINE, BAR, BELOW = 15, 9, 12  # height of a line of text, of a bar, of the space under it
LETTER = 6.1  # mean width of a letter
DIGIT = 8  # of a bold one, in the widest typeface
INDENT = 12  # of a label, by how deep its category lies; every bar begins at the same line
HIDDEN = 40  # length of the dotted line of a value that is not shown


def bars(rows: pd.DataFrame) -> Layers:
    """One labelled bar a category, in the order given; a value that is not shown has no bar but its
    reason.

    rows: columns code, label, depth, count (NA where it is not shown) and text, which is written
    beside the label; optionally low and high, the confidence limits of a share of few as counts,
    drawn as a thin line under the bar.
    """
    data, height = _placed(rows if "low" in rows else rows.assign(low=pd.NA, high=pd.NA))
    x = _across("start")
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False)
    layers = [
        *_without_bar(data, x, scale),
        _bars(data, x, scale),
        *_words(data, x, scale),
        *_limits(data, scale),
    ]
    return Layers(layers, {"width": WIDTH, "height": height})


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Where each bar and its words stand, in chart units, and the height of all."""
    top = rows[["count", "high"]].astype("Float64").max(axis=None)
    top = 1 if pd.isna(top) or top == 0 else float(top)
    placed, y = [], 0
    for row in rows.to_dict("records"):
        indent = INDENT * int(row["depth"])
        beside = DIGIT * len(row["text"]) + 2 * LETTER
        lines = wrap(row["label"], int((WIDTH - indent - beside) / LETTER))
        foot = y + LINE * len(lines)
        end, low, high = (
            None if pd.isna(row[name]) else WIDTH * float(row[name]) / top
            for name in ("count", "low", "high")
        )
        placed.append(
            {
                "start": 0,
                "indent": indent,
                "end": end,
                "low": low,
                "high": high,
                "top": y,
                "bar": foot,
                "under": foot + BAR,
                "line": foot + BAR + 3,
                "label": "\n".join(lines),
                "value": row["text"],
                "color": color(row["code"]),
            }
        )
        y = foot + BAR + BELOW
    return pd.DataFrame(placed).astype(dict.fromkeys(("end", "low", "high"), "Float64")), y


def _across(name: str) -> alt.X:
    return alt.X(f"{name}:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))


def _at(name: str, scale: alt.Scale) -> alt.Y:
    return alt.Y(f"{name}:Q", axis=None, scale=scale)


def _bars(data: pd.DataFrame, x: alt.X, scale: alt.Scale) -> alt.Chart:
    return (
        plot(data[data["end"].notna()])
        .mark_bar()
        .encode(
            x=x,
            x2=alt.X2("end:Q"),
            y=_at("bar", scale),
            y2=alt.Y2("under:Q"),
            color=alt.Color("color:N", scale=None),
        )
    )


def _words(data: pd.DataFrame, x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """The label over the bar, and the value at the right."""
    ink, top = alt.ColorValue(INK), _at("top", scale)
    label = plot(data).mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
    value = plot(data).mark_text(
        align="right", fontWeight="bold", baseline="top", lineBreak="\n", lineHeight=LINE
    )
    return [
        label.encode(x=_across("indent"), y=top, text=alt.Text("label:N"), color=ink),
        value.encode(x=alt.XValue(WIDTH), y=top, text=alt.Text("value:N"), color=ink),
    ]


def _limits(data: pd.DataFrame, scale: alt.Scale) -> list[alt.Chart]:
    """A thin line under each bar of a share of few."""
    few = data[data["low"].notna()]
    if few.empty:
        return []
    return [
        plot(few)
        .mark_rule(strokeWidth=1.5)
        .encode(
            x=alt.X("low:Q", axis=None),
            x2=alt.X2("high:Q"),
            y=_at("line", scale),
            color=alt.ColorValue(INK),
        )
    ]


def _without_bar(data: pd.DataFrame, x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """A short dotted line, which no bar could be."""
    hidden = data[data["end"].isna()]
    if hidden.empty:
        return []
    return [
        plot(hidden.assign(end=float(HIDDEN), bar=hidden["bar"] + BAR / 2))
        .mark_rule(strokeDash=[2, 3], strokeWidth=2)
        .encode(x=x, x2=alt.X2("end:Q"), y=_at("bar", scale), color=alt.ColorValue(FAINT))
    ]
