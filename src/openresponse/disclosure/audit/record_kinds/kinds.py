"""Kinds of records: combinations of codes in which no two never occur together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from openresponse.disclosure.audit.record_kinds.exclusions import Knowledge
from openresponse.disclosure.audit.record_kinds.table_attributes import Codes
from openresponse.errors import DisclosureError

MOST = 200_000  # kinds of one block; a program that needs more publishes too fine tables


@dataclass(frozen=True)
class Kinds:
    """attributes: by which kinds are told apart. rows: for each kind the number of its code of
    each attribute.
    """

    knowledge: Knowledge
    attributes: list[str]
    rows: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        return {name: self.rows[:, at] for at, name in enumerate(self.attributes)}

    def codes(self, attribute: str) -> np.ndarray:
        """The number of each kind's code."""
        return self._columns[attribute]

    def with_codes(self, attribute: str, codes: Codes) -> np.ndarray:
        """Flags of the kinds that have one of these codes."""
        return np.asarray(self.knowledge.among(attribute, codes)[self.codes(attribute)])

    @classmethod
    def of(cls, attributes: Iterable[str], knowledge: Knowledge, most: int = MOST) -> "Kinds":
        """All kinds; DisclosureError where they are more than `most`.

        The attribute that divides those found so far least comes next.
        """
        rows = np.zeros((1, 0), dtype=int)
        done: list[str] = []
        allowed = {a: np.ones((1, len(knowledge.codes[a])), dtype=bool) for a in attributes}
        while allowed:
            name = min(allowed, key=lambda one: (int(allowed[one].sum()), one))
            kind, code = np.nonzero(allowed.pop(name))
            if len(kind) > most:
                raise DisclosureError(
                    f"The tables by {', '.join(sorted({*done, name, *allowed}))} need"
                    f" {len(kind):,} kinds of records or more, more than can be tried. Nothing was"
                    " published. Publish one of them at a coarser grain."
                )
            rows = np.column_stack([rows[kind], code])
            done.append(name)
            for other, before in allowed.items():
                excluded = knowledge.never.get((name, other))
                after = before[kind]
                allowed[other] = after if excluded is None else after & ~excluded[code]
        return cls(knowledge, done, rows)
