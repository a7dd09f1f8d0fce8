"""The website that is kept for the next time is closed to others; the one that is placed is not."""

from pathlib import Path

import pytest

from openresponse.release.store import confidential
from openresponse.website import engines
from openresponse.website.engines import SITE
from openresponse.workflow.city import City
from openresponse.workflow.rendering import kept_site, page_folders
from support import workspace


@pytest.fixture
def rendered() -> list[Path]:
    """The projects that were rendered, one for each time."""
    return []


@pytest.fixture
def project(tmp_path, monkeypatch, rendered) -> Path:
    """Sources, and in place of an engine one that makes a site of one page."""
    project = tmp_path / "site"
    project.mkdir()

    def render(project: Path, written: object) -> Path:
        (project / SITE).mkdir(exist_ok=True)
        (project / SITE / "index.html").write_text("page", encoding="utf-8")
        rendered.append(project)
        return project / SITE

    monkeypatch.setattr(engines, "render", render)
    monkeypatch.setattr(engines, "version", lambda: "an engine")
    return project


def test_the_website_that_is_kept_is_closed_to_others_and_the_placed_one_is_not(
    tmp_path, project, rendered
):
    city = City(workspace.program_file(tmp_path))
    for _ in range(2):
        site = kept_site.render(city, project)
        assert confidential.not_shut([site]) == [site]
    kept = tmp_path / "build" / page_folders.RENDERED
    assert (kept / SITE / "index.html").is_file() and not confidential.not_shut([kept])
    assert len(rendered) == 1


def test_where_a_full_disk_cut_off_what_is_kept_of_the_last_run_it_is_made_again(
    tmp_path, project, rendered
):
    city = City(workspace.program_file(tmp_path))
    kept_site.render(city, project)
    build = tmp_path / "build"
    for path in (build / "durations.json", build / page_folders.RENDERED / kept_site.STAMP):
        path.write_text("", encoding="utf-8")
    kept_site.render(city, project)
    assert len(rendered) == 2
