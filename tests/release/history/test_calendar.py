"""Announced days of publication: what the program file may say, and no release before its day."""

import json
from datetime import date

import pytest
import yaml

from openresponse import cli
from openresponse.disclosure import cell_suppression, rules
from openresponse.disclosure.suppression.search import Settings
from openresponse.errors import NotebookError, ProgramError
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Calendar, load
from openresponse.records import collection
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.history import release_days
from openresponse.release.store.write import promote
from openresponse.workflow.notebooks import execution
from support import golden
from support.extract import deliver
from support.workspace import FEW, ROOT

REASON = "The mayor's office asked for it before the storm."


@pytest.fixture
def city(tmp_path):
    """Writes a program file with a changed calendar; returns its path."""

    def write(demonstration=True, **changes):
        content = yaml.safe_load((ROOT / "program.yml").read_text(encoding="utf-8"))
        content["calendar"] |= changes
        content["program"]["demonstration"] = demonstration
        content["folders"] = {
            name: str(tmp_path / name) for name in ("raw", "public", "build", "site", "ledger")
        }
        path = tmp_path / "program.yml"
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"releases": {}}, "`calendar.releases`: Dictionary should have at least 1 item"),
        (
            {"releases": {"October": date(2026, 11, 23)}},
            "`calendar.releases`: October is not a month of data; write one such as 2026-10",
        ),
        (
            {"releases": {"2027-03": date(2027, 4, 26), "2027-02": date(2027, 5, 24)}},
            "releases.2027-02: comes after 2027-03; list the months in order",
        ),
        (
            {"releases": {"2027-02": date(2027, 4, 26), "2027-03": date(2027, 4, 26)}},
            "releases.2027-03: 2027-04-26 is not after 2027-04-26, the day of 2027-02",
        ),
        (
            {"releases": {"2027-03": date(2027, 4, 20)}},
            (
                "calendar.releases.2027-03: 2027-04-20 is before 2027-04-21; release.settle_days"
                " are 21"
            ),
        ),
        ({"confirmed": "2030-01"}, "confirmed: 2030-01 has no day; allowed are 2026-10, 2026-11"),
        ({"time": 600}, '`calendar.time`: not a time of day; write one in quotes, such as "10:00"'),
        ({"time": "25:00"}, "not a time of day"),
        (
            {"access": [{"role": "Mayor", "hours": 24, "reason": "Asked"}]},
            "`calendar.access.0.reason`: String should have at least 20 characters",
        ),
        (
            {"day": 1},
            (
                "`calendar.day` is not a key of the program file; allowed are announced, rule,"
                " time, confirmed, releases, access"
            ),
        ),
    ],
)
def test_a_calendar_that_cannot_be_kept_is_one_sentence(city, changes, message):
    with pytest.raises(ProgramError) as caught:
        load(city(**changes))
    assert message in str(caught.value)


def test_a_change_of_plan_touches_no_day_that_has_passed(city):
    days = {"2026-10": date(2026, 11, 5), "2027-01": date(2027, 2, 25)}
    plan = {"releases": days, "confirmed": "2026-10"}
    assert load(city(announced=date(2026, 12, 1), **plan)).calendar.releases == days
    with pytest.raises(ProgramError, match="2026-11-05 is before .* `calendar.announced`"):
        load(city(announced=date(2026, 10, 5), **plan))


def test_a_year_of_days_is_announced_and_none_falls_on_a_weekend():
    days = load(ROOT / "program.yml").calendar.releases
    assert len(days) >= 12 and all(day.weekday() < 5 for day in days.values())


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (
            date(2026, 12, 27),
            "The release 2026-11 is announced for 2026-12-28, and today is 2026-12-27.",
        ),
        (date(2026, 12, 28), None),
        (date(2030, 1, 1), None),
    ],
)
def test_a_release_is_early_until_its_day(boston, today, expected):
    assert release_days.early(boston, "2026-11", today) == expected


def test_a_revision_has_the_day_of_its_month_and_an_unannounced_month_has_none(boston):
    assert release_days.due(boston, "2026-11-r1") == date(2026, 12, 28)
    assert (
        release_days.due(boston, "2020-01") is None
        and release_days.early(boston, "2020-01", date(2019, 1, 1)) is None
    )


def test_a_program_without_a_calendar_is_never_early(boston):
    assert (
        release_days.early(
            boston.model_copy(update={"calendar": None}), "2026-11", date(2020, 1, 1)
        )
        is None
    )


def real_month(folder, month):
    deliver(folder / "raw", month, incidents=[{}])
    (folder / "raw" / month / "FICTIONAL").unlink()


def stops(name, parameters, output, **_others):
    """In place of the notebook: how far the command gets."""
    raise NotebookError(f"it ran with <{parameters['early']}>")


@pytest.mark.parametrize("verb", ["release", "site"])
def test_a_release_before_its_day_is_refused_with_the_day_and_the_remedy(
    city, tmp_path, monkeypatch, capsys, verb
):
    monkeypatch.setattr(release_days, "today", lambda program: date(2026, 12, 1))
    real_month(tmp_path, "2026-11")
    assert cli.main([verb, "--program", str(city(demonstration=False))]) == 5
    printed = capsys.readouterr().err
    assert (
        "announced for 2026-12-28" in printed
        and '--early "..."' in printed
        and printed.count("\n") == 1
    )
    assert not (tmp_path / "public").exists() and not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("today", "arguments", "passed"),
    [
        (date(2026, 12, 1), ["--early", REASON], REASON),
        (date(2026, 12, 28), [], ""),
    ],
)
def test_a_release_on_its_day_or_with_a_reason_goes_on(
    city, tmp_path, monkeypatch, capsys, today, arguments, passed
):
    monkeypatch.setattr(release_days, "today", lambda program: today)
    monkeypatch.setattr(execution, "run", stops)
    real_month(tmp_path, "2026-11")
    assert (
        cli.main(["release", "--program", str(city(demonstration=False)), *arguments])
        == NotebookError.exit_code
    )
    assert f"it ran with <{passed}>" in capsys.readouterr().err


def test_a_fictional_month_is_never_early(city, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(release_days, "today", lambda program: date(2000, 1, 1))
    monkeypatch.setattr(execution, "run", stops)
    deliver(tmp_path / "raw", "2026-11", incidents=[{}])
    assert cli.main(["release", "--program", str(city())]) == NotebookError.exit_code
    assert "it ran with <>" in capsys.readouterr().err


def test_the_reason_for_an_early_release_is_published_in_its_manifest_and_on_the_calendar(
    tmp_path, monkeypatch
):
    plan = Calendar(
        announced=date(2025, 4, 1),
        rule="Once.",
        time="10:00",
        confirmed=golden.MONTH,
        releases={golden.MONTH: date(2025, 4, 28)},
    )
    program = golden.program(tmp_path, FEW).model_copy(update={"calendar": plan})
    monkeypatch.setattr(release_days, "today", lambda program: date(2025, 4, 22))
    rule = rules.of(program.privacy)
    found = collection.collect(program, golden.MONTH)
    counted = tabulation.count(program, found, golden.MONTH)
    protection = cell_suppression.protect(
        [part.counts for part in counted],
        microdata(program, found, counted),
        rule,
        settings=Settings(seed=golden.SEED),
    )
    tables = public_tables.make(program, found, counted, protection.statuses, rule)
    occasion = Occasion(golden.MONTH, early=REASON)
    made = candidate.write(
        program, found, counted, tables, rule, occasion, relations=protection.system.relations
    )
    expected = {"announced": "2025-04-28", "published": "2025-04-22", "reason": REASON}
    assert (
        json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["early"] == expected
    )
    promote(made.folder, program.folders.public)
    (entry,) = release_days.announced(program).entries
    assert entry == release_days.Entry(golden.MONTH, date(2025, 4, 22), True, expected)


@pytest.mark.parametrize(
    ("release", "day", "revises", "expected"),
    [
        ("2026-10", date(2026, 11, 23), False, {"published": "2026-11-23"}),
        ("2026-10", date(2030, 1, 1), False, {"published": "2026-11-23"}),
        ("2026-10-r1", date(2027, 1, 4), True, {"published": "2027-01-04"}),
        ("2020-01", date(2026, 1, 1), False, {"published": "2020-02-21"}),
    ],
)
def test_an_invented_release_bears_its_announced_day_or_the_one_its_figures_settled(
    boston, release, day, revises, expected
):
    assert release_days.note(boston, release, day, REASON, revises) == expected


@pytest.mark.parametrize("release", ["2026-10", "2020-01", "2026-10-r1"])
def test_a_real_release_bears_the_day_on_which_it_was_made(boston, release):
    about = boston.program.model_copy(update={"demonstration": False})
    real = boston.model_copy(update={"program": about})
    note = release_days.note(real, release, date(2026, 12, 3), "", "-r" in release)
    assert note == {"published": "2026-12-03"}
