"""What travels with the code and a city may replace: the notebooks, the written pages of the site
and the lock file.
"""

import shutil
from pathlib import Path

from openresponse.errors import NotebookError

NOTEBOOKS = tuple(f"notebooks/{name}.ipynb" for name in ("1-anonymize", "2-outcomes", "3-brief"))
WRITTEN = tuple(
    f"site/{name}" for name in ("_quarto.yml", "styles.css", "explore.js", "sort.js", "favicon.svg")
)
LOCK = "requirements.lock"

PACKAGE = Path(__file__).parents[1]
PLACES = (PACKAGE / "bundled", PACKAGE.parents[1])  # of an installed package; of a checkout


def copy_own(home: Path, to: Path) -> None:
    """Copy the notebooks and written pages that a city has of its own; others are found with the
    code.
    """
    for name in (*NOTEBOOKS, *WRITTEN):
        if (own := home / name).is_file():
            (to / name).parent.mkdir(exist_ok=True)
            shutil.copy2(own, to / name)


def bundled(name: str, home: Path) -> Path:
    """The file of this name: the city's own where it has one, or else the one that came with the
    code. NotebookError where neither is there.

    home: the city's folder, which has its program file.
    """
    for place in (home, *PLACES):
        if (place / name).is_file():
            return place / name
    raise NotebookError(
        f"{home / name}: missing, here and in the installed package. Restore it from version"
        " control, or install the package again."
    )
