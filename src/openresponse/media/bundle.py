"""What travels with the code and a city may replace: the notebooks, the written pages of the site
and the lock file.
"""

from pathlib import Path

from openresponse.errors import NotebookError

NOTEBOOKS = tuple(f"notebooks/{name}.ipynb" for name in ("1-anonymize", "2-outcomes", "3-brief"))
WRITTEN = tuple(
    f"site/{name}" for name in ("_quarto.yml", "styles.css", "explore.js", "sort.js", "favicon.svg")
)
LOCK = "requirements.lock"

PACKAGE = Path(__file__).parents[1]
PLACES = (PACKAGE / "bundled", PACKAGE.parents[1])  # of an installed package; of a checkout


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
