"""What the checks found in a delivery, and what became of its files, rows and cells, as tables."""

from collections.abc import Sequence

import pandas as pd

from openresponse.measures import data_quality
from openresponse.records.plausibility import accounts
from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.plausibility.judgement import Judged
from openresponse.report.figures.datatable import Cell, Table

SUMS = ("rows_in", "rows_used", "set_aside")
EXTRACTS = data_quality.EXTRACTS | {"spending": "Spending", "milestones": "Milestones"}


def rows_by_handling(delivered: Delivered) -> pd.DataFrame:
    """Rows of the newest delivery by extract (columns) and by what became of them, with the sums
    above; without what became of none.
    """
    hierarchy, by_code = data_quality.HANDLING, accounts.rows(delivered)
    below = {
        code: [leaf for leaf in by_code.index if code in hierarchy.ancestors(leaf)]
        for code in hierarchy.codes
    }
    rows = {
        code: by_code.loc[leaves].sum() for code, leaves in below.items() if leaves or code in SUMS
    }
    return pd.DataFrame(rows).T


def findings(judged: Sequence[Judged]) -> Table:
    rows: list[list[str | Cell]] = [
        [
            one.check.severity.capitalize(),
            Cell("code", one.check.name),
            one.file,
            one.column,
            f"{one.finding.about}: {one.finding.measure}"
            if one.finding.about
            else one.finding.measure,
            ", ".join(map(str, one.finding.rows)),
            f"{one.check.rule} {one.check.remedy}",
        ]
        for one in judged
    ]
    columns = ["Severity", "Check", "File", "Column", "Counted", "First rows", "Rule and remedy"]
    return Table("What the checks say", columns, rows)


def files(delivered: Delivered) -> Table:
    rows = [
        [
            one["file"],
            "not read" if pd.isna(one["extract"]) else EXTRACTS[one["extract"]],
            "" if pd.isna(one["extract"]) else one["form"],
            "" if pd.isna(one["rows"]) else f"{int(one['rows']):,}",
        ]
        for one in accounts.files(delivered).to_dict("records")
    ]
    return Table("Files", ["File", "Read as", "Written as", "Rows"], rows, frozenset({3}))


def rows(delivered: Delivered) -> Table:
    """What became of every row."""
    hierarchy, counted = data_quality.HANDLING, rows_by_handling(delivered)
    depth = {node.code: len(hierarchy.ancestors(node.code)) - 1 for node in hierarchy.nodes}
    rows: list[list[str | Cell]] = [
        [
            Cell("depth", hierarchy.labels[str(code)], str(depth[str(code)])),
            *(f"{number:,}" for number in numbers),
        ]
        for code, numbers in zip(counted.index, counted.to_numpy(), strict=True)
    ]
    columns = ["Rows", *(EXTRACTS[name] for name in counted.columns)]
    numeric = frozenset(range(1, len(columns)))
    return Table("What became of every row of this delivery", columns, rows, numeric)


def columns(delivered: Delivered) -> Table:
    rows = [
        [
            f"{one['file']}: {one['column']}",
            one["field"],
            *(f"{one[name]:,}" for name in ("rows", "readable", "empty", "unreadable")),
            ", ".join(map(str, one["first"])),
        ]
        for one in accounts.values(delivered).to_dict("records")
    ]
    columns = ["Column", "Field", "Cells", "Readable", "Empty", "Unreadable", "First unreadable"]
    return Table("What was read of every column", columns, rows, frozenset({2, 3, 4, 5}))
