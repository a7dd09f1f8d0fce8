import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from openresponse.media import vega
from openresponse.report.pages import explore
from openresponse.website import serving


@pytest.fixture
def page(browser, address):
    """The page with one figure drawn, and what it asked for and said meanwhile."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url.removeprefix(address)))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(address + explore.PAGE + "#funnel")
    page.locator("#chart svg").wait_for()
    yield page
    context.close()


def until(page, expression: str, arg=None) -> None:
    """Wait until the expression holds. Playwright's own way of waiting evaluates text in the page,
    which the policy forbids.
    """
    for __ in range(200):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def test_exactly_two_pages_have_scripts_and_they_are_their_own(site):
    assert set(serving.SCRIPTS) == {explore.PAGE, "data.html"}
    for path in site.rglob("*.html"):
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(site))
        ran = re.findall(
            r'<script(?! type="application/ld\+json")[^>]*>', text
        )  # a description for search engines is no script
        assert re.findall(r'<script[^>]*src="([^"]*)"', text) == list(
            serving.SCRIPTS.get(name, ())
        ) and len(ran) == len(serving.SCRIPTS.get(name, ())), name
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
        assert (
            ("script-src 'self'" in policy) == (name in serving.SCRIPTS)
            and "unsafe" not in policy
            and "default-src 'none'" in policy
        ), name
        assert all(
            source in ("'self'", "'none'")
            for rule in policy.split("; ")
            for source in rule.split()[1:]
        ), "no page may ask another host"


def test_a_figure_is_drawn_from_the_sites_own_files_under_the_policy_without_an_error(page):
    assert set(page.asked) <= {
        explore.PAGE + "#funnel",
        explore.PAGE,
        "styles.css",
        "favicon.svg",
        vega.FILE,
        "explore.js",
        "explore/funnel.json",
    } | {url for url in page.asked if re.fullmatch(r"styles\.[0-9a-f]+\.css", url)}
    assert page.said == [] and page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_keyboard_alone_chooses_figure_and_category_and_the_table_follows(page):
    until(page, "document.activeElement.id === 'which'")
    assert 0 <= page.locator("#which").bounding_box()["y"] < 400, "the choice is what is seen first"
    page.keyboard.press("ArrowDown")
    until(
        page,
        "document.querySelector('#title').textContent ==="
        " document.querySelector('#which').selectedOptions[0].textContent",
    )
    shown = page.locator("#numbers thead").inner_text()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "show":
            break
    page.keyboard.press("Home")
    until(page, "before => document.querySelector('#numbers thead').innerText !== before", shown)
    assert page.locator("#numbers tbody tr").count() > 3 and page.said == []


def test_what_is_withheld_is_a_cross_and_a_word_and_no_point_of_the_line(page, site):
    specification = json.loads((site / explore.FOLDER / "funnel.json").read_text(encoding="utf-8"))
    cells = specification["datasets"][specification["data"]["name"]]
    code = next(
        cell["code"] for cell in cells if cell["number"] is None and cell["said"] == "withheld"
    )
    hidden = sum(cell["code"] == code and cell["number"] is None for cell in cells)
    page.locator("select[name=show]").select_option(code)
    until(
        page,
        "name => document.querySelector('#numbers thead').innerText.includes(name)",
        arg=specification["usermeta"]["names"][code],
    )
    assert page.locator("#numbers tbody td", has_text="withheld").count() == hidden
    assert page.locator("#chart .layer_2_marks path").count() == hidden
    assert (
        page.locator("#chart .layer_1_marks path").count()
        == sum(cell["code"] == code for cell in cells) - hidden
    )


def test_the_page_passes_axe_in_both_schemes_and_is_whole_without_scripts(browser, address):
    rules = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "resultTypes": ["violations"],
    }
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(address + explore.PAGE)
        page.locator("#chart svg").wait_for()
        assert [rule["id"] for rule in Axe().run(page, options=rules).response["violations"]] == []
        context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + explore.PAGE)
    assert (
        not page.locator("#explore").is_visible() and page.locator("main li a").first.is_visible()
    )
    context.close()
