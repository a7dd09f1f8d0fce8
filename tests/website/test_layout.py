"""Pages hold whatever language they are written in: very long words, and writing without spaces."""

import re

import pytest

from openresponse.report.pages import model, site_pages
from openresponse.website import engines
from openresponse.website.inspection import examination
from support import catalogues, invented, workspace

# Names, with the brackets by which figures are read, and what is no text.
KEPT = re.compile(r"((?:\{\w+\} )?\([^()]*\{[^()]*\)|\{[^}]*\}|<[^>]*>|`[^`]*`|&\w+;)")


def long_words(text: str) -> str:
    """Every third word is longer than any word of a language that joins words."""
    return " ".join(
        part if KEPT.search(part) or at % 3 else f"{part}geschwindigkeitsbegrenzung"
        for at, part in enumerate(text.split(" "))
    )


def without_spaces(text: str) -> str:
    return "".join(
        part if KEPT.fullmatch(part) else "危機應對" * max(1, len(part) // 8)
        for part in KEPT.split(text)
        if part
    )


PSEUDO = {"ht": (long_words, catalogues.CREOLE), "zh-Hant": (without_spaces, None)}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """A small site with home and methods in two languages nobody speaks, each under the code of one
    that is to come.
    """
    folder = tmp_path_factory.mktemp("site") / "site"
    with pytest.MonkeyPatch.context() as patch:
        catalogues.use(tmp_path_factory.mktemp("locale"), patch)
        for code, (pseudo, own) in PSEUDO.items():
            catalogues.write_every(code, pseudo, own)
        published = invented.write(tmp_path_factory.mktemp("release") / "2026-10")
        workspace.sources(folder)
        # Home and methods are what is looked at: nothing is drawn for a model.
        patch.setattr(model, "of_model", lambda *given: [])
        site_pages.write(published, folder, {"none": []}, "", ["en", *PSEUDO])
        for name in ("calendar", "corrections", "outcomes"):
            page = f"---\ntitle: {name}\n---\n\nText.\n"
            (folder / f"{name}.qmd").write_text(page, encoding="utf-8")
        # Only a part of a site, whose links lead to what is not there.
        patch.setattr(examination, "inspect", lambda *given: [])
        yield engines.render(folder, "smalldocs")


@pytest.mark.parametrize("code", PSEUDO)
def test_home_and_methods_fit_at_320_pixels_in_any_writing(spoken, browser, code):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page, wide = context.new_page(), []
    for name in ("index.html", "methods.html"):
        page.goto((spoken / code / name).as_uri())
        for size in ("100%", "200%"):
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(
                    (
                        name,
                        size,
                        page.evaluate(
                            "[...document.querySelectorAll('body *')].filter(e =>"
                            " e.getBoundingClientRect().right > innerWidth + 1 &&"
                            " !e.closest('.scroll')).map(e => e.outerHTML.slice(0, 90))"
                        )[:4],
                    )
                )
        assert page.evaluate("document.documentElement.lang") == code
    context.close()
    assert not wide


@pytest.mark.parametrize("code", PSEUDO)
def test_no_text_of_a_picture_is_cut_off(spoken, browser, code):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto((spoken / code / "index.html").as_uri())
    cut = page.evaluate(
        """[...document.querySelectorAll('.picture svg')].flatMap(svg => {
            const box = svg.getBoundingClientRect();
            const isCut = r => r.left < box.left - 1 || r.right > box.right + 1;
            return [...svg.querySelectorAll('text')]
                .filter(t => isCut(t.getBoundingClientRect())).map(t => t.textContent);
        })"""
    )
    context.close()
    assert not cut


@pytest.mark.slow
def test_every_language_is_offered_in_its_own_name(spoken):
    text = (spoken / "index.html").read_text(encoding="utf-8")
    assert re.findall(
        r'lang="([\w-]+)" hreflang="[\w-]+"(?: aria-current="true")?>([^<]+)</a>', text
    ) == [("en", "English"), ("ht", "Kreyòl Ayisyen"), ("zh-Hant", "中文 (繁體)")]
