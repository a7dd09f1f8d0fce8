"""The folders of pages that may show a release before it is public: only their owner may enter."""

import shutil
from pathlib import Path

from openresponse.media import drawn
from openresponse.release.store.confidential import shut
from openresponse.website import engines
from openresponse.website.engines import SITE

STAGE = "stage"  # the pages of figures, by the release that they show
BRIEFS = "briefs"  # by the folder of their language, then by release
REVIEW = "review"  # what an approver looks at, by release
RENDERED = "rendered"  # the last website, and what it was made from
RUN = "run"  # in the first two: the notebook as it was run the last time


def every(build: Path) -> list[Path]:
    """All of them in a build folder, also those that are not there yet."""
    return [build / name for name in (STAGE, BRIEFS, REVIEW, RENDERED)]


def close(build: Path) -> None:
    """Make those that are not there, and let nobody but their owner enter any."""
    for folder in every(build):
        shut(folder)


def remove(build: Path, release: str) -> None:
    """Remove the pages of a release, what was drawn for any, and the last website where it shows
    that release.
    """
    for folder in (build / STAGE, build / REVIEW, build / BRIEFS, *(build / BRIEFS).glob("*/")):
        (folder / f"{release}.json").unlink(missing_ok=True)
        for path in (folder / release, folder / RUN, folder / drawn.FOLDER):
            shutil.rmtree(path, ignore_errors=True)
    if engines.release(build / RENDERED / SITE) == release:
        shutil.rmtree(build / RENDERED)
