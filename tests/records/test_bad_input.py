"""One clear sentence for each way an extract can be wrong, and never a cell's value in it."""

import pytest

from openresponse.errors import ExtractError, PlausibilityError
from openresponse.records import collection
from openresponse.records.plausibility import judgement
from support.extract import deliver


def spoil(program, change):
    folder = deliver(program.folders.raw, "2026-01", incidents=[{}], units=[{}])
    change(folder)
    with pytest.raises(ExtractError) as caught:
        collection.collect(program, "2026-01")
    return str(caught.value)


def test_a_missing_file_is_named(boston):
    assert "units.csv: the file is missing" in spoil(boston, lambda f: (f / "units.csv").unlink())


def test_an_empty_file_is_named(boston):
    assert "units.csv: the file is empty" in spoil(
        boston, lambda f: (f / "units.csv").write_text("")
    )


def test_a_missing_column_is_named(boston):
    message = spoil(boston, lambda f: (f / "units.csv").write_text("Unit,Dispatched\nH21,x\n"))
    assert "`Incident Number`" in message and "H21" not in message


def test_a_folder_in_place_of_a_file_is_named(boston):
    def change(folder):
        (folder / "units.csv").unlink()
        (folder / "units.csv").mkdir()

    assert "this is a folder" in spoil(boston, change)


def test_an_unknown_code_names_file_column_rows_and_what_is_allowed_and_can_be_accepted(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}, {"Type Code": "SECRETVALUE"}])
    judged = judgement.judge(collection.gather(boston, "2026-01"))
    (found,) = [one for one in judged if one.check.name == "unknown_codes"]
    assert "2026-01/incidents.csv, column `Type Code`: 1 of 2 (50.0%) not listed" in str(found)
    assert "listed are EDP-2, EDP-3, EDP2, EDP3; first rows 3." in str(found)
    assert "SECRETVALUE" not in str(found)
    with pytest.raises(PlausibilityError, match="--accept"):
        judgement.refuse([found], {})
    assert judgement.refuse([found], {"unknown_codes": "A new code since January"})


def test_a_few_unknown_codes_set_their_rows_aside(boston):
    calls = [{"Incident Number": f"P26{i:07}"} for i in range(100)]
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[*calls, {"Incident Number": "P269999999", "Type Code": "EDP9"}],
    )
    found = collection.collect(boston, "2026-01")
    assert (found.handling["handling"] == "unknown_code").sum() == 1


def test_a_month_that_is_not_there_says_which_is_the_last(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}])
    with pytest.raises(ExtractError, match="no delivery for 2026-03; the last is 2026-01"):
        collection.collect(boston, "2026-03")
