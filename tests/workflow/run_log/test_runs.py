"""What a run leaves in the log: who asked for what, from which files, and what came of it."""

import hashlib
import json

import pytest

from openresponse import cli
from openresponse.errors import ExtractError, ReleaseError
from openresponse.workflow import commands, run_log
from openresponse.workflow.city import City, Result
from openresponse.workflow.run_log import entries, runs
from support import workspace


@pytest.fixture
def city(tmp_path):
    (tmp_path / "raw" / "2026-01").mkdir(parents=True)
    (tmp_path / "raw" / "2026-01" / "incidents.csv").write_text("a\n1\n", encoding="utf-8")
    return City(workspace.program_file(tmp_path))


def done(city, **arguments):
    return Result("published", "Published 2026-01.", "2026-01")


def test_a_run_has_an_entry_when_it_begins_and_one_when_it_has_ended(city):
    run_log.recorded(city, "release", {"month": "2026-01"}, done)
    begun, ended = entries.entries(city.program)
    assert (begun["command"], begun["arguments"]) == ("release", {"month": "2026-01"})
    assert begun["who"] and begun["version"] and begun["when"]
    assert (ended["outcome"], ended["release"]) == ("published", "2026-01")


def test_the_hash_of_every_input_is_noted_once_and_again_when_it_changes(city):
    raw = city.program.folders.raw / "2026-01" / "incidents.csv"
    for _ in range(2):
        run_log.recorded(city, "release", {}, done)
    raw.write_text("a\n2\n", encoding="utf-8")
    run_log.recorded(city, "release", {}, done)
    first, second, third = (one for one in entries.entries(city.program) if one["event"] == "begun")
    name = "raw/2026-01/incidents.csv"
    assert first["changed"][name] == hashlib.sha256(b"a\n1\n").hexdigest()
    assert {"requirements.lock", "program.yml", "notebooks/1-anonymize.ipynb"} <= set(
        first["changed"]
    )
    assert second["changed"] == {} and second["made_from"] == first["made_from"]
    assert set(third["changed"]) == {name} and third["made_from"] != first["made_from"]


def test_a_month_that_is_a_link_to_another_place_is_noted_too(city, tmp_path):
    month = city.program.folders.raw / "2026-01"
    month.symlink_to(month.rename(tmp_path / "elsewhere"))
    run_log.recorded(city, "release", {}, done)
    begun, _ = entries.entries(city.program)
    assert "raw/2026-01/incidents.csv" in begun["changed"]


def test_a_run_that_failed_says_why_and_never_quotes_what_was_not_written_for_people(city):
    for error in (ExtractError("units.csv: empty."), ValueError("could not read Ada Invented")):

        def failing(city, error=error):
            raise error

        with pytest.raises(type(error)):
            run_log.recorded(city, "release", {}, failing)
    failed = [one for one in entries.entries(city.program) if one["event"] == "failed"]
    assert [(one["kind"], one["message"]) for one in failed] == [
        ("ExtractError", "units.csv: empty."),
        ("ValueError", ""),
    ]


def test_a_command_whose_beginning_cannot_be_noted_is_not_begun(city):
    city.program.folders.run_log.write_text("not a folder", encoding="utf-8")
    called = []
    with pytest.raises((ReleaseError, OSError)):
        run_log.recorded(city, "release", {}, lambda city: called.append(city))
    assert not called


def test_an_end_that_cannot_be_noted_says_what_was_done(city, monkeypatch):
    def failing(city):
        monkeypatch.setattr(entries, "_add", full)
        return done(city)

    def full(path, line):
        raise OSError(28, "No space left on device")

    with pytest.raises(ReleaseError, match="the run log could not be written .* Published 2026-01"):
        run_log.recorded(city, "release", {}, failing)


def test_a_log_that_is_damaged_while_a_command_fails_does_not_hide_why_it_failed(city):
    def failing(city):
        (city.program.folders.run_log / entries.FILE).write_text("no entry\n", encoding="utf-8")
        raise ExtractError("units.csv: empty.")

    with pytest.raises(ExtractError, match=r"units\.csv: empty"):
        run_log.recorded(city, "release", {}, failing)


def test_a_note_of_another_command_follows_in_the_same_chain(city):
    run_log.note(city, "approval rejected", role="Privacy officer", release="2026-01")
    (noted,) = entries.entries(city.program)
    assert (noted["event"], noted["role"]) == ("approval rejected", "Privacy officer")


def test_an_account_without_a_name_is_noted_by_its_number(monkeypatch):
    def unknown(number):
        raise KeyError(number)

    monkeypatch.setattr(runs.pwd, "getpwuid", unknown)
    assert runs._who().split("@")[0].isdecimal()


def test_every_command_is_logged_but_those_that_only_show_what_is_there():
    silent = {name for name, command in commands.COMMANDS.items() if not command.logged}
    assert silent <= {
        "review",
        "verify",
        "serve",
        "status",
        "diff",
        "restore",
        "inspect",
        "new-city",
    }
    # `restore` puts the log itself back, and then notes that it did.


def test_the_command_line_keeps_the_log(city, capsys):
    assert cli.main(["fresh", "--program", str(city.file)]) == 0
    log = city.program.folders.run_log / entries.FILE
    events = [json.loads(line)["event"] for line in log.read_text(encoding="utf-8").splitlines()]
    assert events == ["begun", "ended"]
