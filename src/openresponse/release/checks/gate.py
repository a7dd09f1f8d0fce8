"""What must hold before anything becomes visible, checked on the published tables themselves."""

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.errors import REVISE, ReleaseError
from openresponse.release.history import ends
from openresponse.release.history.predecessor import is_edition
from openresponse.release.store.published import Published
from openresponse.release.tables import incidents, restated, revisions
from openresponse.release.tables.columns import keys, values
from openresponse.tables.contingency import ContingencyTable

# Kinds of tables with nothing to compare: what they list may change, or is tried on its own.
WITHOUT_FIGURES = ("list", incidents.KIND)


def arithmetic_agrees(tables: list[ContingencyTable], rule: Rule) -> None:
    """Children add up to their parent wherever all of them are shown, as far as rounding allows;
    ReleaseError names table and row.
    """
    for table in tables:
        for name, hierarchy in table.hierarchies.items():
            others = ["period", *(d for d in table.hierarchies if d != name)]
            counts = _printed(table).pivot(index=others, columns=name, values="count")
            for parent in hierarchy.codes:
                children = hierarchy.children(parent)
                if children:
                    total = counts[children].sum(axis="columns", skipna=False)
                    slack = (rule.round_to // 2) * (len(children) + 1)
                    _refuse(
                        ((total - counts[parent]).abs() > slack).fillna(False),
                        f"{table.name}: the parts of {name} `{parent}`",
                    )


def _printed(table: ContingencyTable) -> pd.DataFrame:
    """The cells with every figure that a reader sees, whatever its mark."""
    if "carried_forward" not in table.cells:
        return table.cells
    return table.cells.assign(count=table.cells["count"].fillna(table.cells["carried_forward"]))


def shares_agree(frames: dict[str, pd.DataFrame], rule: Rule) -> None:
    """Every published share is its published count over its published whole."""
    for name, frame in frames.items():
        unit = next(
            (
                c.removeprefix("all_")
                for c in frame.columns
                if c.startswith("all_") and not c.endswith("_status")
            ),
            None,
        )
        if unit is None:
            continue
        for share, whole in (("share_of_part", f"part_of_{unit}"), ("share_of_all", f"all_{unit}")):
            shown = frame[share].notna()
            again = (frame.loc[shown, unit] / frame.loc[shown, whole]).round(rule.share_decimals)
            _refuse((again != frame.loc[shown, share]).fillna(True), f"{name}: `{share}`")


def withheld_is_empty(frames: dict[str, pd.DataFrame]) -> None:
    """A value whose status says withheld, not available or not applicable is empty, and an empty
    one says why.
    """
    for name, frame in frames.items():
        for column in frame.columns:
            status = f"{column}_status"
            if status in frame:
                is_empty = frame[column].isna() | (frame[column].astype("string") == "")
                silent = is_empty & (frame[status].fillna("") == "")
                spoken = ~is_empty & frame[status].isin(["c", "x", "z"])
                _refuse(silent | spoken, f"{name}: `{column}` and its status")


def earlier_figures_are_unchanged(
    now: list[ContingencyTable], before: list[ContingencyTable]
) -> None:
    """What an earlier release showed is shown again with the same value; ReleaseError names where
    not.
    """
    current = {table.name: table for table in now}
    for old in before:
        new = current.get(old.name)
        if new is None:
            raise ReleaseError(
                f"{old.name}: published before and now missing. Put the table back into the program"
                " file."
            )
        key = ["period", *old.hierarchies]
        if set(key) != {"period", *new.hierarchies}:
            raise ReleaseError(
                f"{old.name}: its dimensions differ from the earlier release. Give the new table a"
                " new name."
            )
        both = old.cells.merge(new.cells, on=key, how="left", suffixes=("", "_now"), validate="1:1")
        same = (both["status"] == both["status_now"]) & (
            (both["count"] == both["count_now"]) | both["count"].isna()
        )
        _refuse(~same.fillna(False).astype(bool), f"{old.name}: figures published earlier")


def other_figures_are_unchanged(now: Published, before: Published) -> None:
    """Money, residents and what rests on them are as an earlier release showed them, but for
    spending that a delivery restated for a stated reason; ReleaseError names table and column.
    """
    stated = {one["check"] for one in now.accepted}
    for name in sorted(now.tables.keys() & before.tables.keys()):
        kind = before.kind(name)
        if kind in WITHOUT_FIGURES or (kind == "money" and restated.CHECK in stated):
            continue
        frame, was = now.tables[name], before.tables[name]
        both = frame.merge(
            was, how="right", on=keys(was), suffixes=("", "_before"), validate="1:1", indicator=True
        )
        gone = (both["_merge"] == "right_only").any()
        for column in values(was):
            shown = both[f"{column}_before"]
            if gone or (shown.notna() & ~(both[column] == shown).fillna(False)).any():
                raise ReleaseError(
                    f"{name}: `{column}` was published before and would now be another. Nothing was"
                    " published. Put the budget, the residents or the spending of earlier months"
                    " back as they were, or publish the change first:"
                    f" `{REVISE}`."
                )


def columns_are_kept(now: Published, before: Published) -> None:
    """No table has lost a column of values; ReleaseError names the table."""
    for name in sorted(now.tables.keys() & before.tables.keys()):
        if before.kind(name) in ends.ENDING and set(values(before.tables[name])) - set(
            now.tables[name]
        ):
            raise ends.other_shape(name)


def changes_are_listed(now: Published, before: Published | None) -> None:
    """A revision lists every figure that it changes or ends, and no other; ReleaseError where
    not.
    """
    if revisions.TABLE not in now.tables:
        raise ReleaseError(
            f"{now.name}: a revision without the list of what it changes. Nothing was published;"
            " this is a defect of the program or of the files it read, so report it."
        )
    earlier = before.tables if before else {}
    again = revisions.changes(earlier, now.tables, is_edition(now))
    listed = now.tables[revisions.TABLE][list(again)]
    differs = not listed.astype("string").equals(again.astype("string"))
    _refuse(pd.Series([differs]), "the list of what changed")


def _refuse(wrong: pd.Series, what: str) -> None:
    if wrong.any():
        raise ReleaseError(
            f"{what}: {int(wrong.sum())} rows do not agree. Nothing was published; this is a defect"
            " of the program or of the files it read, so report it."
        )
