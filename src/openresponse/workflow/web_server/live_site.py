"""The site that people read: where it was put the last time, and what is there now."""

import os
from pathlib import Path

from openresponse.release.store.files import replace_file
from openresponse.website.engines import release

CURRENT = "current"  # in the folder of the web server: a link to the site that is live
PLACE = "web-folder.txt"  # in the build folder: the folder of the web server


def remember(build: Path, to: Path) -> None:
    """Keep where the site was put."""
    build.mkdir(parents=True, exist_ok=True)
    replace_file(build / PLACE, f"{to.resolve()}\n")


def place(build: Path) -> Path | None:
    """The folder that the site was put into the last time; None where it never was."""
    path = build / PLACE
    folder = Path(path.read_text(encoding="utf-8").strip()) if path.is_file() else None
    return folder if folder and (folder / CURRENT).is_symlink() else None


def linked(link: Path) -> str:
    """The name of the site that a link points at; empty where there is no link."""
    return Path(os.readlink(link)).name if link.is_symlink() else ""


def shown(to: Path) -> str:
    """The release that the live site shows; empty where it shows none."""
    return release(to / CURRENT)
