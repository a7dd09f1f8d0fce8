"""Unknown extracts in a dialect of their own become a program file that reads them, and no text of
a cell goes into it but the spellings of codes.
"""

import pandas as pd
import pytest

from openresponse.drafting import column_profiles, file_layouts, files_together, likely_roles
from openresponse.drafting.draft import About, draft
from openresponse.measures import planned_tables
from openresponse.program import load
from openresponse.records import collection, vocabulary
from openresponse.records.plausibility import judgement
from support.workspace import ROOT

RIVERTON = ROOT.parent / "shared" / "data" / "riverton"
ABOUT = About("City of Elm", "America/Chicago", "The records office", "", "Crisis car")
SECRET = "Zebulon Secret"


@pytest.fixture
def elm(tmp_path):
    """The extracts of a city that nobody has described, in ways of its own."""
    raw = tmp_path / "exports"
    raw.mkdir()
    calls, units, contacts = [], [], []
    for number in range(120):
        moment = pd.Timestamp("2026-01-01 06:00") + pd.Timedelta(hours=6 * number)
        event = f"E-{26000 + number}"
        problem = ["PSYCH EVAL", "SUICIDE THREAT", "BARKING DOG"][number % 3]
        zone = ["North", "South"][number % 2]
        calls.append(
            [event, f"{moment:%d.%m.%Y %H:%M}", problem, zone, SECRET, f"{SECRET} {number}"]
        )
        came = moment + pd.Timedelta(minutes=20)
        for sign, agency in (("P1", "Sheriff"), ("C1", "Crisis Outreach")):
            if problem != "BARKING DOG":
                row = [event, sign, agency, f"{moment:%d.%m.%Y %H:%M}", f"{came:%d.%m.%Y %H:%M}"]
                units.append(row)
        if problem != "BARKING DOG":
            how = ["Engaged", "Gone on arrival (GOA)"][number % 4 == 0]
            contacts.append(
                [f"C{number}", event, f"{came:%d.%m.%Y %H:%M}", how, "Home", "N/A", SECRET]
            )
    with (raw / "calls.csv").open("w", encoding="cp1252") as file:
        file.write("Elm County;;;;;\nprinted by José;;;;;\n")
        file.write("Event Number;Call Received;Problem Nature;Sector;Caller Name;Comments\n")
        file.writelines(";".join(row) + "\n" for row in calls)
        file.write("\nTotal;120;;;;\n")
    headings = ["event_id", "Unit", "Agency", "Time Assigned", "Time On Scene"]
    pd.DataFrame(units, columns=headings).to_csv(raw / "units.txt", sep="|", index=False)
    headings = [
        "Contact No", "Event Number", "Contact Start", "Contact Result", "Outcome", "Sex", "Notes"
    ]  # fmt: skip
    pd.DataFrame(contacts, columns=headings).to_excel(raw / "contacts.xlsx", index=False)
    return sorted(raw.iterdir())


def drafted(paths, home, about=ABOUT):
    profiles = [column_profiles.profile(file_layouts.layout(path)) for path in paths]
    roles = {one.layout.path: likely_roles.role(one) for one in profiles}
    return draft(profiles, roles, about, home), profiles, roles


@pytest.fixture
def made(elm, tmp_path):
    made, *_ = drafted(elm, tmp_path)
    (tmp_path / "program.yml").write_text(made.text, encoding="utf-8")
    return made, load(tmp_path / "program.yml")


def test_the_layout_of_each_file_is_found(elm):
    keys = {path.name: file_layouts.layout(path).keys for path in elm}
    assert keys == {
        "calls.csv": {
            "delimiter": "semicolon", "encoding": "cp1252", "skip_rows": 2, "skip_last": 1
        },
        "contacts.xlsx": {},
        "units.txt": {"delimiter": "pipe"},
    }  # fmt: skip


def test_each_column_has_its_likely_field(elm, tmp_path):
    _, _, roles = drafted(elm, tmp_path)
    found = {
        path.name: {field: one.heading for field, one in role.columns.items()}
        for path, role in roles.items()
    }
    assert found["calls.csv"] == {
        "incident_number": "Event Number",
        "received": "Call Received",
        "code": "Problem Nature",
        "district": "Sector",
    }
    assert found["units.txt"]["arrived"] == "Time On Scene"
    assert found["contacts.xlsx"]["started"] == "Contact Start"
    assert {role.extract for role in roles.values()} == {"incidents", "units", "encounters"}


def test_columns_by_which_rows_of_two_files_find_each_other_are_named(elm, tmp_path):
    _, profiles, _ = drafted(elm, tmp_path)
    links = {(one.file, one.column, one.other_column) for one in files_together.links(profiles)}
    assert ("units.txt", "event_id", "Event Number") in links
    assert len(links) == 2


def test_the_draft_is_a_program_file_that_reads_the_extracts_whole(made):
    _, program = made
    vocabulary.check(program)
    planned_tables.check(program)
    month = collection.last_month(program)
    delivered = collection.gather(program, month)
    assert [str(one) for one in judgement.judge(delivered) if one.check.severity == "stop"] == []
    rows = collection.records(delivered).rows
    assert (month, len(rows), rows["team_sent"].sum()) == ("2026-01", 80, 80)
    assert rows["contact"].value_counts().to_dict() == {
        "contact_made": 60, "person_not_found": 20
    }  # fmt: skip


def test_calls_about_something_else_are_told_from_mental_health_calls(made):
    _, program = made
    code = program.extracts["incidents"].columns["code"]
    assert set(program.dispatch_codes) == {"psych_eval", "suicide_threat"}
    assert code.not_ours == ("BARKING DOG",)


def test_no_text_of_a_cell_is_in_the_draft_but_codes(made):
    drafted, _ = made
    assert "Zebulon" not in drafted.text and "26001" not in drafted.text
    assert "2026-01-05" not in drafted.text


def test_a_spelling_that_hardly_occurs_is_not_written(elm, tmp_path):
    rows = pd.read_excel(elm[1], engine="openpyxl")
    rows.loc[3, "Contact Result"] = SECRET
    rows.to_excel(elm[1], index=False)
    made, *_ = drafted(elm, tmp_path)
    assert "Zebulon" not in made.text
    assert any("1 rare spellings, in 1 rows" in one for one in made.undecided)


def test_what_nobody_can_know_is_left_to_decide(elm, tmp_path):
    rows = pd.read_excel(elm[1], engine="openpyxl")
    rows["Outcome"] = rows["Outcome"].replace("Home", "17B")
    rows.to_excel(elm[1], index=False)
    made, *_ = drafted(elm, tmp_path, About())
    assert "17B: not_recorded  # decide" in made.text
    assert "`extracts.encounters.columns.outcome.codes`: what 1 of 1 codes mean" in made.undecided
    assert "`program.city`" in made.undecided and "city: The city  # decide" in made.text


@pytest.mark.skipif(not RIVERTON.is_dir(), reason="the exports of Riverton are not part of this")
def test_the_draft_for_riverton_reads_it_as_delivered(tmp_path):
    made, *_ = drafted(sorted(RIVERTON.iterdir()), tmp_path)
    (tmp_path / "program.yml").write_text(made.text, encoding="utf-8")
    program = load(tmp_path / "program.yml")
    vocabulary.check(program)
    planned_tables.check(program)
    assert len(made.undecided) == 3  # outcomes in codes, the model, who approves
    assert sorted(made.unused) == [
        "988_transfers.csv", "988_transfers_2026-10.csv", "Roster.xlsx", "Roster_2026-10.xlsx"
    ]  # fmt: skip
    records = collection.collect(program, "2026-10")
    assert len(records.rows) == 3218
    assert records.rows.groupby("month")["team_sent"].sum()["2025-10"] == 51


def test_calls_alone_are_drafted_with_tables_of_calls(elm, tmp_path):
    made, *_ = drafted(elm[:1], tmp_path)
    (tmp_path / "program.yml").write_text(made.text, encoding="utf-8")
    program = load(tmp_path / "program.yml")
    vocabulary.check(program)
    planned_tables.check(program)
    assert set(program.tables) == {"calls", "hours", "data_quality"}
    assert len(collection.collect(program, "2026-01").rows) == 80


def test_units_alone_are_drafted_as_unit_responses(elm, tmp_path):
    made, *_ = drafted(elm[2:], tmp_path)
    (tmp_path / "program.yml").write_text(made.text, encoding="utf-8")
    program = load(tmp_path / "program.yml")
    vocabulary.check(program)
    planned_tables.check(program)
    assert program.universe == "unit_responses"
    assert len(collection.collect(program, "2026-01").rows) == 160


def test_of_very_many_types_of_calls_those_about_mental_health_are_found(elm, tmp_path):
    text = elm[0].read_text(encoding="cp1252")
    for number in range(120):
        text = text.replace("BARKING DOG", f"OTHER {number}", 1)
    elm[0].write_text(text, encoding="cp1252")
    made, *_ = drafted(elm, tmp_path)
    assert set(made.tree["dispatch_codes"]) == {"psych_eval", "suicide_threat"}
    assert any("40 rare spellings" in one for one in made.undecided)


def test_a_wide_file_gives_calls_and_their_units(tmp_path):
    rows = []
    for number in range(60):
        moment = pd.Timestamp("2026-01-01 06:00") + pd.Timedelta(hours=9 * number)
        times = [f"{moment + pd.Timedelta(minutes=m):%Y-%m-%d %H:%M}" for m in (0, 3, 15)]
        rows.append([f"W{number}", times[0], "MENTAL HEALTH", "C1", "Crisis Team", *times[1:]])
    headings = ["Call ID", "Received", "Call Type", "Unit", "Unit Type", "Dispatched", "Arrived"]
    wide = tmp_path / "exports" / "wide.csv"
    wide.parent.mkdir()
    pd.DataFrame(rows, columns=headings).to_csv(wide, index=False)
    made, *_ = drafted([wide], tmp_path)
    (tmp_path / "program.yml").write_text(made.text, encoding="utf-8")
    program = load(tmp_path / "program.yml")
    planned_tables.check(program)
    rows = collection.collect(program, "2026-01").rows
    assert (len(rows), rows["team_arrived"].sum()) == (60, 60)
    assert rows["call_to_arrival"].median() == 15
