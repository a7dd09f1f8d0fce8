"""What the finishing step makes of a page, whichever engine wrote it."""

import re
from pathlib import Path

import pytest
from lxml import html

from openresponse.errors import RenderError
from openresponse.website import finishing, serving

# One page as each engine writes it, by hand and shortened. Quarto's after its templates
# nav-before-body.ejs, navitem.ejs, nav-footer-navitem.ejs and nav-after-body-postamble.ejs.
PAGES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).with_name("engine_pages").iterdir())
}
ADDRESS = "https://city.example/pilots/"
ENGINES = pytest.mark.parametrize("engine", PAGES)


def finished(folder, text, address=ADDRESS, name="methods.html", texts=None):
    """The finished page of a site that has it, its neighbors and a Spanish home page."""
    for one in ("index", "data", "methods", "about", "404", "es/index", "es/methods"):
        path = folder / f"{one}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "styles.css").write_text("p { color: red }")
    finishing.finish(folder, address, texts)
    return html.document_fromstring((folder / name).read_text(encoding="utf-8"))


def outline(element):
    """An element as nested lists: tag, attributes, and what is in it without the spaces between."""
    inside = [element.text, *(part for one in element for part in (outline(one), one.tail))]
    kept = [part for part in inside if isinstance(part, list) or (part and part.strip())]
    return [element.tag, dict(sorted(element.attrib.items())), *kept]


def around(root):
    return [outline(element) for element in root.body if not element.findall(".//main")]


def test_the_frame_is_the_same_by_either_engine(tmp_path):
    one, other = (finished(tmp_path / name, text) for name, text in PAGES.items())
    assert around(one) == around(other)


def test_the_frame_is_the_same_by_either_engine_in_another_language(tmp_path):
    texts = {"es": {"City": "Ciudad", "Data": "Datos", "Fictional data.": "Datos ficticios."}}
    one, other = (
        finished(tmp_path / engine, text, name="es/methods.html", texts=texts)
        for engine, text in PAGES.items()
    )
    assert around(one) == around(other)
    assert "Datos ficticios." in one.text_content()


@ENGINES
def test_the_skip_link_and_the_band_come_first_and_the_main_part_after_the_header(tmp_path, engine):
    body = finished(tmp_path, PAGES[engine]).body
    assert [(e.tag, e.get("id") or e.get("class")) for e in body] == [
        ("a", "skip"),
        ("aside", "fictional"),
        ("header", "quarto-header"),
        ("div", "quarto-content"),
        ("footer", "footer"),
    ]


@ENGINES
def test_the_link_to_the_page_itself_says_so(tmp_path, engine):
    root = finished(tmp_path, PAGES[engine])
    current = root.xpath("//*[@aria-current]")
    assert [(e.get("href"), e.get("aria-current")) for e in current] == [("methods.html", "page")]


@ENGINES
def test_nothing_is_left_that_runs_styles_or_waits_for_a_script(tmp_path, engine):
    finished(tmp_path, PAGES[engine])
    text = (tmp_path / "methods.html").read_text(encoding="utf-8")
    head, body = text.split("</head>")
    for gone in ("<script", "site_libs", "<style", "generator", "cdnjs", "<!-- "):
        assert gone not in text
    for gone in ("style=", "onclick", "navbar-toggler", "quarto-search", "Published", "data-bs-"):
        assert gone not in body
    assert serving.POLICY in head and "<p>Text.</p>" in body


@ENGINES
def test_the_one_style_sheet_is_named_by_its_content(tmp_path, engine):
    root = finished(tmp_path, PAGES[engine])
    (sheet,) = root.xpath("//link[@rel='stylesheet']/@href")
    assert re.fullmatch(r"styles\.[0-9a-f]{10}\.css", sheet) and (tmp_path / sheet).is_file()


@ENGINES
def test_a_day_is_written_as_the_pages_language_writes_it(tmp_path, engine):
    texts = {"es": {"City": "Ciudad"}}
    for name, day in (
        ("methods.html", "November 23, 2026"),
        ("es/methods.html", "23 de noviembre de 2026"),
    ):
        root = finished(tmp_path / name[:2], PAGES[engine], name=name, texts=texts)
        assert root.find_class("date")[0].text_content() == day


@ENGINES
def test_a_description_is_written_as_it_is_read(tmp_path, engine):
    root = finished(tmp_path, PAGES[engine])
    assert root.xpath("//meta[@name='description']/@content") == ["What is _counted_."]


@ENGINES
def test_search_engines_read_one_address_and_messengers_one_picture(tmp_path, engine):
    (tmp_path / "social.png").write_bytes(b"")
    root = finished(tmp_path, PAGES[engine])
    assert root.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}methods.html"]
    assert root.xpath("//meta[starts-with(@property, 'og:image')]/@content") == [
        f"{ADDRESS}social.png"
    ]


@ENGINES
@pytest.mark.parametrize(("address", "base"), [(ADDRESS, "/pilots/"), ("", "/")])
def test_links_of_the_page_for_missing_addresses_begin_with_the_sites_own_path(
    tmp_path, engine, address, base
):
    root = finished(tmp_path, PAGES[engine], address, "404.html")
    links = [link for link in root.xpath("//@href | //@src") if not link.startswith("#")]
    assert f"{base}index.html" in links and f"{base}favicon.svg" in links
    assert all(link.startswith(base) for link in links), links


def test_what_quarto_writes_from_the_sites_root_stays_under_the_sites_own_path(tmp_path):
    """Quarto writes the links of 404.html so, with or without the path of `site-url`."""
    rooted = PAGES["smalldocs"].replace('href="data.html"', 'href="/pilots/data.html"')
    rooted = rooted.replace('href="about.html"', 'href="/about.html"')
    links = finished(tmp_path, rooted, name="404.html").xpath("//a/@href")
    assert {"/pilots/data.html", "/pilots/about.html"} <= set(links)


def test_a_link_without_a_word_goes_and_one_with_a_picture_stays():
    text = (
        '<body><div class="metadata"><a href="a.html">\n</a></div><a href="b.html"><img src="b.png"'
        ' alt="B"></a><a id="mark"></a></body>'
    )
    root = finishing.read(text)
    finishing.plain(root)
    assert root.xpath("//a/@href") == ["b.html"] and root.get_element_by_id("mark") is not None


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json" src="x.json">{}</script>',
        '<script type="application/ld+json">run()</script>',
        '<script type="module">{}</script>',
        '<script type="application/json">{}</script>',
        '<SCRIPT TYPE="text/javascript">1</SCRIPT>',
        "<script>{}</script>",
    ],
)
def test_only_a_description_in_json_ld_stays_of_all_scripts(script):
    kept = '<script type="application/ld+json">{"@type": "Dataset"}</script>'
    root = finishing.read(f"<html><head></head><body>{script}<p>a</p>{kept}</body></html>")
    finishing.plain(root)
    text = finishing.written(root)
    assert text.lower().count("<script") == 1 and kept in text


def test_a_picture_in_a_page_keeps_its_names():
    picture = '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>'
    assert picture in finishing.written(finishing.read(f"<body>{picture}</body>"))


@pytest.mark.parametrize(
    "asking", ["<img src=//host.example/a.png>", "<img srcset='a.png 1x, //host.example/b.png 2x'>"]
)
@ENGINES
def test_a_page_that_would_ask_another_host_stops_the_site(tmp_path, engine, asking):
    with pytest.raises(RenderError, match=r"404\.html: asks another host \(//host\.example/"):
        finished(tmp_path, PAGES[engine].replace("<p style", f"{asking}<p style"))


def test_a_style_sheet_that_would_ask_another_host_stops_the_site(tmp_path):
    (tmp_path / "styles.css").write_text("p { background: url(//host.example/a.png) }")
    with pytest.raises(RenderError, match=r"styles\.css: asks another host"):
        finishing.finish(tmp_path)


def test_require_js_that_quarto_adds_for_a_notebooks_html_goes(tmp_path):
    assert "require.min.js" in PAGES["quarto"]
    finished(tmp_path, PAGES["quarto"])
    assert "require" not in (tmp_path / "methods.html").read_text(encoding="utf-8")
