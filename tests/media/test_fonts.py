"""Each script of a program's languages has a font, or the one that is wanted is named."""

import pytest

from openresponse.errors import ProgramError
from openresponse.media import fonts
from openresponse.workflow import candidates


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "PLACES", (tmp_path,))
    return tmp_path


@pytest.mark.parametrize("code", ["en", "es", "ht", "vi", "pt", "ru", "he"])
def test_latin_greek_cyrillic_and_hebrew_letters_need_no_font_of_the_machine(
    code, nothing_installed
):
    assert fonts.wanted([code]) == [] and fonts.added(code) == []


@pytest.mark.parametrize(
    ("code", "package", "file"),
    [
        ("ar", "fonts-noto-core", "NotoNaskhArabic-Regular.ttf"),
        ("zh-Hant", "fonts-noto-cjk", "NotoSerifCJK-Regular.ttc"),
        ("zh", "fonts-noto-cjk", "NotoSerifCJK-Bold.ttc"),
        ("km", "fonts-noto-core", "NotoSerifKhmer-Regular.ttf"),
        ("am", "fonts-noto-core", "NotoSerifEthiopic-Regular.ttf"),
    ],
)
def test_a_font_that_is_not_there_is_asked_for_by_package_and_file(
    code, package, file, nothing_installed
):
    (said,) = fonts.wanted(["en", code])
    assert said.startswith(code) and package in said and file in said


def test_a_font_that_is_there_is_taken_and_not_asked_for(nothing_installed):
    for name in fonts.FONTS["Arab"].files:
        (nothing_installed / name).touch()
    assert fonts.wanted(["ar"]) == []
    assert [path.name for path in fonts.added("ar")] == list(fonts.FONTS["Arab"].files)


def test_a_script_without_a_known_font_is_said_to_have_none(nothing_installed):
    (said,) = fonts.wanted(["nqo"])
    assert "nqo is written in Nkoo" in said


def test_nothing_is_made_for_a_program_whose_letters_no_font_has(boston, nothing_installed):
    about = boston.program.model_copy(update={"languages": ("en", "zh-Hant", "ar")})
    program = boston.model_copy(update={"program": about})
    with pytest.raises(ProgramError, match=r"fonts-noto-cjk.*fonts-noto-core.*Nothing was made"):
        candidates.refuse_without_fonts(program)
