"""An extract may be a query: its answer is kept as the delivery, and no message has its address."""

import hashlib
import json
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

from openresponse.errors import ExtractError
from openresponse.program import Extract
from openresponse.records import delivery
from openresponse.records.databases import addresses, snapshots
from support.extract import CALL, described

pytest.importorskip("sqlalchemy", reason="the extra `database` is not installed")
VARIABLE, PASSWORD = "OPENRESPONSE_TEST_CAD", "hunter2"
QUERY = """SELECT number AS "Incident Number", received AS "Call Received", code AS "Type Code",
 district AS "District", '' AS "Neighborhood", NULL AS "Not Sent Reason",
 NULL AS "Call Source", NULL AS "Call Result"
 FROM calls WHERE received >= :first AND received < :next ORDER BY number"""
CALLS = [
    ("P260000001", "2026-01-05 10:00:00", "EDP2", "B-2"),
    ("P260000002", "2026-01-31 23:59:59", "EDP3", None),
    ("P260000003", "2026-02-01 00:00:00", "EDP2", "B-2"),
]
TABLE = "CREATE TABLE calls (number TEXT, received {moment}, code TEXT, district TEXT)"


@pytest.fixture
def city(boston):
    asked = described(boston, "incidents", source=VARIABLE, query=QUERY)
    (asked.folders.raw / "2026-01").mkdir(parents=True)
    return asked


@pytest.fixture
def database(city, tmp_path, monkeypatch):
    path = tmp_path / "cad.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(TABLE.format(moment="TEXT"))
        connection.executemany("INSERT INTO calls VALUES (?, ?, ?, ?)", CALLS)
    monkeypatch.setenv(VARIABLE, f"sqlite:///{path}")
    return path


def test_the_answer_for_a_month_is_the_delivery_of_that_month(city, database):
    taken = snapshots.take(city, "incidents", "2026-01")
    assert (taken.rows, taken.path.name) == (2, "incidents.parquet")
    rows = delivery.read(city, "incidents", ["2026-01"])
    assert list(rows["incident_number"]) == ["P260000001", "P260000002"]
    assert rows["received"].dt.strftime("%H:%M:%S").tolist() == ["15:00:00", "04:59:59"]


def test_what_was_read_is_kept_with_its_hash_and_for_nobody_else(city, database):
    taken = snapshots.take(city, "incidents", "2026-01")
    note = taken.path.with_name(".incidents.source.json")
    facts = json.loads(note.read_text(encoding="utf-8"))
    assert facts["sha256"] == hashlib.sha256(taken.path.read_bytes()).hexdigest()
    assert (facts["rows"], facts["first"], facts["next"]) == (2, "2026-01-01", "2026-02-01")
    assert str(database) not in note.read_text(encoding="utf-8")
    assert all(path.stat().st_mode & 0o077 == 0 for path in (taken.path, note))


def test_a_delivery_is_never_asked_for_again_over_what_is_there(city, database):
    before = snapshots.take(city, "incidents", "2026-01").path.read_bytes()
    with pytest.raises(ExtractError, match="is there already"):
        snapshots.take(city, "incidents", "2026-01")
    assert snapshots.place(city, "incidents", "2026-01").read_bytes() == before


def test_a_missing_delivery_of_a_query_names_the_command_that_asks(city):
    with pytest.raises(ExtractError, match="openresponse fetch --month 2026-01"):
        delivery.read(city, "incidents", ["2026-01"])


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("sqlite:///{path}", "SELECT secret FROM nowhere"),
        (f"postgresql+psycopg://reader:{PASSWORD}@127.0.0.1:1/cad", QUERY),
        (f"nosuch://reader:{PASSWORD}@host/cad", QUERY),
        (f"reader:{PASSWORD}", QUERY),
    ],
)
def test_no_message_holds_an_address_or_a_password(city, database, monkeypatch, address, query):
    monkeypatch.setenv(VARIABLE, address.format(path=database))
    with pytest.raises(ExtractError) as raised:
        snapshots.take(described(city, "incidents", query=query), "incidents", "2026-01")
    assert "gives no answer" in str(raised.value)
    for secret in (PASSWORD, "127.0.0.1", str(database), "nowhere"):
        assert secret not in str(raised.value)
    assert list((city.folders.raw / "2026-01").iterdir()) == []


def test_an_address_may_be_in_a_file_that_only_its_owner_reads(city, database, tmp_path):
    kept = tmp_path / "address"
    kept.write_text("sqlite:///elsewhere\n", encoding="utf-8")
    in_file = described(city, "incidents", source=str(kept))
    with pytest.raises(ExtractError, match="chmod 600"):
        addresses.address(in_file, "incidents")
    kept.chmod(0o600)
    assert addresses.address(in_file, "incidents") == "sqlite:///elsewhere"


def test_an_address_in_the_citys_own_folder_is_refused(city, program):
    inside = program.folders.home / "address"
    with pytest.raises(ExtractError, match="own folder"):
        addresses.address(
            described(city, "incidents", source=str(inside.resolve())).model_copy(
                update={"folders": program.folders}
            ),
            "incidents",
        )


def test_a_variable_that_is_not_set_is_named(city):
    with pytest.raises(ExtractError, match=f"no variable `{VARIABLE}`"):
        addresses.address(city, "incidents")


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"source": "postgresql://a:b@c/d", "query": "SELECT 1"}, "not the address itself"),
        ({"source": VARIABLE}, "together"),
        ({"query": "SELECT 1"}, "together"),
        ({"source": VARIABLE, "query": "SELECT 1", "layout": "single"}, "one month"),
        ({"source": VARIABLE, "query": "SELECT 1", "file": "a*.csv"}, "one month"),
    ],
)
def test_a_query_is_of_one_month_and_its_address_is_not_in_the_program_file(keys, problem):
    with pytest.raises(ValidationError, match=problem):
        Extract(**{"file": "calls.csv", "columns": dict.fromkeys(CALL, "a"), **keys})


def server_programs():
    """The folder of PostgreSQL's programs, and why not where there is none to run."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        return None, "PostgreSQL is not installed"
    if os.getuid() == 0 and not shutil.which("runuser"):
        return None, "PostgreSQL does not run as root, and there is no runuser"
    return found[-1].parent, ""


@pytest.fixture
def postgres():
    """The address of a server of its own, which the test starts and stops."""
    programs, why_not = server_programs()
    if programs is None:
        pytest.skip(why_not)
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    as_user = []
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"

    def run(*command):
        subprocess.run(
            [*as_user, *map(str, command)], check=True, cwd=folder, stdout=subprocess.DEVNULL
        )

    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    user = "postgres" if as_user else pwd.getpwuid(os.getuid()).pw_name
    try:
        run(programs / "initdb", "-D", data, "-A", "trust", "-U", user)
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_a_real_postgresql_gives_the_same_rows_and_is_only_read(
    city, database, postgres, monkeypatch
):
    import sqlalchemy

    server = sqlalchemy.create_engine(postgres, poolclass=sqlalchemy.NullPool)
    with server.begin() as connection:
        connection.exec_driver_sql(TABLE.format(moment="TIMESTAMPTZ"))
        connection.exec_driver_sql("SET TIME ZONE 'America/New_York'")
        for row in CALLS:
            connection.exec_driver_sql("INSERT INTO calls VALUES (%s, %s, %s, %s)", row)
    snapshots.take(city, "incidents", "2026-01")
    of_sqlite = delivery.read(city, "incidents", ["2026-01"])
    snapshots.place(city, "incidents", "2026-01").unlink()
    monkeypatch.setenv(VARIABLE, postgres)
    monkeypatch.setenv("PGTZ", "America/New_York")
    assert snapshots.take(city, "incidents", "2026-01").rows == 2
    pd.testing.assert_frame_equal(delivery.read(city, "incidents", ["2026-01"]), of_sqlite)
    written = described(city, "incidents", query="DELETE FROM calls RETURNING number")
    snapshots.place(city, "incidents", "2026-01").unlink()
    with pytest.raises(ExtractError, match="gives no answer"):
        snapshots.take(written, "incidents", "2026-01")
    with server.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM calls").scalar() == 3
