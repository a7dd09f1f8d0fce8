"""The whole road: extracts, release, pages, website."""

from pathlib import Path

from openresponse.program import Program
from openresponse.records.delivery import delivered_months, is_monthly
from openresponse.release.store.public_folder import published
from openresponse.workflow import candidates, deliveries, releases, sources
from openresponse.workflow.city import City, Result
from openresponse.workflow.rendering import kept_site


def make(city: City, month: str = "", early: str = "") -> Result:
    """Make the pages of the newest release and render the website. Where nothing was ever
    published, first the fictional extract, where nothing is delivered either, and the first
    release.

    month: of the release to be shown, which is made where it is missing.
    """
    candidates.refuse_without_fonts(city.program)
    if _is_new(city.program):
        city.say(deliveries.demo(city).message)
    folder = _release(city, month, early)
    project = sources.gather(city, folder)
    home = kept_site.render(city, project) / "index.html"
    sources.drop_older(city.program, folder)
    return Result("rendered", f"Ready: {home}", folder.name if folder else "", (home,))


def _is_new(program: Program) -> bool:
    """Whether there is nothing yet that a report could be made from, and months would come."""
    folders = program.folders
    return (
        is_monthly(program) and not delivered_months(folders.raw) and not published(folders.public)
    )


def _release(city: City, month: str, early: str) -> Path | None:
    """The folder of the release to show; None where every release was withdrawn."""
    program = city.program
    if not month and published(program.folders.public):
        return releases.newest(program)
    made = releases.release(city, month, early)
    city.say(made.message)
    return made.paths[0]
