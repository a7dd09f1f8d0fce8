"""What a command would do, done on a copy that goes with the run."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from openresponse.errors import OpenResponseError
from openresponse.media.bundle import copy_own
from openresponse.release import publication
from openresponse.release.store import interruptions
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.public_folder import available, published
from openresponse.release.store.published import Published
from openresponse.release.store.write import promote
from openresponse.workflow.city import City, Result
from openresponse.workflow.rehearsals.figure_changes import figures
from openresponse.workflow.rehearsals.file_changes import files

COPIED = ("public", "ledger")


@contextmanager
def copied(city: City) -> Iterator[City]:
    """The same city with folders of its own: releases and ledger as they are, deliveries where they
    are, nothing else. Errors name the city's own folders.
    """
    folders = city.program.folders
    with interruptions.scratch("rehearsal") as scratch:
        for name in COPIED:
            if (source := getattr(folders, name)).is_dir():
                shutil.copytree(source, scratch / name)
        with closed_off(scratch / "ledger"):
            pass
        copy_own(folders.home, scratch)
        other = City(_program_file(city, scratch), city.progress)
        try:
            yield other
        except OpenResponseError as error:
            raise type(error)(_own_places(str(error), city, other)) from error


def of_release(city: City, name: str, make: Callable[[City], Path]) -> Result:
    """What publishing a release would change. make: makes its candidate; returns the folder."""
    with copied(city) as other:
        candidate = make(other)
        public = other.program.folders.public
        if name not in published(public):
            promote(candidate, public)
            publication.settle(public)
        return of_public(city, other, f"{name} would be published.")


def of_public(city: City, other: City, what: str) -> Result:
    """Show how the public folder of another city differs from that of this one."""
    before, after = city.program.folders.public, other.program.folders.public
    changed = figures(_newest(before), _newest(after))
    touched = files(before, after)
    city.show("Figures that readers see, by table", changed)
    city.show(f"Files in {before}", touched)
    counts = {"figures": changed.to_dict("index"), "files": touched.to_dict("index")}
    return Result("rehearsed", f"{what} Nothing was written.", counts=counts)


def _own_places(text: str, city: City, other: City) -> str:
    """A text with the places of the city instead of those of its copy."""
    text = text.replace(str(other.file), str(city.file))
    for name, folder in other.program.folders:
        text = text.replace(str(folder), str(getattr(city.program.folders, name)))
    return text


def _newest(public: Path) -> Published | None:
    """The newest release whose files are there."""
    there = available(public)
    return Published.load(public / there[-1]) if there else None


def _program_file(city: City, scratch: Path) -> Path:
    """The program file, with the folders of the copy."""
    content = yaml.safe_load(city.file.read_text(encoding="utf-8"))
    names = [name for name, _ in city.program.folders if name != "raw"]
    content["folders"] = {name: str(scratch / name) for name in names}
    content["folders"]["raw"] = str(city.program.folders.raw.resolve())
    path = scratch / city.file.name
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
