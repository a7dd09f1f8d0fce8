"""The file of single incidents: whether its rows may be published, and whether they were derived
from the published tables alone.
"""

from collections.abc import Mapping

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.errors import ProgramError, ReleaseError
from openresponse.release.store.published import Published
from openresponse.release.tables.incident_rows import WITHHELD_CODE, Sources, derive
from openresponse.tables.hierarchy import Hierarchy

KIND = "incidents"  # the kind of table in the data package
MET, LEAST_RESULTS = "contact_made", 2


def make(
    frames: Mapping[str, pd.DataFrame],
    hierarchies: Mapping[str, Mapping[str, Hierarchy]],
    sources: Sources,
    rule: Rule,
) -> tuple[pd.DataFrame, str]:
    """The rows that may be published, and why there are none where there are not."""
    if absent := [name for name in sources if name not in frames]:
        return pd.DataFrame(), f"No calendar year is complete yet in {', '.join(absent)}."
    for name, codes in sources.items():
        *_, category = hierarchies[name].values()
        if unknown := set(codes) - set(category.codes):
            raise ProgramError(
                f"`derived_from.{name}`: {', '.join(sorted(unknown))} is no code of"
                f" {category.dimension}; allowed are {', '.join(category.codes)}."
            )
    if rule.round_to > 1:
        return (
            pd.DataFrame(),
            "Rounded figures do not add up, so no incident can be told from them.",
        )
    rows = derive(frames, hierarchies, sources)
    return rows, reason_to_withhold(rows, rule)


def check(published: Published, rule: Rule) -> None:
    """ReleaseError where a file of single incidents tells anything that the tables do not, or too
    much of a few.
    """
    for name, table in published.tables.items():
        if published.kind(name) != KIND:
            continue
        sources = published.resources[name]["openresponse"]["derived_from"]
        hierarchies = {
            source: {
                d: published.hierarchy(source, d)
                for d in (*published.dimensions(source), published.category(source))
            }
            for source in sources
        }
        rows, reason = make(published.tables, hierarchies, sources, rule)
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
        agree = (
            (met[known] == person) | (met[known] == WITHHELD_CODE) | (person == WITHHELD_CODE)
        ).all(axis="columns")
        if met.loc[agree, "result"].nunique() < LEAST_RESULTS:
            return "For some group of people who were met, all rows would tell the same result."
    return ""
