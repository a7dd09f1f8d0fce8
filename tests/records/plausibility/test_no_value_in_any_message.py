"""Whatever a cell holds, nothing that is said of a delivery holds it."""

import csv
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openresponse import cli
from openresponse.errors import OpenResponseError
from support import workspace
from support.extract import DEFAULTS, deliver

MARKER = "ZQXMARKERZQX"
COLUMNS = [(name, column) for name, row in DEFAULTS.items() for column in row]
# Written as a text, a time, a number and a formula would be.
FORMS = (MARKER, f"{MARKER} 10:00:00", f"1{MARKER}", f"#REF!{MARKER}", f"{MARKER}Ã©", f"-{MARKER}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(column=st.sampled_from(COLUMNS), form=st.sampled_from(FORMS), share=st.sampled_from((1, 3)))
def test_no_output_of_a_check_holds_the_value_of_a_cell(column, form, share, tmp_path, capsys):
    shutil.rmtree(tmp_path, ignore_errors=True)
    tmp_path.mkdir()
    name, heading = column
    rows = {each: [dict(row) for _ in range(3)] for each, row in DEFAULTS.items()}
    folder = deliver(tmp_path / "raw", "2026-01", **rows)
    spoil(folder / f"{name}.csv", heading, form, share)
    program = workspace.program_file(tmp_path)
    cli.main(["check", "--program", str(program)])
    said = "".join(capsys.readouterr())
    pages = (tmp_path / "build").rglob("*.html")
    assert said and MARKER not in said
    assert not [page for page in pages if MARKER in page.read_text(encoding="utf-8")]


def spoil(path, heading: str, value: str, share: int) -> None:
    """Another value in so many rows of a column."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows[:share]:
        row[heading] = value
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("name", list(DEFAULTS))
def test_every_column_at_once_holds_the_marker_and_nothing_says_it(name, tmp_path, capsys):
    rows = {each: [dict(row) for _ in range(3)] for each, row in DEFAULTS.items()}
    rows[name] = [dict.fromkeys(DEFAULTS[name], MARKER)] * 3
    deliver(tmp_path / "raw", "2026-01", **rows)
    program = workspace.program_file(tmp_path)
    code = cli.main(["check", "--program", str(program)])
    assert code in {kind.exit_code for kind in OpenResponseError.__subclasses__()}
    assert MARKER not in "".join(capsys.readouterr())
