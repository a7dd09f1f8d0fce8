"""The figures in the rows of a published table."""

from typing import Any

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.rate_intervals import RATE, interval
from openresponse.website.inspection.published_figure import Figure


def rows(published: Published, table: str, frame: pd.DataFrame) -> list[Figure]:
    """A table's figures; none of one that is a list."""
    kind = published.kind(table)
    if kind not in ("counts", "times", "money"):
        return []
    category, unit = published.category(table), published.unit(table)
    hierarchies = published.resources[table]["openresponse"].get("trees", {})
    columns = [column for column in frame if column in hierarchies or column == category]
    figures = []
    for row in frame.to_dict("records"):
        slice_ = tuple((column, row[column]) for column in columns)
        whole = row.get("part_of", "") == ""
        figure = Figure(table, slice_, category, row["period"], whole, is_rated=RATE in frame)
        shown = {name: value for name, value in row.items() if not pd.isna(value)}
        if kind == "counts":
            _count(figure, shown, unit or "")
            figure.withheld = row.get(f"{RATE}_status", row[f"{unit}_status"]) == "c"
        elif kind == "times":
            _time(figure, shown)
        else:
            _amount(figure, shown)
        figures.append(figure)
    return figures


def _count(figure: Figure, shown: dict[str, Any], unit: str) -> None:
    figure.count = shown.get(unit)
    figure.counts = _some(shown, unit, f"part_of_{unit}")
    for of, whole in (("part", f"part_of_{unit}"), ("all", f"all_{unit}")):
        if f"share_of_{of}" in shown:
            figure.shares[of] = shown[f"share_of_{of}"], shown.get(unit), shown.get(whole)
    if RATE in shown:
        known = unit in shown and "residents" in shown
        limits = interval(shown[unit], shown["residents"]) if known else ()
        figure.decimals = (shown[RATE], *limits)
        figure.counts = _some(shown, unit, "residents")


def _time(figure: Figure, shown: dict[str, Any]) -> None:
    figure.counts = _some(shown, "timed", "unit_hours")
    figure.decimals = _some(shown, "median_minutes", "p90_minutes")
    if "share_not_timed" in shown:
        figure.shares["timed"] = shown["share_not_timed"], None, None


def _amount(figure: Figure, shown: dict[str, Any]) -> None:
    figure.dollars = tuple(map(round, _some(shown, "total_to_date", "budget", "amount")))
    if "budget" in shown and "total_to_date" in shown:
        figure.dollars += (round(shown["budget"] - shown["total_to_date"]),)
    if "share_of_budget" in shown:
        figure.shares["budget"] = shown["share_of_budget"], None, None


def _some(shown: dict[str, Any], *names: str) -> tuple:
    return tuple(shown[name] for name in names if name in shown)
