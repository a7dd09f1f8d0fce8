"""What the privacy rule must know of a counted table, from the program file."""

from collections.abc import Container
from dataclasses import replace

from openresponse.errors import ProgramError
from openresponse.measures.counting.counted import Counted
from openresponse.program import Exemption, Program
from openresponse.program.lifetimes import ended_or_begun, lifetimes
from openresponse.records.deidentification import AGE_BANDS
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

AGES = {
    code: (low, high)
    for (low, _), (high, code) in zip(((0, ""), *AGE_BANDS), AGE_BANDS, strict=False)
}


def informed(counted: Counted, program: Program) -> Counted:
    """The same with the zero policy of its table, its exemptions, its sensitive groups, and what
    its codes cover.
    """
    counts = counted.counts
    nothing = _nothing_there(counts, program)
    sensitive = (
        _sensitive(counts.hierarchies[counted.category], program.privacy.harmless)
        if counted.about_people
        else ()
    )
    return replace(
        counted,
        counts=replace(
            counts,
            hierarchies={
                name: _covering(hierarchy, program)
                for name, hierarchy in counts.hierarchies.items()
            },
            zeros=program.tables[counted.table].zeros,
            sensitive=sensitive,
            exempt=(*_exempt(counted, program), *nothing),
            known=(*counts.known, *nothing),
        ),
    )


def _nothing_there(
    counts: ContingencyTable, program: Program
) -> tuple[frozenset[tuple[str, str]], ...]:
    """The rows of an area or a model in periods in which there was none: everybody knows that they
    are zero, so that they hide nothing.
    """
    periods = sorted(counts.cells["period"].unique())
    return tuple(
        frozenset({("period", period), (dimension, code)})
        for dimension, lives in lifetimes(program).items()
        if dimension in counts.hierarchies
        for period, code in sorted(ended_or_begun(lives, periods) & _empty(counts, dimension))
    )


def _empty(counts: ContingencyTable, dimension: str) -> set[tuple[str, str]]:
    """The periods and codes of a dimension in which nothing was counted."""
    most = counts.cells.groupby(["period", dimension])["count"].max()
    return set(most.index[most == 0])


def _sensitive(hierarchy: Hierarchy, harmless: Container[str]) -> tuple[tuple[str, str], ...]:
    """The groups of a hierarchy, but for those whose parts are codes of a dimension that the
    program calls harmless.
    """
    dimension = {n.code: n.means[0] if n.means else hierarchy.dimension for n in hierarchy.nodes}
    groups = {code: hierarchy.children(code) for code in hierarchy.codes}
    return tuple(
        (hierarchy.dimension, code)
        for code, below in groups.items()
        if len(below) > 1 and not all(dimension[one] in harmless for one in below)
    )


def _covering(hierarchy: Hierarchy, program: Program) -> Hierarchy:
    """Ages in years, so that overlapping bands are known to overlap; residents, for rules that
    depend on them.
    """
    if hierarchy.dimension == "age_band":
        nodes = tuple(
            replace(n, span=("age", *AGES[n.code])) if n.code in AGES else n
            for n in hierarchy.nodes
        )
    elif hierarchy.dimension == "neighborhood":
        residents = {code: area.residents for code, area in program.areas.neighborhoods.items()}
        nodes = tuple(replace(n, residents=residents.get(n.code)) for n in hierarchy.nodes)
    else:
        return hierarchy
    return replace(hierarchy, nodes=nodes)


def _exempt(counted: Counted, program: Program) -> tuple[frozenset[tuple[str, str]], ...]:
    """The rows of a table that are shown however small, each as its codes."""
    rows = []
    for number, exemption in enumerate(program.privacy.exemptions):
        if exemption.table == counted.table:
            codes = _codes(exemption, counted, program)
            if codes is not None:
                _refuse_unknown(codes, counted.counts, f"`privacy.exemptions[{number}].where")
                rows.append(frozenset(codes.items()))
    return tuple(rows)


def _codes(exemption: Exemption, counted: Counted, program: Program) -> dict[str, str] | None:
    """The codes of an exemption's rows; None where they are in another part of a stacked table."""
    codes, stack = dict(exemption.where), program.tables[counted.table].stack
    if stack is not None and codes.pop(stack.column, counted.part) != counted.part:
        return None
    return codes


def _refuse_unknown(codes: dict[str, str], counts: ContingencyTable, key: str) -> None:
    for name, code in codes.items():
        if name not in counts.hierarchies:
            raise ProgramError(
                f"{key}.{name}`: not a dimension of {counts.name.split('/')[0]}; allowed are"
                f" {', '.join(counts.hierarchies)}."
            )
        allowed = counts.hierarchies[name].codes
        if code not in allowed:
            raise ProgramError(f"{key}.{name}`: not a code; allowed are {', '.join(allowed)}.")
