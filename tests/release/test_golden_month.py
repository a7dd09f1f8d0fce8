"""The golden month, compared whole."""

import golden

EXPECTED = golden.HERE / "public"


def test_the_golden_month_is_published_to_the_letter(tmp_path):
    made = golden.make(tmp_path)
    assert sorted(p.name for p in made.iterdir()) == sorted(p.name for p in EXPECTED.iterdir())
    for path in sorted(EXPECTED.iterdir()):
        assert (made / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path.name


def test_every_file_of_a_fictional_release_says_fictional_data():
    for path in EXPECTED.iterdir():
        text = path.read_text(encoding="utf-8")
        rows = text.splitlines()[1:] if path.suffix == ".csv" else [text]
        assert all("fictional" in row.lower() for row in rows), path.name
