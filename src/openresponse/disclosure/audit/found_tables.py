"""Whole tables that agreed with what was published before, for the next audit to begin with.

Nothing rests on them: what comes from here is tried against everything known by multiplying, and
sought anew where it does not agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from openresponse.disclosure.audit.independent_part import IndependentPart


@dataclass(frozen=True)
class FoundTables:
    """marks: of the variables of each independent part. tables: of each part, a row a variable and
    a column a table.
    """

    marks: list[np.ndarray] = field(default_factory=list)
    tables: list[np.ndarray] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "FoundTables":
        """What an audit left at a path; nothing where there is nothing that can be read."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                many = len(kept.files) // 2
                return cls(*([kept[f"{what}_{at}"] for at in range(many)] for what in ("m", "t")))
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            return cls()

    def save(self, path: Path) -> None:
        """Keep them for the next audit."""
        path.parent.mkdir(parents=True, exist_ok=True)
        marks = {f"m_{at}": one for at, one in enumerate(self.marks)}
        tables = {f"t_{at}": one for at, one in enumerate(self.tables)}
        np.savez_compressed(path, allow_pickle=False, **marks, **tables)

    def add(self, marks: np.ndarray, tables: Sequence[np.ndarray]) -> None:
        """Add those of one independent part."""
        if tables:
            self.marks.append(marks)
            self.tables.append(np.column_stack(tables).astype(np.int32))

    def begin(self, part: IndependentPart, marks: np.ndarray, need: np.ndarray) -> None:
        """Give a part the tables found before that still agree, with figures for what is new, until
        all is answered that they can answer. need: how large each figure is to be in one of them.
        """
        tables = list(self._of(marks))
        left = need > 0
        while tables:
            answers = [int((left & (table >= need)).sum()) for table in tables]
            if part.tables and not any(answers):
                return
            whole = part.completed(tables.pop(int(np.argmax(answers))))
            if whole is not None:
                part.tables.append(whole)
                left &= whole < need

    def _of(self, marks: np.ndarray) -> Iterable[np.ndarray]:
        """The tables of the variables with these marks; nan for a variable that had none."""
        pieces = []
        for own, tables in zip(self.marks, self.tables, strict=True):
            _, places, rows = np.intersect1d(marks, own, return_indices=True)
            if places.size:
                pieces.append((places, tables[rows]))
        for number in range(max((tables.shape[1] for _, tables in pieces), default=0)):
            table = np.full(len(marks), np.nan)
            for places, tables in pieces:
                table[places] = tables[:, number % tables.shape[1]]
            yield table
