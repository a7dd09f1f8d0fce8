"""What published cells alone add up to: within a hierarchy, and from shorter periods to longer."""

from collections.abc import Iterator, Sequence

from scipy import sparse

from openresponse.disclosure.system.cell_sums import by_code
from openresponse.disclosure.system.periods import Span
from openresponse.disclosure.system.variables import Cells
from openresponse.tables.contingency import ContingencyTable


def sums(tables: Sequence[ContingencyTable], cells: Cells, size: int) -> sparse.csr_matrix:
    """Rows over `size` variables, each of which sums to 0: the parts less their whole."""
    found = {
        (whole, tuple(sorted(parts)))
        for whole, parts in (*_of_hierarchies(tables, cells), *_of_periods(cells))
        if parts != [whole]
    }
    ordered = sorted(found)
    rows = [number for number, (_, parts) in enumerate(ordered) for _ in (0, *parts)]
    columns = [variable for whole, parts in ordered for variable in (whole, *parts)]
    factors = [factor for _, parts in ordered for factor in (-1.0, *(1.0 for _ in parts))]
    return sparse.csr_matrix((factors, (rows, columns)), shape=(len(ordered), size))


def _of_hierarchies(
    tables: Sequence[ContingencyTable], cells: Cells
) -> Iterator[tuple[int, list[int]]]:
    for table in tables:
        for name, hierarchy in table.hierarchies.items():
            wide = by_code(table, name, cells.of_table[table.name])
            variables, place = wide.to_numpy(), {code: at for at, code in enumerate(wide.columns)}
            for code in hierarchy.codes:
                parts = hierarchy.children(code)
                if parts:
                    chosen = [place[one] for one in (code, *parts)]
                    for whole, *own in variables[:, chosen].tolist():
                        yield whole, own


def _of_periods(cells: Cells) -> Iterator[tuple[int, list[int]]]:
    """What asks the same in a span and in shorter ones that make it up."""
    alike: dict[object, dict[Span, int]] = {}
    for variable, (asked, span) in enumerate(zip(cells.asked, cells.spans, strict=True)):
        alike.setdefault(asked, {})[span] = variable
    for variables in alike.values():
        for span, variable in variables.items():
            parts = _parts(span, variables)
            if parts:
                yield variable, [variables[part] for part in parts]


def _parts(whole: Span, spans: dict[Span, int]) -> list[Span]:
    """The longest spans that make up the whole; none where they do not."""
    found, at = [], whole[0]
    while at < whole[1]:
        fitting = [s for s in spans if s[0] == at and s[1] <= whole[1] and s != whole]
        if not fitting:
            return []
        found.append(max(fitting, key=lambda s: s[1]))
        at = found[-1][1]
    return found
