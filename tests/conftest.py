import fcntl
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from openresponse.program import Folders, Program, load
from support import workspace

ROOT = workspace.ROOT

# No test fails for being slow: timings are for the bench.
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anywhere")


@pytest.fixture
def boston(tmp_path) -> Program:
    """Boston's program with all its folders in the test's own place."""
    folders = Folders(
        raw=tmp_path / "raw",
        public=tmp_path / "public",
        build=tmp_path / "build",
        site=tmp_path / "site",
    )
    return load(ROOT / "program.yml").model_copy(update={"folders": folders})


@dataclass(frozen=True)
class City:
    """A folder in which everything has been made once, and the identifiers planted in its extract."""

    folder: Path
    planted: list[str]


@pytest.fixture(scope="session")
def city(tmp_path_factory, worker_id) -> City:
    """The whole road once for all tests and all processes that run them: fictional months in, a
    website out.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "city"
    planted = folder.with_suffix(".json")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not planted.is_file():
            folder.mkdir()
            planted.write_text(json.dumps(workspace.build(folder)), encoding="utf-8")
    return City(folder, json.loads(planted.read_text(encoding="utf-8")))
