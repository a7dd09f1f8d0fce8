"""What people decide about a release: to look at it, approve it, or withdraw it."""

from pathlib import Path

from openresponse.errors import ReleaseError, UsageError
from openresponse.media.bundle import bundled
from openresponse.release import publication
from openresponse.release.history import release_days, retraction
from openresponse.release.store import approvals, lock
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import MANIFEST, available, order
from openresponse.release.store.published import Published
from openresponse.report.pages import review as review_page
from openresponse.report.prose import words
from openresponse.workflow import releases
from openresponse.workflow.city import City, Result
from openresponse.workflow.rehearsals import rehearsal
from openresponse.workflow.rendering import page_folders
from openresponse.workflow.rendering.page_folders import REVIEW
from openresponse.workflow.standing import rejections, waiting_releases
from openresponse.workflow.standing.waiting_releases import Candidate


def review(city: City) -> Result:
    """Write a page of what the newest candidate, or else the newest release, publishes and
    changes.
    """
    program = city.program
    waiting, public = waiting_releases.waiting(program), program.folders.public
    waiting = [one for one in waiting if one.is_ready]
    folder = waiting[-1].folder if waiting else releases.newest(program)
    if folder is None:
        raise ReleaseError(
            f"{public}: no release waits for approval and none is published, so there is nothing to"
            f" review. Make one with {city.typed('release')}."
        )
    before = [name for name in available(public) if order(name) < order(folder.name)]
    page_folders.close(program.folders.build)
    page = review_page.write(
        Published.load(folder),
        Published.load(public / before[-1]) if before else None,
        list(waiting[-1].missing) if waiting else [],
        bundled("site/styles.css", program.folders.home),
        program.folders.build / REVIEW / folder.name,
    )
    return Result("written", f"Ready: {page}", folder.name, (page,))


def approve(
    city: City, role: str, release: str | None = None, key: Path | None = None, reject: str = ""
) -> Result:
    """Record that a role approves the release that waits, as it is now, byte for byte.

    release: which one, where several wait. key: the file of the role's private SSH key. reject: why
    the role does not approve it; then the candidate is removed.
    """
    program = city.program
    with lock.held(program.folders.public, "an approval"):
        candidate = _candidate(city, release or "", bool(reject))
        if reject:
            return _reject(city, candidate, role, reject)
        if key is None:
            raise UsageError(
                "approve: `--key` is missing, the file of the role's private SSH key; see"
                " `openresponse approve --help`."
            )
        left = approvals.approve(program, candidate.folder, role, key, release_days.today(program))
    return Result(
        "approved",
        f"{role} approved {candidate.name}, manifest {digest(candidate.folder / MANIFEST)[:12]}. "
        + (
            f"It still waits for: {', '.join(left)}."
            if left
            else f"Every approval is there. Publish it now: {city.typed(*candidate.again)}."
        ),
        candidate.name,
        (candidate.folder,),
    )


def _candidate(city: City, name: str, reject: bool) -> Candidate:
    """The candidate that is decided on; ReleaseError where there is none, where several wait and
    none is named, or where it cannot be approved and is not to be rejected.
    """
    program = city.program
    there = [one for one in waiting_releases.waiting(program) if name in ("", one.name)]
    waiting = there if reject or name else [one for one in there if one.state == "waiting"]
    decision = ("--reject", "why") if reject else ("--key", "FILE")
    if not (waiting or there):
        raise ReleaseError(
            f"{program.folders.build}: no release {name and f'{name} '}waits for approval. Make one"
            f" with {city.typed('release')}."
        )
    if len(waiting) > 1:
        names = ", ".join(one.name for one in waiting)
        raise ReleaseError(
            f"{program.folders.build}: {names} wait. Name the one that is meant:"
            f" {city.typed('approve', waiting[0].name, '--as', 'ROLE', *decision)}."
        )
    one = (waiting or there[-1:])[0]
    if reject or one.is_ready:
        return one
    raise ReleaseError(
        f"{one.folder}: it cannot be approved. {one.sentence} Make another with"
        f" {city.typed(*one.again)}."
    )


def _reject(city: City, candidate: Candidate, role: str, reason: str) -> Result:
    """Remove a candidate, and keep who rejected it and why."""
    program = city.program
    approvals.check_role(program, role)
    rejections.keep(
        program.folders,
        release=candidate.name,
        role=role,
        date=str(release_days.today(program)),
        reason=words.sentence(reason),
    )
    waiting_releases.remove(program, candidate.name)
    return Result(
        "rejected",
        f"{role} rejected {candidate.name}, and it is gone; the reason is in"
        f" {program.folders.ledger / rejections.FILE}. Mend what it names, then make another:"
        f" {city.typed(*candidate.again)}.",
        candidate.name,
    )


def retract(
    city: City, release: str, reason: str, decided_by: str, dry_run: bool = False
) -> Result:
    """Withdraw a release; the confidential side keeps what it showed. dry_run: only show what that
    would change.
    """
    if dry_run:
        with rehearsal.copied(city) as other:
            retract(other, release, reason, decided_by)
            return rehearsal.of_public(city, other, f"{release} would be withdrawn.")
    folders = city.program.folders
    with lock.held(folders.public, f"retraction of {release}"):
        # A run that was killed may have left the release out of ledger and lists.
        publication.settle(folders.public)
        withdrawn = retraction.retract(
            folders,
            release,
            words.sentence(reason),
            decided_by,
            release_days.today(city.program),
        )
        publication.settle(folders.public)
    folder = folders.public / release
    if not withdrawn:
        return Result(
            "unchanged", f"{release} is withdrawn already, for this reason.", release, (folder,)
        )
    return Result(
        "retracted",
        f"Withdrew {folder}: its manifest and the reason stay there. Run"
        f" {city.typed('site')} and publish the site again. Copies in version control and elsewhere"
        " are still there; whoever read them may have kept them.",
        release,
        (folder,),
    )
