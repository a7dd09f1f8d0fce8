import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from openresponse import language
from openresponse.media.names import FICTIONAL
from openresponse.program import load
from openresponse.report.prose import words
from openresponse.website import serving
from openresponse.workflow import catalogues
from support.cities import NEWEST
from support.workspace import ROOT

# The default run of axe leaves out target-size, which is WCAG 2.2 AA.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PAGES = [
    "index.html",
    "models/index.html",
    "models/co-response.html",
    "models/alternative-response.html",
    "models/peer-led.html",
    "neighborhoods.html",
    "districts/index.html",
    "districts/a-1.html",
    "districts/a-15.html",
    "outcomes.html",
    "briefs/index.html",
    f"briefs/{NEWEST}.html",
    "data.html",
    "methods.html",
    "privacy.html",
    "about.html",
    "calendar.html",
    "glossary.html",
    "accessibility.html",
    "404.html",
]
SPOKEN = [  # written in every language
    "index.html",
    "methods.html",
    "privacy.html",
    "about.html",
    "models/index.html",
    "models/co-response.html",
    "models/alternative-response.html",
    "models/peer-led.html",
    "briefs/index.html",
    f"briefs/{NEWEST}.html",
    "neighborhoods.html",
    "districts/index.html",
    "districts/a-1.html",
]
LANGUAGES = load(ROOT / "program.yml").program.languages
PAGES += [f"{code}/{name}" for code in LANGUAGES[1:] for name in SPOKEN]
# One page of each kind: what their templates and tables have in common is tried on these.
KINDS = [
    "index.html",
    "models/index.html",
    "models/co-response.html",
    "models/peer-led.html",
    "neighborhoods.html",
    "districts/index.html",
    "districts/a-1.html",
    "outcomes.html",
    "briefs/index.html",
    f"briefs/{NEWEST}.html",
    "data.html",
    "methods.html",
    "404.html",
]
HEAVIEST = 150_000  # bytes that a page and its style sheet take as they are sent
ADDRESS = "https://openresponse.example/"


class Links(HTMLParser):
    """Every address and every id of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.links += [found[key] for key in ("href", "src") if found.get(key)]
        self.ids += [found["id"]] if "id" in found else []


def spoken(name: str) -> str:
    """The language of a page, by its folder."""
    return next((code for code in LANGUAGES[1:] if name.startswith(f"{code}/")), LANGUAGES[0])


def test_every_page_is_there(site):
    assert set(PAGES) <= {str(p.relative_to(site)) for p in site.rglob("*.html")}
    for name in (
        "data.json",
        "data/latest/funnel.parquet",
        "data/latest/tables.xlsx",
        f"data/{NEWEST}/release.zip",
        f"briefs/{NEWEST}.pdf",
        "briefs/index.xml",
        "sitemap.xml",
        "robots.txt",
        "data/latest/funnel.csv",
        f"data/{NEWEST}/datapackage.json",
        "calendar.ics",
        "releases.xml",
        "data/index.json",
        "_headers",
    ):
        assert (site / name).is_file(), name


# The rules whose verdict changes with the width of the window, and those that depend on the
# colours, which change with the scheme alone.
SIZED = {**RULES, "runOnly": ["target-size", "scrollable-region-focusable"]}
COLORS = ("color-contrast", "link-in-text-block")
COLORED = {**RULES, "runOnly": [*SIZED["runOnly"], *COLORS]}
# In another language a page has the same colours: there the rules that depend on its words.
WORDED = {**RULES, "rules": {rule: {"enabled": False} for rule in COLORS}}
# Every part unfolded, one row of each kind a table, and no shapes in the pictures: what is left
# looks the same and is soon read.
OPENED = """() => {
  document.querySelectorAll("details").forEach(part => part.open = true);
  const shapes = document.querySelectorAll("svg > :not(title, desc)");
  shapes.forEach(shape => shape.remove());
  const kind = row =>
    [...row.querySelectorAll("*")].map(part => part.tagName + part.className).join();
  document.querySelectorAll("tbody").forEach(body => { const seen = new Set();
    [...body.rows].forEach(row => seen.has(kind(row)) ? row.remove() : seen.add(kind(row))); });
}"""


def every(site) -> list[str]:
    """Every page of the site, also those that other releases and places have."""
    return sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_page_passes_axe_and_fits_and_asks_no_other_host(
    browser, address, width, scheme, full
):
    """In one width and scheme each page by every rule, but in other languages, on a push, by those
    that depend on its words; in the others one page of each kind, and in a full run each page, by
    the rules that depend on them.
    """
    first = (width, scheme) == (320, "light")
    rules = RULES if first else COLORED if (width, scheme) == (1280, "dark") else SIZED
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page, asked, said, found = context.new_page(), [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    for name in PAGES if first or full else KINDS:
        page.goto(address + name)
        page.evaluate(OPENED)
        found += [
            (name, rule["id"], rule["nodes"][0]["html"][:200])
            for rule in Axe()
            .run(page, options=rules if full or spoken(name) == LANGUAGES[0] else WORDED)
            .response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((name, "scrolls sideways"))
    context.close()
    assert asked and not [url for url in asked if not url.startswith(address)]
    assert not found and not said


def test_nothing_scrolls_sideways_at_320_and_with_large_text(browser, address, site):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    wide = []
    for name in every(site):
        page.goto(address + name)
        for size in ("100%", "200%"):
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((name, size))
    context.close()
    assert not wide


def test_on_a_phone_a_tables_title_and_the_names_of_its_rows_stay_in_sight_while_it_scrolls(
    browser, address
):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    for name in (f"briefs/{NEWEST}.html", "es/neighborhoods.html", "districts/b-2.html"):
        page.goto(address + name)
        out = page.evaluate(
            """[...document.querySelectorAll('.scroll')].filter(box => {
            box.scrollLeft = box.scrollWidth; const seen = box.getBoundingClientRect();
            const heads = [...box.querySelectorAll('caption, tbody th')];
            return box.checkVisibility() && heads.some(e => {
                const at = e.getBoundingClientRect();
                return at.left < seen.left - 1 || at.right > seen.right + 1; });
            }).map(box => box.getAttribute('aria-label'))"""
        )
        assert not out, name
    context.close()


def test_the_policy_holds_and_nothing_needs_a_script(browser, address, site):
    context = browser.new_context(java_script_enabled=False)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    for name in every(site):
        page.goto(address + name)
        assert page.locator("h1").count() == 1 and page.locator("main").inner_text().strip(), name
        assert page.locator("nav a").first.is_visible(), name
        assert page.locator('script:not([type="application/ld+json"])').count() == len(
            serving.SCRIPTS.get(name, ())
        ), name
    page.goto(address + "models/co-response-figures.html")
    page.locator("summary").first.click()
    assert page.locator("details table").first.is_visible()
    context.close()
    assert not said


# Where the keyboard is: its place in the document, whether the focus is drawn, and whether it is in
# sight.
STOP = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getBoundingClientRect(), style = getComputedStyle(at);
  return {place: [...document.querySelectorAll("*")].indexOf(at), tag: at.outerHTML.slice(0, 120),
          drawn: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth};
}"""
STOPS = """[...document.querySelectorAll("a[href], summary, [tabindex='0']")]
  .filter(one => one.checkVisibility()).length"""


@pytest.mark.parametrize(
    "name",
    ["index.html", "models/co-response.html", f"briefs/{NEWEST}.html", "methods.html", "404.html"],
)
def test_the_keyboard_walks_a_page_in_its_order_with_the_focus_in_sight(browser, address, name):
    context = browser.new_context(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + name)
    stops, before = page.evaluate(STOPS), -1
    for _ in range(stops):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop and stop["place"] > before and stop["drawn"] and stop["seen"], stop
        before = stop["place"]
    page.keyboard.press("Tab")
    assert not page.evaluate(STOP), "the last stop leads out of the page"
    context.close()


def test_the_keyboard_reaches_the_content_and_the_tables(browser, address):
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(address + "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#quarto-document-content"
    page.goto(address + "data.html")
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll')].every(box => box.tabIndex === 0 &&"
        " box.getAttribute('aria-label'))"
    )
    page.evaluate(
        "[...document.querySelectorAll('.scroll')].find(box => box.scrollWidth > box.clientWidth &&"
        " box.checkVisibility()).focus()"
    )
    page.keyboard.press("ArrowRight")
    # Not `wait_for_function`: from its second look on, the site's own policy forbids it.
    expect(page.locator(":focus")).not_to_have_js_property("scrollLeft", 0)
    context.close()


def test_nothing_moves_for_whoever_asks_for_that(browser, address):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + "index.html")
    moving = (
        "[...document.querySelectorAll('*')].some(part =>"
        " parseFloat(getComputedStyle(part).transitionDuration) ||"
        " getComputedStyle(part).animationName !== 'none')"
    )
    assert not page.evaluate(moving)
    context.close()


# How far a colour is from the paper it stands on, as WCAG reckons contrast.
CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const light = colour => { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const against = colour => { const ink = light(colour);
    return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05); };
  const seen = shape => { const {fill, stroke} = getComputedStyle(shape);
    const paints = [fill, stroke].filter(paint => paint.startsWith("rgb("));
    return Math.max(...paints.map(against)); };
  const least = kind => {
    const shapes = [...document.querySelectorAll(`.picture svg :is(${kind})`)];
    return Math.min(...shapes.map(seen).filter(isFinite)); };
  return {text: least("text"), shapes: least("path, rect, circle")};
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_bars_and_their_words_are_seen_on_every_paper(browser, address, scheme, forced):
    context = browser.new_context(color_scheme=scheme, forced_colors=forced)
    page = context.new_page()
    page.goto(address + "models/co-response.html")
    seen = page.evaluate(CONTRAST)
    context.close()
    assert seen["text"] >= 4.5 and seen["shapes"] >= 3, seen


@pytest.mark.parametrize(
    ("brief", "mark", "ask"),
    [
        ("briefs", "Fictional data", "Worth asking"),
        ("es/briefs", "Datos ficticios", "Preguntas que vale la pena hacer"),
    ],
)
def test_a_printed_brief_is_dark_on_white_and_says_on_every_sheet_what_it_is(
    browser, address, tmp_path, brief, mark, ask
):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}{brief}/{NEWEST}.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (
        not page.locator("#quarto-header").is_visible() and not page.locator(".footer").is_visible()
    )
    page.pdf(path=tmp_path / "brief.pdf", format="Letter", prefer_css_page_size=False)
    context.close()
    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "brief.pdf").pages]
    assert (
        len(sheets) <= 3
        and all(sheet.strip().startswith(mark) for sheet in sheets)
        and ask in "".join(sheets)
    )


def test_no_word_of_a_picture_is_cut_off_or_stands_on_another_in_the_widest_typeface(browser, site):
    pictures = {
        f"{path.parent.parent.name}/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("figures/*.svg"))
    }
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_content(
        "<style>div { width: 340px } text { font-family: DejaVu Sans, Verdana, sans-serif }</style>"
        + "".join(f'<div id="{name}">{text}</div>' for name, text in pictures.items())
    )
    found = page.evaluate(
        """[...document.querySelectorAll('div')].map(div => {
        const box = div.firstChild.getBoundingClientRect();
        const words = [...div.querySelectorAll('text')]
            .map(t => [t.textContent, t.getBoundingClientRect()]);
        const cut = words.filter(([_, r]) =>
            r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 2);
        const over = words.filter(([_, r], i) => words.some(([_, q], j) => j > i
            && r.left < q.right - 1 && q.left < r.right - 1
            && r.top < q.bottom - 4 && q.top < r.bottom - 4));
        return [div.id, [...cut, ...over].map(([said, _]) => said)]; })
        .filter(([_, said]) => said.length)"""
    )
    page.close()
    assert pictures and not found


@pytest.mark.parametrize("home", ["index.html", "es/index.html"])
def test_help_stands_in_the_first_screen_of_a_phone(browser, address, home):
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(address + home)
    for number in ("988", "911"):
        box = page.locator(f'a[href="tel:{number}"]').bounding_box()
        assert box["y"] + box["height"] < 640
    context.close()


def test_every_page_and_picture_of_invented_figures_says_so(site):
    for path in [*site.rglob("*.html"), *site.rglob("*.svg")]:
        if path.name != "favicon.svg":
            with language.speaking(spoken(path.relative_to(site).as_posix())):
                mark = language.unmarked(language._(FICTIONAL))
            assert mark in path.read_text(encoding="utf-8"), path


def test_every_link_leads_somewhere(site):
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            name, mark = urldefrag(link)
            target = (
                path
                if not name
                else (
                    site / unquote(name[1:])
                    if name.startswith("/")
                    else (path.parent / unquote(name)).resolve()
                )
            )
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (path, link)
            if mark and target.suffix == ".html":
                assert mark in pages[target].ids, (path, link)


def test_a_page_is_light_as_it_is_sent(site):
    once = sum(
        path.stat().st_size for path in (*site.glob("styles.*.css.gz"), site / "favicon.svg.gz")
    )
    for path in site.rglob("*.html.gz"):
        assert path.stat().st_size + once <= HEAVIEST, path


def test_every_text_has_compressed_copies_that_hold_it(site):
    for path in site.rglob("*"):
        if path.suffix in serving.TEXTS and path.stat().st_size > 200:
            assert (
                gzip.decompress(Path(f"{path}.gz").read_bytes())
                == brotli.decompress(Path(f"{path}.br").read_bytes())
                == path.read_bytes()
            ), path


def test_whoever_shares_a_page_shows_what_it_is(site):
    picture = (site / "social.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and (
        int.from_bytes(picture[16:20]),
        int.from_bytes(picture[20:24]),
    ) == (1200, 630)
    for name in set(every(site)) - {"404.html"}:
        text = (site / name).read_text(encoding="utf-8")
        for told in (
            f'<link rel="canonical" href="{ADDRESS}{name.removesuffix("index.html")}">',
            f'<meta property="og:image" content="{ADDRESS}social.png">',
            '<meta property="og:title"',
            '<meta property="og:description"',
            'rel="icon"',
        ):
            assert told in text, (name, told)


def test_search_engines_find_every_page_and_nothing_else(site):
    listed = re.findall(r"<loc>(.+?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(
        ADDRESS + name.removesuffix("index.html") for name in every(site) if name != "404.html"
    )
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_every_file_of_a_release_is_on_the_site(site, whole_city):
    for path in (whole_city.folder / "data" / "public" / NEWEST).iterdir():
        assert (site / "data" / NEWEST / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_page_has_language_title_and_description(site):
    for name in PAGES:
        text = (site / name).read_text(encoding="utf-8")
        code = spoken(name)
        assert (
            re.search(rf'<html[^>]* lang="{code}"', text)
            and re.search(r"<title>.+</title>", text)
            and '<meta name="description"' in text
        ), name


def test_withheld_is_never_written_as_zero(site):
    import pandas as pd

    table = pd.read_csv(site / "data" / "latest" / "funnel.csv", keep_default_na=False)
    assert (table.loc[table["incidents_status"] == "c", "incidents"] == "").all()
    text = (site / "models" / "co-response-figures.html").read_text(encoding="utf-8")
    assert '<span class="status">withheld</span>' in text and not re.search(
        r"0(\.0%)? ?<span class=\"status\">\(?withheld", text
    )


def test_the_feed_lists_the_brief(site):
    text = (site / "briefs" / "index.xml").read_text(encoding="utf-8")
    assert f"Brief for {words.period(NEWEST)}" in text and f"{NEWEST}.html" in text


def test_every_page_offers_every_language(site):
    for path in site.rglob("*.html"):
        chosen = spoken(path.relative_to(site).as_posix())
        picker = re.search(
            r'<nav class="languages" aria-label="[^"]+">(.*?)</nav>',
            path.read_text(encoding="utf-8"),
        )[1]
        assert re.findall(r'lang="([\w-]+)" hreflang="[\w-]+"( aria-current="true")?', picker) == [
            (code, ' aria-current="true"' * (code == chosen)) for code in LANGUAGES
        ], path


@pytest.mark.parametrize("code", [c for c in LANGUAGES[1:] if not catalogues.is_draft(c)])
def test_a_page_in_a_language_has_english_only_where_a_link_leads_to_it(site, code):
    with language.speaking(code):
        in_english = language._("in English")
    for name in (f"{code}/{name}" for name in SPOKEN):
        text = (site / name).read_text(encoding="utf-8")
        assert '<span lang="en">' not in text and "\ue000" not in text, name
        for attributes, said in re.findall(r"<a\b([^>]*)>(.*?)</a>", text, flags=re.S):
            address = re.search(r'href="([^":#]+\.html)', attributes)
            inside = not address or (site / name).parent.joinpath(
                address[1]
            ).resolve().is_relative_to(site.resolve() / code)
            assert (
                inside
                or ' lang="en"' in attributes
                or ('hreflang="en"' in attributes and f"({in_english})" in said)
            ), (name, attributes)


def test_who_reads_spanish_gets_from_home_to_a_neighborhood_and_a_district_in_spanish(
    browser, address
):
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="es-US")
    page = context.new_page()
    page.goto(address + "es/index.html")
    for link, heading in (
        ("Vecindarios", "Vecindarios"),
        ("Distritos policiales", "Distritos policiales"),
        ("C-11 Dorchester", "C-11 Dorchester"),
    ):
        page.get_by_role("main").get_by_role("link", name=link, exact=True).click()
        assert (
            page.locator("h1").inner_text() == heading
            and page.locator("html").get_attribute("lang") == "es"
        )
        if heading == "Vecindarios":
            page.locator('.tile a[href="#place-dorchester"]').click()
            assert (
                page.locator("tr:has(:target)").get_by_role("rowheader").inner_text()
                == "Dorchester"
            )
    assert page.locator("section.finding h3").first.inner_text().startswith("De "), (
        "what is told of a district begins with its quarter"
    )
    context.close()


def test_what_search_engines_are_told_of_languages_leads_to_pages(site):
    text = (site / "es" / "methods.html").read_text(encoding="utf-8")
    found = dict(
        re.findall(
            r'<link rel="alternate" hreflang="([\w-]+)"'
            r' href="https://openresponse.example/([^"]+)">',
            text,
        )
    )
    others = {code: f"{code}/methods.html" for code in LANGUAGES[1:]}
    assert found == {"en": "methods.html", "x-default": "methods.html"} | others and all(
        (site / name).is_file() for name in found.values()
    )
