"""A relation between columns of figures, and what it says about single cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from .columns import Columns, label
from .publication import Key, Publication

EQUAL, AT_MOST = "=", "≤"
# In bits; that a later release only adds records is a custom, and weaker than what figures show.
ONLY_ADDED = 4.0


@dataclass(frozen=True)
class Relation:
    """`terms` add up to zero, or to at most zero, in every period of a grain."""

    label: str
    terms: tuple[tuple[Key, int], ...]
    sense: str
    grain: str
    strength: float
    """In bits; infinite where the release itself says so. The weakest guess is given up first."""

    @property
    def guessed(self) -> bool:
        return bool(self.strength < float("inf"))


@dataclass(frozen=True)
class Row:
    """A relation in one period, as of one release: Σ weight · cell = 0, or ≤ 0."""

    cells: tuple[tuple[int, float], ...]
    sense: str
    relation: Relation
    period: str


def rows(relation: Relation, columns: Columns) -> Iterator[Row]:
    """Once for every release in which one of its cells was published anew."""
    publication = columns.publication
    for period in columns.periods:
        for release in since(relation, columns, period):
            cells = columns.terms(relation.terms, period, release)
            if cells is None:
                continue
            weights: dict[int, float] = {}
            for cell, weight in cells:
                weights[cell] = weights.get(cell, 0) + weight
            if any(
                publication.cells[cell].most > publication.cells[cell].least for cell in weights
            ):
                kept = tuple(sorted((cell, w) for cell, w in weights.items() if w))
                yield Row(kept, relation.sense, relation, period)


def since(relation: Relation, columns: Columns, period: str) -> list[int]:
    versions = columns.publication.versions
    return sorted(
        {
            release
            for key, _ in relation.terms
            for one in columns.periods_of[key[0]].get(period, ())
            for release, _ in versions.get((key, one), ())
        }
    )


def between_releases(publication: Publication) -> Iterator[Row]:
    """Withheld before and after, where no figure beside it fell: records were only added."""
    for before, after, fell in publication.succeeded:
        if not fell:
            key, period = publication.cells[before].key, publication.cells[before].period
            text = f"{label(((key, 1),))}: later releases only add records"
            guess = Relation(text, ((key, 1),), AT_MOST, "", ONLY_ADDED)
            yield Row(((before, 1.0), (after, -1.0)), AT_MOST, guess, period)
