"""Events in a chart through time: a dotted line where each began, and its words above."""

import altair as alt
import pandas as pd

from openresponse.report.charts.colors import FAINT, WIDTH
from openresponse.report.charts.layers import plot
from openresponse.report.charts.marks import LETTER, LINE, SMALL
from openresponse.report.prose.launches import Event, last_month


LIFT = 8  # between the words and the top of the chart, where the last value may stand


def placed(events: list[Event], periods: list[str]) -> pd.DataFrame:
    """The events that fall into the periods: columns period, words and row, 0 for the lowest.

    An event of the first period is left out: the series begins with it.
    """
    shown = [
        {"period": period, "words": event.label}
        for event in events
        for period in [_period_of(event.month, periods)]
        if period and period != periods[0]
    ]
    rows = pd.DataFrame(shown, columns=["period", "words"])
    return rows.assign(row=range(len(rows) - 1, -1, -1))


def lines(rows: pd.DataFrame, x: alt.X, height: float) -> list[alt.Chart]:
    """A dotted line from its words down to the foot of a chart of this height."""
    if rows.empty:
        return []
    return [
        plot(rows.loc[rows["row"] == row, ["period"]])
        .mark_rule(color=FAINT, strokeDash=[1, 3], strokeWidth=1)
        .encode(x=x, y=alt.YValue(-LIFT - LINE * (row + 0.5)), y2=alt.Y2Value(height))
        for row in rows["row"]
    ]


def words(rows: pd.DataFrame, x: alt.X, left: float, periods: list[str]) -> list[alt.Chart]:
    """The words of each event beside its line, on the side that has room. left: of the axis."""
    step = (WIDTH - left) / len(periods)
    return [
        plot(pd.DataFrame([{"period": row["period"], "words": row["words"]}]))
        .mark_text(
            align="left" if has_room else "right",
            baseline="middle",
            dx=4 if has_room else -4,
            color=FAINT,
            fontSize=SMALL,
        )
        .encode(x=x, y=alt.YValue(-LIFT - LINE * (row["row"] + 0.5)), text=alt.Text("words:N"))
        for row in rows.to_dict("records")
        for has_room in [
            WIDTH - left - step * periods.index(row["period"]) > LETTER * len(row["words"])
        ]
    ]


def height(rows: pd.DataFrame) -> int:
    """What the words take above a chart."""
    return LIFT + LINE * len(rows) if len(rows) else 0


def _period_of(month: str, periods: list[str]) -> str | None:
    """The period that a month lies in."""
    return next((one for one in periods if last_month(one) >= month), None)
