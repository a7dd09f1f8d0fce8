"""Which figures a published table makes: its breakdown, its headline through time, its times, its
money.
"""

from html import escape

import pandas as pd

from openresponse.language import _, ngettext
from openresponse.release.store.published import Published
from openresponse.report.charts import drawing
from openresponse.report.charts.svg import picture
from openresponse.report.figures import datatable, money, times
from openresponse.report.figures.figure import Figure, name
from openresponse.report.prose import sentences, wilson, words
from openresponse.report.prose.readings import (
    ALL,
    FEWEST_FOR_A_TREND,
    breakdown,
    categories,
    cells,
    headline,
    series,
    whole,
)


def of_table(published: Published, table: str, where: dict[str, str] | None = None) -> list[Figure]:
    """The figures of one slice of a table; none where the table has no row for it."""
    kind = published.kind(table)
    if kind == "list":
        return [listed(published, table)]
    if kind == "money":
        return [money.figure(published, table)]
    if cells(published, table, where).empty:
        return []
    if kind == "times":
        return [
            times.figure(published, table, interval, where)
            for interval in published.hierarchy(table, "interval").codes
        ]
    parts = _stacked(published, table)
    slices = [{**(where or {}), parts[0]: code} for code in parts[1]] if parts else [where]
    return [figure for one in slices for figure in _counts(published, table, one)]


def _counts(published: Published, table: str, where: dict[str, str] | None) -> list[Figure]:
    found = []
    hierarchy = categories(published, table, where)
    if len(hierarchy.codes) > 1:
        found.append(bars(published, table, where))
    if len(published.periods(table)) >= FEWEST_FOR_A_TREND:
        drawn = trend(published, table, where)
        found += [drawn] if drawn else []
    return found


def bars(
    published: Published,
    table: str,
    where: dict[str, str] | None = None,
    codes: list[str] | None = None,
    tag: str = "breakdown",
) -> Figure:
    """The last period's categories as bars. codes: only these of the hierarchy."""
    rows = breakdown(published, table, where)
    period, unit = published.periods(table)[-1], words.unit(published.unit(table))
    drawn = rows if codes is None else rows[rows["code"].isin(codes)].assign(depth=0)
    drawn = (
        _without_empty_branches(drawn, categories(published, table, where))
        if codes is None
        else drawn
    )
    foot = _reservation(drawn)
    drawn = _with_intervals(
        drawn.assign(text=[_text(row, letters=not foot) for __, row in drawn.iterrows()])
    )
    chosen = headline(published, table, where)
    title = (
        sentences.level(published, table, *chosen, where)
        if chosen
        else sentences.largest(published, table, where)
    )
    caption = _(
        "{title}, {period}", title=_title(published, table, where), period=words.period(period)
    )
    note = " ".join(
        filter(
            None,
            (
                (
                    _("A dotted line marks a figure that is not shown; it is not zero.")
                    if drawn["count"].isna().any()
                    else ""
                ),
                wilson.note() if drawn["low"].notna().any() else "",
                "" if foot else _letters(drawn),
            ),
        )
    )
    identifier = name(table, tag, where)
    description = " ".join(filter(None, (f"{caption}.", title, foot and f"{foot}.", note)))
    detail = f"{caption}." + (
        f" {_('Percentages are of the first bar.')}" if drawn["share_of_all"].notna().any() else ""
    )
    return Figure(
        identifier,
        table,
        title.rstrip("."),
        detail,
        picture(drawing.bars(drawn), identifier, caption, description, published.fictional, foot),
        datatable.breakdown(rows, caption, unit) + _rates(published, table, where, caption),
        published.definition(table),
        note,
        where,
        len(published.periods(table)) >= FEWEST_FOR_A_TREND,
    )


def trend(published: Published, table: str, where: dict[str, str] | None = None) -> Figure | None:
    """The headline (or, without one, the number of all) through time; None where no value is shown."""
    chosen = headline(published, table, where)
    hierarchy = categories(published, table, where)
    code, of = chosen or (hierarchy.roots[0], "all")
    kind = "share" if chosen else "value"
    readings = series(published, table, code, of, where)
    label = hierarchy.labels[code] if chosen else _title(published, table, where)
    told = (
        (
            sentences.level(published, table, code, of, where),
            sentences.change(published, table, code, of, where),
        )
        if chosen
        else (
            sentences.counted(published, table, code, where),
            sentences.counted_change(published, table, code, where),
        )
    )
    said = " ".join(filter(None, told))
    values = [getattr(r, kind) for r in readings]
    if all(value is None for value in values):
        return None
    judged = (
        sentences.variation(values, ceiling=1.0 if chosen else None)
        if values[-1] is not None
        else _("last value not shown")
    )
    span = words.span(readings[0].period, readings[-1].period)
    title = _(
        "{label}, {span}: {judged}",
        label=f"{label}{_slice(published, table, where)}",
        span=span,
        judged=judged,
    )
    gaps = sum(v is None for v in values)
    note = (
        ngettext(
            "{n} of {of} periods is not shown; the line stops there and does not fall to zero.",
            "{n} of {of} periods are not shown; the line stops there and does not fall to zero.",
            gaps,
            n=gaps,
            of=len(values),
        )
        if gaps
        else ""
    )
    if chosen and any(wilson.of_few(r.value, r.of, r.share) for r in readings):
        note = f"{note} {wilson.note()}".strip()
    identifier = name(table, "trend", where)
    return Figure(
        identifier,
        table,
        title,
        said,
        picture(
            drawing.trend(readings, kind),
            identifier,
            title,
            f"{said} {note}".strip() or title,
            published.fictional,
        ),
        datatable.trend(
            readings,
            f"{label}{_slice(published, table, where)}, {span}",
            words.unit(published.unit(table)),
        ),
        published.definition(table),
        note,
        where,
        explorable=True,
    )


def listed(published: Published, table: str) -> Figure:
    """A table of plain rows, as it stands."""
    frame = published.tables[table].drop(columns="source")
    dates = {"planned", "actual"}
    rows = [
        [
            (
                datatable.day(row[c]) or _("not set")
                if c in dates
                else escape(_(row[c]) if c == "status" else row[c])
            )
            for c in frame
        ]
        for __, row in frame.iterrows()
    ]
    title = published.title(table)
    return Figure(
        name(table, "list"),
        table,
        title,
        "",
        "",
        datatable.html(title, [_(c.replace("_", " ").capitalize()) for c in frame], rows),
        published.definition(table),
    )


def _stacked(published: Published, table: str) -> tuple[str, list[str]] | None:
    """The column that says which of several counts a row belongs to, with its codes."""
    category = published.category(table)
    parts = [
        d.split(":", 1)[1]
        for d in published.resources[table]["openresponse"]["trees"]
        if d.startswith(f"{category}:")
    ]
    columns = [
        d
        for d in published.dimensions(table)
        if parts and set(parts) <= set(published.hierarchy(table, d).codes)
    ]
    return (columns[0], parts) if columns else None


def _title(published: Published, table: str, where: dict[str, str] | None) -> str:
    return published.title(table) + _slice(published, table, where)


def _slice(published: Published, table: str, where: dict[str, str] | None) -> str:
    named = [
        published.label(table, d, c) for d, c in whole(published, table, where).items() if c != ALL
    ]
    return f": {', '.join(named)}" if named else ""


def _rates(published: Published, table: str, where: dict[str, str] | None, caption: str) -> str:
    """Residents and rates per 10,000 of them, where the table has them."""
    frame = cells(published, table, where)
    if "rate_per_10000" not in frame:
        return ""
    frame = frame[frame["period"] == frame["period"].max()]
    labels, category = categories(published, table, where).labels, published.category(table)
    rows = [
        [
            labels[row[category]],
            datatable.cell(row["residents"], "x" if pd.isna(row["residents"]) else ""),
            datatable.cell(row["rate_per_10000"], row["rate_per_10000_status"], words.decimal),
        ]
        for __, row in frame.iterrows()
    ]
    year = int(frame["residents_year"].iloc[0])
    return datatable.html(
        _("{caption}: rates", caption=caption),
        [
            _(category.replace("_", " ").capitalize()),
            _("Residents ({year})", year=year),
            _("Per 10,000 residents"),
        ],
        rows,
        {1, 2},
    )


def _without_empty_branches(rows: pd.DataFrame, hierarchy) -> pd.DataFrame:
    """Drops what is part of a category that is zero; the table under the picture keeps it."""
    zero = set(rows.loc[(rows["count"] == 0).fillna(False), "code"])
    return rows[[not zero & set(hierarchy.ancestors(code)[1:]) for code in rows["code"]]]


def _text(row: pd.Series, letters: bool) -> str:
    if pd.isna(row["count"]):
        return words.status(row["status"])
    share = "" if pd.isna(row["share_of_all"]) else f" ({words.percent(row['share_of_all'])})"
    return (
        words.count(row["count"])
        + share
        + (f" [{row['status']}]" if letters and row["status"] else "")
    )


def _with_intervals(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds low and high, the interval of each share of few as counts of its whole."""
    found = [
        wilson.of_few(row["count"], row["whole"], row["share_of_all"])
        for __, row in rows.iterrows()
    ]
    return rows.assign(
        **{
            name: pd.array(
                [
                    pd.NA if f is None else f[n] * int(of)
                    for f, of in zip(found, rows["whole"], strict=True)
                ],
                dtype="Float64",
            )
            for n, name in enumerate(("low", "high"))
        }
    )


def _reservation(rows: pd.DataFrame) -> str:
    """Said once where it holds for every figure shown, such as that all are provisional."""
    found = set(rows.loc[rows["count"].notna(), "status"])
    return (
        _("All figures here: {status}", status=_(words.STATUS_IN_FULL[found.pop()]))
        if len(found) == 1 and found != {""}
        else ""
    )


def _letters(rows: pd.DataFrame) -> str:
    """What the letters beside shown figures mean."""
    found = [
        s for s in words.STATUS_IN_FULL if ((rows["status"] == s) & rows["count"].notna()).any()
    ]
    return "; ".join(f"[{s}] {_(words.STATUS_IN_FULL[s])}" for s in found) + ("." if found else "")
