import re
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

import pytest
from axe_playwright_python.sync_playwright import Axe

# The default run of axe leaves out target-size, which is WCAG 2.2 AA.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
PAGES = ["index.html", "models/index.html", "models/co-response.html", "models/alternative-response.html", "models/peer-led.html",
         "neighborhoods.html", "districts/index.html", "districts/a-1.html", "districts/a-15.html", "outcomes.html", "briefs/index.html", "briefs/2026-10.html", "data.html", "methods.html", "privacy.html", "about.html", "calendar.html",
         "glossary.html", "accessibility.html", "404.html"]
HEAVIEST = 150_000  # bytes of a page without its pictures


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


def test_every_page_is_there(site):
    assert set(PAGES) <= {str(p.relative_to(site)) for p in site.rglob("*.html")}
    for name in ("data.json", "data/latest/funnel.parquet", "data/latest/tables.xlsx", "data/2026-10/release.zip", "briefs/2026-10.pdf", "briefs/index.xml", "sitemap.xml", "robots.txt", "data/latest/funnel.csv", "data/2026-10/datapackage.json",
                 "calendar.ics", "releases.xml", "data/index.json", "_headers"):
        assert (site / name).is_file(), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_passes_axe_and_fits_and_asks_no_other_host(browser, address, width, scheme):
    asked, said = [], []
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(address) else (asked.append(route.request.url), route.abort()))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    found = []
    for name in PAGES:
        page.goto(address + name)
        found += [(name, rule["id"], rule["nodes"][0]["html"][:200]) for rule in Axe().run(page, options=RULES).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((name, "scrolls sideways"))
    context.close()
    assert not found and not asked and not said


def test_nothing_scrolls_sideways_at_320_and_with_large_text(browser, address):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    wide = []
    for name in PAGES:
        page.goto(address + name)
        for size in ("100%", "200%"):
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((name, size))
    context.close()
    assert not wide


def test_the_policy_holds_and_nothing_needs_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    for name in PAGES:
        page.goto(address + name)
        assert page.locator("h1").count() == 1 and page.locator("main").inner_text().strip(), name
        assert page.locator("nav a").first.is_visible(), name
        assert page.locator('script:not([type="application/ld+json"])').count() == 0, name
    page.goto(address + "models/co-response.html")
    page.locator("summary").first.click()
    assert page.locator("details table").first.is_visible()
    context.close()
    assert not said


def test_the_keyboard_reaches_the_content_and_the_tables(browser, address):
    page = browser.new_page()
    page.goto(address + "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#quarto-document-content"
    page.goto(address + "data.html")
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(box => box.tabIndex === 0 && box.getAttribute('aria-label'))")
    page.close()


def test_help_stands_in_the_first_screen_of_a_phone(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(address + "index.html")
    for number in ("988", "911"):
        box = page.locator(f'a[href="tel:{number}"]').bounding_box()
        assert box["y"] + box["height"] < 640
    context.close()


def test_every_page_and_picture_of_invented_figures_says_so(site):
    for path in [*site.rglob("*.html"), *site.rglob("*.svg")]:
        if path.name != "favicon.svg":
            assert "Fictional data" in path.read_text(encoding="utf-8"), path


def test_every_link_leads_somewhere(site):
    for path in site.rglob("*.html"):
        page = Links(path.read_text(encoding="utf-8"))
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            name, mark = urldefrag(link)
            target = (path.parent / unquote(name)).resolve() if name else path
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (path, link)
            if mark and target.suffix == ".html":
                assert mark in Links(target.read_text(encoding="utf-8")).ids, (path, link)


def test_a_page_is_light(site):
    sheet = (site / "styles.css").stat().st_size
    for path in site.rglob("*.html"):
        text = re.sub(r"<svg.*?</svg>", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert len(text.encode()) + sheet <= HEAVIEST, path


def test_a_page_has_language_title_and_description(site):
    for name in PAGES:
        text = (site / name).read_text(encoding="utf-8")
        assert re.search(r'<html[^>]* lang="en"', text) and re.search(r"<title>.+</title>", text) and '<meta name="description"' in text, name


def test_withheld_is_never_written_as_zero(site):
    import pandas as pd
    table = pd.read_csv(site / "data" / "latest" / "funnel.csv", keep_default_na=False)
    assert (table.loc[table["incidents_status"] == "c", "incidents"] == "").all()
    text = (site / "models" / "co-response.html").read_text(encoding="utf-8")
    assert '<span class="status">withheld</span>' in text and not re.search(r"0(\.0%)? ?<span class=\"status\">\(?withheld", text)


def test_the_feed_lists_the_brief(site):
    text = (site / "briefs" / "index.xml").read_text(encoding="utf-8")
    assert "Brief for October 2026" in text and "2026-10.html" in text
