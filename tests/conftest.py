from pathlib import Path

import pytest

from openresponse.program import Folders, Program, load

ROOT = Path(__file__).parent.parent


@pytest.fixture
def boston(tmp_path) -> Program:
    """Boston's program with all its folders in the test's own place."""
    folders = Folders(raw=tmp_path / "raw", public=tmp_path / "public", build=tmp_path / "build", site=tmp_path / "site")
    return load(ROOT / "program.yml").model_copy(update={"folders": folders})
