"""What a chart through time marks beside its line, each in a shape and in words: signals,
provisional and revised figures, intervals, and periods without a figure."""

from dataclasses import dataclass
from textwrap import wrap

import altair as alt
import pandas as pd

from openresponse import language
from openresponse.language import _
from openresponse.release.tables import columns
from openresponse.release.tables.rate_intervals import CONFIDENCE
from openresponse.report.charts.colors import FAINT, INK, PAPER, WIDEST, WIDTH
from openresponse.report.charts.layers import Layers, plot
from openresponse.report.prose import words

CROSS, DASHED, UPRIGHT = "M-.8,-.8L.8,.8M-.8,.8L.8,-.8", "M-1.2,0L-.3,0M.3,0L1.2,0", "M0,-1.2L0,1.2"
# Shapes by status: of a figure that is shown with a reservation, and of one that is not shown.
SHOWN = {
    columns.PROVISIONAL: "circle",
    columns.REVISED: "square",
    columns.EARLIER: "triangle-up",
    columns.UNRELIABLE: "triangle-down",
    columns.BREAK: "triangle-left",
}
HIDDEN = {
    columns.WITHHELD: CROSS,
    columns.NOT_AVAILABLE: "stroke",
    columns.NOT_APPLICABLE: "triangle-right",
}
# Of the key: mean width of a letter, room for a sign, space between entries, height.
LETTER, SIGN, SPACE, LINE = 5.5, 12, 14, 15
SMALL = 11  # font size of the key
STRIP = 16  # room at the foot of a chart for what is not shown; no value is drawn there


@dataclass(frozen=True)
class Sign:
    """One entry of a chart's key."""

    words: str
    shape: str
    filled: bool = False
    color: str = FAINT


def signal() -> Sign:
    return Sign(_("signal"), "diamond", True, INK)


def limits() -> Sign:
    return Sign(_("limits of normal variation"), DASHED)


def confidence(color: str) -> Sign:
    return Sign(
        _("{level} confidence interval", level=language.percent(CONFIDENCE, 0)),
        UPRIGHT,
        color=color,
    )


def status(code: str, color: str) -> Sign:
    """The sign of a status: drawn in the line's colour where the figure is shown, else in grey."""
    return (
        Sign(_(words.STATUS_IN_FULL[code]), SHOWN[code], color=color)
        if code in SHOWN
        else Sign(words.status(code), HIDDEN[code])
    )


def key(signs: list[Sign], left: float, above: float = 0) -> Layers:
    """The signs with their words above a chart, in as many lines as they need. left: width of the
    chart's axis. above: height of what stands between the chart and them.
    """
    data = _placed(signs, left).eval("y = y - @above")
    pixels = alt.Scale(domain=[0, 1], range=[0, 1], nice=False, zero=False)
    at = {"x": alt.X("x:Q", axis=None, scale=pixels), "y": alt.Y("y:Q", axis=None, scale=pixels)}
    point = (
        plot(data[data["shape"] != ""])
        .mark_point(size=50, strokeWidth=1.5, opacity=1)
        .encode(
            shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            **at,
        )
    )
    word = (
        plot(data)
        .mark_text(align="left", baseline="middle", dx=SIGN - 3, color=FAINT, fontSize=SMALL)
        .encode(text=alt.Text("words:N"), **at)
    )
    return Layers([point, word])


def _placed(signs: list[Sign], left: float) -> pd.DataFrame:
    """Where each sign stands, in chart units; a line that is full is followed by another."""
    placed, x, line = [], 0.0, 0
    for sign in signs:
        for at, words_of_line in enumerate(wrap(sign.words, int((WIDTH - SIGN) / WIDEST))):
            wide = SIGN + LETTER * len(words_of_line)
            if x and (at or x + wide > WIDTH):
                x, line = 0.0, line + 1
            placed.append(
                {
                    "x": x - left + SIGN / 2,
                    "line": line,
                    "words": words_of_line,
                    "shape": "" if at else sign.shape,
                    "stroke": sign.color,
                    "fill": sign.color if sign.filled else PAPER,
                }
            )
            x += wide + SPACE
    return pd.DataFrame(placed).assign(y=lambda f: -LINE * (1 + line - f["line"]))


def statuses(data: pd.DataFrame, x: alt.X, y: alt.Y, color: str) -> list[alt.Chart]:
    """Open points over figures shown with a reservation, larger ones round a signal. data: columns
    period, value, status, signal.
    """
    rows = data[data["status"].isin(SHOWN) & data["value"].notna()]
    rows = rows.assign(
        shape=rows["status"].map(SHOWN), size=rows["signal"].map({True: 150, False: 45})
    )[["period", "value", "shape", "size"]]
    return (
        [
            plot(rows)
            .mark_point(fill=PAPER, stroke=color, strokeWidth=1.5, opacity=1)
            .encode(
                x=x,
                y=y,
                shape=alt.Shape("shape:N", scale=None),
                size=alt.Size("size:Q", scale=None),
            )
        ]
        if len(rows)
        else []
    )


def signals(data: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    rows = data[data["signal"] & data["value"].notna()]
    return (
        [
            plot(rows[["period", "value"]])
            .mark_point(shape="diamond", size=60, filled=True, color=INK, opacity=1)
            .encode(x=x, y=y)
        ]
        if len(rows)
        else []
    )


def gaps(data: pd.DataFrame, x: alt.X, height: float) -> list[alt.Chart]:
    """A sign at the foot for each period without a figure; never at a height that could be read as
    a value.
    """
    rows = data[data["status"].isin(HIDDEN) & data["value"].isna()]
    return (
        [
            plot(rows[["period"]].assign(shape=rows["status"].map(HIDDEN)))
            .mark_point(size=24, filled=False, stroke=FAINT, strokeWidth=1.5, opacity=1)
            .encode(x=x, y=alt.YValue(height - STRIP / 2), shape=alt.Shape("shape:N", scale=None))
        ]
        if len(rows)
        else []
    )
