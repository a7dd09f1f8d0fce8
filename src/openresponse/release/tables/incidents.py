"""One row an incident, told from published tables and from nothing else: it adds nothing to what
they tell.

Each incident of a shown finest cell has that cell's codes. Where a cell is withheld, its incidents
stand together with those of the other withheld cells of the narrowest whole that is shown, and what
would tell them apart reads `not_told`.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.errors import ProgramError, ReleaseError
from openresponse.release.store.published import Published
from openresponse.release.tables.columns import EARLIER
from openresponse.tables.hierarchy import Node, Tree

NOT_TOLD = "not_told"
KIND = "incidents"  # the kind of table in the data package
MET, LEAST_RESULTS = "contact_made", 2
TOLD_FROM = Mapping[str, Iterable[str]]


def tell(
    frames: Mapping[str, pd.DataFrame],
    trees: Mapping[str, Mapping[str, Tree]],
    told_from: TOLD_FROM,
) -> pd.DataFrame:
    """Each incident of each complete calendar year, in no order but that of its codes.

    Counts: mental-health incidents, each once, as the tables it is told from show them.
    Share of: nothing; count the rows.
    Leaves out: incidents of years that are not complete. For an incident that a team was sent to it
    does not tell where and when it was, and for the others not who came: together they would make
    groups of a few people.
    Not recorded: as in the tables it is told from. What is withheld reads `not_told`, which is no
    value of its own.

    frames: published tables by name. trees: for each of them the trees of its columns, the
    category's last.
    told_from: for each table the codes of its category whose incidents it tells; together they are
    every incident once. Returns the columns `period`, one for each dimension, `result` and
    `part_of`. ReleaseError where the tables do not add up.
    """
    first = next(iter(told_from))
    results = list(trees[first].values())[-1]
    told = pd.concat(
        [_told(frames[name], trees[name], codes) for name, codes in told_from.items()],
        ignore_index=True,
    )
    whole = _cells(frames[first], trees[first], 0, results.roots).set_index("period")["count"]
    rest = _rest(whole, told.groupby("period")["count"].sum())
    told = pd.concat(
        [told[told["period"].isin(whole.index)], rest.reset_index()], ignore_index=True
    )
    dimensions = list(
        dict.fromkeys(name for table in told_from for name in list(trees[table])[:-1])
    )
    told = told.reindex(columns=["period", *dimensions, "result", "count"]).fillna(
        dict.fromkeys([*dimensions, "result"], NOT_TOLD)
    )
    told = told.assign(part_of=told["result"].map(results.parents).fillna("")).sort_values(
        list(told.columns[:-1]), ignore_index=True
    )
    rows = told.loc[told.index.repeat(told["count"]), ["period", *dimensions, "result", "part_of"]]
    return rows.reset_index(drop=True).astype("string")


def columns(sources: Mapping[str, Mapping[str, Tree]]) -> dict[str, Tree]:
    """The trees of the file's columns, each with the code for what is not told."""
    *_, results = next(iter(sources.values())).values()
    found = {
        name: tree for table in sources.values() for name, tree in list(table.items())[:-1]
    } | {"result": results}
    return {
        name: Tree(name, (*tree.nodes, Node(NOT_TOLD, "Not told in this row, for privacy")))
        for name, tree in found.items()
    }


def reason_to_withhold(rows: pd.DataFrame, rule: Rule) -> str:
    """Why these rows may not be published, in a sentence; empty where they may.

    Asked: at least t rows are alike in all columns (k), and for whatever is known of a person who
    was met, the rows that agree with it, those that do not tell it included, have at least two
    results (l).
    """
    if rows.empty:
        return "No calendar year is complete yet."
    if rows.groupby(list(rows)).size().min() < rule.threshold:
        return (
            f"Some incidents would stand in a group of fewer than {rule.threshold} that are alike"
            " in all columns."
        )
    met = rows[rows["part_of"] == MET]
    known = [name for name in rows if name not in ("result", "part_of")]
    for _, person in met[known].drop_duplicates().iterrows():
        agree = ((met[known] == person) | (met[known] == NOT_TOLD) | (person == NOT_TOLD)).all(
            axis="columns"
        )
        if met.loc[agree, "result"].nunique() < LEAST_RESULTS:
            return "For some group of people who were met, all rows would tell the same result."
    return ""


def make(
    frames: Mapping[str, pd.DataFrame],
    trees: Mapping[str, Mapping[str, Tree]],
    told_from: TOLD_FROM,
    rule: Rule,
) -> tuple[pd.DataFrame, str]:
    """The rows that may be published, and why there are none where there are not."""
    if absent := [name for name in told_from if name not in frames]:
        return pd.DataFrame(), f"No calendar year is complete yet in {', '.join(absent)}."
    for name, codes in told_from.items():
        *_, category = trees[name].values()
        if unknown := set(codes) - set(category.codes):
            raise ProgramError(
                f"`told_from.{name}`: {', '.join(sorted(unknown))} is no code of"
                f" {category.dimension}; allowed are {', '.join(category.codes)}."
            )
    if rule.round_to > 1:
        return (
            pd.DataFrame(),
            "Rounded figures do not add up, so no incident can be told from them.",
        )
    rows = tell(frames, trees, told_from)
    return rows, reason_to_withhold(rows, rule)


def check(published: Published, rule: Rule) -> None:
    """ReleaseError where a file of single incidents tells anything that the tables do not, or too
    much of a few.
    """
    for name, table in published.tables.items():
        if published.kind(name) != KIND:
            continue
        told_from = published.resources[name]["openresponse"]["told_from"]
        trees = {
            source: {
                d: published.tree(source, d)
                for d in (*published.dimensions(source), published.category(source))
            }
            for source in told_from
        }
        rows, reason = make(published.tables, trees, told_from, rule)
        if reason:
            raise ReleaseError(
                f"{name}: {reason} Nothing was published; take the table out of the program file."
            )
        if not table[list(rows)].equals(rows):
            raise ReleaseError(
                f"{name}: its rows are not those that the published tables tell. Nothing was"
                " published; this is a defect of the program or of the files it read, so"
                " report it."
            )


def _told(frame: pd.DataFrame, trees: Mapping[str, Tree], codes: Iterable[str]) -> pd.DataFrame:
    """How many incidents have which codes, from the finest cells up: at each step one dimension
    less is told.
    """
    *by, category = trees
    leaves = [
        leaf for leaf in trees[category].leaves if set(trees[category].ancestors(leaf)) & set(codes)
    ]
    found = pd.DataFrame(
        {name: pd.Series(dtype="string") for name in ["period", *by, "result"]}
        | {"count": pd.Series(dtype="int64")}
    )
    for told in range(len(by), -1, -1):
        keys = ["period", *by[:told], "result"]
        shown = _cells(frame, trees, told, leaves).set_index(keys)["count"]
        found = pd.concat(
            [found, _rest(shown, found.groupby(keys)["count"].sum()).reset_index()],
            ignore_index=True,
        )
    return found


def _cells(
    frame: pd.DataFrame, trees: Mapping[str, Tree], told: int, codes: list[str]
) -> pd.DataFrame:
    """The shown cells with these codes of the category, by the first `told` dimensions and over all
    of the others.
    """
    *by, category = trees
    unit = frame.columns[frame.columns.get_loc("part_of") + 1]
    chosen = (
        frame[unit].notna() & (frame[f"{unit}_status"] != EARLIER) & frame[category].isin(codes)
    )
    for number, name in enumerate(by):
        chosen &= frame[name].isin(trees[name].leaves if number < told else trees[name].roots)
    cells = frame[chosen]
    return cells[["period", *by[:told]]].assign(
        result=cells[category], count=cells[unit].astype("int64")
    )


def _rest(shown: pd.Series, told: pd.Series) -> pd.Series:
    """What of the shown cells is not told yet."""
    rest = shown - told.reindex(shown.index, fill_value=0)
    if (rest < 0).any():
        raise ReleaseError(
            "Single incidents cannot be told from these tables, for their figures do not add up."
            " Nothing was published; this is a defect of the program or of the files it read, so"
            " report it."
        )
    return rest[rest > 0].rename("count")
