"""The attacker: from everything ever published, can a withheld figure be proved to be small?

Shares no code with the search, and takes nothing on its solver's word. Knows every shown number of
every release, its rounding, the shares that rest on it, that a withheld cell is at least 1 where
zeros are shown, that parts add up to their whole in every dimension, in time and along every axis,
that the same count in two tables is the same, which codes never occur together, and that real
records stand behind all tables. A cell is safe when some table of whole numbers that agrees with
all of that has it at the threshold or more.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from openresponse.disclosure.audit.between_releases.narrowing import Known, narrowed
from openresponse.disclosure.audit.equations import System
from openresponse.disclosure.audit.facts import Facts
from openresponse.disclosure.audit.found_tables import FoundTables
from openresponse.disclosure.audit.solver import provable
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.microdata import NO_RELATIONS

NO_TABLES = FoundTables()
NAMED = 5  # figures in an error: enough to see where to look


@dataclass(frozen=True)
class Verdict:
    """What the attacker tried and found.

    cells: published cells of the newest release. withheld: those without a value. opened: what
    could be proved, by name. given_away: what earlier releases alone give away, under a rule that
    was not as strict; the newest adds nothing to it. tried: protected figures attacked, over all
    releases. variables, equations, components, largest: the size of the system, of its independent
    parts and of the largest of them, in unknowns. found: the tables that answered, for the next
    audit to begin with.
    """

    cells: int
    withheld: int
    opened: tuple[str, ...]
    given_away: tuple[str, ...] = ()
    releases: int = 1
    tried: int = 0
    variables: int = 0
    equations: int = 0
    components: int = 0
    largest: int = 0
    found: FoundTables = NO_TABLES
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.opened

    def check(self) -> None:
        """Raise DisclosureError naming the opened cells, never their values."""
        if self.opened:
            raise DisclosureError(
                "Withheld figures can be proved to be small, or a group to be alike, from what is"
                f" shown (at least {len(self.opened)}): {'; '.join(self.opened[:NAMED])}. Nothing"
                " was published; withhold more around them."
            )


def audit(
    tables: list[ContingencyTable],
    rule: Rule,
    earlier: Sequence[list[ContingencyTable]] = (),
    enough: int | None = None,
    relations: pd.DataFrame = NO_RELATIONS,
    relations_before: pd.DataFrame | None = None,
    before: FoundTables = NO_TABLES,
) -> Verdict:
    """Try to break published tables: `count` NA and `status` c where withheld.

    earlier: the tables of all releases before, oldest first. enough: how many opened figures are
    enough to know, since one refuses a release; None for all. relations: which codes never occur
    together, see `Knowledge.of`. relations_before: those that earlier releases named, by which
    alone these are judged; None: the same. before: tables that an earlier audit found.
    DisclosureError where a shown count is small, or the shown numbers contradict one another.
    """
    start = time.perf_counter()
    releases = [*earlier, tables]
    facts = Facts.read(releases, rule)
    system = System.of(releases, facts, rule, relations)
    opened, sizes, found = provable(system, rule, before, enough)
    given_away: list[str] = []
    if opened and earlier:
        past = _known(
            releases[:-1], rule, relations if relations_before is None else relations_before
        )
        given_away = provable(past.system, rule, NO_TABLES)[0]
        if set(given_away) & set(opened):
            opened, sizes, found = provable(system, rule, before)
            opened = [name for name in opened if name not in given_away]
            opened += narrowed(given_away, past, Known(facts, system))
    return Verdict(
        cells=sum(len(t.cells) for t in tables),
        withheld=sum(int((t.cells["status"] == "c").sum()) for t in tables),
        opened=tuple(sorted(opened)),
        given_away=tuple(sorted(given_away)),
        releases=len(releases),
        tried=len(system.protected),
        variables=len(facts.variables),
        equations=system.matrix.shape[0],
        components=len(sizes),
        largest=max(sizes, default=0),
        found=found,
        seconds=time.perf_counter() - start,
    )


def _known(
    releases: Sequence[list[ContingencyTable]], rule: Rule, relations: pd.DataFrame
) -> Known:
    """What a reader of these releases alone knows, whatever rule they followed."""
    facts = Facts.read(list(releases), rule, judged=False)
    return Known(facts, System.of(list(releases), facts, rule, relations))
