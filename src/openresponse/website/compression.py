"""Beside every text of the site its copies as gzip and Brotli, for servers that send those."""

import gzip
from pathlib import Path

import brotli

from openresponse.website import serving

BROTLI = 9  # the best one takes five times as long for a tenth less


def compress(folder: Path) -> None:
    """Write the copies; the same text gives the same bytes."""
    done: dict[bytes, tuple[bytes, bytes]] = {}  # the newest release lies in two folders
    for path in sorted(p for p in folder.rglob("*") if p.suffix in serving.TEXTS and p.is_file()):
        content = path.read_bytes()
        if content not in done:
            done[content] = (
                gzip.compress(content, mtime=0),
                brotli.compress(content, quality=BROTLI),
            )
        for suffix, compressed in zip(serving.COMPRESSED, done[content], strict=True):
            if len(compressed) < len(content):
                path.with_name(path.name + suffix).write_bytes(compressed)
