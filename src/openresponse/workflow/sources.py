"""The site's sources: the public notebooks run on a release, brought beside the written pages with
every release's files.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from openresponse.disclosure import rules
from openresponse.language import language, speaking
from openresponse.media.names import SOURCES
from openresponse.program import Program
from openresponse.release.checks.texts import files
from openresponse.release.formats import dictionary
from openresponse.release.history import register, release_days
from openresponse.release.history.register import Past
from openresponse.release.store.published import Published
from openresponse.release.store.write import MANIFEST, RETRACTION, digest
from openresponse.report.feeds import atom
from openresponse.report.pages.notices import calendar as calendar_page
from openresponse.report.pages.notices import corrections, past_briefs, withdrawn
from openresponse.website import engines
from openresponse.workflow.notebooks import NOTEBOOKS, publishable, run

OWN_SITE = Path("site")  # the written pages and settings
OUTCOMES, BRIEF = "2-outcomes", "3-brief"
Say = Callable[[str], None]


def pages(program: Program, folder: Path | None, say: Say = print) -> Path:
    """Bring everything the website is rendered from into the site's folder; returns that folder.

    folder: the release that the pages tell of; None where every one was withdrawn, which the home
    page then says. Every release that stands has its brief, and every one that was ever published
    has an address: a superseded one says by what, a retracted one why.
    """
    build, site, past = (
        program.folders.build,
        program.folders.site,
        register.past(program.folders.public),
    )
    announced = release_days.announced(program)
    address, languages = (
        engines.address(OWN_SITE),
        [language(code) for code in program.program.languages],
    )
    codes, before = (
        [one.code for one in languages],
        [path.relative_to(build / "stage") for path in files([build / "stage"])],
    )
    stages = (
        [
            _stage(
                folder,
                OUTCOMES,
                "outcomes.ipynb",
                build / "stage",
                say,
                address=address,
                languages=codes,
            )
        ]
        if folder
        else []
    )
    stages += [
        _stage(
            program.folders.public / one.release,
            BRIEF,
            f"{spoken.folder}briefs/{one.release}.ipynb",
            build / "briefs" / spoken.folder / one.release,
            say,
            language=spoken.code,
        )
        for one in past
        if not one.retraction
        for spoken in languages
    ]
    _written(site)
    for name in before:  # no page stays of what a release no longer has
        (site / name).unlink(missing_ok=True)
    for spoken in languages:
        shutil.rmtree(site / spoken.folder / "briefs", ignore_errors=True)
    for stage in stages:
        shutil.copytree(stage, site, dirs_exist_ok=True)
    newest = Published.load(folder) if folder else _without_figures(program, past, site, codes)
    changed = corrections.changes(past, program.folders.public)
    for spoken in languages:
        with speaking(spoken):
            past_briefs.mark(past, site)
            corrections.write(past, changed, site)
            calendar_page.write(announced, past[-1].fictional, site)
    _downloads(program.folders.public, site / "data")
    atom.write(newest, announced, past, program.folders.public, site, address)
    return site


def _without_figures(
    program: Program, past: Sequence[Past], site: Path, languages: Sequence[str]
) -> Published:
    """Write the pages of a program whose releases were all withdrawn; returns the release without
    figures that they tell of.
    """
    shutil.rmtree(program.folders.build / "stage", ignore_errors=True)
    last = max(past, key=lambda one: one.retraction["date"])
    none = Published(
        site,
        dictionary.without_figures(
            program, rules.of(program.privacy), last.retraction["date"], last.fictional
        ),
    )
    withdrawn.write(none, past, site, languages)
    return none


def _stage(
    folder: Path, notebook: str, page: str, stage: Path, say: Say, **given: str | list[str]
) -> Path:
    """What one notebook makes of a release, below the folder `stage`; made again only where
    something it is made from changed.
    """
    stamp, made = stage.with_suffix(".json"), _stamp(folder, notebook) | given
    if stage.is_dir() and stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == made:
        return stage
    stamp.unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)
    release = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["release"]
    say(f"Running {notebook} on {release} for {page} ...")
    executed = run(
        notebook,
        {"release": str(folder), "out": str(stage), **given},
        stage.parent / "run" / f"{notebook}.ipynb",
    )
    (stage / page).parent.mkdir(parents=True, exist_ok=True)
    publishable(executed, stage / page, release)
    stamp.write_text(json.dumps(made), encoding="utf-8")
    return stage


def _stamp(folder: Path, notebook: str) -> dict[str, str]:
    """Hashes of what the pages are made from: release, notebook, code, locked dependencies."""
    code = Path(__file__).parents[1]
    made_from = {
        str(path.relative_to(code)): path
        for kind in ("*.py", "*.html", "*.typ", "*.po")
        for path in sorted(code.rglob(kind))
    }
    made_from |= {name: folder / name for name in (MANIFEST, RETRACTION)} | {
        "notebook": NOTEBOOKS / f"{notebook}.ipynb",
        "lock": Path("requirements.lock"),
    }
    return {name: digest(path) for name, path in made_from.items() if path.is_file()}


def _written(site: Path) -> None:
    """The written pages, for a program whose site is not the repository's own folder."""
    if site.resolve() == OWN_SITE.resolve():
        return
    site.mkdir(parents=True, exist_ok=True)
    for path in OWN_SITE.iterdir():
        if path.is_file() and path.name in SOURCES:
            shutil.copy2(path, site / path.name)


def _downloads(public: Path, data: Path) -> None:
    """The public folder under stable addresses: `data/<release>/`, `data/latest/`, and the lists
    beside them.
    """
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(public, data, ignore=shutil.ignore_patterns(".*"))
    (data / "README.md").unlink(missing_ok=True)  # it is for whoever keeps the folder
