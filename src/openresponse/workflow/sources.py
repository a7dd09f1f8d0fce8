"""The site's sources: what the public notebooks make of the releases, every release's files, and
the pages on releases that come and that were withdrawn.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from openresponse.disclosure import rules
from openresponse.language import Language, language, speaking
from openresponse.media import drawn
from openresponse.media.bundle import bundled
from openresponse.program import Program
from openresponse.release.formats import dictionary
from openresponse.release.history import register, release_days
from openresponse.release.history.register import Past
from openresponse.release.store import interruptions
from openresponse.release.store.public_folder import NAME, order
from openresponse.release.store.published import Published
from openresponse.report.feeds import atom
from openresponse.report.pages.notices import calendar as calendar_page
from openresponse.report.pages.notices import changed_words, corrections, past_briefs
from openresponse.website import engines, not_found
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import stages
from openresponse.workflow.notebooks.stages import Stage
from openresponse.workflow.rendering import page_folders
from openresponse.workflow.rendering.page_folders import BRIEFS, STAGE

OUTCOMES, BRIEF = "2-outcomes", "3-brief"
MADE = "_made.json"  # in the site's folder: the files that were put there, and may be removed


def gather(city: City, folder: Path | None) -> Path:
    """Bring everything the website is rendered from into the site's folder; returns that folder.

    folder: the release that the pages show; None where every one was withdrawn, which the home page
    then says. Every release that is not withdrawn has its brief, and every one that was ever
    published has an address: a superseded one says by what, a retracted one why.
    """
    site = city.program.folders.site
    with interruptions.scratch("sources") as scratch:
        _write(city, folder, scratch)
        forget(site)
        _place(scratch, site)
    return site


def forget(site: Path) -> None:
    """Remove the sources that were made here before, and nothing else; folders that are then empty
    go too.
    """
    record = site / MADE
    if not record.is_file():
        return
    made = [site / name for name in json.loads(record.read_text(encoding="utf-8"))]
    for path in [*made, record]:
        path.unlink(missing_ok=True)
    folders = {folder for path in made for folder in path.parents if site in folder.parents}
    for folder in sorted(folders, reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def drop_older(program: Program, shown: Path | None) -> None:
    """Throw away the pages of figures of releases before the one that is shown, and drawings that
    no page uses any more.
    """
    stage = program.folders.build / STAGE
    kept = order(shown.name) if shown else ("", 0)
    for path in stage.glob("*/"):
        if NAME.fullmatch(path.name) and order(path.name) < kept:
            path.with_suffix(".json").unlink(missing_ok=True)
            shutil.rmtree(path)
    drawn.forget_unused(stage)


def _place(made: Path, site: Path) -> None:
    """Copy the sources into the site's folder, and first say which they are."""
    names = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    site.mkdir(parents=True, exist_ok=True)
    (site / MADE).write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    shutil.copytree(made, site, dirs_exist_ok=True)


def _write(city: City, folder: Path | None, site: Path) -> None:
    """Write all sources into an empty folder."""
    program = city.program
    public = program.folders.public
    past = register.past(public)
    languages = [language(code) for code in program.program.languages]
    address = engines.address(bundled("site/_quarto.yml", program.folders.home).parent)
    page_folders.close(program.folders.build)
    for stage in _outcomes(program, folder, address) + _briefs(program, past, languages):
        stages.make(city, stage)
        shutil.copytree(stage.folder, site, dirs_exist_ok=True)
    newest = Published.load(folder) if folder else _without_figures(program, past, site)
    announced, changes = release_days.announced(program), corrections.changes(past, public)
    for spoken in languages:
        with speaking(spoken):
            past_briefs.mark(past, site)
            corrections.write(past, changes, site)
            calendar_page.write(announced, past[-1].fictional, site)
    changed_words.write(past, public, site)
    not_found.write(site, program.program.languages)
    _downloads(public, site / "data")
    atom.write(newest, announced, past, public, site, address)


def _outcomes(program: Program, folder: Path | None, address: str) -> list[Stage]:
    """The pages of figures, of the newest release alone."""
    if folder is None:
        return []
    given: dict[str, str | list[str]] = {
        "address": address,
        "languages": list(program.program.languages),
    }
    target = program.folders.build / STAGE / folder.name
    return [Stage(OUTCOMES, folder, target, "outcomes.ipynb", given)]


def _briefs(program: Program, past: Sequence[Past], languages: Sequence[Language]) -> list[Stage]:
    """The brief of each release that is not withdrawn, in each language."""
    return [
        Stage(
            BRIEF,
            program.folders.public / one.release,
            program.folders.build / BRIEFS / spoken.folder / one.release,
            f"{spoken.folder}briefs/{one.release}.ipynb",
            {"language": spoken.code},
        )
        for one in past
        if not one.retraction
        for spoken in languages
    ]


def _without_figures(program: Program, past: Sequence[Past], site: Path) -> Published:
    """Write the pages of a program whose releases were all withdrawn; returns the release without
    figures that they describe.
    """
    from openresponse.report.pages.notices import withdrawn  # imports all that draws

    fictional = {one.retraction["date"]: one.fictional for one in past if one.retraction}
    day = max(fictional)
    empty = Published(
        site,
        dictionary.without_figures(program, rules.of(program.privacy), day, fictional[day]),
    )
    withdrawn.write(empty, past, site, program.program.languages)
    return empty


def _downloads(public: Path, data: Path) -> None:
    """The public folder under stable addresses: `data/<release>/`, `data/latest/`, and the lists
    beside them.
    """
    shutil.copytree(public, data, ignore=shutil.ignore_patterns(".*"))
    (data / "README.md").unlink(missing_ok=True)  # it is for whoever keeps the folder
