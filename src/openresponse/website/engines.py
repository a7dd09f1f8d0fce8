"""The website from its sources: Quarto where it is installed, smalldocs otherwise; whole or not at
all.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import yaml

from openresponse.errors import RenderError
from openresponse.media.names import FRAME, RELEASE
from openresponse.release.store import interruptions
from openresponse.release.store.files import replace_folder
from openresponse.website import finishing
from openresponse.website.inspection import examination

ENGINES = ("quarto", "smalldocs")
SITE, DATA = "_site", "data"
IGNORED = {SITE, f".{SITE}.new", f".{SITE}.new.old", ".quarto"}  # beside the sources, and none
LOG_LINES = 20  # how much of a failed program's log is shown


def render(project: Path | str, engine: str | None = None, written: Iterable[Path] = ()) -> Path:
    """Render the project into `_site` and return that folder.

    engine: `quarto` or `smalldocs`; None takes Quarto where it is installed. written: files that
    the project takes where it has none of that name. The new site is made beside the old one and
    takes its place only when it is complete and its pages pass inspection; after a RenderError or
    an InspectionError the old one is as it was.
    """
    project = Path(project)
    if engine not in (None, *ENGINES):
        raise RenderError(f"{engine!r} is not a site engine; take {' or '.join(ENGINES)}.")
    with interruptions.scratch("site") as scratch:
        sources = scratch / "site"
        _copy(project, sources, written)
        program = _quarto() if engine != "smalldocs" else None
        if engine == "quarto" and program is None:
            raise RenderError("quarto is not installed. Install it, or render with smalldocs.")
        made = _with_quarto(program, sources) if program else _with_smalldocs(sources)
        if (sources / DATA).is_dir():  # an engine takes a release's README.md for a source
            shutil.copytree(sources / DATA, made / DATA, dirs_exist_ok=True)
        finishing.finish(made, address(sources), _texts(sources))
        examination.check(examination.inspect(made, address(sources), release(made)))
        return place(project, made)


def _copy(project: Path, sources: Path, written: Iterable[Path]) -> None:
    """The sources in a place of their own: both engines leave files in what they render."""
    shutil.copytree(project, sources, ignore=shutil.ignore_patterns(*IGNORED))
    for path in written:
        if not (sources / path.name).exists():
            shutil.copy2(path, sources / path.name)
    if not (sources / "_quarto.yml").is_file():
        raise RenderError(
            f"{project}: not a site, for it has no _quarto.yml. Run `openresponse site`."
        )


def _texts(sources: Path) -> dict[str, dict[str, str]]:
    """What each text of the frame is in every language but the source."""
    path = sources / FRAME
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def address(project: Path) -> str:
    """Where the website will be, by its settings, with a slash at its end; empty where they do not
    say.
    """
    settings = yaml.safe_load((project / "_quarto.yml").read_text(encoding="utf-8"))
    url = settings.get("website", {}).get("site-url", "").rstrip("/")
    return url and f"{url}/"


def release(site: Path) -> str:
    """The release that a finished site shows; empty where it shows none."""
    path = site / RELEASE
    return json.loads(path.read_text(encoding="utf-8"))["release"] if path.is_file() else ""


def _quarto() -> str | None:
    """The Quarto program, found as its PyPI wrapper finds it."""
    from quarto.quarto import find_quarto

    try:
        return find_quarto()
    except FileNotFoundError:
        return None


def version() -> str:
    """Which engine renders here, where none is asked for, and its version."""
    if program := _quarto():
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        return f"quarto {told.stdout.strip()}"
    return f"smalldocs {metadata.version('smalldocs')}"


def _with_quarto(program: str, sources: Path) -> Path:
    """Run the program ourselves: the wrapper's `render` ignores the exit status."""
    try:
        run = subprocess.run(
            [program, "render", str(sources)],
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "NO_COLOR": "1"},
        )
    except OSError as error:
        raise RenderError(f"{program}: Quarto could not be started ({error.strerror}).") from error
    made = sources / SITE
    if run.returncode != 0 or not (made / "index.html").is_file():
        log = (run.stdout + run.stderr).replace(str(sources), "site").strip().splitlines()
        raise RenderError(
            "Quarto could not render the site; the last site is as it was. The end of its log:\n"
            + "\n".join(log[-LOG_LINES:])
        )
    return made


def _with_smalldocs(sources: Path) -> Path:
    from smalldocs.config import BuildError, ConfigError
    from smalldocs.site import build

    try:
        site = build(sources, quiet=True)
    except (BuildError, ConfigError, ValueError) as error:
        raise RenderError(
            f"The site could not be rendered; the last site is as it was. {error}"
        ) from error
    broken = [line for line in site.warnings if "broken link" in line]
    if broken:
        raise RenderError(
            "The site has links to nowhere; the last site is as it was:\n"
            + "\n".join(broken[-LOG_LINES:])
        )
    return sources / SITE


def place(project: Path, made: Path) -> Path:
    """Put a finished site in the old one's place: copied beside first, so that it is there whole or
    not. Returns its folder.
    """
    target = project / SITE
    beside = target.with_name(f".{SITE}.new")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(made, beside)
    replace_folder(beside, target)
    return target
