"""A public folder that was changed in any way is never taken for what was published."""

import shutil

import pytest

import damage
from openresponse.errors import ReleaseError
from openresponse.release.history import chain

SEEDS = 12


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return damage.published(tmp_path_factory.mktemp("published"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_changed_file_is_refused_in_one_sentence(whole, tmp_path, seed):
    assert damage.damaged_release(seed, whole, tmp_path) == ""


def as_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("2025-03/funnel.csv", as_folder),
        ("2025-03/manifest.json", lambda path: path.write_bytes(path.read_bytes()[:500])),
        ("2025-03/manifest.json", lambda path: path.write_text("[]")),
        ("corrections.csv", lambda path: path.write_bytes(path.read_bytes() + b"\xff")),
        ("ledger.jsonl", lambda path: path.write_bytes(b"\xff" + path.read_bytes())),
    ],
    ids=["a folder", "half a manifest", "no manifest", "no letter in a list", "nor in the ledger"],
)
def test_what_cannot_even_be_read_is_named(whole, tmp_path, name, change):
    public = tmp_path / "public"
    shutil.copytree(whole, public)
    change(public / name)
    with pytest.raises(ReleaseError, match=name.rpartition("/")[2]):
        chain.check(public)
