"""Charts with Altair: bars of a breakdown, a figure through time, response times, money."""

from textwrap import wrap

import altair as alt
import pandas as pd

from openresponse.language import _
from openresponse.report.charts import marks
from openresponse.report.charts.theme import FAINT, GRID, INK, MAIN, PAPER, WIDTH, color
from openresponse.report.prose import signals, wilson, words
from openresponse.report.prose.readings import Reading

# Charts are made here alone and tested with validation on; checking each one again takes half of
# the time.
alt.utils.schemapi.disable_debug_mode()

LINE, BAR, BELOW = 15, 9, 12  # height of a line of text, of a bar, of the space under it
LETTER = 6.1  # mean width of a letter
INDENT = 12
AXIS, END, HEIGHT = (
    44,
    54,
    170,
)  # of a chart through time: room for the numbers at its side and for the last value, height


def bars(rows: pd.DataFrame) -> alt.LayerChart:
    """One labelled bar a category, in the order given; a value that is not shown has no bar but its
    reason.

    rows: columns code, label, depth, count (NA where it is not shown) and text, which is written
    beside the label; optionally low and high, the interval of a share of few as counts, drawn as a
    thin line under the bar.
    """
    rows = rows if "low" in rows else rows.assign(low=pd.NA, high=pd.NA)
    top = rows[["count", "high"]].astype("Float64").max(axis=None)
    top = 1 if pd.isna(top) or top == 0 else float(top)
    space = WIDTH - INDENT * int(rows["depth"].max())
    placed, y = [], 0
    for __, row in rows.iterrows():
        start = INDENT * int(row["depth"])
        lines = wrap(row["label"], int((WIDTH - start - LETTER * (len(row["text"]) + 2)) / LETTER))
        foot = y + LINE * len(lines)
        end, low, high = (
            None if pd.isna(n) else start + space * float(n) / top
            for n in (row["count"], row["low"], row["high"])
        )
        placed.append(
            {
                "start": start,
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
    data = pd.DataFrame(placed).astype(dict.fromkeys(("end", "low", "high"), "Float64"))
    x, scale = (
        alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False)),
        alt.Scale(domain=[0, y], reverse=True, nice=False),
    )
    at = {name: alt.Y(f"{name}:Q", axis=None, scale=scale) for name in ("top", "bar")}
    words_ = {"baseline": "top", "lineBreak": "\n", "lineHeight": LINE}
    label = (
        alt.Chart(data)
        .mark_text(align="left", **words_)
        .encode(x=x, y=at["top"], text=alt.Text("label:N"), color=alt.ColorValue(INK))
    )
    value = (
        alt.Chart(data)
        .mark_text(align="right", fontWeight="bold", **words_)
        .encode(
            x=alt.XValue(WIDTH), y=at["top"], text=alt.Text("value:N"), color=alt.ColorValue(INK)
        )
    )
    shown, hidden = data[data["end"].notna()], data[data["end"].isna()]
    bar = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=x,
            x2=alt.X2("end:Q"),
            y=at["bar"],
            y2=alt.Y2("under:Q"),
            color=alt.Color("color:N", scale=None),
        )
    )
    layers = [bar, label, value]
    if data["low"].notna().any():
        layers.append(
            alt.Chart(data[data["low"].notna()])
            .mark_rule(strokeWidth=1.5)
            .encode(
                x=alt.X("low:Q", axis=None),
                x2=alt.X2("high:Q"),
                y=alt.Y("line:Q", axis=None, scale=scale),
                color=alt.ColorValue(INK),
            )
        )
    if len(hidden):
        layers.insert(
            0,
            alt.Chart(hidden.assign(end=float(WIDTH), bar=hidden["bar"] + BAR / 2))
            .mark_rule(strokeDash=[2, 3], strokeWidth=2)
            .encode(x=x, x2=alt.X2("end:Q"), y=at["bar"], color=alt.ColorValue(FAINT)),
        )
    return alt.layer(*layers).properties(width=WIDTH, height=y)


def trend(
    readings: list[Reading], kind: str = "share", ceiling: float | None = 1.0
) -> alt.LayerChart:
    """One figure through time with its mean and limits of normal variation; gaps stay gaps.

    kind: `share` (a proportion, with its interval where it is of few) or `value` (a count).
    """
    values = [getattr(r, kind) for r in readings]
    chart = signals.chart(values, ceiling=ceiling if kind == "share" else None)
    few = [wilson.of_few(r.value, r.of, r.share) if kind == "share" else None for r in readings]
    data = pd.DataFrame(
        {
            "period": [r.period for r in readings],
            "value": values,
            "signal": chart.signals if chart else False,
            "status": [_status(r, kind) for r in readings],
            "low": [f and f[0] for f in few],
            "high": [f and f[1] for f in few],
        }
    ).astype(dict.fromkeys(("value", "low", "high"), "Float64"))
    shade = color(readings[0].code)
    x, y, form = through(list(data["period"])), *_y(data, kind == "share")
    layers = (
        _limits(chart, y)
        + _uncertain(data, x, shade)
        + _line(data, x, y, shade)
        + marks.statuses(data, x, y, shade)
        + marks.signals(data, x, y)
    )
    layers += [*marks.gaps(data, x, HEIGHT), _end(data, x, y, ".1%" if kind == "share" else form)]
    signs = (
        ([marks.limits()] if chart else [])
        + ([marks.signal()] if data["signal"].any() else [])
        + ([marks.interval(shade)] if data["low"].notna().any() else [])
    )
    return _through_time(layers, signs + _status_signs(data, shade))


def times(frame: pd.DataFrame) -> alt.LayerChart:
    """Median and 90th percentile through time, each named at its end; a gap is marked where either
    is not shown.
    """
    lines = [_timed(frame, "median_minutes"), _timed(frame, "p90_minutes")]
    gap = pd.concat([one[one["value"].isna()] for one in lines]).drop_duplicates("period")
    x, y = through(list(frame["period"])), _y(pd.concat(lines), share=False, zero=True)[0]
    layers, ends = marks.gaps(gap, x, HEIGHT), [one["value"].dropna().tail(1) for one in lines]
    top = float(pd.concat(lines)["value"].max())
    close = all(len(e) for e in ends) and (ends[1].iloc[0] - ends[0].iloc[0]) / top * HEIGHT < LINE
    for one, name, shade, below in zip(
        lines,
        (_("half took at most"), _("nine in ten took at most")),
        (MAIN, INK),
        (True, False),
        strict=True,
    ):
        layers += _line(one, x, y, shade) + marks.statuses(one.assign(signal=False), x, y, shade)
        if one["value"].notna().any():
            layers += [
                _end(one, x, y, ",.1f", LINE / 2 * (1 if below else -1) if close else 0),
                _named(one, x, y, name, shade, below, top),
            ]
    signs = _status_signs(pd.concat([gap, *(one[one["value"].notna()] for one in lines)]), INK)
    return _through_time(layers, signs)


def _through_time(layers: list[alt.Chart], signs: list[marks.Sign]) -> alt.LayerChart:
    size = {"width": WIDTH - AXIS - END, "height": HEIGHT}
    if not signs:
        return alt.layer(*layers, **size)
    return alt.layer(
        alt.layer(*layers),
        marks.key(signs, AXIS),
        resolve=alt.Resolve(scale={"x": "independent", "y": "independent"}),
        **size,
    )


def _timed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return (
        frame[["period", column, f"{column}_status"]]
        .set_axis(["period", "value", "status"], axis=1)
        .astype({"value": "Float64"})
    )


def _named(
    one: pd.DataFrame, x: alt.X, y: alt.Y, name: str, shade: str, below: bool, top: float
) -> alt.Chart:
    """The line's name at its end: over the upper line, and under the lower one where there is room
    for it; on a ground that keeps it clear of the grid.
    """
    reach = one.dropna().tail(max(3, len(one) * 2 // 3))["value"]  # what the words stand over
    below = below and reach.min() / top * HEIGHT > 2 * LINE
    at = (
        one.dropna()
        .tail(1)[["period"]]
        .assign(name=name, value=reach.min() if below else reach.max())
    )
    return (
        alt.Chart(at)
        .mark_text(
            align="right",
            dy=LINE if below else -LINE,
            color=shade if shade == INK else FAINT,
            fontWeight="bold",
            stroke=PAPER,
            strokeWidth=4,
        )
        .encode(x=x, y=y, text=alt.Text("name:N"))
    )


def _line(data: pd.DataFrame, x: alt.X, y: alt.Y, shade: str) -> list[alt.Chart]:
    """A line that stops at gaps, and its points."""
    one = data[["period", "value"]]
    if one["value"].isna().all():
        return []
    return [
        alt.Chart(one).mark_line(color=shade, strokeWidth=2).encode(x=x, y=y),
        alt.Chart(one.dropna()).mark_circle(color=shade, size=22, opacity=1).encode(x=x, y=y),
    ]


def _end(data: pd.DataFrame, x: alt.X, y: alt.Y, form: str, down: float = 0) -> alt.Chart:
    """The last value, written beside its point."""
    return (
        alt.Chart(data[["period", "value"]].dropna().tail(1))
        .mark_text(align="left", dx=9, dy=down, color=INK, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("value:Q", format=form))
    )


def _uncertain(data: pd.DataFrame, x: alt.X, shade: str) -> list[alt.Chart]:
    rows = data[data["low"].notna()]
    return (
        [
            alt.Chart(rows[["period", "low", "high"]])
            .mark_rule(color=shade, strokeWidth=1)
            .encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
        ]
        if len(rows)
        else []
    )


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


def _y(data: pd.DataFrame, share: bool, zero: bool = False) -> tuple[alt.Y, str]:
    """The scale of values and how its numbers are written; above the strip for what is not shown
    where something is not.
    """
    spread = (
        float(data["value"].max() - data["value"].min()) if data["value"].notna().any() else 0.0
    )
    form = ".1%" if share and spread < 0.03 else ".0%" if share else ",d"
    foot = HEIGHT - (marks.STRIP if data["value"].isna().any() else 0)
    return (
        alt.Y(
            "value:Q",
            axis=alt.Axis(
                format=form, tickCount=4, tickMinStep={".1%": 0.001, ".0%": 0.01, ",d": 1}[form]
            ),
            scale=alt.Scale(zero=zero, nice=True, range=[foot, 0]),
        ),
        form,
    )


def _limits(chart: signals.Chart | None, y: alt.Y) -> list[alt.Chart]:
    if chart is None:
        return []
    rules = (
        alt.Chart(pd.DataFrame({"value": [chart.lower, chart.upper]}))
        .mark_rule(strokeDash=[5, 4], color=FAINT)
        .encode(y=y)
    )
    return [
        alt.Chart(pd.DataFrame({"value": [chart.mean]}))
        .mark_rule(color=GRID, strokeWidth=2)
        .encode(y=y),
        rules,
    ]


def _status(reading: Reading, kind: str) -> str:
    return (
        reading.status
        if kind == "value" or reading.value is None or not reading.share_status
        else reading.share_status
    )


def _status_signs(data: pd.DataFrame, shade: str) -> list[marks.Sign]:
    return [
        marks.status(code, shade)
        for code in (*marks.SHOWN, *marks.HIDDEN)
        if (data["status"] == code).any()
    ]
