import pytest

from support import invented


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    return invented.write(tmp_path_factory.mktemp("release") / "2026-10")


@pytest.fixture(scope="session")
def real_city(tmp_path_factory):
    """A release that is not fictional and has only some of the tables."""
    return invented.write(
        tmp_path_factory.mktemp("release") / "2026-10",
        fictional=False,
        only=("responders", "response_times"),
    )
