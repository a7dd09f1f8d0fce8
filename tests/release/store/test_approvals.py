"""An approval is a signature of these bytes by the key of a role; two roles are two keys."""

import shutil
from datetime import date

import pytest

from openresponse.errors import ProgramError, ReleaseError
from openresponse.program import load
from openresponse.release.store import approvals, signatures
from openresponse.release.store.public_folder import APPROVALS
from support import golden, workspace

DAY = date(2025, 4, 22)
OFFICER, ANALYST = "privacy officer", "program analyst"


@pytest.fixture
def keys(tmp_path):
    return {role: workspace.key(tmp_path / "keys", role) for role in (OFFICER, ANALYST)}


@pytest.fixture
def program(tmp_path, keys):
    """A real city whose two roles have their keys in the program file."""
    halves = {role: workspace.public_half(key) for role, key in keys.items()}
    return load(workspace.program_file(tmp_path, demonstration=False, approvers=halves))


@pytest.fixture
def candidate(tmp_path):
    return shutil.copytree(golden.HERE / "public", tmp_path / "candidate" / golden.MONTH)


def test_each_role_signs_with_its_own_key_and_anyone_can_check_it(program, candidate, keys):
    assert approvals.approve(program, candidate, OFFICER, keys[OFFICER], DAY) == [ANALYST]
    assert approvals.approve(program, candidate, ANALYST, keys[ANALYST], DAY) == []
    shutil.copy2(approvals.beside(candidate), candidate / APPROVALS)
    approvals.check(candidate)


def test_one_person_cannot_approve_as_two_roles(program, candidate, keys):
    with pytest.raises(ReleaseError, match="not the key of program analyst"):
        approvals.approve(program, candidate, ANALYST, keys[OFFICER], DAY)
    assert approvals.missing(program, candidate) == [OFFICER, ANALYST]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("date = 2025-04-22", 'date = "never"'),
        (f'role = "{OFFICER}"', f'role = "{ANALYST}"'),
        ("BEGIN SSH SIGNATURE", "BEGIN NOTHING"),
    ],
)
def test_a_hand_written_approval_is_refused(program, candidate, keys, was, becomes):
    approvals.approve(program, candidate, OFFICER, keys[OFFICER], DAY)
    path = approvals.beside(candidate)
    path.write_text(path.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    with pytest.raises(ReleaseError, match="not signed"):
        approvals.missing(program, candidate)
    shutil.copy2(path, candidate / APPROVALS)
    with pytest.raises(ReleaseError, match="not signed"):
        approvals.check(candidate)


def test_a_key_that_the_program_file_does_not_name_approves_nothing(
    program, candidate, keys, tmp_path
):
    approvals.approve(program, candidate, OFFICER, keys[OFFICER], DAY)
    other = workspace.public_half(workspace.key(tmp_path, "other"))
    renamed = program.release.model_copy(update={"approvers": {OFFICER: other}})
    assert approvals.missing(program.model_copy(update={"release": renamed}), candidate) == [
        OFFICER
    ]


def test_a_role_without_a_key_cannot_approve(tmp_path, candidate):
    program = load(workspace.program_file(tmp_path, demonstration=False))
    with pytest.raises(ProgramError, match="public SSH key"):
        approvals.approve(program, candidate, OFFICER, tmp_path / "none", DAY)


@pytest.mark.parametrize("second", ["the same", "no key"])
def test_a_program_file_gives_each_role_a_key_of_its_own(tmp_path, keys, second):
    key = workspace.public_half(keys[OFFICER])
    halves = {OFFICER: key, ANALYST: key if second == "the same" else second}
    with pytest.raises(ProgramError, match="approvers"):
        load(workspace.program_file(tmp_path, approvers=halves))


def test_a_key_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(ReleaseError, match="could not sign"):
        signatures.sign("text", tmp_path / "none")
