"""One value through time, with its mean and the limits of normal variation."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from openresponse.report.charts import event_lines, marks, time_axis
from openresponse.report.charts.colors import FAINT, GRID, WIDTH, color
from openresponse.report.charts.layers import Layers, plot
from openresponse.report.prose import signals, wilson
from openresponse.report.prose.launches import Event
from openresponse.report.prose.readings import Reading
from openresponse.report.prose.signals import Chart


def trend(
    readings: list[Reading],
    is_share: bool = True,
    judged: list[float | None] | None = None,
    begun: Sequence[Event] = (),
) -> Layers:
    """Gaps stay gaps. is_share: a proportion, with its confidence limits where it is of few; else a
    count. judged: the values that the last one is judged by, where those are not all. begun:
    what is marked where it began.
    """
    values = [r.share if is_share else r.value for r in readings]
    judged = values if judged is None else judged
    chart = signals.chart(judged, ceiling=1.0 if is_share else None)
    data = _data(readings, values, chart, is_share)
    shade, form = color(readings[0].code), time_axis.form(data, is_share)
    periods = list(data["period"])
    x, y = time_axis.through(periods), time_axis.values(data, form)
    marked = event_lines.placed(list(begun), periods)
    layers = [
        *event_lines.lines(marked, x, time_axis.HEIGHT),
        *event_lines.words(
            marked, x, time_axis.AXIS, WIDTH - time_axis.AXIS - time_axis.END, periods
        ),
        *_normal(chart, _judged_span(readings, judged), x, y),
        *_confidence(data, x, shade),
        *time_axis.line(data, x, y, shade),
        *marks.statuses(data, x, y, shade),
        *marks.signals(data, x, y),
        *marks.gaps(data, x, time_axis.HEIGHT),
        time_axis.end(data, x, y, ".1%" if is_share else form),
    ]
    return time_axis.with_key(layers, _signs(data, chart, shade), above=event_lines.height(marked))


def _data(
    readings: list[Reading], values: list[float | None], chart: Chart | None, is_share: bool
) -> pd.DataFrame:
    few = [wilson.of_few(r.value, r.of, r.share) if is_share else None for r in readings]
    return pd.DataFrame(
        {
            "period": [r.period for r in readings],
            "value": values,
            "signal": chart.signals if chart else False,
            "status": [_status(r, is_share) for r in readings],
            "low": [limits and limits[0] for limits in few],
            "high": [limits and limits[1] for limits in few],
        }
    ).astype(dict.fromkeys(("value", "low", "high"), "Float64"))


def _status(reading: Reading, is_share: bool) -> str:
    if is_share and reading.value is not None and reading.share_status:
        return reading.share_status
    return reading.status


def _judged_span(readings: list[Reading], judged: list[float | None]) -> tuple[str, str]:
    """From the first period that the last value is judged by to the last."""
    shown = [r.period for r, value in zip(readings, judged, strict=True) if value is not None]
    return (shown or [readings[0].period])[0], readings[-1].period


def _normal(chart: Chart | None, span: tuple[str, str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The mean, and dashed the limits of normal variation, over the periods they are of."""
    if chart is None:
        return []
    mean, limits = (
        plot(pd.DataFrame({"value": values, "period": span[0], "until": span[1]}))
        for values in ([chart.mean], [chart.lower, chart.upper])
    )
    until = alt.X2("until:O")
    return [
        mean.mark_rule(color=GRID, strokeWidth=2).encode(x=x, x2=until, y=y),
        limits.mark_rule(strokeDash=[5, 4], color=FAINT).encode(x=x, x2=until, y=y),
    ]


def _confidence(data: pd.DataFrame, x: alt.X, shade: str) -> list[alt.Chart]:
    """An upright line at each share of few."""
    rows = data.loc[data["low"].notna(), ["period", "low", "high"]]
    if rows.empty:
        return []
    return [
        plot(rows)
        .mark_rule(color=shade, strokeWidth=1)
        .encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    ]


def _signs(data: pd.DataFrame, chart: Chart | None, shade: str) -> list[marks.Sign]:
    return [
        *([marks.limits()] if chart else []),
        *([marks.signal()] if data["signal"].any() else []),
        *([marks.confidence(shade)] if data["low"].notna().any() else []),
        *time_axis.status_signs(data, shade),
    ]
