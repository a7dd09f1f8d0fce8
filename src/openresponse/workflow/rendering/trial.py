"""The website that a candidate would have, made before the candidate is public: what cannot be
shown is not published.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from openresponse.errors import InspectionError, NotebookError, RenderError
from openresponse.release import publication
from openresponse.release.store import approvals, interruptions
from openresponse.release.store.public_folder import APPROVALS, LATEST
from openresponse.website import engines
from openresponse.workflow import sources
from openresponse.workflow.city import City
from openresponse.workflow.rendering import kept_site


def make(city: City, candidate: Path) -> None:
    """Make pages, PDFs and website of a candidate beside what is public, which stays as it is.

    What is made is kept for the site that follows. RenderError, NotebookError or InspectionError
    where there can be no site, says what of it cannot be made.
    """
    folders = city.program.folders
    with interruptions.scratch("trial") as scratch:
        public = scratch / "public"
        _as_if_published(candidate, folders.public, public)
        if folders.site.is_dir():  # pages that people wrote
            ignored = shutil.ignore_patterns(*engines.IGNORED)
            shutil.copytree(folders.site, scratch / "site", ignore=ignored)
        on_trial = replace(city, elsewhere={"public": public, "site": scratch / "site"})
        try:
            kept_site.render(on_trial, sources.gather(on_trial, public / candidate.name))
        except (RenderError, NotebookError, InspectionError) as error:
            raise type(error)(
                f"{candidate.name} is not published, since its website cannot be made; what is"
                f" public is as it was. {str(error).replace(f'{scratch}/', '')}"
            ) from error


def _as_if_published(candidate: Path, public: Path, trial: Path) -> None:
    """A public folder that has the candidate too. Releases are linked, since nobody writes to them;
    what lists them is copied and brought up to it.
    """
    release = trial / candidate.name
    release.mkdir(parents=True)
    for path in candidate.iterdir():
        (release / path.name).symlink_to(path.resolve())
    if (given := approvals.beside(candidate)).is_file():
        (release / APPROVALS).symlink_to(given.resolve())
    for path in public.iterdir() if public.is_dir() else ():
        if path.is_file() and not path.name.startswith("."):
            (trial / path.name).write_bytes(path.read_bytes())
        elif path.is_dir() and not path.name.startswith(".") and path.name != LATEST:
            (trial / path.name).symlink_to(path.resolve())
    publication.settle(trial)
