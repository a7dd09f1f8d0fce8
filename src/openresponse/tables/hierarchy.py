"""A dimension of a public table: its codes, their labels, and which code each one is part of."""

from dataclasses import dataclass

from openresponse.errors import ProgramError

ALL = "all"  # the code of a total over plain values
NOT_RECORDED = "not_recorded"  # the code of a row that does not say


@dataclass(frozen=True)
class Node:
    """One code. `parent` is None for a root; `means` names the same set in another dimension, as
    (dimension, code), so that two tables that count the same incidents are known to agree. `span`
    is what the code covers of a line of whole numbers, as (axis, from, up to but without): bands
    that overlap, in two tables, are known to. `residents` live in the area."""

    code: str
    label: str
    parent: str | None = None
    means: tuple[str, str] | None = None
    span: tuple[str, int, int] | None = None
    residents: int | None = None


@dataclass(frozen=True)
class Hierarchy:
    """The codes of one dimension in the order of publication; children add up to their parent."""

    dimension: str
    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        seen = set()
        for node in self.nodes:
            if node.code in seen:
                raise ProgramError(
                    f"{self.dimension}: the code {node.code} is there twice, so it would have two"
                    " parents. Each code belongs to one."
                )
            if node.parent is not None and node.parent not in seen:
                raise ProgramError(
                    f"{self.dimension}: {node.code} comes before its parent {node.parent}, or the"
                    " parent is not there."
                )
            seen.add(node.code)

    @property
    def codes(self) -> list[str]:
        return [node.code for node in self.nodes]

    @property
    def labels(self) -> dict[str, str]:
        return {node.code: node.label for node in self.nodes}

    @property
    def parents(self) -> dict[str, str | None]:
        return {node.code: node.parent for node in self.nodes}

    @property
    def roots(self) -> list[str]:
        return [node.code for node in self.nodes if node.parent is None]

    def children(self, code: str) -> list[str]:
        return [node.code for node in self.nodes if node.parent == code]

    @property
    def leaves(self) -> list[str]:
        inner = {node.parent for node in self.nodes}
        return [node.code for node in self.nodes if node.code not in inner]

    def cut(self, codes: tuple[str, ...]) -> "Hierarchy":
        """The hierarchy with these codes as its finest ones, and all that they do not cover as it
        is.

        ProgramError where a code is not of the hierarchy.
        """
        unknown = [code for code in codes if code not in self.codes]
        if unknown:
            raise ProgramError(
                f"{self.dimension}: {', '.join(unknown)} cannot be its finest codes; allowed are"
                f" {', '.join(self.codes)}."
            )
        return Hierarchy(
            self.dimension,
            tuple(n for n in self.nodes if not set(self.ancestors(n.code)[1:]) & set(codes)),
        )

    def ancestors(self, code: str) -> list[str]:
        """The code itself and everything it is part of, nearest first."""
        chain, parents = [code], self.parents
        while (parent := parents[chain[-1]]) is not None:
            chain.append(parent)
        return chain


def flat(dimension: str, labels: dict[str, str], total: str | None = "All") -> Hierarchy:
    """A dimension of plain values, with the total `all` above them unless `total` is None."""
    root = () if total is None else (Node(ALL, total),)
    parent = None if total is None else ALL
    return Hierarchy(
        dimension, root + tuple(Node(code, label, parent) for code, label in labels.items())
    )
