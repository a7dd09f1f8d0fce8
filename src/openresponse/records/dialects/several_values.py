"""Cells that hold several values, taken apart: a row for each."""

from dataclasses import replace

import pandas as pd

from openresponse.program import Extract, Several
from openresponse.records.dialects.text_table import TEXT, TextTable


def apart(table: TextTable, extract: Extract) -> TextTable:
    """A row for each value of the columns that hold several; with the same number as before.

    Values of one name in different columns are one row, and where a name is there twice, the first
    belong together and the second. A row without any value is gone.
    """
    several = extract.several
    if several is None:
        return table
    rows = table.cells.reset_index()
    values = pd.concat(
        [_values(rows[column], several).rename(column) for column in several.columns],
        axis="columns",
    )
    names = values.index.get_level_values("name").astype(TEXT)
    values = values.fillna("").astype(TEXT)
    rest = rows.drop(columns=list(several.columns)).loc[values.index.get_level_values("of")]
    cells = rest.set_axis(values.index).join(values).reset_index(drop=True)
    if several.heading is not None:
        cells[several.heading] = names
    return replace(table, cells=cells.set_index("row"))


def _values(cells: pd.Series, several: Several) -> pd.Series:
    """Each value by the row it is of, its name, and its place among those of the same name."""
    single = cells[cells != ""].str.split(several.between, regex=False).explode().str.strip()
    single = single[single != ""].astype(TEXT)
    if several.equals is None:
        names, values = pd.Series("", single.index, dtype=TEXT), single
    else:
        parts = single.str.partition(several.equals)
        names, values = parts[0].str.strip(), parts[2].str.strip()
    frame = pd.DataFrame({"of": single.index, "name": names.to_numpy(), "value": values.to_numpy()})
    frame["place"] = frame.groupby(["of", "name"]).cumcount()
    return frame.set_index(["of", "name", "place"])["value"]
