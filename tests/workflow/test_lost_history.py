"""A laptop dies, a delivery is destroyed, the ledger is lost: what is missing is named, a backup
puts it back, and the next month is published.
"""

import shutil

import pytest

from openresponse.errors import ReleaseError
from support.walks import Walk

pytestmark = pytest.mark.slow
WITHDRAW = ("--reason", "It counted test calls", "--decided-by", "Privacy officer")


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    walk = Walk(tmp_path_factory.mktemp("city"), ("responders",))
    step, copy = walk.step, str(walk.folder / "backup")
    walk.delivery("2026-01")
    step("first", "release", "--month", "2026-01")
    step("withdrawn", "retract", "2026-01", *WITHDRAW)
    step("corrected", "revise", *WITHDRAW)
    step("backup", "backup", copy)
    step("backup verified", "verify", copy)
    shutil.rmtree(walk.folder / "ledger")
    delivered = walk.raw.rename(walk.folder / "elsewhere")
    step("audit of a clone", "audit")
    step("release in a clone", "release", "--month", "2026-02")
    step("ledger of a clone", "rebuild-ledger")
    step("audit after refusals", "audit")
    delivered.rename(walk.raw)
    walk.delivery("2026-02")
    step("without ledger", "release", "--month", "2026-02")
    step("restore", "restore", copy)
    shutil.rmtree(walk.raw / "2026-01")
    step("without a delivery", "release", "--month", "2026-02")
    step("restore again", "restore", copy)
    step("next", "release", "--month", "2026-02")
    step("audit", "audit")
    step("verify", "verify")
    return walk


def test_every_step_but_the_refusals_leads_on(walk):
    refused = {step for step, code in walk.codes.items() if code}
    assert refused == {
        "release in a clone",
        "ledger of a clone",
        "without ledger",
        "without a delivery",
    }


def test_a_refusal_names_what_is_missing_and_the_command_that_puts_it_back(walk):
    for step, missing in (
        ("without ledger", "the confidential ledger lacks 2026-01"),
        ("ledger of a clone", "the files of 2026-01 are missing, which was retracted"),
        ("without a delivery", "the deliveries of 2026-01 are gone"),
    ):
        assert walk.codes[step] == ReleaseError.exit_code and missing in walk.said[step]
        assert "`openresponse restore FROM --program" in walk.said[step]


def test_a_backup_is_checked_by_verify(walk):
    assert "files as they were copied" in walk.said["backup verified"]
