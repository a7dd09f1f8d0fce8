"""What was drawn before from exactly the same, taken as it is: drawing it again would give the same
bytes, and takes most of the time that a page takes.

It is kept only where somebody says so (`beside`). `verify --rebuild` makes all pages in an empty
folder, so there everything is drawn anew and compared.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = "drawn"
KEPT = 100  # days that a drawing stays which no page uses: longer than from month to month
_NOW: ContextVar[Path | None] = ContextVar("drawn", default=None)


@contextmanager
def beside(pages: Path | str) -> Iterator[None]:
    """Meanwhile, what is drawn is kept in a folder beside that of the pages."""
    token = _NOW.set(Path(pages).parent / FOLDER)
    try:
        yield
    finally:
        _NOW.reset(token)


def once(draw: Callable[[], bytes], *made_from: Any) -> bytes:
    """What `draw` gives, or gave before for the same.

    made_from: everything that it depends on, also the versions of programs: plain values, and files
    as paths, whose content counts.
    """
    folder = _NOW.get()
    if folder is None:
        return draw()
    text = json.dumps(made_from, ensure_ascii=False, default=_content)
    path = folder / hashlib.sha256(text.encode()).hexdigest()
    if path.is_file():
        path.touch()  # in use
        return path.read_bytes()
    drawing = draw()
    folder.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}")
    half.write_bytes(drawing)
    half.replace(path)
    return drawing


def forget_unused(folder: Path) -> None:
    """Throw away what is kept in this folder of pages and no page has used for long."""
    for path in (folder / FOLDER).glob("*"):
        if time.time() - path.stat().st_mtime > KEPT * 24 * 60 * 60:
            path.unlink(missing_ok=True)


@cache
def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
