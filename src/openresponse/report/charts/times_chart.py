"""Response times through time: median and 90th percentile."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from openresponse.language import _
from openresponse.report.charts import marks, time_axis
from openresponse.report.charts.colors import FAINT, INK, MAIN, PAPER
from openresponse.report.charts.layers import Layers, plot
from openresponse.report.charts.time_axis import HEIGHT

LINE = 15  # height of a line of text


@dataclass(frozen=True)
class Quantile:
    """One of the two lines. below: whether its name stands under it."""

    rows: pd.DataFrame
    name: str
    shade: str
    below: bool


def times(frame: pd.DataFrame) -> Layers:
    """Each line is named at its end; a gap is marked where either is not shown."""
    lines = [
        Quantile(_rows(frame, "median_minutes"), _("half took at most"), MAIN, True),
        Quantile(_rows(frame, "p90_minutes"), _("nine in ten took at most"), INK, False),
    ]
    both = pd.concat([one.rows for one in lines])
    gaps = both[both["value"].isna()].drop_duplicates("period")
    x = time_axis.through(list(frame["period"]))
    y = time_axis.values(both, time_axis.form(both, share=False), zero=True)
    top, are_close = float(both["value"].max()), _are_close(lines)
    layers = marks.gaps(gaps, x, HEIGHT)
    for one in lines:
        layers += _line(one, x, y, top, are_close)
    signs = time_axis.status_signs(pd.concat([gaps, both[both["value"].notna()]]), INK)
    return time_axis.with_key(layers, signs)


def _rows(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return (
        frame[["period", column, f"{column}_status"]]
        .set_axis(["period", "value", "status"], axis=1)
        .astype({"value": "Float64"})
    )


def _are_close(lines: list[Quantile]) -> bool:
    """Whether the values at the ends would be written one over the other."""
    ends = [one.rows["value"].dropna().tail(1) for one in lines]
    if not all(map(len, ends)):
        return False
    top = float(pd.concat([one.rows["value"] for one in lines]).max())
    return bool((ends[1].iloc[0] - ends[0].iloc[0]) / top * HEIGHT < LINE)


def _line(one: Quantile, x: alt.X, y: alt.Y, top: float, are_close: bool) -> list[alt.Chart]:
    """One line with its statuses, its last value and its name."""
    layers = [
        *time_axis.line(one.rows, x, y, one.shade),
        *marks.statuses(one.rows.assign(signal=False), x, y, one.shade),
    ]
    if one.rows["value"].isna().all():
        return layers
    down = LINE / 2 * (1 if one.below else -1) if are_close else 0
    return [
        *layers,
        time_axis.end(one.rows, x, y, ",.1f", down),
        _name(one, x, y, top),
    ]


def _name(one: Quantile, x: alt.X, y: alt.Y, top: float) -> alt.Chart:
    """The line's name at its end: over the upper line, and under the lower one where there is room
    for it; on a ground that keeps it clear of the grid.
    """
    known = one.rows.dropna()
    reach = known.tail(max(3, len(one.rows) * 2 // 3))["value"]  # what the words stand over
    below = one.below and reach.min() / top * HEIGHT > 2 * LINE
    at = known.tail(1)[["period"]].assign(
        name=one.name, value=reach.min() if below else reach.max()
    )
    return (
        plot(at)
        .mark_text(
            align="right",
            dy=LINE if below else -LINE,
            color=one.shade if one.shade == INK else FAINT,
            fontWeight="bold",
            stroke=PAPER,
            strokeWidth=4,
        )
        .encode(x=x, y=y, text=alt.Text("name:N"))
    )
