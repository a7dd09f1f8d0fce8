"""The confidential ledger made again where it was lost: from the published files and the
deliveries that they were counted from.
"""

from openresponse.disclosure import cell_suppression, rules
from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.earlier_release import WITHHELD, EarlierRelease
from openresponse.disclosure.suppression.search import Settings
from openresponse.errors import DisclosureError, ReleaseError, first
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Folders, Program
from openresponse.records import collection
from openresponse.release.history import confidential_ledger, published_cells, retraction
from openresponse.release.store import lock
from openresponse.release.store.public_folder import next_name, published, verify
from openresponse.release.store.published import Published
from openresponse.workflow.city import City, Result


def rebuild(city: City) -> Result:
    """Count every release again and keep what is confidential of it, where that is missing.

    ReleaseError where the deliveries no longer give what was published, or what is public is not as
    it was.
    """
    program = city.program
    folders = program.folders
    with lock.held(folders.public, "the confidential ledger"):
        for name in published(folders.public):
            verify(folders.public / name)
        releases = {one.name: one for one in retraction.ever(folders)}
        missing = confidential_ledger.missing(folders.ledger, folders.public)
        if lost := [name for name in missing if name not in releases]:
            raise _lost(folders, lost)
        seed = confidential_ledger.seed(folders.ledger)
        made = {}
        for name in missing:
            with city.stage("ledger", f"Counting {name} again"):
                made[name] = _protection(program, releases[name], seed)
        for name, protection in made.items():  # all of them, or none
            confidential_ledger.keep(folders.ledger, folders.public / name, protection)
    return Result(
        "rebuilt" if missing else "unchanged",
        f"{folders.ledger}: {', '.join(missing) or 'nothing'} was missing and made again."
        " Keep a copy of this folder.",
        paths=(folders.ledger,),
    )


def _protection(program: Program, release: Published, seed: int) -> Protection:
    """What the release withholds, and witnesses of it: what it showed is shown and what it withheld
    is withheld.
    """
    name = release.name
    records = collection.collect(program, release.month, release.counted_upto)
    counted = tabulation.count(program, records, release.month)
    tables = [part.counts for part in counted]
    cells = published_cells.cells(program.folders, next_name(name))
    try:
        protection = cell_suppression.protect(
            tables,
            microdata(program, records, counted),
            rules.of(program.privacy),
            EarlierRelease(cells),
            settings=Settings(seed=seed),
        )
    except DisclosureError as error:
        raise _other_deliveries(program, name) from error
    for table in tables:
        published = table.cells.merge(
            cells[table.name], on=["period", *table.hierarchies], how="left", validate="1:1"
        )
        withheld = (published["status"] == WITHHELD).to_numpy()
        if (withheld != (protection.statuses[table.name] == WITHHELD)).any():
            raise _other_deliveries(program, name)
    return protection


def _lost(folders: Folders, names: list[str]) -> ReleaseError:
    return ReleaseError(
        f"{folders.ledger / retraction.KEPT}: the files of {first(names, ', ')} are missing, which"
        " was retracted. Put them back with `openresponse restore FROM`, or copy them there from"
        " version control; then run this again."
    )


def _other_deliveries(program: Program, name: str) -> ReleaseError:
    return ReleaseError(
        f"{program.folders.raw}: the deliveries no longer give what {name} published, so the"
        " confidential ledger cannot be made again from them. Put back the extracts it was made"
        " from, or restore the ledger: `openresponse restore FROM`."
    )
