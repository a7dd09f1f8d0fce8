"""Everything that is searched for in published bytes, with what the confidential side knows where
it is at hand.
"""

from collections.abc import Iterable
from pathlib import Path

from openresponse.program import Program
from openresponse.records.delivery import delivered_months
from openresponse.release.checks.identifiers import delivered
from openresponse.release.checks.published_files import files
from openresponse.release.checks.tripwires import Finding, look, traces
from openresponse.release.checks.withheld_counts import counts, remembered
from openresponse.release.history import confidential_ledger
from openresponse.release.store.public_folder import available
from openresponse.release.store.published import Published


def search(
    program: Program, folders: Iterable[Path], candidate: Published | None = None
) -> list[Finding]:
    """Traces of persons, calls and units, and withheld true counts, in every file below the
    folders.

    Without raw data and the confidential ledger, as on a journalist's machine, the rules of
    `tripwires` alone are searched for. Where raw data are at hand and the ledger lacks a release,
    ReleaseError: the search would find less, and nobody would know.
    candidate: a release that is not yet published.
    """
    there = files(folders)
    public = program.folders.public
    if delivered_months(program.folders.raw) and (available(public) or candidate):
        confidential_ledger.check_complete(program.folders.ledger, public)
    releases = [Published.load(public / name) for name in available(public)] + (
        [candidate] if candidate else []
    )
    about = program.program
    contacts = [
        about.contact,
        *([about.email] if about.email else []),
        *(line.contact for line in about.help),
    ]
    persons, withheld = (
        traces(contacts, delivered(program)),
        counts(
            releases,
            remembered(program.folders.ledger),
            said=(program.release, program.calendar),  # on the page of days of publication
        ),
    )
    # How to keep the site's folder, for people who do; no page is made of it, and its numbers are
    # none of the city's.
    readme = program.folders.site / "README.md"
    counted = [path for path in there if path != readme and not _is_setting(path)]
    others = [path for path in there if path not in counted]
    return sorted({*look(counted, persons, withheld), *look(others, persons)})


def _is_setting(path: Path) -> bool:
    """Whether a file is a style sheet or the headers of a site: it holds sizes, weights and
    seconds, and no figure.
    """
    return path.suffix == ".css" or path.name == "_headers"
