"""The chain of releases, as anyone can check it from the public files: each file against its
manifest, each manifest against the next, all against the ledger and the lists."""

from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.release.history import ledger, release_lists
from openresponse.release.store import approvals, lock
from openresponse.release.store.files import digest
from openresponse.release.store.interruptions import HALF
from openresponse.release.store.public_folder import (
    LATEST,
    MANIFEST,
    available,
    differing,
    manifest,
    published,
    reasons_withdrawn,
)

# What may be beside the releases: made from them, or for whoever keeps them.
BESIDE = {"README.md", "index.json", "data.json", lock.FILE, ".gitignore", ".gitkeep"}


def check(folder: Path) -> list[str]:
    """Check a public folder, or one release of it; returns the names of the releases checked, or
    ReleaseError names every file that differs.
    """
    if (folder / MANIFEST).is_file():
        wrong, checked = [str(folder / name) for name in differing(folder)], [folder.name]
    else:
        checked = published(folder)
        if not checked:
            raise ReleaseError(
                f"{folder}: no release here. Give the folder that holds the releases, such as"
                " data/public, or one of them."
            )
        unlisted = _unlisted(folder, checked)
        wrong = [*unlisted, *map(str, _strange(folder, checked))]
        # All else follows from what the manifests say, so it is asked where those are as listed.
        if not any(MANIFEST in one for one in unlisted):
            wrong += [*_changed(folder, checked), *_broken(folder, checked), *_lists(folder)]
    for name in checked:
        approvals.check(folder if (folder / MANIFEST).is_file() else folder / name)
    if wrong:
        raise ReleaseError(
            f"Not as published: {', '.join(wrong)}. Do not use these files; get them again from"
            " where they were published, or restore them from version control."
        )
    if not (folder / MANIFEST).is_file():
        ledger.check(folder)
    return checked


def is_unfinished(public: Path) -> bool:
    """Whether all that is not as published is what a run leaves that was stopped, and the next one
    mends: the copy of the newest, the lists, half a file, or one line too few in the ledger.
    """
    names = published(public)
    try:
        is_whole = not any(differing(public / name) for name in names)
        if not is_whole or _broken(public, names) or len(ledger.unnamed(public)) > 1:
            return False
        for name in names:
            approvals.check(public / name)
    except ReleaseError:
        return False
    return all(HALF.fullmatch(path.name) for path in _strange(public, names))


def _changed(public: Path, names: list[str]) -> list[str]:
    """Files that are not those of their manifest, in the releases and in the copy of the newest."""
    newest = available(public)[-1:]
    wrong = [str(public / name / file) for name in names for file in differing(public / name)]
    if newest:
        latest = public / LATEST
        if not (latest / MANIFEST).is_file() or digest(latest / MANIFEST) != digest(
            public / newest[0] / MANIFEST
        ):
            return [*wrong, str(latest / MANIFEST)]
        wrong += [str(latest / file) for file in differing(latest)]
    return wrong


def _broken(public: Path, names: list[str]) -> list[str]:
    """Manifests that are not the one that the next names."""
    broken: list[str] = []
    before: str | None = None
    for name in names:
        content = manifest(public / name)
        known = digest(public / before / MANIFEST) if before else None
        if (content["previous"], content["previous_manifest"]) != (before, known):
            broken.append(
                f"{public / (before or name) / MANIFEST} (not the one that {name} follows)"
            )
        before = name
    return broken


def _unlisted(public: Path, names: list[str]) -> list[str]:
    """Manifests and retractions that are not those of the ledger."""
    try:
        known: dict[Path, str] = ledger.manifests(public)
    except (ValueError, KeyError):
        return [str(public / ledger.PUBLIC)]
    there = [public / name / MANIFEST for name in names]
    there += [reason for name in names for reason in reasons_withdrawn(public / name)]
    return [
        f"{path} (not the one that {ledger.PUBLIC} names)"
        for path in there
        if known.get(path) != digest(path)
    ]


def _lists(public: Path) -> list[str]:
    """Lists of releases that do not say what follows from the manifests."""
    return [
        str(public / name)
        for name, text in release_lists.texts(public).items()
        if not (public / name).is_file() or (public / name).read_bytes() != text.encode()
    ]


def _strange(public: Path, names: list[str]) -> list[Path]:
    """What does not belong there, hidden files too."""
    known = {*names, LATEST, ledger.PUBLIC, *release_lists.LISTS, *BESIDE}
    return [path for path in sorted(public.iterdir()) if path.name not in known]
