"""The fictional extract of the demonstration, written once."""

import pytest

from openresponse.demo import extract


@pytest.fixture(scope="session")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")
    extract.write(folder)
    return folder
