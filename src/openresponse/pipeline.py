"""The notebooks in order, run into the build folder and promoted only when they succeeded."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from openresponse import errors, render
from openresponse.disclosure import rules
from openresponse.errors import ApprovalError, DisclosureError, NotebookError, OpenResponseError, ReleaseError
from openresponse.program import Program
from openresponse.records.read import is_fictional
from openresponse.release import approvals, calendar, history, leaks, lock, retraction, settle, tripwires
from openresponse.release import check as check_release
from openresponse.release import publish as publish_release
from openresponse.release.published import Published
from openresponse.release.write import LATEST, MANIFEST, digest, is_retracted, next_revision, published, verify
from openresponse.report import SOURCES, feeds, words

NOTEBOOKS = Path("notebooks")
OWN_SITE = Path("site")  # the written pages and settings
ANONYMIZE, OUTCOMES, BRIEF = "1-anonymize", "2-outcomes", "3-brief"
Say = Callable[[str], None]


def run(name: str, parameters: dict[str, str], output: Path, confidential: bool = False) -> Path:
    """Execute one notebook into `output`; NotebookError names the cell and the error.

    Every parameter of the notebook must be given, and no other. An error of a confidential notebook is
    told by its kind and place only, since its text might quote a record.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    source = NOTEBOOKS / f"{name}.ipynb"
    if not source.is_file():
        raise NotebookError(f"{source}: the notebook is missing. Restore it from version control.")
    declared = set(papermill.inspect_notebook(str(source)))
    if declared != set(parameters):
        wrong = [f"unknown {p}" for p in sorted(set(parameters) - declared)]
        wrong += [f"missing {p}" for p in sorted(declared - set(parameters))]
        raise NotebookError(f"{source}: wrong parameters ({', '.join(wrong)}). It takes {', '.join(sorted(declared))}.")
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(str(source), str(output), parameters=parameters, progress_bar=False,
                                   log_output=False, kernel_name="python3", cwd=str(Path.cwd()),
                                   extra_arguments=["--IPKernelApp.log_level=50"])
    except PapermillExecutionError as error:
        kind = getattr(errors, error.ename, None)
        if isinstance(kind, type) and issubclass(kind, OpenResponseError):
            raise kind(error.evalue) from None
        told = error.ename if confidential else f"{error.ename}: {error.evalue}"
        raise NotebookError(f"{source}, cell {error.cell_index + 1}: {told}. The site is as it was; "
                            f"the run is kept in {output}.") from None
    return output


def release(program_file: Path, program: Program, month: str, say: Say = print, early: str = "") -> Path:
    """Make the release of `month` unless it is already published; return its folder.

    early: why it may come before its announced day; without it, ReleaseError. ApprovalError where it waits for approval.
    """
    public = program.folders.public
    with lock.held(public, f"release of {month}"):
        settle(public)
        if month in published(public):
            if is_retracted(public / month):
                raise ReleaseError(f"{public / month}: was retracted. Publish the corrected figures with `openresponse revise`.")
            verify(public / month)
            say(f"{month} is published already; a release is never rewritten.")
            return public / month
        _refuse_early(program, month, early)
        say(f"Making the release {month} from {program.folders.raw} ...")
        _publish(program, month, say, lambda: _anonymize(program_file, program, month, early=early))
    if program.calendar and month >= max(program.calendar.releases):
        say("No later release is announced. Add the next day of publication to `calendar.releases` in the program file.")
    return public / month


def revise(program_file: Path, program: Program, reason: str, decided_by: str, say: Say = print) -> Path:
    """Publish a revision of the newest release, from the extracts as they are now; return its folder.

    The release itself stays as it is. ReleaseError where there is none, ApprovalError where the revision waits for approval.
    """
    public = program.folders.public
    told = {"reason": words.sentence(reason), "decided_by": decided_by}
    with lock.held(public, "a revision"):
        settle(public)
        if not published(public):
            raise ReleaseError(f"{public}: there is no release to revise. Make one with `make release`.")
        newest = published(public)[-1]
        month, name = newest[calendar.MONTH], next_revision(public, newest[calendar.MONTH])
        say(f"Making the revision {name} of {newest} from {program.folders.raw} ...")

        def make() -> None:
            try:
                _anonymize(program_file, program, month, **told)
            except DisclosureError:
                say("The audit could tell small changes from the revised figures. Now all figures of the months concerned stand as they were ...")
                _anonymize(program_file, program, month, **told, stands="all")

        _publish(program, name, say, make)
    return public / name


def retract(program: Program, release: str, reason: str, decided_by: str, say: Say = print) -> None:
    """Withdraw a release; the confidential side keeps what it showed."""
    public = program.folders.public
    with lock.held(public, f"retraction of {release}"):
        retraction.retract(program.folders, release, words.sentence(reason), decided_by, calendar.today(program))
        settle(public)
    say(f"Withdrew {public / release}: its manifest and the reason stay there. Run `make site` and publish the site again. "
        "Copies in version control and elsewhere are still there; whoever read them may have kept them.")


def approve(program: Program, role: str, say: Say = print) -> None:
    """Record that a role approves the release that waits for approval."""
    waiting = [path for path in candidates(program) if approvals.missing(program, path)]
    if not waiting:
        raise ReleaseError(f"{program.folders.build}: no release waits for approval.")
    left = approvals.approve(program, waiting[-1], role, calendar.today(program))
    say(f"{role} approved {waiting[-1].name}, manifest {digest(waiting[-1] / MANIFEST)[:12]}. "
        + (f"It still waits for: {', '.join(left)}." if left else "Every approval is there. The same command that made it publishes it now."))


def candidates(program: Program) -> list[Path]:
    """The releases that are made and not public, oldest first."""
    folder = program.folders.build / "candidate"
    there = [path for path in folder.iterdir() if (path / MANIFEST).is_file()] if folder.is_dir() else []
    return sorted(path for path in there if path.name not in published(program.folders.public))


def _publish(program: Program, name: str, say: Say, make: Callable[[], None]) -> None:
    """Publish a candidate that was approved as it is, after the gate once more; make it first where there is none."""
    candidate = program.folders.build / "candidate" / name
    if _is_approved(program, candidate):
        say("Every approval of this manifest is there. Checking it once more ...")
        check_release(Published.load(candidate), program.folders, rules.of(program.privacy))
        tripwires.check(leaks.search(program, [candidate], Published.load(candidate)))
        publish_release(program, candidate)
    else:
        make()
    if name not in published(program.folders.public):
        raise ApprovalError(f"{name} passed every check and waits for the approval of: {', '.join(approvals.missing(program, candidate))}. "
                            f"Look at it with `openresponse review`; then `openresponse approve --as ROLE`, and run this again.")
    say(f"Published {program.folders.public / name}.")


def _is_approved(program: Program, candidate: Path) -> bool:
    """Whether a candidate has every approval it needs and still follows the newest release."""
    if not approvals.beside(candidate).is_file() or not (candidate / MANIFEST).is_file() or approvals.missing(program, candidate):
        return False
    told, newest = json.loads((candidate / MANIFEST).read_text(encoding="utf-8")), published(program.folders.public)[-1:]
    return told["previous_manifest"] == (digest(program.folders.public / newest[0] / MANIFEST) if newest else None)


def _anonymize(program_file: Path, program: Program, month: str, early: str = "", reason: str = "", decided_by: str = "",
               stands: str = "some") -> None:
    given = {"program_file": str(program_file), "month": month, "early": early, "reason": reason, "decided_by": decided_by, "stands": stands}
    run(ANONYMIZE, given, program.folders.build / "confidential" / f"{ANONYMIZE}-{month}.ipynb", confidential=True)


def _refuse_early(program: Program, month: str, reason: str) -> None:
    """A fictional month has a clock of its own: everybody can make its figures at any time."""
    sentence = calendar.early(program, month, calendar.today(program))
    if sentence and not reason and not is_fictional(program.folders.raw, [month]):
        raise ReleaseError(f'{sentence} Wait for that day, or give the reason with --early "..."; the reason is published with the release.')


def pages(program: Program, folder: Path, say: Say = print) -> Path:
    """Run the public notebooks on a release folder and bring their pages into the site's sources."""
    build, site = program.folders.build, program.folders.site
    stage, stamp = build / "stage", build / "stage.json"
    address = render.address(OWN_SITE)
    made = _stamp(folder) | {"address": address}
    if stage.is_dir() and stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == made:
        say("Pages are up to date.")
    else:
        stamp.unlink(missing_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        name = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["release"]
        for notebook, page in ((OUTCOMES, "outcomes.ipynb"), (BRIEF, f"briefs/{name}.ipynb")):
            say(f"Running {notebook} ...")
            parameters = {"release": str(folder), "out": str(stage)} | ({"address": address} if notebook == OUTCOMES else {})
            executed = run(notebook, parameters, build / "run" / f"{notebook}.ipynb")
            (stage / page).parent.mkdir(parents=True, exist_ok=True)
            _publishable(executed, stage / page, name)
        stamp.write_text(json.dumps(made), encoding="utf-8")
    _sources(site)
    shutil.copytree(stage, site, dirs_exist_ok=True)
    _downloads(program.folders.public, site / "data")
    feeds.write(calendar.announced(program), program.folders.public, site, address)
    return site


def _publishable(executed: Path, page: Path, release: str) -> None:
    """The executed notebook as a page: without the run's times, machine paths and injected parameters.

    A notebook cannot fill its own front matter; what the run wrote beside the page (title, date) is put there.
    """
    book = json.loads(executed.read_text(encoding="utf-8"))
    book["metadata"] = {"kernelspec": book["metadata"]["kernelspec"], "language_info": {"name": "python"}}
    book["cells"] = [cell for cell in book["cells"] if "injected-parameters" not in cell["metadata"].get("tags", [])]
    for number, cell in enumerate(book["cells"], start=1):
        cell["id"] = f"cell-{number}"
        cell["metadata"] = {"tags": cell["metadata"]["tags"]} if cell["metadata"].get("tags") else {}
    front = page.with_suffix(".yml")
    if front.is_file():
        book["cells"][0]["source"] = f"---\n{front.read_text(encoding='utf-8')}---\n"
        front.unlink()
    page.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    # A listing tells when a page's file was modified; this one dates from its release, not from this run.
    dated = datetime.strptime(release[calendar.MONTH], "%Y-%m").replace(tzinfo=UTC).timestamp()
    os.utime(page, (dated, dated))


def _stamp(folder: Path) -> dict[str, str]:
    """Hashes of what the pages are made from: release, notebooks, code, locked dependencies."""
    code = sorted(path for kind in ("*.py", "*.typ") for path in Path(__file__).parent.rglob(kind))
    files = [folder / "manifest.json", *(NOTEBOOKS / f"{n}.ipynb" for n in (OUTCOMES, BRIEF)), *code, Path("requirements.lock")]
    return {path.name if path not in code else str(path.relative_to(Path(__file__).parent)):
            hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


def _sources(site: Path) -> None:
    """The written pages, for a program whose site is not the repository's own folder."""
    if site.resolve() == OWN_SITE.resolve():
        return
    site.mkdir(parents=True, exist_ok=True)
    for path in OWN_SITE.iterdir():
        if path.is_file() and path.name in SOURCES:
            shutil.copy2(path, site / path.name)


def _downloads(public: Path, data: Path) -> None:
    """Every release's files under stable addresses: `data/<release>/` and `data/latest/`."""
    for name in [*published(public), LATEST]:
        shutil.rmtree(data / name, ignore_errors=True)
        shutil.copytree(public / name, data / name)
