"""The chain of releases, as anyone can check it from the public files: each file against its
manifest, each manifest against the next, all against the ledger and the lists."""

import json
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.release.history import ledger, register
from openresponse.release.store.write import (
    LATEST,
    MANIFEST,
    RETRACTION,
    differing,
    digest,
    is_retracted,
    published,
    standing,
)

BESIDE = {
    "README.md",
    "index.json",
    "data.json",
}  # what may lie there and is told from the releases, or is for whoever keeps them


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
        wrong = [
            *_changed(folder, checked),
            *_broken(folder, checked),
            *_lists(folder),
            *_strange(folder, checked),
        ]
    if wrong:
        raise ReleaseError(
            f"Not as published: {', '.join(wrong)}. Do not use these files; get them again from"
            " where they were published, or restore them from version control."
        )
    if (folder / ledger.PUBLIC).is_file():
        ledger.check(folder)
    return checked


def _changed(public: Path, names: list[str]) -> list[str]:
    """Files that are not those of their manifest, in the releases and in the copy of the newest."""
    newest = standing(public)[-1:]
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
    """Manifests that are not the one that the next names; manifests and retractions that are not
    those of the ledger.
    """
    found, before = [], None
    for name in names:
        told = json.loads((public / name / MANIFEST).read_text(encoding="utf-8"))
        if (told["previous"], told["previous_manifest"]) != (
            before,
            digest(public / before / MANIFEST) if before else None,
        ):
            found.append(
                f"{public / (before or name) / MANIFEST} (not the one that {name} follows)"
            )
        before = name
    lines = (
        (public / ledger.PUBLIC).read_text(encoding="utf-8").splitlines()
        if (public / ledger.PUBLIC).is_file()
        else []
    )
    try:
        told = [json.loads(line) for line in lines]
        known = {
            public / line["release"] / MANIFEST: line["manifest"]
            for line in told
            if "release" in line
        }
        known |= {
            public / line["retracted"] / RETRACTION: line["retraction"]
            for line in told
            if "retracted" in line
        }
    except (ValueError, TypeError, KeyError):
        return [*found, str(public / ledger.PUBLIC)]
    there = [public / name / MANIFEST for name in names] + [
        public / name / RETRACTION for name in names if is_retracted(public / name)
    ]
    return found + [
        f"{path} (not the one that {ledger.PUBLIC} tells of)"
        for path in there
        if lines and known.get(path) != digest(path)
    ]


def _lists(public: Path) -> list[str]:
    return [
        str(public / name)
        for name, text in register.texts(public).items()
        if not (public / name).is_file() or (public / name).read_text(encoding="utf-8") != text
    ]


def _strange(public: Path, names: list[str]) -> list[str]:
    known = {*names, LATEST, ledger.PUBLIC, *register.texts(public), *BESIDE}
    return [
        str(path)
        for path in sorted(public.iterdir())
        if path.name not in known and not path.name.startswith(".")
    ]
