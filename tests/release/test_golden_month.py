"""The golden month, compared whole."""

from support import golden


def test_the_golden_month_is_published_to_the_letter_on_any_machine(golden_month):
    differ = golden.differences(golden_month, golden.PUBLIC)
    assert not differ, golden.stale(differ, golden.PUBLIC)


def test_the_pictures_of_the_golden_month_are_the_same_bytes_on_any_machine(golden_month):
    differ = golden.differences(golden_month.parents[1] / "pictures", golden.PICTURES)
    assert not differ, golden.stale(differ, golden.PICTURES)


def test_a_golden_file_that_is_other_or_missing_or_not_expected_is_named(tmp_path):
    made, kept = tmp_path / "made", tmp_path / "kept"
    for folder, files in ((made, "abd"), (kept, "abc")):
        folder.mkdir()
        for name in files:
            (folder / name).write_text("same")
    (made / "b").write_text("other")
    assert golden.differences(made, kept) == ["b", "c", "d"]


def test_every_row_of_a_fictional_release_says_fictional_data():
    for path in golden.PUBLIC.glob("*.csv"):
        assert all(
            row.endswith(",fictional data")
            for row in path.read_text(encoding="utf-8").splitlines()[1:]
        ), path.name
