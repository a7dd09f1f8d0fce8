"""Extracts as systems, hands and spreadsheets damage them."""

import gzip
import io
import random
import zipfile

import pandas as pd

SECRET = "QUILLFEATHER"  # a cell that no message may name
# What systems, hands and spreadsheets leave behind.
CELLS = (
    *("NULL", "N/A", "-", "None", "nan", "inf", "-inf", "1e999", "2.60026E+12", "#REF!", SECRET),
    *("2026-11-01 01:30:00", "2026-03-08 02:30:00", "2026-01-05 24:00:00", "2026-02-30 10:00"),
    *("2026-01-05T10:00:00+25:00", "2026-01-05T10:00:00Z", "1/5/2026 10:00 PM", "46027.41"),
    *("9999-12-31 23:59:59", "0001-01-01", "292277026596-12-04", "1767625200000", "1" * 400),
    *("-0", "(1,234.50)", "66.778,63", "€5", "=1+1", "=cmd|' /C calc'!A0", "a\rb", "a\nb"),
    *('"', "'", '""', "\x00", "\ufeff", "\u2028", "\u202e", "Ω≈ç", "\U0001f691"),
)
SIGNS = (",", ";", "\t", "|", '"', "\n", "\r\n", "\r", "\x00", "\\", "\ufeff")


def damaged(chance: random.Random, content: bytes) -> tuple[str, bytes]:
    """The suffix and the content of a CSV file, damaged in one to four ways."""
    suffix = ".csv"
    if chance.random() < 0.15:
        suffix, content = _packed(chance, content)
        return suffix, _bytes(chance, content) if chance.random() < 0.8 else content
    for _ in range(chance.randint(1, 4)):
        content = chance.choice((_cell, _cell, _cell, _sign, _line, _bytes, _encoded))(
            chance, content
        )
    return suffix, content


def _cell(chance: random.Random, content: bytes) -> bytes:
    """One cell, or the same cell of many rows, replaced."""
    rows = [line.split(b",") for line in content.split(b"\n")]
    new = chance.choice(CELLS).encode("utf-8", "surrogatepass")
    column = chance.randrange(max(len(rows[0]), 1))
    every = chance.random() < 0.3
    for row in rows if every else [chance.choice(rows)]:
        if column < len(row) and (row is not rows[0] or not every):
            row[column] = new
    return b"\n".join(b",".join(row) for row in rows)


def _sign(chance: random.Random, content: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(SIGNS).encode() * chance.randint(1, 3) + content[at:]


def _line(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[at : at + chance.randint(0, 2)] = chance.choice(
        ([], [b""], [lines[other]], [lines[at]] * 3)
    )
    return b"\n".join(lines)


def _bytes(chance: random.Random, content: bytes) -> bytes:
    at = chance.randint(0, len(content))
    rest = content[at + chance.randint(0, 9) :] if chance.random() < 0.8 else b""
    return content[:at] + chance.randbytes(chance.randint(0, 6)) + rest


def _encoded(chance: random.Random, content: bytes) -> bytes:
    names = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "cp037", "utf-32")
    return content.decode("utf-8", "replace").encode(chance.choice(names), "replace")


def _packed(chance: random.Random, content: bytes) -> tuple[str, bytes]:
    buffer = io.BytesIO()
    suffix = chance.choice((".csv.gz", ".csv.zip", ".xlsx", ".parquet"))
    if suffix == ".csv.gz":
        return suffix, gzip.compress(content)
    if suffix == ".csv.zip":
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("extract.csv", content)
        return suffix, buffer.getvalue()
    table = pd.read_csv(io.BytesIO(content), dtype=None if chance.random() < 0.5 else str)
    table.to_excel(buffer, index=False) if suffix == ".xlsx" else table.to_parquet(buffer)
    return suffix, buffer.getvalue()
