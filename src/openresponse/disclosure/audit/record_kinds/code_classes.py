"""Inner attributes, which the finest tables tell apart, and what the outer ones see of them.

An outer attribute, such as a neighborhood, seldom cares for every code of an inner one. Instead of
all combinations of both, the codes of the inner one are put in classes of which the outer attribute
and its tables see no difference; a class is an attribute like others.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from openresponse.disclosure.audit.record_kinds.exclusions import Knowledge
from openresponse.disclosure.audit.record_kinds.kinds import Kinds
from openresponse.disclosure.audit.record_kinds.table_uses import Use
from openresponse.errors import DisclosureError

NEARLY = 1.25  # times as many kinds, up to which an attribute is all but determined by the others


@dataclass(frozen=True)
class Classes:
    """inner: for each part of the inner attributes that says something of each other, how its codes
    occur together. groups: outer attributes that tables or relations join. related: pairs of outer
    attributes that say something of each other. names: an inner attribute and the number of a group
    to the attribute of its classes.
    """

    knowledge: Knowledge
    inner: list[Kinds]
    groups: list[frozenset[str]]
    related: list[frozenset[str]]
    names: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, knowledge: Knowledge, uses: list[Use]) -> "Classes":
        """Adds the attributes of classes to the knowledge."""
        finest = min(use.grain for use in uses)
        names = frozenset().union(*(use.attributes for use in uses if use.grain == finest))
        outer = frozenset().union(*(use.attributes for use in uses)) - names
        saying = [
            frozenset({one, other})
            for one, other in combinations(sorted(names), 2)
            if knowledge.excluded(one, other).any()
        ]
        alone = [frozenset({name}) for name in sorted(names)]
        inner = [Kinds.of(group, knowledge) for group in _groups([*alone, *saying])]
        inner = _with_determined(inner, outer, knowledge)
        outer -= {name for kinds in inner for name in kinds.attributes}
        related = _related(knowledge, inner, outer)
        joined = [use.attributes & outer for use in uses if use.attributes & outer]
        classes = cls(knowledge, inner, _groups([*joined, *related]), related)
        for number, group in enumerate(classes.groups):
            classes._divide(number, group, [use for use in uses if use.attributes & group])
        return classes

    @property
    def inner_attributes(self) -> frozenset[str]:
        return frozenset(name for kinds in self.inner for name in kinds.attributes)

    def group(self, attributes: frozenset[str]) -> int:
        """The number of the group of a table's outer attributes."""
        return next(n for n, group in enumerate(self.groups) if group & attributes)

    def seen(self, attribute: str) -> set[str]:
        """The classes of inner attributes that say something of an outer one."""
        number = self.group(frozenset({attribute}))
        return {
            name
            for (_, group), name in self.names.items()
            if group == number and self.knowledge.excluded(name, attribute).any()
        }

    def _divide(self, number: int, group: frozenset[str], uses: list[Use]) -> None:
        """Put the codes of each inner attribute into classes that are all one to a group."""
        knowledge = self.knowledge
        conditions = {c for use in uses for c in (*use.conditions.values(), *use.counted)}
        conditions |= {c for window in knowledge.windows for c in window.conditions}
        for inner in sorted(self.inner_attributes):
            flags = [knowledge.excluded(inner, outer) for outer in sorted(group)]
            flags += [
                knowledge.among(inner, codes)[:, None]
                for name, codes in sorted(conditions, key=repr)
                if name == inner
            ]
            found, class_of = np.unique(np.hstack(flags), axis=0, return_inverse=True)
            if len(found) > 1:
                self._name(number, group, inner, class_of.ravel())
        for kinds in self.inner:
            own = [(one, self.names.get((one, number))) for one in kinds.attributes]
            for (one, name), (other, far) in combinations(own, 2):
                if name and far:
                    a, b = (self._class_of(n, c, kinds) for n, c in ((one, name), (other, far)))
                    meet = np.zeros((len(knowledge.codes[name]), len(knowledge.codes[far])), bool)
                    meet[a, b] = True
                    knowledge.exclude(name, far, ~meet)

    def _class_of(self, inner: str, name: str, kinds: Kinds) -> np.ndarray:
        """The number of the class of each kind."""
        return self.knowledge.excluded(inner, name).argmin(axis=1)[kinds.codes(inner)]

    def _name(self, number: int, group: frozenset[str], inner: str, class_of: np.ndarray) -> None:
        """Add the attribute of the classes to the knowledge. class_of: of each code, by number."""
        knowledge, name = self.knowledge, f"{inner} for {min(group)}"
        self.names[inner, number] = name
        many = int(class_of.max()) + 1
        members = np.array(knowledge.codes[inner], dtype=object)
        knowledge.codes[name] = [f"class of {min(members[class_of == at])}" for at in range(many)]
        knowledge.exclude(inner, name, class_of[:, None] != np.arange(many))
        for outer in group:
            excluded = knowledge.excluded(inner, outer)
            pairs = np.array([excluded[class_of == at].all(axis=0) for at in range(many)])
            knowledge.exclude(name, outer, pairs)


def _with_determined(
    inner: list[Kinds], outer: frozenset[str], knowledge: Knowledge
) -> list[Kinds]:
    """The inner attributes with those outer ones that one part of them all but determines."""
    inner = list(inner)
    for name in sorted(outer):
        near = [
            at
            for at, kinds in enumerate(inner)
            if any(knowledge.excluded(one, name).any() for one in kinds.attributes)
        ]
        if len(near) == 1:
            kinds = inner[near[0]]
            with suppress(DisclosureError):
                most = int(NEARLY * len(kinds))
                inner[near[0]] = Kinds.of({*kinds.attributes, name}, knowledge, most)
    return inner


def _related(
    knowledge: Knowledge, inner: list[Kinds], outer: frozenset[str]
) -> list[frozenset[str]]:
    """Pairs of outer attributes that exclude codes of each other which the inner ones allow."""
    related = []
    for one, other in combinations(sorted(outer), 2):
        pairs = knowledge.excluded(one, other)
        if pairs.any():
            for kinds in inner:
                a, b = (_allowed(knowledge, kinds, name).astype(int) for name in (one, other))
                pairs = pairs & (a.T @ b > 0)
        if pairs.any():
            related.append(frozenset({one, other}))
    return related


def _allowed(knowledge: Knowledge, kinds: Kinds, outer: str) -> np.ndarray:
    """Which codes of an outer attribute each kind may have."""
    possible = np.ones((len(kinds), len(knowledge.codes[outer])), dtype=bool)
    for inner in kinds.attributes:
        possible &= ~knowledge.excluded(inner, outer)[kinds.codes(inner)]
    return possible


def _groups(joined: list[frozenset[str]]) -> list[frozenset[str]]:
    """Sets that have a member in common, put together."""
    groups: list[frozenset[str]] = []
    for some in joined:
        apart = [group for group in groups if not group & some]
        groups = [*apart, some.union(*(group for group in groups if group & some))]
    return groups
