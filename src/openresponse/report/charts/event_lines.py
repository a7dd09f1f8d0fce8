"""Events in a chart through time: a dotted line where each began, and its words above."""

from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from openresponse.report.charts.colors import FAINT, WIDEST, WIDTH
from openresponse.report.charts.layers import plot
from openresponse.report.charts.marks import LINE, SMALL
from openresponse.report.prose.launches import Event, last_month

LIFT = 8  # between the words and the top of the chart, where the last value may stand


def placed(events: list[Event], periods: list[str]) -> pd.DataFrame:
    """The events that fall into the periods, the oldest uppermost: columns period, words (in lines
    that fit the picture), and the lines that are below them.

    An event of the first period is left out: the series begins with it.
    """
    shown, below = [], 0
    for event in reversed(events):
        period = next((one for one in periods if last_month(one) >= event.month), periods[0])
        if period != periods[0]:
            lines = wrap(event.label, int(WIDTH / WIDEST))
            shown.append({"period": period, "words": "\n".join(lines), "below": below})
            below += len(lines)
    return pd.DataFrame(shown[::-1], columns=["period", "words", "below"])


def height(rows: pd.DataFrame) -> int:
    """What the words take above a chart."""
    return LIFT + LINE * sum(len(words.split("\n")) for words in rows["words"]) if len(rows) else 0


def lines(rows: pd.DataFrame, x: alt.X, foot: float) -> list[alt.Chart]:
    """A dotted line from its words down to the foot of a chart."""
    return [
        plot(pd.DataFrame([{"period": row["period"]}]))
        .mark_rule(color=FAINT, strokeDash=[1, 3], strokeWidth=1)
        .encode(x=x, y=alt.YValue(-LIFT - LINE * (row["below"] + 0.5)), y2=alt.Y2Value(foot))
        for row in rows.to_dict("records")
    ]


def words(
    rows: pd.DataFrame, x: alt.X, axis: float, plot_width: float, periods: list[str]
) -> list[alt.Chart]:
    """The words of each event beside its line, on the side that has room; at the edge of the
    picture where none has. axis: the room left of the chart.
    """
    step = plot_width / len(periods)
    drawn = []
    for row in rows.to_dict("records"):
        at = step * (periods.index(row["period"]) + 0.5)
        wide = WIDEST * max(map(len, row["words"].split("\n")))
        mark: dict[str, Any] = {"align": "left", "dx": 0}
        beside: alt.X | alt.XValue = alt.XValue(-axis)
        if at + wide <= WIDTH - axis:
            mark, beside = {"align": "left", "dx": 4}, x
        elif wide <= at + axis:
            mark, beside = {"align": "right", "dx": -4}, x
        drawn.append(
            plot(pd.DataFrame([{"period": row["period"], "words": row["words"]}]))
            .mark_text(
                baseline="bottom",
                lineBreak="\n",
                lineHeight=LINE,
                color=FAINT,
                fontSize=SMALL,
                **mark,
            )
            .encode(x=beside, y=alt.YValue(-LIFT - LINE * row["below"]), text=alt.Text("words:N"))
        )
    return drawn
