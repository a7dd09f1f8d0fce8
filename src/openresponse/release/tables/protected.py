"""Public tables: protected counts in their published columns.

A value that may not be shown is empty, and the `_status` column beside it says why. Nothing here
sees a count that is withheld: it is emptied first, then shares and times are computed.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.periods import months
from openresponse.measures.counting.counted import Counted
from openresponse.measures.response_times import QUANTILES
from openresponse.program import Program, Table

STATUS = {
    "": "Shown",
    "c": "Withheld for privacy",
    "x": "Not available",
    "z": "Not applicable",
    "p": "Provisional: records may still arrive",
    "r": "Revised since an earlier release",
    "e": "Earlier figure: the revised one is withheld for privacy",
    "u": "Low reliability",
}
STANDS, REVISED = "e", "r"
SOURCE = "source"


def protected(
    parts: list[Counted],
    statuses: dict[str, pd.Series],
    program: Program,
    rule: Rule,
    provisional: Iterable[str],
    source: str,
    earlier: Mapping[str, pd.DataFrame] | None = None,
) -> dict[str, pd.DataFrame]:
    """One frame a counted table, in catalogue order.

    statuses: table (part) name to the status of each of its cells, as `disclosure.protect` gives
    them.
    provisional: months whose figures, and those of longer periods with them, may still be revised.
    earlier: the tables of the release before. What it showed and is withheld now stands as it was,
    marked.
    """
    open_months = {months(month) for month in provisional}
    frames: dict[str, list[pd.DataFrame]] = {}
    for part in parts:
        spec = program.tables[part.table]
        cells = _shown(part, statuses[part.counts.name], rule, open_months)
        frame = (
            _times(part, cells, spec, rule)
            if part.quantiles is not None
            else _counts(part, cells, spec, program, rule)
        )
        frames.setdefault(part.table, []).append(frame)
    found = {
        name: pd.concat(pieces, ignore_index=True).assign(**{SOURCE: source})
        for name, pieces in frames.items()
    }
    return {
        name: _beside(frame, earlier[name]) if name in (earlier or {}) else frame
        for name, frame in found.items()
    }


def keys(frame: pd.DataFrame) -> list[str]:
    """The columns that say what a row of a public table of counts is about: those before its first
    value, but for `part_of`.
    """
    first = next(at for at, name in enumerate(frame.columns) if f"{name}_status" in frame.columns)
    return [name for name in frame.columns[:first] if name != "part_of"]


def units(frame: pd.DataFrame) -> list[str]:
    """The columns of a public table that hold counts of its rows."""
    first = next(name for name in frame.columns if f"{name}_status" in frame.columns)
    return [name for name in (first, "timed", "not_timed") if name in frame]


def _beside(frame: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """The frame with the rows that stand as they were, and with a mark on what was revised."""
    was = (
        frame[keys(frame)]
        .merge(earlier, on=keys(frame), how="left", validate="1:1")
        .set_index(frame.index)
    )
    stands = pd.Series(False, index=frame.index)
    for name in units(frame):
        stands |= (frame[f"{name}_status"] == "c") & was[name].notna()
    out = frame.copy()
    for name in (name for name in frame.columns if f"{name}_status" in frame.columns):
        status = frame[f"{name}_status"].astype("string")
        changed = (frame[name] != was[name]).fillna(False) | (
            was[f"{name}_status"] == REVISED
        ).fillna(False)
        status = status.mask(changed & status.isin(["", "p"]), REVISED)
        out[name] = frame[name].mask(stands, was[name])
        out[f"{name}_status"] = status.mask(
            stands, was[f"{name}_status"].mask(was[name].notna(), STANDS)
        )
    return out


def _shown(
    part: Counted, status: pd.Series, rule: Rule, open_months: set[tuple[int, int]]
) -> pd.DataFrame:
    cells = part.counts.cells.assign(status=status.astype("string"))
    exempt = part.counts.rows(part.counts.exempt)
    cells["count"] = (
        cells["count"]
        .where(exempt, rule.rounded(cells["count"]))
        .astype("Int64")
        .mask(cells["status"] == "c")
    )
    stretches = {period: months(period) for period in cells["period"].unique()}
    still = {
        period
        for period, (start, end) in stretches.items()
        if any(start <= first and last <= end for first, last in open_months)
    }
    provisional = cells["period"].isin(still) & (cells["status"] == "")
    return cells.assign(status=cells["status"].mask(provisional, "p"))


def _counts(
    part: Counted, cells: pd.DataFrame, spec: Table, program: Program, rule: Rule
) -> pd.DataFrame:
    unit = part.counts.universe
    tree = part.counts.trees[part.category]
    slice_ = ["period", *(name for name in part.counts.trees if name != part.category)]
    cells = cells.assign(part_of=cells[part.category].map(tree.parents).fillna("").astype("string"))
    values = cells[[*slice_, part.category, "count", "status"]]
    parent = values.rename(columns={part.category: "part_of", "count": "of", "status": "of_status"})
    whole = values[values[part.category] == tree.roots[0]].drop(columns=part.category)
    whole = whole.rename(columns={"count": "all", "status": "all_status"})
    cells = cells.merge(parent, how="left", on=[*slice_, "part_of"], validate="m:1").merge(
        whole, how="left", on=slice_, validate="m:1"
    )
    root = cells["part_of"] == ""
    of_share, of_share_status = _share(
        cells["count"], cells["status"], cells["of"], cells["of_status"], root, rule
    )
    all_share, all_share_status = _share(
        cells["count"], cells["status"], cells["all"], cells["all_status"], root, rule
    )
    out = cells[slice_]
    if spec.stack:
        out = out.assign(**{spec.stack.column: part.part})
    out = out.assign(
        **{
            spec.category or part.category: cells[part.category],
            "part_of": cells["part_of"],
            unit: cells["count"],
            f"{unit}_status": cells["status"],
            f"part_of_{unit}": cells["of"],
            f"part_of_{unit}_status": cells["of_status"].fillna("z"),
            "share_of_part": of_share,
            "share_of_part_status": of_share_status,
            f"all_{unit}": cells["all"],
            f"all_{unit}_status": cells["all_status"],
            "share_of_all": all_share,
            "share_of_all_status": all_share_status,
        }
    )
    return _with_rate(out, unit, part.category, program, rule) if spec.residents else out


def _share(value, status, of, of_status, root, rule: Rule) -> tuple[pd.Series, pd.Series]:
    """A share is shown only where both its counts are; of nothing, or of itself, it does not apply."""
    withheld = (status == "c") | (of_status == "c")
    nothing = root | (of == 0).fillna(False)
    share = (
        (value / of.mask(of == 0))
        .round(rule.share_decimals)
        .astype("Float64")
        .mask(withheld | nothing)
    )
    provisional = (status == "p") | (of_status == "p")
    flag = pd.Series("", index=value.index, dtype="string").mask(provisional.fillna(False), "p")
    flag = flag.mask(_unstable(value, rule), "u")
    return share, flag.mask(withheld.fillna(False), "c").mask(nothing, "z")


def _unstable(events: pd.Series, rule: Rule) -> pd.Series:
    """Which rates rest on too few events to be relied on."""
    return events.map(lambda n: pd.notna(n) and rule.unstable(int(n))).astype(bool)


def _with_rate(
    out: pd.DataFrame, unit: str, category: str, program: Program, rule: Rule
) -> pd.DataFrame:
    """Residents and the rate per 10,000 of them, for tables by neighbourhood."""
    residents = {code: area.residents for code, area in program.areas.neighborhoods.items()}
    known = [n for n in residents.values() if n is not None]
    people = out[category].map({**residents, "all": sum(known)}).astype("Int64")
    rate = (out[unit] / people * 10_000).round(1).astype("Float64")
    shown = out[f"{unit}_status"] != "c"
    status = (
        out[f"{unit}_status"]
        .mask(shown & _unstable(out[unit], rule), "u")
        .mask(people.isna() & shown, "x")
    )
    return out.assign(
        residents=people,
        residents_year=program.areas.residents_year,
        rate_per_10000=rate,
        rate_per_10000_status=status,
    )


def _times(part: Counted, cells: pd.DataFrame, spec: Table, rule: Rule) -> pd.DataFrame:
    """One row a group: all, timed, not timed, and the quantiles that enough timed incidents carry."""
    unit = part.counts.universe
    by = ["period", *spec.by]
    wide = cells.pivot(index=by, columns=part.category, values=["count", "status"])
    order = cells[by].drop_duplicates()
    out = order.assign(interval=part.part)
    for code, name in (("all", unit), ("timed", "timed"), ("not_timed", "not_timed")):
        keyed = wide.xs(code, axis="columns", level=1).reindex(
            pd.MultiIndex.from_frame(order) if len(by) > 1 else order["period"]
        )
        out[name] = keyed["count"].astype("Int64").array
        out[f"{name}_status"] = keyed["status"].astype("string").array
    root = pd.Series(False, index=out.index)
    out["share_not_timed"], out["share_not_timed_status"] = _share(
        out["not_timed"], out["not_timed_status"], out[unit], out[f"{unit}_status"], root, rule
    )
    out = out.merge(part.quantiles, how="left", on=by, validate="1:1")
    for name, q in QUANTILES.items():
        carried = out["carried_by"].fillna(0)
        allowed = carried >= rule.quantile_needs(q)
        out[name] = out[name].astype("Float64").where(allowed)
        provisional = (out[f"{unit}_status"] == "p").map({True: "p", False: ""}).astype("string")
        out[f"{name}_status"] = provisional.mask(~allowed, "c").mask(
            (out["timed"] == 0).fillna(False), "z"
        )
    columns = [
        c
        for name in (unit, "timed", "not_timed", "share_not_timed", *QUANTILES)
        for c in (name, f"{name}_status")
    ]
    return out[[*by, "interval", *columns]]
