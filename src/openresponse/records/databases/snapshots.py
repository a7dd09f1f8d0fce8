"""What a query gave for one month, kept as a file of its delivery, so that the month can be made
again when the database has moved on.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from openresponse.errors import ExtractError
from openresponse.program import ExtractName, Program
from openresponse.records.databases import addresses
from openresponse.tables import months

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROWS = 20_000  # read at a time
SUFFIX = ".parquet"
OWN = 0o600


@dataclass(frozen=True)
class Snapshot:
    """path: of the file. rows: how many the query gave."""

    extract: ExtractName
    path: Path
    rows: int


def place(program: Program, name: ExtractName, month: str) -> Path:
    """The file that a snapshot becomes: that of the extract, as Parquet."""
    return (program.folders.raw / month / program.extracts[name].file).with_suffix(SUFFIX)


def take(program: Program, name: ExtractName, month: str) -> Snapshot:
    """Run the query of an extract for one month and keep what it gives, each value as text.

    Beside it `.<extract>.source.json` has the query, the days, when it ran, how many rows it gave
    and the SHA-256 of the file. ExtractError where the database cannot be read, or the file is
    there: what was delivered is never changed.
    """
    path = place(program, name, month)
    if path.exists():
        raise ExtractError(
            f"{path}: is there already. Remove it first, if the query shall run again."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    between = {"first": f"{month}-01", "next": f"{months.later(month, 1)}-01"}
    partial = path.with_name(f".{path.name}.partial")
    try:
        rows = _write(partial, program, name, between)
        partial.chmod(OWN)
        _note(path, partial, program, name, rows, between)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return Snapshot(name, path, rows)


def _write(path: Path, program: Program, name: ExtractName, between: dict[str, str]) -> int:
    """The answer of the query, in a file; how many rows it has."""
    try:
        import sqlalchemy
    except ImportError as error:
        raise ExtractError(
            f"`extracts.{name}.source`: a database is read with SQLAlchemy, which is not installed."
            " Install `openresponse[database]`."
        ) from error
    query = sqlalchemy.text(program.extracts[name].query or "")
    try:
        engine = sqlalchemy.create_engine(
            addresses.address(program, name), poolclass=sqlalchemy.NullPool
        )
        with engine.connect() as connection:
            return _stream(path, connection, query, between)
    except (sqlalchemy.exc.SQLAlchemyError, ImportError) as error:
        # The error itself may hold the address, the query's text or a value.
        raise ExtractError(
            f"`extracts.{name}.query`: the database gives no answer ({_kind(error)}). Try the query"
            " with the database's own program, as the same user."
        ) from None


def _kind(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return type(cause).__name__


def _stream(path: Path, connection: "Connection", query: Any, between: dict[str, str]) -> int:
    if connection.dialect.name == "postgresql":  # the others have no such option
        connection = connection.execution_options(postgresql_readonly=True)
    asked = {one: between[one] for one in query.compile().params if one in between}
    answer = connection.execution_options(stream_results=True).execute(query, asked)
    schema = pa.schema([(column, pa.string()) for column in answer.keys()])  # noqa: SIM118
    rows = 0
    with parquet.ParquetWriter(path, schema) as writer:
        for part in answer.partitions(ROWS):
            columns = zip(*part, strict=True)
            arrays = [pa.array(list(_as_text(one)), pa.string()) for one in columns]
            writer.write_table(pa.table(arrays, schema=schema))
            rows += len(part)
    connection.rollback()
    return rows


def _as_text(values: Any) -> Iterator[str | None]:
    """Each value as it would be typed: moments in ISO 8601, with their offset where they have
    one.
    """
    for value in values:
        if value is None:
            yield None
        else:
            yield value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _note(
    path: Path,
    written: Path,
    program: Program,
    name: ExtractName,
    rows: int,
    between: dict[str, str],
) -> None:
    facts = {
        "extract": name,
        "file": path.name,
        "sha256": _digest(written),
        "rows": rows,
        "query": program.extracts[name].query,
        **between,
        "ran": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    note = path.with_name(f".{name}.source.json")
    note.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    note.chmod(OWN)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
