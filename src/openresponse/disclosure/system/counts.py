"""The counts of the tables against those of the records behind them."""

from collections.abc import Sequence

import numpy as np

from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable


def check_counts(
    tables: Sequence[ContingencyTable],
    variables: dict[str, np.ndarray],
    values: np.ndarray,
    names: list[str],
) -> None:
    """DisclosureError where a count is none, or is not what the records give.

    variables: table name to the variable of each of its cells. values, names: of all variables.
    """
    for table in tables:
        numbers = table.cells["count"]
        if numbers.isna().any() or (numbers < 0).any() or (numbers != numbers.round()).any():
            raise DisclosureError(
                f"{table.name}: counts must be whole numbers of at least 0. Nothing was published."
            )
        wrong = np.flatnonzero(values[variables[table.name]] != numbers.to_numpy(dtype=int))
        if len(wrong):
            raise DisclosureError(
                f"{names[variables[table.name][wrong[0]]]}: its count is not that of the records."
                " Nothing was published; this is a defect of a measure."
            )
