"""A catalogue that was begun or half finished, end to end: pages, brief and inspection."""

import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import html

from openresponse import language
from openresponse.language.completeness import completeness
from openresponse.release.store.published import Published
from openresponse.report.html import qmd
from openresponse.report.pages import brief, site_pages
from openresponse.report.prose.localized import localized
from openresponse.website import engines
from openresponse.website.inspection import accessibility, examination, numbers, page
from support import catalogues, invented, workspace
from support.workspace import ROOT

pytestmark = pytest.mark.slow

GOLDEN = ROOT / "tests" / "golden" / "public"
RELEASES = {"ht": "2025-03", "vi": "2026-10"}  # what the site in that language shows
KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>|`[^`]*`|&\w+;)")
# Nobody's words, in letters that English has not.
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувщхъз")
LATIN, OTHER = re.compile(r"[A-Za-z]{4,}"), re.compile("[а-я]")


def half(text: str) -> str:
    """Every other text of the code, by chance that is the same on each machine."""
    if zlib.crc32(text.encode()) % 2:
        return ""
    pieces = enumerate(KEPT.split(text))
    return "".join(piece if at % 2 else piece.lower().translate(LETTERS) for at, piece in pieces)


def none(_text: str) -> str:
    """A catalogue as it is begun."""
    return ""


@pytest.fixture(scope="module", params=["ht", "vi"])
def code(request, tmp_path_factory):
    """A language with half a catalogue; CLDR has only French months of the first."""
    with _catalogue(tmp_path_factory, request.param, half):
        yield request.param


@contextmanager
def _catalogue(tmp_path_factory, code: str, translate: Callable[[str], str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        catalogues.use(tmp_path_factory.mktemp("locale"), patch)
        catalogues.write_every(code, translate, catalogues.CREOLE if code == "ht" else None)
        yield


@pytest.fixture(scope="module")
def site(code, tmp_path_factory):
    """A small site with pages and brief in that language: of the golden month, and of the invented
    release, which has neighborhoods and a whole year besides.
    """
    base = tmp_path_factory.mktemp("half")
    if code == "vi":
        return _site(base / "site", invented.write(base / RELEASES[code]), code)
    release = shutil.copytree(GOLDEN, base / RELEASES[code])
    return _site(base / "site", Published.load(release), code)


def _site(folder: Path, published: Published, code: str) -> Path:
    workspace.sources(folder)
    site_pages.write(published, folder, {"none": []}, "", ["en", code])
    for spoken in ("en", code):
        with language.speaking(spoken):
            body = brief.html(localized(published))
            qmd.page(folder, f"briefs/{published.folder.name}.qmd", "Brief", "Two pages.", body)
    for name in ("calendar", "corrections", "outcomes"):
        text = f"---\ntitle: {name}\n---\n\nText.\n"
        (folder / f"{name}.qmd").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        # Only a part of a site, whose links lead to what is not there.
        patch.setattr(examination, "inspect", lambda *given: [])
        made = engines.render(folder, "smalldocs")
    data = made / "data" / published.folder.name
    shutil.copytree(published.folder, data, dirs_exist_ok=True)
    return made


def figures(site, release: str) -> list[str]:
    return [str(one) for one in numbers.findings(site, page.read(site), release)]


def test_every_kind_of_page_passes_where_nothing_is_translated(tmp_path_factory):
    base = tmp_path_factory.mktemp("draft")
    published = invented.write(base / RELEASES["vi"])
    with _catalogue(tmp_path_factory, "vi", none):
        site = _site(base / "site", published, "vi")
        assert (site / "vi" / "neighborhoods.html").is_file()
        assert figures(site, RELEASES["vi"]) == []
        assert accessibility.findings(site, page.read(site)) == []


def test_its_pages_pass_the_inspection(site, code):
    assert figures(site, RELEASES[code]) == []
    assert accessibility.findings(site, page.read(site)) == []


@pytest.mark.parametrize("name", ["index", "briefs/{release}"])
def test_a_changed_figure_is_found_in_either_language(site, code, name):
    name = f"{code}/{name}.html".format(release=RELEASES[code])
    text = (site / name).read_text(encoding="utf-8")
    main = text[text.index("<main") :]
    prose = re.sub(
        r"<(svg|table|details|nav)\b.*?</\1>", lambda m: "-" * len(m[0]), main, flags=re.S
    )
    bare = re.sub(r"<[^>]*>", lambda m: "-" * len(m[0]), prose)
    shares = list(re.finditer(r"\(\d[\d.,]*[^()<>]*?\d\)", bare))
    inspection, start = numbers.Inspection(site, RELEASES[code]), len(text) - len(main)
    assert shares and not inspection.findings(page.parsed(name, text.encode()))
    for share in shares:
        at = start + share.start() + 1
        digit = (int(text[at]) % 9) + 1
        changed = f"{text[:at]}{digit}{text[at + 1 :]}"
        assert inspection.findings(page.parsed(name, changed.encode())), share[0]


@pytest.mark.parametrize("name", ["index", "briefs/{release}", "methods", "privacy"])
def test_what_is_in_english_says_so_and_has_english_figures(site, code, name):
    path = site / code / f"{name}.html".format(release=RELEASES[code])
    main = next(html.parse(path).iter("main"))
    for part in main.iter("span"):
        if part.get("lang") == "en":
            words = part.text_content()
            assert not OTHER.search(words), words
            assert code != "vi" or not re.search(r"\d,\d\b|\btháng\b", words), words
    names = {"EDP2", "EDP3", *catalogues.CREOLE["month"]}
    for part in main.iter("p", "li", "h2", "h3", "caption", "th", "figcaption"):
        if any(one.get("lang") == "en" for one in (part, *part.iterancestors())):
            continue
        own = part.text or ""
        assert not set(LATIN.findall(own)) - names, own


def test_the_brief_is_a_pdf_of_two_pages(code, tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    with language.speaking(code):
        document, _front = brief.write(localized(Published.load(GOLDEN)), tmp_path)
    with pikepdf.open(document) as pdf:
        assert len(pdf.pages) == 2


def test_how_much_is_translated_is_known(code):
    reached = completeness(code)
    assert 0.4 < reached.missing / reached.texts < 0.6
    assert str(reached).endswith("complete: no page")
