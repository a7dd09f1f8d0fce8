"""The commands as a person types them: exit codes, one sentence for each failure, nothing lost."""

import inspect
import json
import os
import pty
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from pkgutil import resolve_name

import pytest
import yaml

from openresponse import cli
from openresponse.errors import (
    CatalogueError,
    OpenResponseError,
    PlausibilityError,
    ProgramError,
    UsageError,
)
from openresponse.workflow import commands
from support import workspace
from support.extract import deliver
from support.workspace import ROOT

COMMAND = [sys.executable, "-m", "openresponse"]
HEAVY = {"pandas", "numpy", "scipy", "altair", "pydantic", "rich", "yaml"}


@pytest.fixture
def program_file(tmp_path):
    return workspace.program_file(tmp_path)


def special_cases(kind: type[OpenResponseError]) -> list[type[OpenResponseError]]:
    """The errors that are of a kind, but for the kind itself."""
    return [one for case in kind.__subclasses__() for one in (case, *special_cases(case))]


def test_each_kind_of_failure_has_its_own_exit_code_and_its_special_cases_have_the_same():
    kinds = OpenResponseError.__subclasses__()
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes) and not {0, 1} & set(codes)
    assert {UsageError, CatalogueError} <= set(special_cases(ProgramError))
    for kind in kinds:
        assert {case.exit_code for case in special_cases(kind)} <= {kind.exit_code}


def test_a_program_file_that_is_not_there_is_one_sentence(capsys):
    assert cli.main(["check", "--program", "nowhere.yml"]) == 2
    assert capsys.readouterr().err.startswith(
        "openresponse: nowhere.yml: the program file cannot be read"
    )


def test_a_month_without_a_drop_is_one_sentence(program_file, tmp_path, capsys):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    assert cli.main(["check", "--program", str(program_file), "--month", "2026-05"]) == 3
    assert "no delivery for 2026-05; the last is 2026-01" in capsys.readouterr().err


def test_a_month_written_wrong_is_refused(program_file, capsys):
    assert cli.main(["check", "--program", str(program_file), "--month", "May"]) == 2
    assert "write one such as 2026-10" in capsys.readouterr().err


def test_check_says_what_became_of_every_row_and_publishes_nothing(program_file, tmp_path, capsys):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}, {}], units=[{}])
    assert cli.main(["check", "--program", str(program_file)]) == commands.NOTED
    said = capsys.readouterr().out
    assert re.search(r"^. Rows delivered +. +2 . +1 .", said, re.M)
    assert re.search(r"^. +The same row again +. +1 . +0 .", said, re.M)
    assert re.search(r"^. 2026-01/units.csv: Arrived +. arrived +. +1 . +1 . +0 . +0 .", said, re.M)
    assert "Nothing stops the release of 2026-01. 1 finding to look at." in said
    assert not (tmp_path / "public").exists()


def test_the_report_of_a_check_is_a_page_too(program_file, tmp_path, capsys):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}, {}], units=[{}])
    cli.main(["check", "--program", str(program_file)])
    page = (tmp_path / "build" / "check" / "2026-01" / "index.html").read_text(encoding="utf-8")
    assert "Nothing stops the release of 2026-01." in page and "<code>repeated_rows</code>" in page
    assert '<html lang="en">' in page and page.count("<caption>") == page.count("<table") == 4
    assert '<th scope="row">2026-01/units.csv</th>' in page


def test_what_stops_a_release_is_said_by_check_and_has_its_own_exit_code(
    program_file, tmp_path, capsys
):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    deliver(tmp_path / "raw", "2026-02", units=[{}])
    given = ["check", "--quiet", "--program", str(program_file)]
    assert cli.main(given) == PlausibilityError.exit_code
    assert capsys.readouterr().err.startswith(
        "openresponse: month_without_calls: 2026-02/incidents.csv: 0 rows"
    )


def test_a_file_that_no_extract_reads_is_named(program_file, tmp_path, capsys):
    folder = deliver(tmp_path / "raw", "2026-01", incidents=[{}], units=[{}])
    (folder / "incidents (1).csv").write_text("Incident Number\n", encoding="utf-8")
    assert cli.main(["check", "--program", str(program_file)]) == PlausibilityError.exit_code
    said = capsys.readouterr()
    assert "second_file: 2026-01/incidents (1).csv: not read" in said.err
    assert re.search(r"^. 2026-01/incidents \(1\).csv +. not read", said.out, re.M)


def test_the_fictional_extract_never_overwrites_a_delivery(program_file, tmp_path, capsys):
    folder = deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    before = (folder / "incidents.csv").read_bytes()
    assert cli.main(["demo", "--program", str(program_file)]) == 1
    assert "already a delivery for 2026-01" in capsys.readouterr().err
    assert (folder / "incidents.csv").read_bytes() == before


def helped(capsys, *arguments: str) -> str:
    """What `--help` prints."""
    with pytest.raises(SystemExit) as stopped:
        cli.main([*arguments, "--help"])
    assert stopped.value.code == 0
    return capsys.readouterr().out


def test_the_help_names_every_command(capsys):
    assert sorted(re.findall(r"^    ([a-z][a-z-]*)", helped(capsys), flags=re.M)) == sorted(
        commands.COMMANDS
    )


@pytest.mark.parametrize("verb", commands.COMMANDS)
def test_every_command_explains_itself_with_an_example_that_can_be_typed(verb, capsys):
    example = helped(capsys, verb).partition("Example: openresponse ")[2]
    assert commands.parser().parse_args(shlex.split(example)).verb == verb


@pytest.mark.parametrize("verb", commands.COMMANDS)
def test_the_arguments_of_a_command_are_those_of_the_function_that_answers(verb):
    command = commands.COMMANDS[verb]
    answer = resolve_name(f"openresponse.workflow.{command.run}")
    first, *others = inspect.signature(answer).parameters.values()
    assert first.name == "city"
    assert [one.name for one in others] == [one.parameter for one in command.arguments]


def test_the_help_lists_every_exit_code_with_its_meaning(capsys):
    listed = helped(capsys)
    for kind in OpenResponseError.__subclasses__():
        assert f"{kind.exit_code:5}  {kind.__name__}: {kind.__doc__}" in listed
    assert "    0  Done." in listed and "  130  Stopped with Ctrl-C." in listed


def test_the_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom openresponse import cli\n"
        "try:\n    cli.main(['--help'])\n"
        "except SystemExit:\n    print('loaded:', *sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    loaded = said.partition("loaded:")[2].split()
    assert "openresponse.cli" in loaded and not HEAVY & set(loaded)


def test_the_site_imports_only_what_it_needs_where_nothing_is_to_be_drawn_or_searched():
    code = "import sys\nimport openresponse.workflow.site\nprint(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    unneeded = {"altair", "highspy", "papermill", "scipy.optimize", "vl_convert"}
    assert not unneeded & set(said.split())


def test_the_module_and_the_script_are_the_same_command():
    script = Path(sys.executable).with_name("openresponse")
    for command in (COMMAND, [script]):
        said = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert re.fullmatch(r"openresponse \d+\.\d+\.\d+\n", said.stdout)


def test_a_shell_completes_the_commands(tmp_path):
    script = subprocess.run(
        [*COMMAND, "--print-completion", "bash"], capture_output=True, text=True, check=True
    ).stdout
    (tmp_path / "completion").write_text(script, encoding="utf-8")
    asked = (
        "source ./completion; COMP_WORDS=(openresponse re); COMP_CWORD=1;"
        " $(complete -p openresponse | grep -oP '(?<=-F )\\S+') openresponse re;"
        " echo ${COMPREPLY[@]}"
    )
    offered = subprocess.run(
        ["bash", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert sorted(offered.split()) == [
        "rebuild-ledger",
        "release",
        "restore",
        "retract",
        "review",
        "revise",
    ]


def test_for_machines_there_is_one_object_and_nothing_else(program_file, tmp_path, capsys):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}, {}], units=[{}])
    assert cli.main(["check", "--json", "--program", str(program_file)]) == commands.NOTED
    said = capsys.readouterr()
    facts = json.loads(said.out)
    assert said.out.count("\n") == 1 and said.err == ""
    assert facts.pop("message").startswith("Nothing stops the release of 2026-01.")
    counts = facts.pop("counts")
    assert counts["findings"] == [["repair and say", "repeated_rows"]]
    rows = counts["rows"]
    for extract in rows.values():
        assert extract["rows_in"] == extract["rows_used"] + extract["set_aside"]
    assert (rows["incidents"]["rows_in"], rows["incidents"]["repeated"]) == (2, 1)
    assert facts == {
        "verb": "check",
        "outcome": "noted",
        "release": "2026-01",
        "paths": [str(tmp_path / "build" / "check" / "2026-01" / "index.html")],
        "exit_code": commands.NOTED,
    }


@pytest.mark.parametrize(
    ("arguments", "outcome", "code"),
    [
        (["check", "--program", "nowhere.yml"], "ProgramError", 2),
        (["release", "--month", "May"], "UsageError", 2),
        (["verify", "nowhere"], "ReleaseError", 5),
    ],
)
def test_for_machines_a_failure_is_an_object_too(arguments, outcome, code, capsys):
    assert cli.main([*arguments, "--json"]) == code
    said = capsys.readouterr()
    facts = json.loads(said.out)
    assert (facts["verb"], facts["outcome"], facts["exit_code"]) == (arguments[0], outcome, code)
    assert facts["message"] and said.err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["release", "--jsn"], "unrecognized arguments: --jsn. See `openresponse release --help`."),
        (["retract"], "required: RELEASE, --reason, --decided-by. See `openresponse retract"),
        (["--colour"], "See `openresponse --help`."),
    ],
)
def test_a_mistyped_command_leads_to_its_own_help(arguments, said, capsys):
    assert cli.main(arguments) == 2
    assert said in capsys.readouterr().err


def test_a_month_that_was_not_delivered_is_said_before_its_day(program_file, tmp_path, capsys):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    given = ["release", "--month", "2027-01", "--program", str(program_file)]
    assert cli.main(given) == 3
    assert "no delivery for 2027-01" in capsys.readouterr().err


def test_quiet_prints_errors_only(program_file, tmp_path, capsys):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    given = ["check", "--quiet", "--program", str(program_file), "--month"]
    assert cli.main([*given, "2026-01"]) == 0
    said = capsys.readouterr()
    assert said.out == said.err == ""
    assert cli.main([*given, "2026-05"]) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_a_log_gets_plain_lines(program_file, tmp_path, capsys):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    assert cli.main(["check", "--program", str(program_file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Reading the extracts of 2026-01 ...\n") and "\x1b" not in said


def test_a_terminal_shows_a_stage_as_it_moves(program_file, tmp_path):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "check", "--program", str(program_file)],
        stdout=theirs,
        env={**os.environ, "TERM": "xterm"},
    ) as run:
        os.close(theirs)
        said = b""
        while True:
            try:
                said += os.read(ours, 4096)
            except OSError:  # its end
                break
    os.close(ours)
    assert run.returncode == 0
    assert b"\x1b[?25l" in said and b"Reading the extracts of 2026-01" in said
    assert re.search(rb"\(\d+ s\)", said)


def site(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "_site"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("Here", encoding="utf-8")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_a_busy_port_is_one_sentence(program_file, tmp_path, capsys):
    site(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert cli.main(["serve", "--port", str(port), "--program", str(program_file)]) == 9
    said = capsys.readouterr().err
    assert said.startswith(f"openresponse: port {port}: cannot be used (Address already in use).")
    assert said.count("\n") == 1


@pytest.mark.parametrize("port", ["99999", "0", "-1", "http"])
def test_what_is_no_port_is_one_sentence(port, capsys):
    assert cli.main(["serve", f"--port={port}"]) == 2
    said = capsys.readouterr().err
    assert f"{port!r} is not a port; take one from 1 to 65535" in said and said.count("\n") == 1


@pytest.mark.parametrize("after", [0.0, 0.2, 1.0])
def test_ctrl_c_stops_the_server_without_a_traceback(program_file, tmp_path, after):
    site(tmp_path)
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(free_port()), "--program", str(program_file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None and run.stdout.readline().startswith("http://127.0.0.1:")
        time.sleep(after)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate()
    assert run.returncode == 0 and said == ""


def test_ctrl_c_while_it_begins_is_one_sentence(program_file, tmp_path, monkeypatch, capsys):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_answer", interrupted)
    assert cli.main(["serve", "--program", str(program_file)]) == commands.STOPPED
    assert capsys.readouterr().err.count("\n") == 1


def test_a_full_disk_is_one_sentence_wherever_a_run_was(program_file, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "build/stage")

    monkeypatch.setattr(cli, "_answer", full)
    assert cli.main(["site", "--program", str(program_file)]) == 5
    assert capsys.readouterr().err.startswith("openresponse: build/stage: No space left on device.")


def test_every_target_of_the_makefile_is_explained():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text, flags=re.M)) - {"browser"}
    assert targets == set(re.findall(r"^([a-z-]+):.*## \S", text, flags=re.M))


@pytest.mark.parametrize("verb", ["check", "demo", "serve", "fresh"])
@pytest.mark.parametrize(
    ("privacy", "said"),
    [
        ({"preset": "cms-12"}, "`privacy.preset`: cms-12 is not a rule; allowed are cms-11,"),
        ({"overrides": {"threshold": 5}}, "`privacy.overrides.threshold`: a whole number"),
        ({"overrides": {"limit": 5}}, "`privacy.overrides`: limit cannot be set; allowed are"),
        *(
            ({"presets": {name: {"threshold": 6, "source": "County"} | wrong}}, said)
            for name, wrong, said in (
                ("cms-11", {}, "`privacy.presets.cms-11`: a rule that comes with the code has"),
                ("own", {"source": " "}, "`privacy.presets.own.source`: say where the rule is"),
                ("own", {"source": None}, "`privacy.presets.own.source`: Input should be"),
                ("own", {"threshold": 1}, "`privacy.presets.own.threshold`: Input should be"),
                ("own", {"limit": 5}, "`privacy.presets.own.limit` is not a key of the program"),
                ("own", {"round_to": 20}, "`privacy.presets.own`: a count of 6 would be shown as"),
                ("own", {"round_to": 3, "residents": 9}, "`privacy.presets.own`: small counts of"),
            )
        ),
    ],
)
def test_a_rule_that_does_not_exist_is_refused_before_anything_is_done(
    program_file, capsys, verb, privacy, said
):
    text = program_file.read_text(encoding="utf-8")
    content = yaml.safe_load(text) | {"privacy": privacy}
    program_file.write_text(yaml.safe_dump(content), encoding="utf-8")
    assert cli.main([verb, "--program", str(program_file)]) == 2
    printed = re.sub(r", line \d+:", ":", capsys.readouterr().err)
    assert printed.startswith(f"openresponse: {program_file}: {said}")


def test_folders_are_found_from_the_program_file_wherever_the_command_runs(
    tmp_path, monkeypatch, capsys
):
    city, elsewhere = tmp_path / "city", tmp_path / "elsewhere"
    city.mkdir()
    deliver(city / "data" / "raw", "2026-01", incidents=[{}])
    deliver(elsewhere / "data" / "raw", "2026-02", incidents=[{}])
    shutil.copy2(ROOT / "program.yml", city)
    monkeypatch.chdir(elsewhere)
    given = ["check", "--json", "--program", str(city / "program.yml")]
    assert cli.main(given) == 0
    assert json.loads(capsys.readouterr().out)["release"] == "2026-01"
