"""The website rendered from its sources, and taken as it was where the same were rendered before:
on trial, or by the run before.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from openresponse.media.bundle import WRITTEN, bundled
from openresponse.release.store.confidential import shut
from openresponse.release.store.files import digest, json_text, read_json, replace_file
from openresponse.website import engines
from openresponse.website.engines import SITE
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import stages
from openresponse.workflow.rendering.page_folders import RENDERED

STAMP = "made_from.json"  # beside the website: what it was made from


def render(city: City, project: Path) -> Path:
    """Render the sources into `_site` below them, inspected and whole, and return that folder."""
    folders = city.program.folders
    written = [bundled(name, folders.home) for name in WRITTEN]
    kept = folders.build / RENDERED
    made_from = _made_from(project, written, folders.home)
    if (kept / SITE).is_dir() and read_json(kept / STAMP) == made_from:
        return engines.place(project, kept / SITE)
    with city.stage("render", "Rendering the website"):
        site = engines.render(project, written=written)
    shutil.rmtree(kept, ignore_errors=True)
    shut(kept)
    shutil.copytree(site, kept / SITE)
    replace_file(kept / STAMP, json_text(made_from))
    return site


def _made_from(project: Path, written: Iterable[Path], home: Path) -> dict[str, str]:
    """Hashes of sources, code and locked dependencies, and the engine."""
    own = {
        path.relative_to(project).as_posix(): path
        for path in sorted(project.rglob("*"))
        if path.is_file() and not engines.IGNORED & {*path.relative_to(project).parts}
    }
    sources = {path.name: path for path in written} | own
    hashes = {f"site/{name}": digest(path) for name, path in sources.items()}
    return hashes | stages.tools(home) | {"engine": engines.version()}
