"""Dimensions that differ in name only: readers will see that two tables count the same."""

from openresponse.tables.contingency import CountTable


def aliases(tables: list[CountTable]) -> dict[tuple[str, str], str]:
    """(universe, dimension) to the first dimension that gives the same counts, cell by cell."""
    first: dict[tuple[object, ...], str] = {}
    same: dict[tuple[str, str], str] = {}
    for table in tables:
        for name, tree in table.trees.items():
            if not any(node.means or node.span for node in tree.nodes):
                original = first.setdefault(_content(table, name), name)
                if original != name:
                    same[table.universe, name] = original
    return same


def _content(table: CountTable, name: str) -> tuple[object, ...]:
    """All that a table says, but for the name of one dimension."""
    others = tuple(sorted(set(table.trees) - {name}))
    columns = ["period", *others, name]
    rows = table.cells.sort_values(columns)[[*columns, "count"]]
    return (
        table.universe,
        table.where,
        others,
        tuple(sorted((code, parent or "") for code, parent in table.trees[name].parents.items())),
        tuple(rows.itertuples(index=False, name=None)),
    )
