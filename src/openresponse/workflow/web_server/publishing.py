"""The finished website into the folder that a web server serves: whole at every moment, and the
version before it kept.

DIR/sites/<hash of its content>/   the site, never written to once it has its name
DIR/current, DIR/previous          links to two of them; `current` is exchanged last and in one step
DIR/nginx.conf                     how to serve it
DIR/.openresponse                  says that the folder is for this alone
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from openresponse.errors import PublishingError, first
from openresponse.release.checks import leaks, tripwires
from openresponse.release.store import lock
from openresponse.release.store.files import digest, replace_file, replace_folder
from openresponse.release.store.public_folder import LATEST, available, is_retracted, published
from openresponse.website import serving
from openresponse.website.engines import SITE, release
from openresponse.workflow.city import City, Result
from openresponse.workflow.rehearsals.file_changes import files
from openresponse.workflow.web_server import live_site
from openresponse.workflow.web_server.live_site import CURRENT, linked

SITES, PREVIOUS, CONFIGURATION = "sites", "previous", "nginx.conf"
MARKER = ".openresponse"
MARK = "Made by `openresponse publish`, which removes old versions of the site here.\n"
# Those above, and what a run that was killed left of them.
OURS = re.compile(r"sites|current|previous|nginx\.conf|\..*\.(?:new|partial)|\.openresponse")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?")  # what its folder is called
BEGUN = re.compile(r"\.\.openresponse\.partial")
VERSION = re.compile(r"[0-9a-f]{16}|\.[0-9a-f]{16}\.partial(?:\.old)?")


def publish(city: City, to: Path, dry_run: bool = False) -> Result:
    """Put the site of the newest release into the folder `to` and switch to it: whole or not at
    all.

    PublishingError where there is no site, where it is not what the releases give, where the folder
    holds anything else, or where it cannot be written; DisclosureError where the site holds what
    must not be published. The error says which site is then live. It is whole either way, also
    after a run that was stopped, and the next one finishes. dry_run: only show what would change.
    """
    program = city.program
    site, public = program.folders.site / SITE, program.folders.public
    if dry_run:
        check(site, public, program.program.languages)
        refuse_foreign(to)
        return _rehearsed(city, site, to)
    with lock.held(public, "publishing the website"):
        check(site, public, program.program.languages)
        with city.stage(
            "search", "Searching every byte for traces of persons, calls and withheld counts"
        ):
            tripwires.check(leaks.search(program, [site]))
        name = content(site)
        with _disk_errors(to, lambda: _ended(to, name)):
            refuse_foreign(to)
            with city.stage("publish", f"Copying {site} to {to}"):
                live = _place(site, name, to, public)
        build = program.folders.build
        with _disk_errors(build, lambda: "the new site is live; its place could not be noted"):
            live_site.remember(build, to)
    shown = release(site)
    of = shown or "a program whose releases were all withdrawn"
    return Result("published", f"{to / CURRENT} is the website of {of}.", shown, (live,))


def _rehearsed(city: City, site: Path, to: Path) -> Result:
    """Show which files of the live site would change."""
    touched = files(to / CURRENT, site)
    city.show(f"Files in {to / CURRENT}", touched)
    shown = release(site) or "withdrawn releases only"
    message = f"{to / CURRENT} would show {shown}. Nothing was written."
    return Result("rehearsed", message, release(site), counts={"files": touched.to_dict("index")})


def check(site: Path, public: Path, languages: Sequence[str]) -> None:
    """PublishingError where the site is not there, or holds other releases than the public folder,
    pages of an older one, or pages in a language that is none of these any more.
    """
    if not (site / "index.html").is_file():
        raise PublishingError(f"{site}: there is no website yet. Run `openresponse site` first.")
    newest, shown = (available(public) or [""])[-1], release(site)
    if shown != newest:
        raise PublishingError(
            f"{site}: its pages show {shown or 'no release'}, and the newest release is"
            f" {newest or 'not there'}. Run `openresponse site` first."
        )
    spoken = {page.parent.name for page in site.glob("*/index.html")}
    if gone := sorted(one for one in spoken - {*languages} if LANGUAGE.fullmatch(one)):
        raise PublishingError(
            f"{site}: has pages in {', '.join(gone)}, which `program.languages` does not name. Run"
            " `openresponse site` first."
        )
    for name in sorted(
        {
            *published(public),
            LATEST,
            *(path.name for path in (site / "data").iterdir() if path.is_dir()),
        }
    ):
        if _files(site / "data" / name) != _files(public / name):
            raise PublishingError(
                f"{site}: its files of {name} are not those of {public / name}. Run"
                " `openresponse site` first."
            )


def withdrawn(site: Path, public: Path) -> tuple[str, ...]:
    """The releases that a site still holds though they were withdrawn."""
    return tuple(
        name
        for name in published(public)
        if is_retracted(public / name)
        and (site / "data" / name).is_dir()
        and _files(site / "data" / name) != _files(public / name)
    )


def refuse_foreign(to: Path) -> None:
    """PublishingError where it is no folder, or one that is neither empty nor made here, or holds
    anything else: old versions are removed from it, and what is another's must not be among them.
    """
    if to.is_file():
        raise PublishingError(f"{to}: is a file. Nothing was changed. Name an empty folder.")
    there = sorted(to.iterdir()) if to.exists() else []
    is_ours = (to / MARKER).is_file()
    known = OURS if is_ours else BEGUN
    strange = [path for path in there if not known.fullmatch(path.name)]
    if is_ours and (to / SITES).is_dir():
        strange += [path for path in (to / SITES).iterdir() if not VERSION.fullmatch(path.name)]
    if strange:
        raise PublishingError(
            f"{to}: holds what `openresponse publish` did not put there:"
            f" {first([path.relative_to(to) for path in strange], ', ')}. Nothing was changed. Name"
            " an empty folder, or move these away."
        )


@contextmanager
def _disk_errors(place: Path, ended: Callable[[], str]) -> Iterator[None]:
    """A full disk or a read-only folder in one sentence. ended: says what is live, asked then."""
    try:
        yield
    except OSError as error:
        raise PublishingError(
            f"{place}: {ended()} ({error.strerror or 'disk error'}). Free space or permit writing"
            " there, then run again."
        ) from error


def _ended(to: Path, name: str) -> str:
    """On which side of the switch a run ended."""
    if linked(to / CURRENT) == name:
        return "the new site is live, and an older version could not be tidied away"
    return "the website could not be written, and the live site is as it was"


def _place(site: Path, name: str, to: Path, public: Path) -> Path:
    """Copy the site under the name of its content and make it the live one; returns the copy."""
    to.mkdir(parents=True, exist_ok=True)
    if not (to / MARKER).is_file():
        replace_file(to / MARKER, MARK)
    target = to / SITES / name
    if not target.is_dir() or content(target) != name:
        _copy(site, target)
    replace_file(to / CONFIGURATION, serving.nginx())
    before = linked(to / CURRENT)
    if before != name:
        if before:
            _link(to / PREVIOUS, before)
        _link(to / CURRENT, name)
    _forget(to, public)
    return target


def _copy(site: Path, target: Path) -> None:
    """The site under its name, where it was not copied whole before."""
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    # Of their own time: a server tells by it that a file is new.
    shutil.copytree(site, partial, copy_function=shutil.copyfile)
    if content(partial) != target.name:
        raise PublishingError(
            f"{partial}: not the same as {site}, which was changed meanwhile or copied badly."
            " The live site is as it was; run again."
        )
    os.sync()
    replace_folder(partial, target)


def content(site: Path) -> str:
    """A site's name: a hash of all its files and their names."""
    lines = (
        f"{digest(path)}  {path.relative_to(site)}\n"
        for path in sorted(site.rglob("*"))
        if path.is_file()
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def _files(folder: Path) -> dict[str, str]:
    """Every file of a release and its hash, without the compressed copies beside them."""
    return {
        path.name: digest(path)
        for path in folder.glob("*")
        if path.suffix not in serving.COMPRESSED
    }


def _link(link: Path, name: str) -> None:
    """Point a link at a site in one step. It is relative, so that the whole folder can be moved or
    copied elsewhere.
    """
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path(SITES) / name)
    beside.replace(link)


def _forget(to: Path, public: Path) -> None:
    """Delete what is neither live nor the version before, and that version too where a release in
    it was retracted.
    """
    if withdrawn(to / SITES / linked(to / PREVIOUS), public):
        (to / PREVIOUS).unlink()
    kept = {linked(to / CURRENT), linked(to / PREVIOUS)}
    for folder in (to / SITES).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder)
