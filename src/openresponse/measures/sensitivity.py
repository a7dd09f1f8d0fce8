"""What the privacy rule must know of a counted table, from the program file."""

from collections.abc import Container
from dataclasses import replace

from openresponse.errors import ProgramError
from openresponse.program import Program
from openresponse.records.deidentification import AGE_BANDS
from openresponse.tables.contingency import CountTable
from openresponse.tables.hierarchy import Tree

AGES = {
    code: (low, high)
    for (low, _), (high, code) in zip(((0, ""), *AGE_BANDS), AGE_BANDS, strict=False)
}


def informed(
    counts: CountTable, table: str, part: str | None, category: str, program: Program, people: bool
) -> CountTable:
    """The table with its zero policy, its exemptions, its sensitive groups, and what its codes
    cover.

    people: whether it tells something about people, so that a group all alike would tell it of each
    of them.
    """
    sensitive = _sensitive(counts.trees[category], program.privacy.harmless) if people else ()
    trees = {name: _covering(tree, program) for name, tree in counts.trees.items()}
    return replace(
        counts,
        trees=trees,
        zeros=program.tables[table].zeros,
        sensitive=sensitive,
        exempt=_exempt(counts, table, part, program),
    )


def _sensitive(tree: Tree, harmless: Container[str]) -> tuple[tuple[str, str], ...]:
    """The groups of a tree, but for those whose parts are codes of a dimension that the program
    calls harmless.
    """
    told = {node.code: node.means[0] if node.means else tree.dimension for node in tree.nodes}
    parts = {code: tree.children(code) for code in tree.codes}
    return tuple(
        (tree.dimension, code)
        for code, below in parts.items()
        if len(below) > 1 and not all(told[part] in harmless for part in below)
    )


def _covering(tree: Tree, program: Program) -> Tree:
    """Ages in years, so that overlapping bands are known to overlap; residents, for rules that
    depend on them.
    """
    if tree.dimension == "age_band":
        return Tree(
            tree.dimension,
            tuple(
                replace(n, span=("age", *AGES[n.code])) if n.code in AGES else n for n in tree.nodes
            ),
        )
    if tree.dimension == "neighborhood":
        residents = {code: area.residents for code, area in program.areas.neighborhoods.items()}
        return Tree(
            tree.dimension, tuple(replace(n, residents=residents.get(n.code)) for n in tree.nodes)
        )
    return tree


def _exempt(
    counts: CountTable, table: str, part: str | None, program: Program
) -> tuple[frozenset[tuple[str, str]], ...]:
    found = []
    for number, exemption in enumerate(program.privacy.exemptions):
        where = dict(exemption.where)
        stack = program.tables[exemption.table].stack if exemption.table in program.tables else None
        if exemption.table != table or (stack and where.pop(stack.column, part) != part):
            continue
        for name, code in where.items():
            allowed = counts.trees[name].codes if name in counts.trees else None
            if allowed is None or code not in allowed:
                said = (
                    f"code; allowed are {', '.join(allowed)}"
                    if allowed
                    else f"dimension of {table}; allowed are {', '.join(counts.trees)}"
                )
                raise ProgramError(f"`privacy.exemptions[{number}].where.{name}`: not a {said}.")
        found.append(frozenset(where.items()))
    return tuple(found)
