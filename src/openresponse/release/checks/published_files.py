"""The files that are searched, and those that only repeat another."""

import zlib
from collections.abc import Iterable
from pathlib import Path

import brotli


def files(folders: Iterable[Path]) -> list[Path]:
    """Every file below the folders, in order; not those that are the file beside them again,
    compressed.
    """
    paths = (
        path
        for folder in folders
        for path in (folder.rglob("*") if folder.is_dir() else [folder])
        if path.is_file()
    )
    return sorted(path for path in paths if not _is_copy(path))


def _is_copy(path: Path) -> bool:
    """Whether a compressed file unpacks to exactly what the file of its name without the suffix
    holds, without a name or a time of its own.
    """
    beside = path.with_suffix("")
    if path.suffix not in (".gz", ".br") or not beside.is_file():
        return False
    packed = path.read_bytes()
    try:
        if path.suffix == ".br":
            return bool(brotli.decompress(packed) == beside.read_bytes())
        stream = zlib.decompressobj(wbits=31)
        return (
            stream.decompress(packed) == beside.read_bytes()
            and not stream.unused_data
            and not any(packed[3:8])
        )
    except (zlib.error, brotli.error):
        return False
