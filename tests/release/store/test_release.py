"""Releases on disk: whole, unchanged, verifiable, readable."""

import shutil

import pandas as pd
import pytest

from openresponse.disclosure import rules
from openresponse.errors import ReleaseError
from openresponse.release.checks import gate
from openresponse.release.store.published import Published
from openresponse.release.store.write import csv_text, promote, verify
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
    folder = candidate(tmp_path)
    promote(folder, tmp_path / "public")
    promote(folder, tmp_path / "public")


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
    gate.earlier_figures_stand(tables, tables)
    with pytest.raises(ReleaseError, match="figures published earlier"):
        gate.earlier_figures_stand(changed, tables)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_a_spreadsheet_would_run_becomes_text(start):
    assert (
        csv_text(pd.DataFrame({"note": [f"{start}HYPERLINK()"], "n": [-1]}))
        == f"note,n\n'{start}HYPERLINK(),-1\n"
    )
