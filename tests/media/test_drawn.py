"""What is drawn once, and when it is drawn again."""

import os

import pytest

from openresponse.media import drawn


class Pen:
    """Draws, and counts how often."""

    def __init__(self) -> None:
        self.strokes = 0

    def __call__(self) -> bytes:
        self.strokes += 1
        return b"drawing"


def test_the_same_is_drawn_once_and_anything_else_again(tmp_path):
    pen, other = Pen(), tmp_path / "template"
    other.write_text("a template")
    with drawn.beside(tmp_path / "2026-10"):
        for made_from in (["1.0", 3], ["1.0", 3], ["1.0", 4], ["1.1", 3], ["1.0", other]):
            assert drawn.once(pen, *made_from) == b"drawing"
    assert pen.strokes == 4


def test_a_file_counts_by_what_is_in_it(tmp_path):
    pen = Pen()
    for name in ("one", "same"):
        (tmp_path / name).write_text("a template")
    with drawn.beside(tmp_path / "2026-10"):
        drawn.once(pen, tmp_path / "one")
        drawn.once(pen, tmp_path / "same")
    assert pen.strokes == 1


def test_nothing_is_kept_where_nobody_said_where():
    pen = Pen()
    drawn.once(pen, "1.0")
    drawn.once(pen, "1.0")
    assert pen.strokes == 2


def test_a_drawing_that_failed_is_drawn_again(tmp_path):
    def broken() -> bytes:
        raise OSError("no ink")

    with drawn.beside(tmp_path / "2026-10"):
        with pytest.raises(OSError, match="no ink"):
            drawn.once(broken, "1.0")
        assert drawn.once(Pen(), "1.0") == b"drawing"


def test_what_no_page_uses_any_more_goes(tmp_path):
    with drawn.beside(tmp_path / "2026-10"):
        drawn.once(Pen(), "unused")
        unused = set((tmp_path / drawn.FOLDER).iterdir())
        for path in unused:
            os.utime(path, (0, 0))
        drawn.once(Pen(), "used")
    drawn.forget_unused(tmp_path)
    assert len(list((tmp_path / drawn.FOLDER).iterdir())) == 1
    assert not any(path.exists() for path in unused)
