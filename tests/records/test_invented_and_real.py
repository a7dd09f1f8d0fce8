"""Program file and deliveries agree on whether figures are invented, or nothing is counted."""

import pytest

from openresponse.errors import ExtractError, ProgramError
from openresponse.program import load
from openresponse.records import collection
from openresponse.workflow import deliveries
from openresponse.workflow.city import City
from support import workspace
from support.extract import deliver


@pytest.mark.parametrize(
    ("demonstration", "marked", "is_refused"),
    [
        (True, ["2026-01", "2026-02"], False),
        (True, ["2026-01"], True),
        (True, [], True),
        (False, ["2026-01", "2026-02"], True),
        (False, ["2026-01"], True),
        (False, [], False),
    ],
)
def test_real_and_invented_deliveries_are_never_counted_together(
    tmp_path, demonstration, marked, is_refused
):
    for month in ("2026-01", "2026-02"):
        folder = deliver(tmp_path / "raw", month, incidents=[{"Incident Number": f"P{month[:4]}"}])
        if month not in marked:
            (folder / "FICTIONAL").unlink()
    program = load(workspace.program_file(tmp_path, demonstration=demonstration))
    if is_refused:
        with pytest.raises(ExtractError, match="`openresponse fresh`"):
            collection.gather(program, "2026-02")
    else:
        collection.gather(program, "2026-02")


def test_no_invented_extract_is_written_for_a_real_city(tmp_path):
    city = City(workspace.program_file(tmp_path, demonstration=False))
    with pytest.raises(ProgramError, match="demonstration"):
        deliveries.demo(city)
    assert not (tmp_path / "raw").exists()
