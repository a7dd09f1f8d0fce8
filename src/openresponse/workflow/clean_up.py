"""What was made for a demonstration is thrown away, and nothing else."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from openresponse.program import Folders
from openresponse.records.delivery import FICTIONAL, delivered_months, is_marked
from openresponse.release.history import confidential_ledger, ledger, release_lists
from openresponse.release.store import approvals, lock
from openresponse.release.store.public_folder import (
    CANDIDATES,
    LATEST,
    MANIFEST,
    NAME,
    order,
    published,
)
from openresponse.website import engines
from openresponse.website.engines import SITE
from openresponse.workflow import sources
from openresponse.workflow.city import City, Result
from openresponse.workflow.standing import candidate_records

FICTIONAL_SEED = 20210805  # no secret: the fictional release is the same for everybody


def fresh(city: City, yes: bool = False) -> Result:
    """Throw away the deliveries and releases that say that they are invented, and what was made of
    them. yes: without it, only say what would be removed.

    Where anything real is there, the build folder and the ledger keep all that is not named after
    an invented release; where nothing is, they go whole.
    """
    folders = city.program.folders
    with lock.held(folders.public, "clean-up"):
        doomed = _invented(folders, city.program.program.demonstration)
        for path in doomed:
            city.say(str(path))
        if yes:
            _remove(folders, doomed)
    counted = {"removed": len(doomed) if yes else 0}
    if not doomed:
        return Result("unchanged", "Nothing here was invented, so nothing was removed.")
    if not yes:
        message = f"{len(doomed)} files and folders would be removed; none was. To remove them, run"
        return Result("listed", f"{message} {city.typed('fresh', '--yes')}.", counts=counted)
    return Result("removed", f"Removed {len(doomed)} files and folders.", counts=counted)


def _invented(folders: Folders, demonstration: bool) -> list[Path]:
    """What says of itself that it is invented, and what was made of it alone."""
    deliveries = [folders.raw / month for month in delivered_months(folders.raw)]
    releases = [folders.public / name for name in (*published(folders.public), LATEST)]
    candidates = sorted((folders.build / CANDIDATES).glob("*/"))
    marked = [path for path in deliveries if is_marked(path)]
    made = [path for path in [*releases, *candidates] if _says_fictional(path)]
    every = {path for path in [*deliveries, *releases, *candidates] if path.exists()}
    all_invented = every <= {*marked, *made} and not _loose(folders.raw)
    if all_invented and (every or demonstration):
        doomed = [*marked, *made, *_of_all(folders)]
    else:
        doomed = [*marked, *made, *_beside(folders, made)]
    return [path for path in dict.fromkeys(doomed) if path.exists()]


def _of_all(folders: Folders) -> list[Path]:
    """What is made again, where nothing real is there."""
    lists = [folders.public / name for name in (ledger.PUBLIC, *release_lists.LISTS)]
    site = [folders.site / SITE, folders.site / sources.MADE]
    return [*lists, *site, folders.build, folders.ledger]


def _beside(folders: Folders, made: list[Path]) -> list[Path]:
    """What is named after an invented release, where real ones are there too."""
    candidates = folders.build / CANDIDATES
    names = {path.name for path in made} - {LATEST} | _without_folder(folders)
    real = {path.name for path in candidates.glob("*/")} - names
    kept = [folders.ledger / f"{name}{confidential_ledger.SUFFIX}" for name in names - real]
    given = [
        beside(candidates / name)
        for name in sorted(names - real)
        for beside in (approvals.beside, candidate_records.beside)
    ]
    shows_invented = engines.release(folders.site / SITE) in names
    site = [folders.site / SITE, folders.site / sources.MADE] if shows_invented else []
    seed = folders.ledger / confidential_ledger.SEED
    is_known = seed.is_file() and seed.read_text(encoding="utf-8").strip() == str(FICTIONAL_SEED)
    return [*kept, *given, *site, *([seed] if is_known else [])]


def _without_folder(folders: Folders) -> set[str]:
    """Candidates of which only a record or approvals are left, of a month whose delivery says that
    it is invented.
    """
    left = (
        path for end in ("json", "toml") for path in (folders.build / CANDIDATES).glob(f"*.{end}")
    )
    return {
        path.stem
        for path in left
        if NAME.fullmatch(path.stem)
        and not path.with_suffix("").is_dir()
        and is_marked(folders.raw / order(path.stem)[0])
    }


def _remove(folders: Folders, doomed: Iterable[Path]) -> None:
    for path in doomed:
        if path == folders.site / sources.MADE:
            sources.forget(folders.site)
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _says_fictional(release: Path) -> bool:
    path = release / MANIFEST
    try:
        return json.loads(path.read_text(encoding="utf-8"))["fictional"] is True
    except (OSError, ValueError, KeyError, TypeError):
        return False  # what does not say that it is invented may be real


def _loose(raw: Path) -> list[Path]:
    """Files that lie in the raw folder itself, as the extracts of some cities do."""
    if not raw.is_dir() or (raw / FICTIONAL).exists():
        return []
    return [path for path in raw.iterdir() if path.is_file() and path.name != "README.md"]
