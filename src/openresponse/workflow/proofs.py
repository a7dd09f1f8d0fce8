"""What anybody may check, and what an attacker would try, on everything that was published."""

from pathlib import Path

from openresponse.disclosure import rules
from openresponse.errors import InspectionError, ReleaseError, first
from openresponse.program import Program
from openresponse.records.delivery import delivered_months
from openresponse.release.checks import admission, leaks, tripwires
from openresponse.release.history import chain
from openresponse.release.store import backup, confidential
from openresponse.release.store.public_folder import CANDIDATES
from openresponse.website.engines import SITE
from openresponse.website.inspection.examination import check
from openresponse.website.inspection.story.disagreements import disagreements
from openresponse.workflow import rebuild, run_log
from openresponse.workflow.city import City, Result
from openresponse.workflow.rendering import page_folders


def audit(city: City) -> Result:
    """Try to break everything ever published from the public files alone, then search and explain
    every published byte.
    """
    program = city.program
    folders = program.folders
    with city.stage("audit", "Attacking every release from its public files"):
        verdict = admission.audit(folders, rules.of(program.privacy))
    verdict.check()
    city.say(
        f"{verdict.releases} releases, {verdict.cells:,} cells in the newest, {verdict.withheld:,}"
        f" withheld: {verdict.tried:,} figures attacked, none can be proved to be small"
        f" ({verdict.variables:,} unknowns and knowns, {verdict.equations:,} equations,"
        f" {verdict.seconds:.1f} s)."
    )
    has_site = (folders.site / SITE).is_dir()
    if has_site:
        rebuild.refuse_other_release(folders)
    with city.stage(
        "search", "Searching every published byte for traces of persons, calls and withheld counts"
    ):
        tripwires.check(leaks.search(program, [folders.public, folders.site]))
    if not has_site:
        return Result("held", "Nothing was found. There is no website yet to explain.")
    rebuild.check(rebuild.unexplained(city))
    return Result(
        "held", "Nothing was found, and every file of the site is what the published tables give."
    )


def verify(
    city: City, folder: Path | None = None, rebuild_pages: bool = False, site: bool = False
) -> Result:
    """Check every published file against its manifest, the chain and the lists, that nobody else
    may read what is confidential, and that the run log is whole; needs no raw data, and with a
    folder no program file.

    site: also read the finished site, its PDFs and its public files as a stranger would, and refuse
    statements that disagree.
    """
    public = folder or city.program.folders.public
    if backup.is_backup(public):
        number = backup.check(public)
        return Result("as copied", f"{public}: {number:,} files as they were copied.")
    if folder is None:
        check_rights(city.program)
        run_log.check(city.program)
    checked = chain.check(public)
    message = (
        f"{public}: {len(checked)} release{'' if len(checked) == 1 else 's'} as published"
        f" ({', '.join(checked)})."
    )
    if rebuild_pages:
        rebuild.check(rebuild.unexplained(city))
        message += "\nEvery page is, byte for byte, what the published tables give."
    if site:
        finished = city.program.folders.site / SITE
        if not (finished / "index.html").is_file():
            raise InspectionError(f"{finished}: there is no website. Make it with `make site`.")
        check(disagreements(finished), "The site says two things that cannot both be so.")
        message += "\nNo statement of the site, its PDFs and its public files refutes another."
    return Result("as published", message, paths=(public,))


def check_rights(program: Program) -> None:
    """ReleaseError where others may read what is confidential."""
    folders = program.folders
    closed = [folders.ledger, folders.run_log]
    closed += [folders.build / "confidential", folders.build / CANDIDATES]
    if not program.program.demonstration:
        closed += [folders.raw / month for month in delivered_months(folders.raw)]
    shut = page_folders.every(folders.build)
    if others := confidential.open_to_others(closed) + confidential.not_shut(shut):
        raise ReleaseError(
            f"Others may read what is confidential: {first(others, ', ')}. Run `chmod -R go=`"
            f" followed by {' '.join(str(path) for path in closed + shut if path.exists())}."
        )
