"""The next command follows from where a city stands, by one table of rules."""

import shlex
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openresponse.program import load
from openresponse.release import publication
from openresponse.release.history.register import Past
from openresponse.workflow import commands
from openresponse.workflow.standing import city_state
from openresponse.workflow.standing.candidate_records import Order, Record
from openresponse.workflow.standing.city_state import CityState, Shown
from openresponse.workflow.standing.next_steps import RULES, next_step
from openresponse.workflow.standing.waiting_releases import Candidate
from support import golden, workspace

SITE = Shown(Path("site/_site"), "2026-01")
LIVE = Shown(Path("web"), "2026-01")
OLD = "its pages show another release"
RECORD = Record(Order("2026-02", "2026-02"), {})
WAITS = Candidate(Path("build/candidate/2026-02"), RECORD, ("privacy officer",))
WITHDRAWN = {"date": "2026-03-02", "reason": "It counted test calls.", "decided_by": "Officer"}


def past(release: str, retraction: dict | None = None) -> Past:
    return Past(
        release=release,
        published="2026-03-01",
        state="retracted" if retraction else "current",
        superseded_by="",
        approved_by=(),
        early=None,
        revision=None,
        retractions=(retraction,) if retraction else (),
        manifest="",
        previous="",
        source="Testville",
    )


@pytest.fixture
def calm(tmp_path) -> CityState:
    """A real city that has published its only month, and shows it."""
    return CityState(
        program=load(workspace.program_file(tmp_path, demonstration=False)),
        today=date(2026, 3, 10),
        delivered=("2026-01",),
        undelivered="",
        past=(past("2026-01"),),
        candidates=(),
        broken="",
        unfinished=False,
        lost="",
        other_rule=False,
        site=SITE,
        live=LIVE,
    )


@pytest.mark.parametrize(
    ("changes", "command"),
    [
        ({}, "check --month 2026-02"),
        ({"past": (), "delivered": (), "site": None, "live": None}, "check"),
        ({"past": (), "site": None, "live": None}, "release --month 2026-01"),
        ({"delivered": ("2026-01", "2026-02", "2026-03")}, "release --month 2026-02"),
        ({"site": None}, "site"),
        ({"site": replace(SITE, outdated=OLD)}, "site"),
        ({"live": replace(LIVE, outdated=OLD)}, "publish --to web"),
        ({"live": None}, "publish --to DIR"),
        ({"broken": "2026-01 was changed"}, "verify"),
        ({"broken": "a list is old", "unfinished": True}, "site"),
        ({"lost": "the ledger lacks 2026-01"}, "rebuild-ledger"),
        ({"other_rule": True}, "revise --reason why --decided-by ROLE"),
        ({"candidates": (WAITS,)}, "approve 2026-02 --as 'privacy officer' --key FILE"),
        ({"candidates": (replace(WAITS, missing=()),)}, "release --month 2026-02"),
        (
            {"candidates": (replace(WAITS, changed=("the program file",)),)},
            "release --month 2026-02",
        ),
        ({"past": (past("2026-01", WITHDRAWN),)}, "revise --reason why --decided-by ROLE"),
        (
            {"past": (past("2026-01", WITHDRAWN),), "delivered": ("2026-01", "2026-02")},
            "revise --reason why --decided-by ROLE",
        ),
        (
            {
                "past": (past("2025-12", WITHDRAWN), past("2026-01")),
                "site": replace(SITE, outdated=OLD),
                "candidates": (WAITS,),
            },
            "approve 2026-02 --as 'privacy officer' --key FILE",
        ),
        (
            {
                "past": (past("2025-12", WITHDRAWN), past("2026-01")),
                "site": replace(SITE, outdated=OLD, withdrawn=("2025-12",)),
                "candidates": (WAITS,),
            },
            "site",
        ),
        (
            {
                "past": (past("2026-01", WITHDRAWN),),
                "live": replace(LIVE, withdrawn=("2026-01",)),
                "candidates": (WAITS,),
            },
            "publish --to web",
        ),
    ],
)
def test_each_state_has_one_command_that_leads_on(calm, changes, command):
    assert shlex.join(next_step(replace(calm, **changes)).command) == command


def test_a_month_that_is_announced_for_a_later_day_waits_for_it(calm):
    plan = {"calendar": calm.program.calendar.model_copy(update={"releases": {"2026-02": day(23)}})}
    state = replace(
        calm,
        program=calm.program.model_copy(update=plan),
        delivered=("2026-01", "2026-02"),
    )
    assert next_step(state).command == ("check", "--month", "2026-02")
    on_the_day = replace(state, today=day(23))
    assert next_step(on_the_day).command == ("release", "--month", "2026-02")


def day(number: int) -> date:
    return date(2026, 3, number)


@pytest.mark.parametrize("content", ['{"files": {}}', '{"files"'])
def test_a_manifest_that_was_changed_is_said_and_leads_to_verify(tmp_path, content):
    program = load(workspace.program_file(tmp_path, demonstration=False))
    folder = shutil.copytree(golden.HERE / "public", program.folders.public / golden.MONTH)
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    state = city_state.read(program)
    assert f"{folder / 'manifest.json'}" in state.broken and not state.unfinished
    assert next_step(state).command == ("verify",)


def test_a_stray_file_is_no_run_that_was_stopped(tmp_path):
    program = load(workspace.program_file(tmp_path, demonstration=False))
    shutil.copytree(golden.HERE / "public", program.folders.public / golden.MONTH)
    publication.settle(program.folders.public)
    assert not city_state.read(program).broken
    (program.folders.public / "notes.txt").write_text("stray", encoding="utf-8")
    assert next_step(city_state.read(program)).command == ("verify",)


def test_a_demonstration_begins_with_its_site(calm, tmp_path):
    program = load(workspace.program_file(tmp_path))
    state = replace(calm, program=program, past=(), delivered=(), site=None, live=None)
    assert next_step(state).command == ("site",)


def test_every_rule_of_the_table_says_why_and_gives_a_command_that_can_be_typed(calm):
    withdrawn = past("2026-01", WITHDRAWN)
    everything = replace(
        calm,
        past=(withdrawn,),
        delivered=("2026-01", "2026-02"),
        candidates=(
            WAITS,
            replace(WAITS, missing=()),
            replace(WAITS, record=replace(RECORD, verdict="A figure could be proved.")),
        ),
        broken="a list is old",
        unfinished=True,
        lost="the ledger lacks 2026-01",
        other_rule=True,
        site=replace(SITE, outdated=OLD, withdrawn=("2026-01",)),
        live=replace(LIVE, outdated=OLD),
    )
    silent = []
    for rule in RULES:
        for state in (everything, calm, replace(calm, past=(), live=None)):
            if step := rule(state):
                assert step.why.endswith(".")
                commands.parser().parse_args(list(step.command))
                break
        else:
            silent.append(rule.__name__)
    assert not silent
