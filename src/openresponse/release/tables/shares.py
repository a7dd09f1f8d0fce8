"""Public tables of counts: each beside the count it is part of and the whole, with the shares of
both.
"""

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures.counting.counted import Counted
from openresponse.program import Program, Table
from openresponse.release.tables.columns import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    PROVISIONAL,
    SHOWN,
    UNRELIABLE,
    WITHHELD,
    where_missing,
)
from openresponse.release.tables.rate_intervals import PER
from openresponse.tables.hierarchy import ALL


def of_counts(
    part: Counted, cells: pd.DataFrame, spec: Table, program: Program, rule: Rule
) -> pd.DataFrame:
    """One row a cell. cells: `count`, empty where withheld, and `count_status`."""
    name, category = part.counts.universe, part.category
    group = ["period", *(d for d in part.counts.hierarchies if d != category)]
    cells = _beside_parent_and_whole(part, cells, group)
    root = cells["part_of"] == ""
    of_part, of_part_status = share(cells, "count", "parent", rule, itself=root)
    of_all, of_all_status = share(cells, "count", "whole", rule, itself=root)
    out = cells[group]
    if spec.stack:
        out = out.assign(**{spec.stack.column: part.part})
    out = out.assign(
        **{
            spec.category or category: cells[category],
            "part_of": cells["part_of"],
            name: cells["count"],
            f"{name}_status": cells["count_status"],
            f"part_of_{name}": cells["parent"],
            f"part_of_{name}_status": cells["parent_status"].fillna(NOT_APPLICABLE),
            "share_of_part": of_part,
            "share_of_part_status": of_part_status,
            f"all_{name}": cells["whole"],
            f"all_{name}_status": cells["whole_status"],
            "share_of_all": of_all,
            "share_of_all_status": of_all_status,
        }
    )
    return _with_rate(out, name, category, program, rule) if spec.residents else out


def share(
    frame: pd.DataFrame, count: str, of: str, rule: Rule, *, itself: pd.Series | None = None
) -> tuple[pd.Series, pd.Series]:
    """The share and its status: shown only where both its counts are; of nothing, or of `itself`,
    it does not apply.
    """
    value, status, whole, of_status = (
        frame[name] for name in (count, f"{count}_status", of, f"{of}_status")
    )
    withheld = (status == WITHHELD) | (of_status == WITHHELD)
    nothing = (whole == 0).fillna(False)
    if itself is not None:
        nothing |= itself
    proportion = (value / whole.mask(whole == 0)).round(rule.share_decimals).astype("Float64")
    provisional = (status == PROVISIONAL) | (of_status == PROVISIONAL)
    flag = pd.Series(SHOWN, index=frame.index, dtype="string")
    flag = flag.mask(provisional.fillna(False), PROVISIONAL)
    flag = flag.mask(_unreliable(value, rule), UNRELIABLE)
    flag = flag.mask(withheld.fillna(False), WITHHELD).mask(nothing, NOT_APPLICABLE)
    return proportion.mask(withheld | nothing), flag


def _beside_parent_and_whole(part: Counted, cells: pd.DataFrame, group: list[str]) -> pd.DataFrame:
    """The cells with `part_of`, and with `parent` and `whole`: the counts of the code above and of
    the root, and the status of each.
    """
    category, hierarchy = part.category, part.counts.hierarchies[part.category]
    figures = cells[[*group, category, "count", "count_status"]]
    parent = figures.set_axis([*group, "part_of", "parent", "parent_status"], axis="columns")
    whole = figures[figures[category] == hierarchy.roots[0]].drop(columns=category)
    whole = whole.set_axis([*group, "whole", "whole_status"], axis="columns")
    above = cells[category].map(hierarchy.parents).fillna("").astype("string")
    return (
        cells.assign(part_of=above)
        .merge(parent, how="left", on=[*group, "part_of"], validate="m:1")
        .merge(whole, how="left", on=group, validate="m:1")
    )


def _unreliable(events: pd.Series, rule: Rule) -> pd.Series:
    """Which rates rest on too few events to be relied on."""
    return events.map(lambda n: pd.notna(n) and rule.unstable(int(n))).astype(bool)


def _with_rate(
    out: pd.DataFrame, name: str, category: str, program: Program, rule: Rule
) -> pd.DataFrame:
    """Residents and the rate per 10,000 of them, for tables by neighborhood."""
    residents = {code: area.residents for code, area in program.areas.neighborhoods.items()}
    everywhere = sum(n for n in residents.values() if n is not None)
    people = out[category].map({**residents, ALL: everywhere}).astype("Int64")
    shown = out[f"{name}_status"] != WITHHELD
    status = (
        out[f"{name}_status"]
        .mask(shown & _unreliable(out[name], rule), UNRELIABLE)
        .mask(people.isna() & shown, NOT_AVAILABLE)
    )
    return out.assign(
        residents=people,
        residents_status=where_missing(people, NOT_AVAILABLE),
        residents_year=program.areas.residents_year,
        rate_per_10000=(out[name] / people * PER).round(1).astype("Float64"),
        rate_per_10000_status=status,
    )
