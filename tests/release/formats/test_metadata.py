"""What a release says of itself is what the standards ask for, and what the files hold: checked by
libraries that others use.
"""

import json
import re
import shutil
import warnings

import pandas as pd
import pytest
from csvw import CSVW
from frictionless import Package, system

from openresponse.disclosure import rules
from openresponse.release.formats.resource import of_parts
from openresponse.release.formats.table_schema import schema
from openresponse.tables.hierarchy import flat
from support import golden

EXPECTED = golden.HERE / "public"
PACKAGE = json.loads((EXPECTED / "datapackage.json").read_text(encoding="utf-8"))


def problems(folder):
    """What frictionless finds in a data package, as (file, column or empty, kind of error)."""
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return {
        (task.place.split("/")[-1], getattr(error, "field_name", ""), error.type)
        for task in report.tasks
        for error in task.errors
    } | {("", "", error.type) for error in report.errors}


def csvw_agrees(folder):
    with warnings.catch_warnings(
        record=True
    ) as said:  # the library warns of what is wrong, and raises for a key that stands twice
        warnings.simplefilter("always")
        try:
            return CSVW(str(folder / "csv-metadata.json"), validate=True).is_valid, [
                str(one.message) for one in said
            ]
        except ValueError as error:
            return False, [str(error)]


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(EXPECTED, tmp_path / EXPECTED.name)
    return tmp_path / EXPECTED.name


def edit(path, pattern, by):
    text, done = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1, flags=re.M)
    assert done
    path.write_text(text, encoding="utf-8")


def test_frictionless_finds_nothing_wrong_with_the_data_package():
    assert problems(EXPECTED) == set()


def test_csvw_finds_nothing_wrong_with_the_tables():
    assert csvw_agrees(EXPECTED) == (True, [])


@pytest.mark.parametrize(
    "pattern, by, column, kind",
    [
        (
            r"^2025-01,(\w+),",
            r"2025-01,somebody,",
            "stage",
            "constraint-error",
        ),  # a code that does not exist
        (r"^2025-01,", "January,", "period", "constraint-error"),
        (r"^(2025-01,\w+,\w*),(\d+),", r"\1,-\2,", "incidents", "constraint-error"),
        (r"^(2025-01,\w+,\w*),(\d+),", r"\1,some,", "incidents", "type-error"),
        (r"fictional data$", "", "source", "constraint-error"),
        (r"^(2025-01,.*\n)", r"\1\1", "", "primary-key"),
    ],
)
def test_a_table_that_breaks_its_schema_is_found(copy, pattern, by, column, kind):
    edit(copy / "funnel.csv", pattern, by)
    assert ("funnel.csv", column, kind) in problems(copy)
    assert not csvw_agrees(copy)[0]


def test_a_file_that_is_not_the_one_described_is_found(copy):
    edit(copy / "milestones.csv", "Report received", "Report Received")
    assert ("milestones.csv", "", "hash-count") in problems(copy)


def test_every_column_is_explained_in_every_description():
    described = {
        table["url"]: [column["name"] for column in table["tableSchema"]["columns"]]
        for table in json.loads((EXPECTED / "csv-metadata.json").read_text(encoding="utf-8"))[
            "tables"
        ]
    }
    for resource in PACKAGE["resources"]:
        fields = resource["schema"]["fields"]
        header = (EXPECTED / resource["path"]).read_text(encoding="utf-8").split("\n")[0].split(",")
        assert header == [field["name"] for field in fields] == described[resource["path"]]
        assert (
            all(field["title"] and field["type"] for field in fields)
            and resource["title"]
            and resource["description"]
        )
        assert resource["schema"]["missingValues"] == [""]


def test_a_column_says_what_always_holds_in_it():
    frame = pd.DataFrame(
        {
            "period": ["2026-10"],
            "model": ["a"],
            "part_of": ["all"],
            "incidents": pd.array([11], "Int64"),
            "incidents_status": [""],
            "share_of_part": pd.array([0.5], "Float64"),
            "share_of_part_status": [""],
            "source": ["City"],
        }
    )
    found = schema(
        frame,
        {"model": flat("model", {"a": "A"})},
        rules.rule("cms-11"),
        kind="counts",
        grain="month",
    )
    holds = {field["name"]: field.get("constraints") for field in found["fields"]}
    assert found["primaryKey"] == ["period", "model"]
    assert holds["period"] == {"required": True, "pattern": r"\d{4}-(0[1-9]|1[0-2])"} and holds[
        "source"
    ] == {"required": True}
    assert holds["model"] == {"required": True, "enum": ["all", "a"]} and holds["part_of"] == {
        "enum": ["all"]
    }
    assert holds["incidents"] == {"minimum": 0} and holds["share_of_part"] == {
        "minimum": 0,
        "maximum": 1,
    }
    assert "c" in holds["incidents_status"]["enum"] and "" not in holds["incidents_status"]["enum"]


def test_money_may_be_taken_back():
    spending = {
        field["name"]: field.get("constraints", {})
        for resource in PACKAGE["resources"]
        if resource["name"] == "spending"
        for field in resource["schema"]["fields"]
    }
    assert not {"minimum", "maximum"} & {*spending["amount"], *spending["share_of_budget"]}


@pytest.mark.parametrize(
    ("excludes", "said"),
    [
        (("arrests.", "force."), "Arrest: arrests. Force: force."),
        (("nothing.", "nothing."), "nothing."),
    ],
)
def test_the_definition_of_a_stacked_table_is_that_of_each_of_its_parts(excludes, said):
    parts = {
        name: {"excludes": one} for name, one in zip(("Arrest", "Force"), excludes, strict=True)
    }
    assert of_parts(parts) == {"excludes": said}
