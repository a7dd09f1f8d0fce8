"""A checked candidate becomes the newest release, and all that lists the releases is brought up to
it.
"""

from pathlib import Path

from openresponse.errors import ApprovalError
from openresponse.program import Program
from openresponse.release.history import ledger, release_lists
from openresponse.release.store import approvals
from openresponse.release.store.files import disk_errors
from openresponse.release.store.public_folder import LATEST, published
from openresponse.release.store.write import point_latest, promote


def publish(program: Program, candidate: Path) -> None:
    """Make a candidate public, whole; ApprovalError where an approval of it is missing."""
    if waits_for := approvals.missing(program, candidate):
        raise ApprovalError(
            f"{candidate}: not published, since it waits for the approval of:"
            f" {', '.join(waits_for)}."
        )
    given = approvals.beside(candidate)
    promote(candidate, program.folders.public, given if given.is_file() else None)
    settle(program.folders.public)


def settle(public: Path) -> None:
    """Bring `latest`, the ledger and the lists of releases up to the releases that are there, also
    after a run that died.
    """
    if published(public):
        with disk_errors(public, f"the copy `{LATEST}`", lambda: "Every release there is whole."):
            point_latest(public)
        ledger.append(public)
        release_lists.write(public)
