"""The website rendered from its sources, and taken as it was where the same were rendered before:
on trial, or by the run before.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from openresponse.media.bundle import WRITTEN, bundled
from openresponse.release.store.files import digest
from openresponse.website import engines
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import stages

RENDERED = "rendered"  # in the build folder: the last website, and what it was made from


def render(city: City, project: Path) -> Path:
    """Render the sources into `_site` below them, inspected and whole, and return that folder."""
    folders = city.program.folders
    written = [bundled(name, folders.home) for name in WRITTEN]
    kept = folders.build / RENDERED
    stamp, made_from = kept.with_suffix(".json"), _made_from(project, written, folders.home)
    if (
        kept.is_dir()
        and stamp.is_file()
        and json.loads(stamp.read_text(encoding="utf-8")) == made_from
    ):
        return engines.place(project, kept)
    with city.stage("render", "Rendering the website"):
        site = engines.render(project, written=written)
    stamp.unlink(missing_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(site, kept)
    stamp.write_text(json.dumps(made_from), encoding="utf-8")
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
