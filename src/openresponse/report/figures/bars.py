"""A breakdown as a figure: the last period's categories as bars, with their tables."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.charts import bar_chart
from openresponse.report.charts.svg import picture
from openresponse.report.figures import datatable, rates_table
from openresponse.report.figures.figure import Figure, identifier, title
from openresponse.report.prose import definitions, sentences, wilson, words
from openresponse.report.prose.headlines import headline
from openresponse.report.prose.readings import FEWEST_FOR_A_TREND, breakdown, categories, counted_as
from openresponse.tables.hierarchy import Hierarchy


def figure(
    published: Published,
    table: str,
    slice: dict[str, str] | None = None,
    codes: list[str] | None = None,
    kind: str = "breakdown",
) -> Figure:
    """The last period's categories as bars. codes: only these of the hierarchy. kind: what the
    figure is called beside its table.
    """
    rows = breakdown(published, table, slice)
    drawn = _drawn(rows, categories(published, table, slice), codes)
    every = _status_of_all(drawn)
    drawn = _with_limits(drawn.assign(text=_texts(drawn, letters=not every)))
    caption, finding = _caption(published, table, slice), _finding(published, table, slice)
    note, name = _note(drawn, letters=not every), identifier(table, kind, slice)
    texts = (f"{caption}.", finding, every and f"{every}.", note)
    description = " ".join(filter(None, texts))
    tables = [
        datatable.breakdown(rows, caption, words.unit(counted_as(published, table))),
        *rates_table.tables(published, table, slice, caption),
    ]
    return Figure(
        name=name,
        table=table,
        title=finding.rstrip("."),
        detail=_detail(caption, drawn),
        picture=picture(
            bar_chart.bars(drawn), name, caption, description, published.fictional, every
        ),
        tables=tuple(tables),
        definition=definitions.in_words(published, table),
        note=note,
        slice=slice,
        explorable=len(published.periods(table)) >= FEWEST_FOR_A_TREND,
    )


def _detail(caption: str, drawn: pd.DataFrame) -> str:
    has_shares = drawn["share_of_all"].notna().any()
    return f"{caption}. {_('Percentages are of the first bar.')}" if has_shares else f"{caption}."


def _caption(published: Published, table: str, slice: dict[str, str] | None) -> str:
    period = words.period(published.periods(table)[-1])
    return _("{title}, {period}", title=title(published, table, slice), period=period)


def _finding(published: Published, table: str, slice: dict[str, str] | None) -> str:
    chosen = headline(published, table, slice)
    if chosen:
        return sentences.level(published, table, *chosen, slice)
    return sentences.largest(published, table, slice)


def _drawn(rows: pd.DataFrame, hierarchy: Hierarchy, codes: list[str] | None) -> pd.DataFrame:
    """The rows that have a bar: those asked for, or all but the parts of a category that is zero,
    which the table under the picture keeps.
    """
    if codes is not None:
        return rows[rows["code"].isin(codes)].assign(depth=0)
    zero = set(rows.loc[(rows["count"] == 0).fillna(False), "code"])
    return rows[[not zero & set(hierarchy.ancestors(code)[1:]) for code in rows["code"]]]


def _note(drawn: pd.DataFrame, letters: bool) -> str:
    """What dotted and thin lines and letters in the picture mean, where there are such."""
    hidden = _("A dotted line marks a figure that is not shown; it is not zero.")
    parts = (
        hidden if drawn["count"].isna().any() else "",
        wilson.note() if drawn["low"].notna().any() else "",
        _letters(drawn) if letters else "",
    )
    return " ".join(filter(None, parts))


def _texts(rows: pd.DataFrame, letters: bool) -> list[str]:
    return [_text(row, letters) for row in rows.to_dict("records")]


def _text(row: dict, letters: bool) -> str:
    """What is written beside a bar."""
    if pd.isna(row["count"]):
        return words.status(row["status"])
    share = "" if pd.isna(row["share_of_all"]) else f" ({words.percent(row['share_of_all'])})"
    letter = f" [{row['status']}]" if letters and row["status"] else ""
    return words.count(row["count"]) + share + letter


def _with_limits(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds low and high, the confidence limits of each share of few, as counts of its whole."""
    limits = [
        wilson.of_few(row["count"], row["whole"], row["share_of_all"])
        for row in rows.to_dict("records")
    ]
    columns = {
        name: [
            pd.NA if one is None else one[n] * int(of)
            for one, of in zip(limits, rows["whole"], strict=True)
        ]
        for n, name in enumerate(("low", "high"))
    }
    return rows.assign(**{name: pd.array(c, dtype="Float64") for name, c in columns.items()})


def _status_of_all(rows: pd.DataFrame) -> str:
    """What holds for every number shown, such as that all are provisional; empty without such."""
    shown = set(rows.loc[rows["count"].notna(), "status"])
    if len(shown) != 1 or shown == {""}:
        return ""
    return _("All figures here: {status}", status=_(words.STATUS_IN_FULL[shown.pop()]))


def _letters(rows: pd.DataFrame) -> str:
    """What the letters beside shown numbers mean."""
    shown = set(rows.loc[rows["count"].notna(), "status"])
    letters = [code for code in words.STATUS_IN_FULL if code in shown]
    meanings = "; ".join(f"[{code}] {_(words.STATUS_IN_FULL[code])}" for code in letters)
    return f"{meanings}." if meanings else ""
