"""Texts and files of a release: written whole, or an error in one sentence."""

import ctypes
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from openresponse.errors import ReleaseError

# A spreadsheet runs a cell that begins with one of these; a leading apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def csv_text(frame: pd.DataFrame) -> str:
    """Tidy CSV: plain numbers, empty where there is no value, no cell a spreadsheet would run."""
    texts = [
        name
        for name in frame.columns
        if pd.api.types.is_string_dtype(frame[name]) or frame[name].dtype == object
    ]
    safe = {name: frame[name].astype("string").map(harmless, na_action="ignore") for name in texts}
    return str(frame.assign(**safe).to_csv(index=False, lineterminator="\n"))


def harmless(text: str) -> str:
    """A text that no spreadsheet runs, without characters that none can hold."""
    text = CONTROL.sub("", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def json_text(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Every file below a folder, also where a folder in it, such as a month, is a link to another
    place.
    """
    there = (path for one in folder.glob("*") for path in (one, *one.rglob("*")))
    return sorted(path for path in there if path.is_file())


def write_file(path: Path, content: str | bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content.encode() if isinstance(content, str) else content)
        handle.flush()
        os.fsync(handle.fileno())


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file in one step: at no moment is there half of it, or none where there was one."""
    beside = path.with_name(f".{path.name}.partial")
    write_file(beside, content)
    os.replace(beside, path)
    _sync_folder(path.parent)


def read_json(path: Path) -> Any:
    """What a file of JSON holds; None where it is not there or was cut off."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def replace_folder(new: Path, target: Path) -> None:
    """Put a folder in another's place. Where the system can (Linux), there is no moment without
    one.
    """
    old = new.with_name(f"{new.name}.old")
    if not target.exists():
        os.rename(new, target)
    elif _exchange(new, target):
        shutil.rmtree(new)
    else:
        shutil.rmtree(old, ignore_errors=True)
        os.rename(target, old)
        os.rename(new, target)
        shutil.rmtree(old)
    _sync_folder(target.parent)


@contextmanager
def disk_errors(
    folder: Path, what: str, ended: Callable[[], str] = lambda: "Nothing public was changed."
) -> Iterator[None]:
    """A full disk or a read-only folder in one sentence. what: could not be written. ended: says
    what is public now, asked when it is known.
    """
    try:
        yield
    except OSError as error:
        raise ReleaseError(
            f"{folder}: {what} could not be written ({error.strerror or 'disk error'}). {ended()}"
            " Free space or permit writing there, then run again; that finishes it."
        ) from error


def _exchange(one: Path, other: Path) -> bool:
    """Two folders change places in one step; False where the system cannot do that."""
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: see renameat2(2)
    if call is None:
        return False
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
