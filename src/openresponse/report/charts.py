"""Charts with Altair: bars of a breakdown, a figure through time, response times, money."""

from textwrap import wrap

import altair as alt
import pandas as pd

from openresponse.language import N_, _
from openresponse.report import signals, words
from openresponse.report.readings import Reading
from openresponse.report.theme import FAINT, GRID, INK, MAIN, POLICE, WIDTH, color

# Charts are made here alone and tested with validation on; checking each one again takes half of the time.
alt.utils.schemapi.disable_debug_mode()

LINE, BAR, BELOW = 15, 9, 12  # height of a line of text, of a bar, of the space under it
LETTER = 6.1  # mean width of a letter
INDENT = 12
KEY = N_("dashed: limits of normal variation   ◆ signal")
MOST_NAMED_GAPS = 12  # more gaps than this are marked × and explained beside the chart


def bars(rows: pd.DataFrame) -> alt.LayerChart:
    """One labelled bar a category, in the order given; a value that is not shown has no bar but its reason.

    rows: columns code, label, depth, count (NA where it is not shown) and text, which is written beside the label.
    """
    top = rows["count"].max()
    top = 1 if pd.isna(top) or top == 0 else int(top)
    space = WIDTH - INDENT * int(rows["depth"].max())
    placed, y = [], 0
    for __, row in rows.iterrows():
        start = INDENT * int(row["depth"])
        lines = wrap(row["label"], int((WIDTH - start - LETTER * (len(row["text"]) + 2)) / LETTER))
        foot = y + LINE * len(lines)
        placed.append({"start": start, "end": None if pd.isna(row["count"]) else start + space * int(row["count"]) / top, "top": y,
                       "bar": foot, "under": foot + BAR, "label": "\n".join(lines), "value": row["text"], "color": color(row["code"])})
        y = foot + BAR + BELOW
    data = pd.DataFrame(placed).astype({"end": "Float64"})
    x, scale = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False)), alt.Scale(domain=[0, y], reverse=True, nice=False)
    at = {name: alt.Y(f"{name}:Q", axis=None, scale=scale) for name in ("top", "bar")}
    words_ = {"baseline": "top", "lineBreak": "\n", "lineHeight": LINE}
    label = alt.Chart(data).mark_text(align="left", **words_).encode(x=x, y=at["top"], text="label:N", color=alt.value(INK))
    value = alt.Chart(data).mark_text(align="right", fontWeight="bold", **words_).encode(x=alt.value(WIDTH), y=at["top"], text="value:N", color=alt.value(INK))
    shown, hidden = data[data["end"].notna()], data[data["end"].isna()]
    bar = alt.Chart(shown).mark_bar().encode(x=x, x2="end:Q", y=at["bar"], y2="under:Q", color=alt.Color("color:N", scale=None))
    layers = [bar, label, value]
    if len(hidden):
        layers.insert(0, alt.Chart(hidden.assign(end=float(WIDTH), bar=hidden["bar"] + BAR / 2)).mark_rule(strokeDash=[2, 3], strokeWidth=2).encode(
            x=x, x2="end:Q", y=at["bar"], color=alt.value(FAINT)))
    return alt.layer(*layers).properties(width=WIDTH, height=y)


def trend(readings: list[Reading], kind: str = "share", ceiling: float | None = 1.0) -> alt.LayerChart:
    """One figure through time with its mean and limits of normal variation; gaps stay gaps.

    kind: `share` (a proportion) or `value` (a count).
    """
    values = [getattr(r, kind) for r in readings]
    form = ".0%" if kind == "share" else ",d"
    chart = signals.chart(values, ceiling=ceiling if kind == "share" else None)
    flags = chart.signals if chart else (False,) * len(values)
    data = pd.DataFrame({"period": [r.period for r in readings], "value": [None if v is None else float(v) for v in values],
                         "signal": flags}).astype({"value": "Float64"})
    line = _lines(data.assign(series="value"), {"value": MAIN}, form, zero=False)
    layers = _limits(chart) + line
    marked = data[data["signal"] & data["value"].notna()]
    if len(marked):
        layers.append(alt.Chart(marked).mark_point(shape="diamond", size=70, filled=True, color=POLICE, opacity=1).encode(x=_x(data), y="value:Q"))
    layers += _gaps(data, readings, kind)
    return alt.layer(*layers).properties(width=WIDTH - 44, height=170)


def two_lines(frame: pd.DataFrame, columns: dict[str, str], form: str = ",.0f") -> alt.LayerChart:
    """Two figures through time, each named at its end. columns: column to the name shown."""
    colors = dict(zip(columns, (MAIN, POLICE)))
    long = frame.melt("period", list(columns), "series", "value").astype({"value": "Float64"})
    names = []
    for column, name in columns.items():
        one = long[long["series"] == column].dropna().tail(max(3, len(frame) // 2))
        if len(one):  # above the highest point that the words reach over
            top = one.tail(1).assign(name=name, value=one["value"].max())
            names.append(alt.Chart(top).mark_text(align="right", dy=-9, color=INK, fontWeight="bold").encode(x=_x(long), y="value:Q", text="name:N"))
    return alt.layer(*_lines(long, colors, form, zero=True), *names).properties(width=WIDTH - 44, height=170)


def _lines(long: pd.DataFrame, colors: dict[str, str], form: str, zero: bool) -> list[alt.Chart]:
    """A line and points a series, and the last value written beside its point."""
    layers, x = [], _x(long)
    y = alt.Y("value:Q", axis=alt.Axis(format=form, tickCount=4), scale=alt.Scale(zero=zero, nice=True))
    for name, shade in colors.items():
        one = long[long["series"] == name][["period", "value"]]
        if one["value"].isna().all():
            continue
        layers.append(alt.Chart(one).mark_line(color=shade, strokeWidth=2).encode(x=x, y=y))
        layers.append(alt.Chart(one.dropna()).mark_circle(color=shade, size=22, opacity=1).encode(x=x, y=y))
        end = one.dropna().tail(1)
        layers.append(alt.Chart(end).mark_text(align="left", dx=7, color=INK, fontWeight="bold").encode(
            x=x, y=y, text=alt.Text("value:Q", format=".1%" if form.endswith("%") else form if form != ",.0f" else ",.1f")))
    return layers


def _x(data: pd.DataFrame) -> alt.X:
    periods = sorted(data["period"].unique())
    step = max(1, -(-len(periods) // 5))
    ticks = periods[::-1][::step][::-1]
    names = "{" + ", ".join(f"'{p}': '{words.short_period(p)}'" for p in ticks) + "}[datum.value]"
    return alt.X("period:O", sort=periods, scale=alt.Scale(domain=periods), axis=alt.Axis(values=ticks, labelExpr=names, labelAngle=0, labelOverlap=False))


def _limits(chart: signals.Chart | None) -> list[alt.Chart]:
    if chart is None:
        return []
    rules = alt.Chart(pd.DataFrame({"value": [chart.lower, chart.upper]})).mark_rule(strokeDash=[5, 4], color=FAINT).encode(y="value:Q")
    mean = alt.Chart(pd.DataFrame({"value": [chart.mean]})).mark_rule(color=GRID, strokeWidth=2).encode(y="value:Q")
    name = alt.Chart(pd.DataFrame({"name": [_(KEY)]})).mark_text(align="left", color=FAINT, fontSize=11).encode(
        x=alt.value(0), y=alt.value(-12), text="name:N")
    return [mean, rules, name]


def _gaps(data: pd.DataFrame, readings: list[Reading], kind: str) -> list[alt.Chart]:
    """Periods without a value are marked at the foot of the chart with the reason, never drawn as a value."""
    gaps = [{"period": r.period, "why": words.status(r.status if r.value is None else r.share_status)}
            for r in readings if getattr(r, kind) is None]
    if not gaps:
        return []
    if len(gaps) > MOST_NAMED_GAPS:
        return [alt.Chart(pd.DataFrame(gaps)).mark_text(text="×", color=FAINT, fontSize=9).encode(x=_x(data), y=alt.value(166))]
    return [alt.Chart(pd.DataFrame(gaps)).mark_text(angle=270, align="left", color=FAINT, fontSize=11).encode(
        x=_x(data), y=alt.value(168), text="why:N")]
