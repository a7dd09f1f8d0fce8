from functools import cache

import pytest

from support import invented


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
def real_city(invent):
    """A release that is not fictional and has only some of the tables."""
    return invent("responders", "response_times", fictional=False)
