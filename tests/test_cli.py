"""The commands as a person types them: exit codes, one sentence for each failure, nothing lost."""

import re

import pytest
import yaml

from openresponse import cli
from openresponse.errors import OpenResponseError
from support.extract import drop
from support.workspace import ROOT


@pytest.fixture
def program_file(tmp_path):
    content = yaml.safe_load((ROOT / "program.yml").read_text(encoding="utf-8"))
    content["folders"] = {
        name: str(tmp_path / name) for name in ("raw", "public", "build", "site", "ledger")
    }
    path = tmp_path / "program.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_each_kind_of_failure_has_its_own_exit_code():
    codes = [kind.exit_code for kind in OpenResponseError.__subclasses__()]
    assert len(set(codes)) == len(codes) and not {0, 1} & set(codes)


def test_a_program_file_that_is_not_there_is_one_sentence(capsys):
    assert cli.main(["check", "--program", "nowhere.yml"]) == 2
    assert capsys.readouterr().err.startswith(
        "openresponse: nowhere.yml: the program file cannot be read"
    )


def test_a_month_without_a_drop_is_one_sentence(program_file, tmp_path, capsys):
    drop(tmp_path / "raw", "2026-01", incidents=[{}])
    assert cli.main(["check", "--program", str(program_file), "--month", "2026-05"]) == 3
    assert "no drop for 2026-05; the last is 2026-01" in capsys.readouterr().err


def test_a_month_written_wrong_is_refused(program_file, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["check", "--program", str(program_file), "--month", "May"])
    assert stopped.value.code == 2 and "write one such as 2026-10" in capsys.readouterr().err


def test_check_says_what_became_of_every_row_and_publishes_nothing(program_file, tmp_path, capsys):
    drop(tmp_path / "raw", "2026-01", incidents=[{}, {}], units=[{}])
    assert cli.main(["check", "--program", str(program_file)]) == 0
    assert "repeated" in capsys.readouterr().out and not (tmp_path / "public").exists()


def test_the_fictional_extract_never_overwrites_a_drop(program_file, tmp_path, capsys):
    folder = drop(tmp_path / "raw", "2026-01", incidents=[{}])
    before = (folder / "incidents.csv").read_bytes()
    assert cli.main(["demo", "--program", str(program_file)]) == 1
    assert "already a drop for 2026-01" in capsys.readouterr().err
    assert (folder / "incidents.csv").read_bytes() == before


@pytest.mark.parametrize("verb", sorted(cli.EXAMPLES))
def test_every_command_explains_itself_with_an_example(verb, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([verb, "--help"])
    assert stopped.value.code == 0 and f"openresponse {verb}" in capsys.readouterr().out


def test_every_target_of_the_makefile_is_explained():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, flags=re.M)) - {"browser"}
    assert targets == set(re.findall(r"^([a-z]+):.*## \S", text, flags=re.M))


def test_fresh_forgets_the_ledger_of_what_it_throws_away_and_nothing_else(program_file, tmp_path):
    drop(tmp_path / "raw", "2026-01", incidents=[{}])
    for name in ("ledger", "public"):
        (tmp_path / name).mkdir()
    (tmp_path / "ledger" / "seed").write_text("1", encoding="utf-8")
    (tmp_path / "public" / "ledger.jsonl").write_text("{}", encoding="utf-8")
    assert cli.main(["fresh", "--program", str(program_file)]) == 0
    assert (
        not (tmp_path / "ledger").exists() and not (tmp_path / "public" / "ledger.jsonl").exists()
    )


def test_fresh_keeps_the_ledger_while_a_real_drop_is_there(program_file, tmp_path):
    drop(tmp_path / "raw", "2026-01", incidents=[{}])
    (tmp_path / "raw" / "2026-01" / "FICTIONAL").unlink()
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "seed").write_text("1", encoding="utf-8")
    assert cli.main(["fresh", "--program", str(program_file)]) == 0
    assert (tmp_path / "ledger" / "seed").is_file()
