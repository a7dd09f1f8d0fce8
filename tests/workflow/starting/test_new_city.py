"""Whoever begins gets a folder and a program file, and sees no value of a cell on the way."""

import json

import pytest

from openresponse import cli
from openresponse.program import load
from openresponse.workflow.city import City
from support.extract import deliver
from support.workspace import key, public_half

ANSWERS = ("--city", "City of Elm", "--timezone", "America/Chicago", "--contact", "Records office")


@pytest.fixture
def exports(tmp_path):
    calls = [{"Incident Number": f"P2600000{n:02}"} for n in range(40)]
    units = [{"Incident Number": f"P2600000{n:02}", "Unit Type": "MHW"} for n in range(40)]
    folder = deliver(tmp_path / "raw", "2026-01", incidents=calls, units=units)
    return [str(folder / "incidents.csv"), str(folder / "units.csv")]


def test_inspect_shows_what_files_are_like_and_no_value(exports, tmp_path, capsys):
    to = tmp_path / "draft.yml"
    assert cli.main(["inspect", *exports, "--to", str(to)]) == 0
    shown = capsys.readouterr().out + to.read_text(encoding="utf-8")
    assert "incidents.csv: 40 rows; 12 columns; likely `extracts.incidents`" in shown
    assert "100% of its numbers are in units.csv, `Incident Number`" in shown
    for secret in ("Ada", "Invented Street", "617-555", "P26000", "2026-01-05 "):
        assert secret not in shown
    assert City(to).program.extracts["units"].columns["unit_type"].codes == {"MHW": "worker"}


def test_inspect_writes_over_no_file(exports, tmp_path, capsys):
    to = tmp_path / "draft.yml"
    to.write_text("mine", encoding="utf-8")
    assert cli.main(["inspect", *exports, "--to", str(to)]) != 0
    assert "is there already" in capsys.readouterr().err and to.read_text() == "mine"


def test_a_file_without_headings_is_one_sentence(tmp_path, capsys):
    path = tmp_path / "numbers.csv"
    path.write_text("1,2,3\n4,5,6\n", encoding="utf-8")
    assert cli.main(["inspect", str(path), "--to", str(tmp_path / "draft.yml")]) != 0
    assert "no row of headings" in capsys.readouterr().err


def test_a_new_city_is_a_folder_with_all_that_it_needs(exports, tmp_path, capsys):
    folder = tmp_path / "elm"
    public = tmp_path / "officer.pub"
    public.write_text(f"{public_half(key(tmp_path, 'officer'))} officer@elm", encoding="utf-8")
    given = ["new-city", str(folder), *ANSWERS, "--model", "Crisis car", "--extracts", *exports]
    given += ["--public-key", str(public)]
    assert cli.main([*given, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"undecided": 1}
    assert {one.name for one in folder.iterdir()} == {
        ".gitignore", "Makefile", "README.md", "data", "program.yml"
    }  # fmt: skip
    program = City(folder / "program.yml").program
    assert (program.program.city, program.models["crisis_team"].label) == (
        "City of Elm", "Crisis car"
    )  # fmt: skip
    assert program.folders.raw.resolve() == tmp_path / "raw"
    assert "City of Elm" in (folder / "README.md").read_text(encoding="utf-8")
    assert "\t$(RUN) check $(MONTH_OPTION)" in (folder / "Makefile").read_text(encoding="utf-8")


def test_without_extracts_a_city_reads_files_in_the_words_of_the_program(tmp_path, capsys):
    folder = tmp_path / "elm"
    assert cli.main(["new-city", str(folder), *ANSWERS, "--local-line", "555-0100"]) == 0
    program = City(folder / "program.yml").program
    assert program.extracts["incidents"].columns["received"].column == "received"
    assert [one.contact for one in program.program.help] == ["988", "555-0100", "911"]
    assert "`models.crisis_team`" in capsys.readouterr().out


def test_what_is_not_given_is_asked_where_somebody_is_there(tmp_path, monkeypatch):
    answers = iter(["Crisis car", "", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    folder = tmp_path / "elm"
    assert cli.main(["new-city", str(folder), *ANSWERS]) == 0
    assert load(folder / "program.yml").models["crisis_team"].label == "Crisis car"


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert cli.main(["new-city", str(tmp_path), *ANSWERS]) != 0
    assert "is not empty" in capsys.readouterr().err
