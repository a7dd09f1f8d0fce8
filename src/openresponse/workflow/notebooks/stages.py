"""What one notebook makes of one release, kept until something that it is made from changes."""

import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openresponse.media.bundle import LOCK, bundled
from openresponse.release.store.files import digest, json_text, read_json, replace_file
from openresponse.release.store.public_folder import MANIFEST, RETRACTION
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import execution
from openresponse.workflow.rendering.page_folders import RUN

CODE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Stage:
    """A notebook, the release it reads, and where its pages go.

    page: the notebook itself as a page, below `folder`. given: its other parameters.
    """

    notebook: str
    release: Path
    folder: Path
    page: str
    given: dict[str, str | list[str]]

    @property
    def stamp(self) -> Path:
        """What the pages were made from, the last time."""
        return self.folder.with_suffix(".json")


def make(city: City, stage: Stage) -> None:
    """Run the notebook, unless its pages are there and made from the same."""
    home = city.program.folders.home
    made_from = _made_from(stage, home)
    if _is_made(stage, made_from):
        return
    stage.stamp.unlink(missing_ok=True)
    shutil.rmtree(stage.folder, ignore_errors=True)
    manifest = json.loads((stage.release / MANIFEST).read_text(encoding="utf-8"))
    name = manifest["release"]
    with city.stage(stage.notebook, f"Running {stage.notebook} on {name} for {stage.page}") as part:
        executed = execution.run(
            stage.notebook,
            {"release": str(stage.release), "out": str(stage.folder), **stage.given},
            stage.folder.parent / RUN / f"{stage.notebook}.ipynb",
            part=part,
            home=home,
        )
    page = stage.folder / stage.page
    page.parent.mkdir(parents=True, exist_ok=True)
    execution.publishable(executed, page, name)
    replace_file(stage.stamp, json_text(made_from))


def tools(home: Path) -> dict[str, str]:
    """Hashes of the code and of the locked dependencies."""
    return _code() | {"lock": digest(bundled(LOCK, home))}


@cache
def _code() -> dict[str, str]:
    """Hashes of the code that runs, by file; read once for all notebooks."""
    return {
        str(path.relative_to(CODE)): digest(path)
        for path in sorted(CODE.rglob("*"))
        if path.suffix != ".pyc" and path.is_file()
    }


def _is_made(stage: Stage, made_from: dict[str, str | list[str]]) -> bool:
    return stage.folder.is_dir() and bool(read_json(stage.stamp) == made_from)


def _made_from(stage: Stage, home: Path) -> dict[str, str | list[str]]:
    """Hashes of release, notebook, code and locked dependencies, and the parameters."""
    files = {name: stage.release / name for name in (MANIFEST, RETRACTION)}
    files |= {"notebook": bundled(f"notebooks/{stage.notebook}.ipynb", home)}
    read = {name: digest(path) for name, path in files.items() if path.is_file()}
    return tools(home) | read | stage.given
