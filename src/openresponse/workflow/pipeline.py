"""From the extracts to a release, its revision, approval and withdrawal: one run at a time, each
whole or not at all.
"""

import json
from collections.abc import Callable
from pathlib import Path

from openresponse.disclosure import rules
from openresponse.errors import ApprovalError, DisclosureError, ReleaseError
from openresponse.program import Program
from openresponse.records.delivery import is_fictional
from openresponse.release.checks import leaks, tripwires
from openresponse.release.history import release_days, retraction
from openresponse.release.publication import check as check_release
from openresponse.release.publication import earlier, settle, statuses
from openresponse.release.publication import publish as publish_release
from openresponse.release.store import approvals, lock
from openresponse.release.store.published import Published
from openresponse.release.store.write import (
    MANIFEST,
    digest,
    is_retracted,
    next_revision,
    order,
    published,
    standing,
    verify,
)
from openresponse.report.pages import review as review_page
from openresponse.report.prose import words
from openresponse.workflow.notebooks import run

ANONYMIZE = "1-anonymize"
STYLES = Path("site/styles.css")
Say = Callable[[str], None]


def release(
    program_file: Path, program: Program, month: str, say: Say = print, early: str = ""
) -> Path:
    """Make the release of `month` unless it is already published; return its folder.

    early: why it may come before its announced day; without it, ReleaseError. ApprovalError where
    it waits for approval.
    """
    public = program.folders.public
    if month not in published(public):
        _refuse_early(program, month, early)
    with lock.held(public, f"release of {month}"):
        settle(public)
        if month in published(public):
            if is_retracted(public / month):
                raise ReleaseError(
                    f"{public / month}: was retracted. Publish the corrected figures with"
                    " `openresponse revise`."
                )
            verify(public / month)
            say(f"{month} is published already; a release is never rewritten.")
            return public / month
        say(f"Making the release {month} from {program.folders.raw} ...")
        _publish(program, month, say, lambda: _made(program_file, program, month, say, early=early))
    if program.calendar and month >= max(program.calendar.releases):
        say(
            "No later release is announced. Add the next day of publication to `calendar.releases`"
            " in the program file."
        )
    return public / month


def newest(program: Program) -> Path | None:
    """The newest release that stands, its files as published and `latest` and the lists brought up
    to it; None where none stands.
    """
    public = program.folders.public
    with lock.held(public, "reading the newest release"):
        settle(public)
    if not standing(public):
        return None
    folder = public / standing(public)[-1]
    verify(folder)
    return folder


def revise(
    program_file: Path, program: Program, reason: str, decided_by: str, say: Say = print
) -> Path:
    """Publish a revision of the newest release, from the extracts as they are now; return its
    folder.

    The release itself stays as it is. ReleaseError where there is none, ApprovalError where the
    revision waits for approval.
    """
    public = program.folders.public
    told = {"reason": words.sentence(reason), "decided_by": decided_by}
    with lock.held(public, "a revision"):
        settle(public)
        if not published(public):
            raise ReleaseError(
                f"{public}: there is no release to revise. Make one with `make release`."
            )
        newest = published(public)[-1]
        month, name = newest[release_days.MONTH], next_revision(public, newest[release_days.MONTH])
        say(f"Making the revision {name} of {newest} from {program.folders.raw} ...")
        _publish(program, name, say, lambda: _made(program_file, program, month, say, **told))
    return public / name


def retract(program: Program, release: str, reason: str, decided_by: str, say: Say = print) -> None:
    """Withdraw a release; the confidential side keeps what it showed."""
    public = program.folders.public
    with lock.held(public, f"retraction of {release}"):
        settle(public)  # a run that was killed may have left the release out of ledger and lists
        retraction.retract(
            program.folders,
            release,
            words.sentence(reason),
            decided_by,
            release_days.today(program),
        )
        settle(public)
    say(
        f"Withdrew {public / release}: its manifest and the reason stay there. Run `make site` and"
        " publish the site again. Copies in version control and elsewhere are still there; whoever"
        " read them may have kept them."
    )


def review(program: Program) -> Path:
    """The page of what the newest candidate, or else the newest release, publishes and changes;
    returns its path.
    """
    waiting, public = candidates(program), program.folders.public
    folder = waiting[-1] if waiting else newest(program)
    if folder is None:
        raise ReleaseError(
            f"{public}: no release waits and none stands, so there is nothing to review. Make one"
            " with `make release`."
        )
    before = [name for name in standing(public) if order(name) < order(folder.name)]
    return review_page.write(
        Published.load(folder),
        Published.load(public / before[-1]) if before else None,
        approvals.missing(program, folder) if waiting else [],
        STYLES,
        program.folders.build / "review" / folder.name,
    )


def approve(program: Program, role: str, say: Say = print) -> None:
    """Record that a role approves the release that waits for approval."""
    waiting = [path for path in candidates(program) if approvals.missing(program, path)]
    if not waiting:
        raise ReleaseError(f"{program.folders.build}: no release waits for approval.")
    left = approvals.approve(program, waiting[-1], role, release_days.today(program))
    say(
        f"{role} approved {waiting[-1].name}, manifest {digest(waiting[-1] / MANIFEST)[:12]}. "
        + (
            f"It still waits for: {', '.join(left)}."
            if left
            else "Every approval is there. The same command that made it publishes it now."
        )
    )


def candidates(program: Program) -> list[Path]:
    """The releases that are made and not public, oldest first."""
    folder = program.folders.build / "candidate"
    there = (
        [path for path in folder.iterdir() if (path / MANIFEST).is_file()]
        if folder.is_dir()
        else []
    )
    return sorted(
        (path for path in there if path.name not in published(program.folders.public)),
        key=lambda path: order(path.name),
    )


def _publish(program: Program, name: str, say: Say, make: Callable[[], None]) -> None:
    """Publish a candidate that was approved as it is, after the gate once more; make it first where
    there is none.
    """
    candidate = program.folders.build / "candidate" / name
    if _is_approved(program, candidate):
        say("Every approval of this manifest is there. Checking it once more ...")
        check_release(Published.load(candidate), program.folders, rules.of(program.privacy))
        tripwires.check(leaks.search(program, [candidate], Published.load(candidate)))
        publish_release(program, candidate)
    else:
        make()
    if name not in published(program.folders.public):
        raise ApprovalError(
            f"{name} passed every check and waits for the approval of:"
            f" {', '.join(approvals.missing(program, candidate))}. Look at it with `openresponse"
            " review`; then `openresponse approve --as ROLE`, and run this again."
        )
    say(f"Published {program.folders.public / name}.")


def _is_approved(program: Program, candidate: Path) -> bool:
    """Whether a candidate has every approval it needs and still follows the newest release."""
    if (
        not approvals.beside(candidate).is_file()
        or not (candidate / MANIFEST).is_file()
        or approvals.missing(program, candidate)
    ):
        return False
    told, newest = (
        json.loads((candidate / MANIFEST).read_text(encoding="utf-8")),
        published(program.folders.public)[-1:],
    )
    return told["previous_manifest"] == (
        digest(program.folders.public / newest[0] / MANIFEST) if newest else None
    )


def _made(program_file: Path, program: Program, month: str, say: Say, **told: str) -> None:
    """Make the candidate; where figures of a revision stand and a small change could be told, with
    fewer figures beside them.
    """
    try:
        _anonymize(program_file, program, month, **told)
    except DisclosureError:
        if "reason" not in told and not any(
            "stood" in cells for cells in (statuses(earlier(program.folders, month)) or {}).values()
        ):
            raise
        say(
            "The audit could tell small changes of revised figures. Now all figures of the months"
            " concerned stand as they were, or are withheld ..."
        )
        _anonymize(program_file, program, month, **told, stands="all")


def _anonymize(
    program_file: Path,
    program: Program,
    month: str,
    early: str = "",
    reason: str = "",
    decided_by: str = "",
    stands: str = "some",
) -> None:
    given = {
        "program_file": str(program_file),
        "month": month,
        "early": early,
        "reason": reason,
        "decided_by": decided_by,
        "stands": stands,
    }
    run(
        ANONYMIZE,
        given,
        program.folders.build / "confidential" / f"{ANONYMIZE}-{month}.ipynb",
        confidential=True,
    )


def _refuse_early(program: Program, month: str, reason: str) -> None:
    """A fictional month has a clock of its own: everybody can make its figures at any time."""
    sentence = release_days.early(program, month, release_days.today(program))
    if sentence and not reason and not is_fictional(program.folders.raw, [month]):
        raise ReleaseError(
            f'{sentence} Wait for that day, or give the reason with --early "..."; the reason is'
            " published with the release."
        )
