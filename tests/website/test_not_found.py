"""The page that stands at every address without one speaks every language of the site."""

import pytest

from openresponse.program import load
from openresponse.website import not_found
from support import catalogues
from support.workspace import ROOT


@pytest.mark.parametrize("code", load(ROOT / "program.yml").program.languages[1:])
def test_every_language_of_the_program_is_on_it(code, tmp_path):
    text = not_found.write(tmp_path, ["en", code]).read_text(encoding="utf-8")
    assert f'::: {{lang="{code}"}}' in text and text.count("(tel:988)") == 2
    assert "(index.qmd)" in text and f"({code}/index.qmd)" in text
    assert f"({code}/corrections.qmd)" in text


def test_a_language_without_these_texts_is_not_on_it(tmp_path, monkeypatch):
    catalogues.use(tmp_path / "locale", monkeypatch)
    catalogues.write("vi", {not_found.NOWHERE: "Không có trang nào."})
    text = not_found.write(tmp_path, ["en", "vi"]).read_text(encoding="utf-8")
    assert "Không" not in text and text.count("(tel:988)") == 1


def test_a_site_in_one_language_has_one(tmp_path):
    text = not_found.write(tmp_path, ["en"]).read_text(encoding="utf-8")
    assert not_found.HELP in text and "lang=" not in text
