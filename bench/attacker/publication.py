"""What was published: tables with their codes, and every figure, shown or withheld."""

from dataclasses import dataclass, field

Key = tuple[str, tuple[str, ...], str]
"""A column of figures: table, codes, name of the value."""


@dataclass(frozen=True)
class Rule:
    """The rule of disclosure, as published beside the figures."""

    threshold: int
    round_to: int
    zeros_shown: bool


@dataclass
class Table:
    """One kind of published table: its code columns, and under which code each code stands."""

    name: str
    code_columns: list[str]
    values: list[str]
    hierarchies: list[dict[str, str]]
    zeros_shown: bool
    whole_groups: set[str] = field(default_factory=set)
    """Codes whose parts may all be withheld together, zeros too."""
    parents: list[dict[tuple[str, ...], str]] = field(default_factory=list)
    """For each code column: the code that a row is part of, by the codes of the row."""


@dataclass
class Cell:
    """A figure of one period, as long as nothing shown beside it changed."""

    key: Key
    period: str
    release: str
    least: int
    most: float
    shown: float | None = None
    withheld: bool = False
    """Shown by no release, though a copy or a rate may give it away."""


@dataclass(frozen=True)
class Share:
    """A share that is shown of figures of which one is withheld: (least, most) of part ÷ whole."""

    part: Key
    whole: Key
    period: str
    release: int
    least: float
    most: float


@dataclass
class Publication:
    """Everything published: the cells, and for each column and period its cells by release."""

    rule: Rule
    releases: list[str]
    tables: dict[str, Table] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    versions: dict[tuple[Key, str], list[tuple[int, int]]] = field(default_factory=dict)
    """For a column and a period: number of the release from which a cell holds, the cell."""
    shares: list["Share"] = field(default_factory=list)
    succeeded: list[tuple[int, int, bool]] = field(default_factory=list)
    """Withheld in two versions: the older cell, the newer, whether any shown figure fell."""

    def cell(self, key: Key, period: str, release: int) -> int | None:
        """The cell as it was known when a release came out."""
        known = [cell for since, cell in self.versions.get((key, period), ()) if since <= release]
        return known[-1] if known else None
