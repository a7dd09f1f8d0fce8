"""Dimensions that differ in name only: readers will see that two tables count the same."""

from openresponse.tables.contingency import ContingencyTable


def aliases(tables: list[ContingencyTable]) -> dict[tuple[str, str], str]:
    """(universe, dimension) to the first dimension that gives the same counts, cell by cell."""
    first: dict[tuple[object, ...], str] = {}
    same: dict[tuple[str, str], str] = {}
    for table in tables:
        for name, hierarchy in table.hierarchies.items():
            if not any(node.means or node.span for node in hierarchy.nodes):
                original = first.setdefault(_content(table, name), name)
                if original != name:
                    same[table.universe, name] = original
    return same


def _content(table: ContingencyTable, name: str) -> tuple[object, ...]:
    """All that a table says, but for the name of one dimension."""
    others = tuple(sorted(set(table.hierarchies) - {name}))
    columns = ["period", *others, name]
    rows = table.cells.sort_values(columns)[[*columns, "count"]]
    return (
        table.universe,
        table.subset,
        others,
        tuple(
            sorted((code, parent or "") for code, parent in table.hierarchies[name].parents.items())
        ),
        tuple(rows.itertuples(index=False, name=None)),
    )
