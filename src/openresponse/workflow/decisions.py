"""What people decide about a release: to look at it, approve it, or withdraw it."""

from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.media.bundle import bundled
from openresponse.release import publication
from openresponse.release.history import release_days, retraction
from openresponse.release.store import approvals, lock
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST, available, order
from openresponse.release.store.published import Published
from openresponse.report.pages import review as review_page
from openresponse.report.prose import words
from openresponse.workflow import candidates, releases
from openresponse.workflow.city import City, Result


def review(city: City) -> Result:
    """Write a page of what the newest candidate, or else the newest release, publishes and
    changes.
    """
    program = city.program
    waiting, public = candidates.waiting(program), program.folders.public
    folder = waiting[-1] if waiting else releases.newest(program)
    if folder is None:
        raise ReleaseError(
            f"{public}: no release waits for approval and none is published, so there is nothing to"
            " review. Make one with `openresponse release`."
        )
    before = [name for name in available(public) if order(name) < order(folder.name)]
    page = review_page.write(
        Published.load(folder),
        Published.load(public / before[-1]) if before else None,
        approvals.missing(program, folder) if waiting else [],
        bundled("site/styles.css", program.folders.home),
        program.folders.build / "review" / folder.name,
    )
    return Result("written", f"Ready: {page}", folder.name, (page,))


def approve(city: City, role: str, key: Path) -> Result:
    """Record that a role approves the release that waits, as it is now, byte for byte. key: the
    file of its private SSH key.
    """
    program = city.program
    waiting = [path for path in candidates.waiting(program) if approvals.missing(program, path)]
    if not waiting:
        raise ReleaseError(
            f"{program.folders.build}: no release waits for approval. Make one with `openresponse"
            " release`."
        )
    candidate = waiting[-1]
    left = approvals.approve(program, candidate, role, key, release_days.today(program))
    return Result(
        "approved",
        f"{role} approved {candidate.name}, manifest {digest(candidate / MANIFEST)[:12]}. "
        + (
            f"It still waits for: {', '.join(left)}."
            if left
            else "Every approval is there. The same command that made it publishes it now."
        ),
        candidate.name,
        (candidate,),
    )


def retract(city: City, release: str, reason: str, decided_by: str) -> Result:
    """Withdraw a release; the confidential side keeps what it showed."""
    folders = city.program.folders
    with lock.held(folders.public, f"retraction of {release}"):
        # A run that was killed may have left the release out of ledger and lists.
        publication.settle(folders.public)
        retraction.retract(
            folders,
            release,
            words.sentence(reason),
            decided_by,
            release_days.today(city.program),
        )
        publication.settle(folders.public)
    folder = folders.public / release
    return Result(
        "retracted",
        f"Withdrew {folder}: its manifest and the reason stay there. Run `openresponse site` and"
        " publish the site again. Copies in version control and elsewhere are still there; whoever"
        " read them may have kept them.",
        release,
        (folder,),
    )
