"""What every chart through time is made of: its axes, its lines, the value at its end, its key."""

import altair as alt
import pandas as pd

from openresponse.report.charts import marks
from openresponse.report.charts.colors import INK, WIDTH
from openresponse.report.charts.layers import Layers, plot
from openresponse.report.prose import words

AXIS, END = 44, 54  # room for the numbers at its side and for the last value
HEIGHT = 170
TICK = {".1%": 0.001, ".0%": 0.01, ",d": 1}  # the smallest step between two, by how it is written
NARROW = 0.03  # shares that lie closer are written with a decimal


def through(periods: list[str], ticks: int = 4) -> alt.X:
    """The axis of periods; the last one always has its name."""
    step = max(1, -(-len(periods) // ticks))
    named = periods[::-1][::step][::-1]
    names = "{" + ", ".join(f"'{p}': '{words.short_period(p)}'" for p in named) + "}[datum.value]"
    return alt.X(
        "period:O",
        scale=alt.Scale(domain=periods),
        axis=alt.Axis(values=named, labelExpr=names, labelAngle=0, labelOverlap=False),
    )


def form(data: pd.DataFrame, share: bool) -> str:
    """How the numbers of the scale are written."""
    known = data["value"].dropna()
    spread = float(known.max() - known.min()) if len(known) else 0.0
    if not share:
        return ",d"
    return ".1%" if spread < NARROW else ".0%"


def values(data: pd.DataFrame, form: str, zero: bool = False) -> alt.Y:
    """The scale of values; above the strip for what is not shown where something is not."""
    foot = HEIGHT - (marks.STRIP if data["value"].isna().any() else 0)
    return alt.Y(
        "value:Q",
        axis=alt.Axis(format=form, tickCount=4, tickMinStep=TICK[form]),
        scale=alt.Scale(zero=zero, nice=True, range=[foot, 0]),
    )


def line(data: pd.DataFrame, x: alt.X, y: alt.Y, shade: str) -> list[alt.Chart]:
    """A line that stops at gaps, and its points."""
    one = data[["period", "value"]]
    if one["value"].isna().all():
        return []
    return [
        plot(one).mark_line(color=shade, strokeWidth=2).encode(x=x, y=y),
        plot(one.dropna()).mark_circle(color=shade, size=22, opacity=1).encode(x=x, y=y),
    ]


def end(data: pd.DataFrame, x: alt.X, y: alt.Y, form: str, down: float = 0) -> alt.Chart:
    """The last value, written beside its point."""
    return (
        plot(data[["period", "value"]].dropna().tail(1))
        .mark_text(align="left", dx=9, dy=down, color=INK, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("value:Q", format=form))
    )


def with_key(charts: list[alt.Chart], signs: list[marks.Sign], above: float = 0) -> Layers:
    """The charts, under a key of their signs where they have any. above: height of what stands
    between.
    """
    size = {"width": WIDTH - AXIS - END, "height": HEIGHT}
    if not signs:
        return Layers(charts, size)
    apart = {"scale": {"x": "independent", "y": "independent"}}
    return Layers([Layers(charts), marks.key(signs, AXIS, above)], {**size, "resolve": apart})


def status_signs(data: pd.DataFrame, shade: str) -> list[marks.Sign]:
    """The signs of the statuses that the data have."""
    return [
        marks.status(code, shade)
        for code in (*marks.SHOWN, *marks.HIDDEN)
        if (data["status"] == code).any()
    ]
