import stat

import pytest

from openresponse.errors import InspectionError, RenderError
from openresponse.website import engines, finishing, serving


@pytest.fixture
def small(tmp_path):
    project = tmp_path / "small"
    project.mkdir()
    (project / "_quarto.yml").write_text(
        "project:\n  type: website\nwebsite:\n  site-url: https://city.example/\n"
    )
    (project / "index.qmd").write_text("---\ntitle: First\n---\n\nText.\n")
    return project


def content(folder):
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_failed_render_leaves_the_last_site_as_it_was(small):
    before = content(engines.render(small, "smalldocs"))
    (small / "index.qmd").write_text("---\ntitle: [\n---\n")
    with pytest.raises(RenderError):
        engines.render(small, "smalldocs")
    assert content(small / "_site") == before and not [
        p for p in small.iterdir() if p.name.startswith("._site")
    ]


def test_a_page_that_is_gone_leaves_the_site(small):
    (small / "other.qmd").write_text("---\ntitle: Other\n---\n\nText.\n")
    engines.render(small, "smalldocs")
    (small / "other.qmd").unlink()
    assert not (engines.render(small, "smalldocs") / "other.html").exists()


def test_the_same_sources_give_the_same_bytes(small):
    assert content(engines.render(small, "smalldocs")) == content(
        engines.render(small, "smalldocs")
    )


def test_a_link_to_nowhere_stops_the_render(small):
    (small / "index.qmd").write_text("---\ntitle: First\n---\n\n[gone](gone.qmd)\n")
    with pytest.raises(RenderError, match="gone.qmd"):
        engines.render(small, "smalldocs")


def test_a_page_that_asks_another_host_stops_the_render(small):
    (small / "index.qmd").write_text(
        '---\ntitle: First\n---\n\n```{=html}\n<img src="https://elsewhere.example/x.png"'
        ' alt="">\n```\n'
    )
    with pytest.raises(RenderError, match="elsewhere.example"):
        engines.render(small, "smalldocs")


@pytest.mark.parametrize(
    "body, told",
    [
        ('<a href="gone.csv">The table</a>', r"index\.html: gone\.csv: a link to nothing"),
        ('<a href="index.html#gone">The table</a>', 'has the id "gone"'),
        ("<h3>A level too deep</h3>", "1.3.1: a heading of level 3 follows one of level 1"),
    ],
)
def test_a_finding_on_a_finished_page_leaves_the_last_site_as_it_was(small, body, told):
    before = content(engines.render(small, "smalldocs"))
    (small / "index.qmd").write_text(f"---\ntitle: First\n---\n\n```{{=html}}\n{body}\n```\n")
    with pytest.raises(InspectionError, match=told):
        engines.render(small, "smalldocs")
    assert content(small / "_site") == before and not [
        p for p in small.iterdir() if p.name.startswith("._site")
    ]


def test_a_folder_without_settings_is_not_a_site(tmp_path):
    with pytest.raises(RenderError, match="_quarto.yml"):
        engines.render(tmp_path)


def test_an_unknown_engine_names_those_there_are(small):
    with pytest.raises(RenderError, match="quarto or smalldocs"):
        engines.render(small, "pandoc")


def program(tmp_path, monkeypatch, script):
    """Stands in for the Quarto program, where the PyPI wrapper looks for it."""
    path = tmp_path / "quarto"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("QUARTO_PATH", str(path))


def test_quarto_renders_when_it_is_installed(small, tmp_path, monkeypatch):
    program(
        tmp_path,
        monkeypatch,
        'mkdir -p "$2/_site/site_libs" && echo "$PAGE" > "$2/_site/index.html"',
    )
    monkeypatch.setenv(
        "PAGE",
        '<html lang="en"><head><title>First</title></head><body><main><h1>First</h1>by'
        " quarto</main></body></html>",
    )
    made = engines.render(small)
    assert "by quarto" in (made / "index.html").read_text() and not (made / "site_libs").exists()


def test_when_quarto_fails_the_end_of_its_log_is_shown(small, tmp_path, monkeypatch):
    before = content(engines.render(small, "smalldocs"))
    program(tmp_path, monkeypatch, 'echo "ERROR: cannot read page" >&2; exit 1')
    with pytest.raises(RenderError, match="cannot read page"):
        engines.render(small)
    assert content(small / "_site") == before


def test_quarto_that_says_all_is_well_but_made_nothing_has_failed(small, tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(RenderError):
        engines.render(small)


def test_the_finishing_step_leaves_no_script_style_or_foreign_sheet():
    text = finishing.page(
        '<html><head><link rel="stylesheet" href="site_libs/x.css"><link rel="stylesheet"'
        ' href="styles.css"><style>a{}</style><script src="site_libs/x.js"></script></head><body><p'
        ' style="color:red" onclick="x()">a</p><script>1</script></body></html>'
    )
    assert (
        "script" not in text.replace("Content-Security-Policy", "")
        and "style=" not in text
        and "onclick" not in text
        and "site_libs" not in text
    )
    assert 'href="styles.css"' in text and serving.POLICY in text


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
    text = finishing.page(f"<html><head></head><body>{script}<p>a</p>{kept}</body></html>")
    assert text.lower().count("<script") == 1 and kept in text


def test_the_finishing_step_keeps_the_frame_that_quarto_writes():
    """What Quarto writes around a page, shortened: the frame stays, what needs its scripts and
    themes goes.
    """
    text = finishing.page(
        """<html lang="en"><head><meta name="generator" content="quarto-1.10"><script src="site_libs/quarto-nav/quarto-nav.js"></script>
<link href="site_libs/bootstrap/bootstrap.min.css" rel="stylesheet" id="quarto-bootstrap" data-mode="light"><link rel="stylesheet" href="styles.css">
<script type="application/json" id="quarto-search-options">{"type": "overlay"}</script></head><body class="nav-fixed quarto-light" style="padding-top: 60px">
<header id="quarto-header" class="headroom fixed-top"><nav class="navbar navbar-expand"><button class="navbar-toggler" type="button" onclick="if (x) { y }"><span></span></button>
<a class="nav-link active" href="./index.html"><span class="menu-text">Home</span></a></nav></header>
<main class="content column-page" id="quarto-document-content"><p>Text.</p></main><script id="quarto-html-after-body">window.x = 1;</script></body></html>"""
    )
    for gone in ("<script", "site_libs", "navbar-toggler", "generator", "padding-top"):
        assert gone not in text
    for kept in (
        'id="quarto-header"',
        'href="styles.css"',
        'id="quarto-document-content"',
        'class="nav-link active"',
        "<p>Text.</p>",
    ):
        assert kept in text
