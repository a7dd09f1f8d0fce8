"""Pages for people at work: files of their own, outside the website."""

import shutil
from pathlib import Path

from openresponse.report.html.environment import render

SHEET = "styles.css"


def write(template: str, page: object, styles: Path, out: Path) -> Path:
    """Write a page into `out`, beside a copy of the site's style sheet; returns its path.

    template: one that extends `working_page.html`. page: its view model, which has a `title`.
    """
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy2(styles, out / SHEET)
    path = out / "index.html"
    path.write_text(render(template, page=page, sheet=SHEET), encoding="utf-8")
    return path
