"""What is confidential, nobody but its owner may read."""

import os

import pytest

from openresponse.errors import ReleaseError
from openresponse.release.history import confidential_ledger
from openresponse.release.store import confidential
from openresponse.release.store.write import stage
from openresponse.workflow import proofs
from openresponse.workflow.city import City
from openresponse.workflow.rendering import page_folders
from support import workspace


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_only_the_owner_may_read_ledger_and_candidate_whatever_the_umask(umask, tmp_path):
    confidential_ledger.sow(tmp_path / "ledger", 1)
    stage(tmp_path / "build", tmp_path / "public", "2026-01", {"a.csv": "text"}, {})
    folder = tmp_path / "build" / "candidate" / "2026-01"
    assert confidential.open_to_others([tmp_path / "ledger", folder]) == []
    assert (tmp_path / "ledger" / "seed").stat().st_mode & 0o777 == confidential.FILE


@pytest.mark.parametrize(
    ("place", "demonstration"),
    [("ledger/seed", True), ("build/confidential/a.pdf", True), ("raw/2026-01/a.csv", False)],
)
def test_verify_names_what_others_may_read(tmp_path, place, demonstration):
    city = City(workspace.program_file(tmp_path, demonstration=demonstration))
    path = tmp_path / place
    confidential.close_off(path.parent)
    path.write_text("text", encoding="utf-8")
    path.chmod(0o644)
    with pytest.raises(ReleaseError, match=path.name):
        proofs.verify(city)
    confidential.close_off(path.parent)
    with pytest.raises(ReleaseError, match="no release here"):
        proofs.verify(city)


@pytest.mark.parametrize("name", ["stage", "briefs", "review", "rendered"])
def test_pages_of_what_is_not_public_yet_are_in_folders_that_others_cannot_enter(tmp_path, name):
    city = City(workspace.program_file(tmp_path))
    folder = tmp_path / "build" / name
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    with pytest.raises(ReleaseError, match=f"chmod -R go=.*{folder}"):
        proofs.check_rights(city.program)
    page_folders.close(tmp_path / "build")
    proofs.check_rights(city.program)
