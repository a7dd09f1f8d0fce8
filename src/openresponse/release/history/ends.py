"""Tables and rows that were published and end: only by a revision, for a reason, and never by a
change of their shape.
"""

from dataclasses import asdict, dataclass

from openresponse.errors import REVISE, ReleaseError, first
from openresponse.measures.counting.counted import Counted
from openresponse.program import Program
from openresponse.release.store.published import Published
from openresponse.release.tables.cells import count_tables
from openresponse.release.tables.revisions import Revision

# Dimensions whose codes come and go with the city: areas, and models of response.
OF_THE_CITY = ("district", "neighborhood", "model")
ENDING = ("counts", "times", "money")  # kinds of tables
PUBLISH_IT = f"publish that it ends: `{REVISE}`"


@dataclass(frozen=True)
class Ended:
    """A table that ended: its title, the release without it, and why."""

    title: str
    release: str
    reason: str


def check(
    program: Program, counted: list[Counted], before: Published | None, revised: bool
) -> None:
    """ReleaseError where a table has another shape than the release before, or where it or rows of
    it are gone though no revision ends them. revised: whether this is a revision.
    """
    if before is None:
        return
    if not revised and (gone := names(before, set(program.tables))):
        raise ReleaseError(
            f"{first(gone, ', ')}: published before, and not in the program file any more. Put the"
            f" table back, or {PUBLISH_IT}."
        )
    now = {part.counts.name: part for part in counted}
    for old in count_tables(before):
        name = old.name.partition("/")[0]
        if name not in program.tables:
            continue
        part = now.get(old.name)
        grain = program.tables[name].period
        if (
            part is None
            or set(old.hierarchies) != set(part.counts.hierarchies)
            or before.grain(name) != grain
        ):
            raise other_shape(name)
        for dimension, hierarchy in old.hierarchies.items():
            gone = sorted(set(hierarchy.codes) - set(part.counts.hierarchies[dimension].codes))
            if gone and dimension not in OF_THE_CITY:
                raise other_shape(name)
            if gone and not revised:
                raise ReleaseError(
                    f"{name}: its rows of {dimension} {first(gone, ', ')} were published before,"
                    f" and the program file has no such {dimension} any more. Put it back, or"
                    f" {PUBLISH_IT}."
                )


def names(before: Published, tables: set[str]) -> list[str]:
    """The tables of the release before that are not among these."""
    return [name for name in before.tables if name not in tables and before.kind(name) in ENDING]


def ended(
    release: str, before: Published | None, tables: set[str], revision: Revision | None
) -> dict[str, dict[str, str]]:
    """Name to title, release and reason of every table that ended, with this release or before."""
    if before is None:
        return {}
    known = {name: facts for name, facts in before.ended.items() if name not in tables}
    if revision is None:
        return known
    return known | {
        name: asdict(Ended(before.title(name), release, revision.reason))
        for name in names(before, tables)
    }


def other_shape(name: str) -> ReleaseError:
    """The refusal of a table that counts otherwise than it did."""
    return ReleaseError(
        f"{name}: counts by other periods, columns or codes than when it was published. Give the"
        f" new table a new name in the program file, and keep the old one or {PUBLISH_IT}."
    )
