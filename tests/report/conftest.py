from functools import cache
from pathlib import Path

import pytest

from openresponse.report.pages import site_pages
from support import cities, invented


@pytest.fixture(scope="session")
def invent(tmp_path_factory):
    """An invented release by the tables it has, or with all; each is made once."""

    @cache
    def made(*only: str, fictional: bool = True):
        folder = tmp_path_factory.mktemp("release") / "2026-10"
        return invented.write(folder, fictional=fictional, only=only or None)

    return made


@pytest.fixture(scope="session")
def published(invent):
    return invent()


@pytest.fixture(scope="session")
def pages(published, shared) -> tuple[Path, list[Path]]:
    """The folder of the pages and pictures of `published`, and their paths."""
    out = shared / "pages"
    paths = cities.once(shared, "pages", lambda out: [*map(str, site_pages.write(published, out))])
    return out, [*map(Path, paths)]


@pytest.fixture(scope="session")
def real_city(invent):
    """A release that is not fictional and has only some of the tables."""
    return invent("responders", "response_times", fictional=False)
