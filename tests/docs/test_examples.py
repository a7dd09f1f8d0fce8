"""The examples that a city copies: a workflow that renders from public files only, and a timer."""

import re
from configparser import ConfigParser

import pytest
import yaml

from openresponse.errors import ApprovalError
from openresponse.program import load
from openresponse.workflow import commands
from openresponse.workflow.documentation import commands_page
from support.documentation import DOCS, text
from support.workspace import ROOT

FOLDER = DOCS / "examples"
WORKFLOW = FOLDER / "pages.yml"
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
KEYS = {
    "workflow": {"name", "on", "permissions", "concurrency", "jobs"},
    "on": {"push", "workflow_dispatch"},
    "job": {"runs-on", "timeout-minutes", "needs", "permissions", "environment", "steps"},
    "step": {"name", "id", "uses", "with", "env", "run"},
}
ALLOWED = {
    "render": {"contents": "read"},
    "deploy": {"pages": "write", "id-token": "write"},
}


def workflow() -> dict:
    # YAML 1.1 reads the key `on` as true.
    return {
        "on" if key is True else key: value for key, value in yaml.safe_load(text(WORKFLOW)).items()
    }


def steps() -> list[dict]:
    return [step for job in workflow()["jobs"].values() for step in job["steps"]]


def test_the_workflow_has_only_keys_that_are_known():
    assert set(workflow()) == KEYS["workflow"]
    assert set(workflow()["on"]) <= KEYS["on"]
    assert all(set(job) <= KEYS["job"] for job in workflow()["jobs"].values())
    assert all(set(step) <= KEYS["step"] for step in steps())
    assert all(("uses" in step) != ("run" in step) for step in steps())


def test_the_workflow_may_do_nothing_but_read_and_deploy():
    assert workflow()["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow()["jobs"].items()} == ALLOWED
    assert "secrets" not in text(WORKFLOW)
    assert [step["with"]["persist-credentials"] for step in steps() if "checkout" in str(step)] == [
        False
    ]


def test_everything_that_the_workflow_fetches_is_pinned():
    used = [line.strip().lstrip("- ") for line in text(WORKFLOW).splitlines() if "uses:" in line]
    assert len(used) == 4
    assert all(PINNED.match(line) for line in used)
    (fetched,) = [step for step in steps() if "curl" in step.get("run", "")]
    assert re.fullmatch(r"[0-9a-f]{64}", fetched["env"]["SHA256"])
    assert "sha256sum --check" in fetched["run"]


def test_the_workflow_renders_from_public_files_only():
    run = "\n".join(step["run"] for step in steps() if "run" in step)
    assert [line for line in run.splitlines() if "data/raw" in line] == [
        "test -z \"$(git ls-files data/raw ':!data/raw/README.md')\""
    ]
    assert not re.search(r"openresponse (?:demo|release|revise|approve|retract)", run)
    made = re.findall(r"^make ([a-z-]+)$", run, re.MULTILINE)
    assert made == ["setup", "site", "verify"]
    assert set(made) <= set(commands_page.targets(ROOT))


def test_every_command_of_the_workflow_is_one_that_the_parser_takes():
    run = "\n".join(step["run"] for step in steps() if "run" in step)
    asked = re.findall(r"^\.venv/bin/openresponse (.+)$", run, re.MULTILINE)
    assert [vars(commands.parser().parse_args(one.split()))["verb"] for one in asked] == ["verify"]


def test_what_is_deployed_is_the_website():
    (handed,) = [step for step in steps() if "upload-pages-artifact" in str(step)]
    assert handed["with"] == {"path": "site/_site"}
    assert workflow()["jobs"]["deploy"]["needs"] == "render"


@pytest.fixture(params=["service", "timer"])
def unit(request):
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str
    read.read_string(text(FOLDER / f"openresponse.{request.param}"))
    return read


def test_every_unit_says_what_it_is_for(unit):
    assert unit["Unit"]["Description"]


def test_the_service_runs_commands_that_the_parser_takes():
    service = text(FOLDER / "openresponse.service")
    asked = re.findall(r"^ExecStart=\S+/openresponse (.+)$", service, re.MULTILINE)
    assert [vars(commands.parser().parse_args(one.split()))["verb"] for one in asked] == [
        "release",
        "site",
        "publish",
    ]


def test_waiting_for_approval_is_a_success_of_the_service():
    assert f"SuccessExitStatus={ApprovalError.exit_code}\n" in text(FOLDER / "openresponse.service")


def test_the_timer_runs_on_the_days_and_in_the_time_zone_of_the_program_file():
    program = load(ROOT / "program.yml")
    (line,) = re.findall(r"^OnCalendar=(.+)$", text(FOLDER / "openresponse.timer"), re.MULTILINE)
    weekday, days, _, zone = line.split()
    first, last = map(int, days.removeprefix("*-*-").split(".."))
    assert zone == program.program.timezone
    for day in program.calendar.releases.values():
        assert day.strftime("%a") == weekday
        assert first <= day.day <= last
