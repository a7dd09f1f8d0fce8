"""Whether a release may be public: everything in its files agrees, and nothing that is withheld can
be proved to be small.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from openresponse.disclosure.audit import verdict as auditor
from openresponse.disclosure.audit.found_tables import FoundTables
from openresponse.disclosure.audit.verdict import Verdict
from openresponse.disclosure.rules import Rule
from openresponse.errors import ReleaseError, first
from openresponse.program import Folders
from openresponse.release.checks import gate
from openresponse.release.formats import derived
from openresponse.release.history import ledger, predecessor, published_cells
from openresponse.release.history.repeated import without_repeated
from openresponse.release.history.retraction import ever
from openresponse.release.store.public_folder import published, verify
from openresponse.release.store.published import Published
from openresponse.release.tables import incidents
from openresponse.release.tables.cells import count_tables, relations
from openresponse.tables.microdata import NO_RELATIONS

# Tables that the audit found. They are made of public files alone, and a run without them comes to
# the same verdict.
TABLES = Path("audit") / "tables.npz"


def check(candidate: Published, folders: Folders, rule: Rule) -> Verdict:
    """Whether a candidate agrees with itself and with all that was published, and reveals nothing.

    Returns the audit's verdict over all releases; raises ReleaseError or DisclosureError, and then
    nothing is published.
    """
    verify(candidate.folder)
    cells = count_tables(candidate)
    gate.arithmetic_agrees(cells, rule)
    gate.shares_agree(candidate.tables, rule)
    derived.agree(candidate)
    incidents.check(candidate, rule)
    earlier = ever(folders, before=candidate.name)
    refuse_other_kind(candidate, earlier)
    before = predecessor.earlier(folders, candidate.name)
    if before:
        gate.columns_are_kept(candidate, before)
    if candidate.revision:
        gate.changes_are_listed(candidate, before)
    elif earlier:
        gate.earlier_figures_are_unchanged(cells, count_tables(earlier[-1]))
        gate.other_figures_are_unchanged(candidate, earlier[-1])
    # What the gate has just compared, it compared for every release before.
    *past, newest = published_cells.as_read([*without_repeated(earlier), candidate])
    verdict = auditor.audit(
        newest,
        rule,
        past,
        enough=auditor.NAMED,
        relations=relations(candidate),
        relations_before=_named_before(earlier),
        before=FoundTables.load(folders.build / TABLES),
    )
    verdict.check()
    verdict.found.save(folders.build / TABLES)
    return replace(verdict, releases=len(earlier) + 1)


def refuse_other_kind(candidate: Published, earlier: list[Published]) -> None:
    """ReleaseError where real figures would follow invented ones, or invented ones real ones."""
    if others := [one.name for one in earlier if one.fictional != candidate.fictional]:
        raise ReleaseError(
            f"{candidate.name}: {'invented' if candidate.fictional else 'real'} figures cannot"
            f" follow {'real' if candidate.fictional else 'invented'} ones"
            f" ({first(others, ', ')}). Remove the invented releases with `openresponse fresh`, or"
            " name another `folders.public` in the program file."
        )


def audit(folders: Folders, rule: Rule) -> Verdict:
    """Attack everything that was ever published, from the public files and what is kept of
    retracted releases, without what an earlier audit left and without taking on trust that a
    release says everything again.

    ReleaseError where a file is not as published.
    """
    if not published(folders.public):
        raise ReleaseError(
            f"{folders.public}: no release yet. Make one with `openresponse release`."
        )
    for name in published(folders.public):
        verify(folders.public / name)
    ledger.check(folders.public)
    releases = ever(folders)
    if not releases:
        raise ReleaseError(
            f"{folders.public}: every release was retracted, and what they showed is kept"
            " elsewhere. There is nothing to attack here."
        )
    for release in releases:
        incidents.check(release, rule)
    # Other formats of earlier releases were compared before they appeared, and their hashes hold.
    derived.agree(releases[-1])
    *earlier, newest = published_cells.as_read(releases)
    return auditor.audit(
        newest,
        rule,
        earlier,
        relations=relations(releases[-1]),
        relations_before=_named_before(releases[:-1]),
    )


def _named_before(earlier: list[Published]) -> pd.DataFrame | None:
    """The relations that the newest earlier release named; None where it named none, as releases of
    the first edition: their readers know what the words mean all the same.
    """
    named = relations(earlier[-1]) if earlier else NO_RELATIONS
    return None if named.empty else named
