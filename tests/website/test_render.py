import stat

import pytest

from openresponse.errors import InspectionError, RenderError
from openresponse.website import engines


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


def test_under_a_path_the_page_for_missing_addresses_leads_back_into_the_site(small):
    (small / "_quarto.yml").write_text(
        "project:\n  type: website\nwebsite:\n  title: City\n"
        "  site-url: https://city.example/pilots/\n  navbar:\n    left: [index.qmd]\n"
    )
    (small / "404.qmd").write_text("---\ntitle: Not here\n---\n\n[Home](index.qmd)\n")
    text = (engines.render(small, "smalldocs") / "404.html").read_text(encoding="utf-8")
    assert text.count('href="/pilots/index.html"') == 3  # the site's name, its navigation, the text
