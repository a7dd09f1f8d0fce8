"""Releases on disk: whole, unchanged, verifiable, readable."""

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from openresponse.disclosure import rules
from openresponse.errors import ReleaseError
from openresponse.release.checks import gate
from openresponse.release.store import files
from openresponse.release.store.files import csv_text
from openresponse.release.store.public_folder import verify
from openresponse.release.store.published import Published
from openresponse.release.store.write import promote
from openresponse.release.tables import incidents
from openresponse.release.tables.cells import count_tables
from support import golden

EXPECTED = golden.HERE / "public"
RULE = rules.rule("cms-11")


def candidate(tmp_path, name="2025-03"):
    folder = tmp_path / "build" / "candidate" / name
    shutil.copytree(EXPECTED, folder)
    return folder


def test_a_release_appears_whole_and_latest_follows(tmp_path):
    public = tmp_path / "public"
    promote(candidate(tmp_path), public)
    assert sorted(p.name for p in public.iterdir()) == ["2025-03", "latest"]
    verify(public / "latest")


def test_the_same_release_again_changes_nothing(tmp_path):
    folder, public = candidate(tmp_path), tmp_path / "public"
    promote(folder, public)
    before = {path: path.read_bytes() for path in public.rglob("*") if path.is_file()}
    promote(folder, public)
    assert before
    assert {path: path.read_bytes() for path in public.rglob("*") if path.is_file()} == before


def test_a_release_is_never_rewritten(tmp_path):
    folder = candidate(tmp_path)
    promote(folder, tmp_path / "public")
    (folder / "README.md").write_text("other", encoding="utf-8")
    with pytest.raises(ReleaseError, match="README.md would change"):
        promote(folder, tmp_path / "public")
    verify(tmp_path / "public" / "2025-03")


def test_a_release_interrupted_half_way_is_invisible_and_the_next_run_finishes(tmp_path):
    public = tmp_path / "public"
    (public / ".2025-03.partial").mkdir(parents=True)
    (public / ".2025-03.partial" / "funnel.csv").write_text("half", encoding="utf-8")
    promote(candidate(tmp_path), public)
    verify(public / "2025-03")
    assert sorted(p.name for p in public.iterdir()) == ["2025-03", "latest"]


def test_a_read_only_folder_gives_one_sentence(tmp_path):
    blocked = tmp_path / "public"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(ReleaseError, match="could not be written"):
        promote(candidate(tmp_path), blocked)


def test_one_changed_byte_is_found_and_named(tmp_path):
    folder = candidate(tmp_path)
    path = folder / "funnel.csv"
    path.write_bytes(path.read_bytes().replace(b"2025-01", b"2025-02", 1))
    with pytest.raises(ReleaseError, match="funnel.csv"):
        verify(folder)


def test_a_withheld_value_is_empty_and_marked():
    frames = Published.load(EXPECTED).tables
    assert any((frame.filter(like="_status") == "c").any(axis=None) for frame in frames.values())
    gate.withheld_is_empty(frames)


def test_a_withheld_value_written_as_zero_is_refused():
    frame = pd.DataFrame({"incidents": pd.array([0], dtype="Int64"), "incidents_status": ["c"]})
    with pytest.raises(ReleaseError):
        gate.withheld_is_empty({"t": frame})


def test_a_share_is_the_published_count_over_the_published_whole():
    frames = Published.load(EXPECTED).tables
    gate.shares_agree(frames, RULE)
    wrong = {
        name: frame.assign(share_of_all=frame["share_of_all"] + 0.001)
        for name, frame in frames.items()
        if name == "funnel"
    }
    with pytest.raises(ReleaseError, match="share_of_all"):
        gate.shares_agree(wrong, RULE)


def test_no_share_is_shown_where_one_of_its_counts_is_withheld():
    for frame in Published.load(EXPECTED).tables.values():
        for share, whole in (
            ("share_of_part", "part_of_incidents"),
            ("share_of_all", "all_incidents"),
        ):
            if share in frame and whole in frame:
                withheld = frame["incidents"].isna() | frame[whole].isna()
                assert frame.loc[withheld, share].isna().all()


def test_a_character_that_no_file_can_hold_is_left_out():
    assert csv_text(pd.DataFrame({"note": ["a\x0bb\x00", "\r=1"]})) == "note\nab\n'=1\n"


def test_an_earlier_figure_that_changes_is_refused():
    tables = count_tables(Published.load(EXPECTED))
    changed = [*tables]
    cells = tables[0].cells.copy()
    cells.loc[cells["count"].first_valid_index(), "count"] += 100
    changed[0] = type(tables[0])(
        tables[0].name, tables[0].universe, cells, tables[0].hierarchies, tables[0].subset
    )
    gate.earlier_figures_are_unchanged(tables, tables)
    with pytest.raises(ReleaseError, match="figures published earlier"):
        gate.earlier_figures_are_unchanged(changed, tables)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_a_spreadsheet_would_run_becomes_text(start):
    assert (
        csv_text(pd.DataFrame({"note": [f"{start}HYPERLINK()"], "n": [-1]}))
        == f"note,n\n'{start}HYPERLINK(),-1\n"
    )


def test_a_table_that_is_missing_or_has_other_dimensions_is_refused():
    tables = count_tables(Published.load(EXPECTED))
    with pytest.raises(ReleaseError, match="published before and now missing"):
        gate.earlier_figures_are_unchanged(tables[1:], tables)
    other = replace(tables[0], hierarchies={"other": next(iter(tables[0].hierarchies.values()))})
    with pytest.raises(ReleaseError, match="its dimensions differ"):
        gate.earlier_figures_are_unchanged([other, *tables[1:]], tables)


def test_single_incidents_are_no_figures_that_a_new_month_could_change(tmp_path):
    folder = candidate(tmp_path)
    (folder / "single.csv").write_text("period,result\n2024,sent\n", encoding="utf-8")
    columns = [{"name": name, "type": "string"} for name in ("period", "result")]
    single = {
        "name": "single",
        "path": "single.csv",
        "schema": {"fields": columns},
        "openresponse": {"kind": incidents.KIND},
    }
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"].append(single)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    gate.other_figures_are_unchanged(Published.load(folder), Published.load(folder))


def test_a_revision_without_the_list_of_what_it_changes_is_refused():
    before = Published.load(EXPECTED)
    with pytest.raises(ReleaseError, match="without the list of what it changes"):
        gate.changes_are_listed(before, before)


@pytest.mark.parametrize("swaps", [True, False], ids=["in one step", "by two names"])
def test_a_folder_takes_the_place_of_another_on_any_system(swaps, tmp_path, monkeypatch):
    if not swaps:
        monkeypatch.setattr(files, "_exchange", lambda *_: False)
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    files.replace_folder(tmp_path / "new", tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old" / "file").read_text() == "new"


def test_a_published_release_says_what_it_is():
    golden = Published.load(EXPECTED)
    assert (golden.month, golden.revision, golden.fictional) == ("2025-03", None, True)
    assert golden.manifest["release"] == golden.name
    assert golden.program["city"] and golden.statuses["c"] and golden.left_out is not None
    assert (
        golden.grain("funnel") == "month" and "incidents" in golden.definition("funnel")["counts"]
    )
