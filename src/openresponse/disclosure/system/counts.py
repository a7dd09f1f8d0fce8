"""The true counts behind the variables of a system: whole numbers that agree and add up."""

import numpy as np
from scipy import sparse

from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable

UNKNOWN = -1


def counts(
    tables: list[ContingencyTable], variables: dict[str, np.ndarray], names: list[str]
) -> np.ndarray:
    """The count of each variable, from the tables that publish it.

    variables: table name to the variable of each of its cells. names: of all variables.
    DisclosureError where a count is none, or two tables differ.
    """
    values = np.full(len(names), UNKNOWN)
    origin: dict[int, str] = {}
    for table in tables:
        numbers = table.cells["count"]
        if numbers.isna().any() or (numbers < 0).any() or (numbers != numbers.round()).any():
            raise DisclosureError(
                f"{table.name}: counts must be whole numbers of at least 0. Nothing was published."
            )
        for at, count in zip(variables[table.name].tolist(), numbers.astype(int), strict=True):
            if values[at] not in (UNKNOWN, count):
                raise DisclosureError(
                    f"{table.name}: {names[at].split(' ', 1)[1]} differs from {origin[at]}, which"
                    " counts the same. Nothing was published; this is a defect of a measure."
                )
            values[at] = count
            origin.setdefault(at, table.name)
    return values


def check_sums(
    equations: sparse.csr_matrix, values: np.ndarray, published: np.ndarray, names: list[str]
) -> None:
    """DisclosureError where a sum of published cells alone does not hold."""
    whole = np.diff(equations[:, published].indptr) == np.diff(equations.indptr)
    wrong = np.flatnonzero(whole & (equations @ np.where(published, values, 0) != 0))
    if len(wrong):
        row = equations[wrong[0]]
        raise DisclosureError(
            f"{names[row.indices[np.argmin(row.data)]]}: its parts do not add up to it. Nothing was"
            " published; this is a defect of a measure."
        )
