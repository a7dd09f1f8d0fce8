"""The golden month, compared whole."""

from support import golden

EXPECTED = golden.HERE / "public"


def test_the_golden_month_is_published_to_the_letter(tmp_path):
    made = golden.make(tmp_path)
    assert sorted(p.name for p in made.iterdir()) == sorted(p.name for p in EXPECTED.iterdir())
    # Texts first: where one differs, the other formats and the manifest do too.
    for path in sorted(
        EXPECTED.iterdir(), key=lambda path: (path.suffix not in (".csv", ".md"), path.name)
    ):
        assert (made / path.name).read_bytes() == path.read_bytes(), path.name


def test_every_row_of_a_fictional_release_says_fictional_data():
    for path in EXPECTED.glob("*.csv"):
        assert all(
            row.endswith(",fictional data")
            for row in path.read_text(encoding="utf-8").splitlines()[1:]
        ), path.name
