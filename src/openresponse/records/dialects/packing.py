"""Text files that are packed, as streams of bytes."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from openresponse.errors import ExtractError

PACKED = (".gz", ".zip")
# What is larger unpacked is no extract of a city: a file made to fill the disk or the memory.
MOST_UNPACKED = 8 * 2**30
DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked where it is packed; ExtractError where it cannot be."""
    suffix = path.suffix.lower()
    if suffix not in PACKED:
        with path.open("rb") as file:
            yield file
        return
    try:
        if suffix == ".gz":
            with gzip.open(path) as file:
                yield cast(BinaryIO, file)
        else:
            with zipfile.ZipFile(path) as archive, archive.open(_only(archive, path)) as file:
                yield cast(BinaryIO, file)
    except DAMAGED as error:
        raise ExtractError(
            f"{path}: not a readable {suffix[1:]} file ({type(error).__name__}). Pack it again,"
            " without a password, or put the file there unpacked."
        ) from error


def _only(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    files = [
        one
        for one in archive.infolist()
        if not one.is_dir() and not one.filename.startswith("__MACOSX/")
    ]
    if len(files) != 1:
        raise ExtractError(f"{path}: holds {len(files)} files. Pack one file into each.")
    return files[0]
