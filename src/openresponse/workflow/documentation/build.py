"""`make docs`: renew the pages that are made from the code, then render the whole with the engine
of the website.
"""

from pathlib import Path

from openresponse.media.bundle import bundled
from openresponse.website import engines
from openresponse.workflow.documentation import (
    checks_page,
    commands_page,
    figures_page,
    program_page,
)

FOLDER = "docs"
MADE = {  # from the code, by the names of their files
    "program-file.qmd": program_page.text,
    "commands.qmd": commands_page.text,
    "checks.qmd": checks_page.text,
    "figures.qmd": figures_page.text,
}
OF_THE_SITE = ("site/styles.css", "site/favicon.svg")


def write(checkout: Path) -> Path:
    """Write the pages that are made from the code; returns the folder of the documentation."""
    folder = checkout / FOLDER
    for name, text in MADE.items():
        (folder / name).write_text(text(checkout), encoding="utf-8")
    return folder


def main(checkout: Path) -> Path:
    """Write and render the documentation of a checkout; returns the first finished page."""
    written = [bundled(name, Path()) for name in OF_THE_SITE]
    return engines.render(write(checkout), written=written) / "index.html"


if __name__ == "__main__":
    print(f"Ready: {main(Path())}")
