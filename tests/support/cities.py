"""The cities that many tests look at, each made once for all processes that run tests."""

import fcntl
import json
import shutil
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from openresponse.demo import extract
from support import golden, workspace


@dataclass(frozen=True)
class MadeCity:
    """A folder in which everything has been made, and the identifiers planted in its extract."""

    folder: Path
    planted: list[str]


def big(raw: Path) -> None:
    """From a January on: a whole year, which some tables count, and months with one before to be
    compared with.
    """
    extract.write(raw, months=22, calls_a_year=10_000)


def small(raw: Path) -> None:
    """Three months with few calls, of which few tables can be published."""
    shutil.copytree(golden.HERE / "raw", raw)


DELIVERED = {"whole_city": big, "small_city": small}


def begin(base: Path, *names: str) -> subprocess.Popen:
    """Start making cities below `base`, one after the other, beside whatever else is done."""
    return subprocess.Popen(
        [sys.executable, "-m", __name__, base, *names], cwd=Path(__file__).parents[1]
    )


def made(base: Path, name: str) -> MadeCity:
    """The city of this name, as soon as it is there; RuntimeError where it could not be made."""
    begin(base, name).wait()
    result = json.loads((base / f"{name}.json").read_text(encoding="utf-8"))
    if "error" in result:
        raise RuntimeError(result["error"])
    return MadeCity(base / name, result["planted"])


def _make(base: Path, name: str) -> None:
    """Make a city unless another process has, or does."""
    result = base / f"{name}.json"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.is_file():
            try:
                told = {"planted": workspace.build(base / name, DELIVERED[name])}
            except Exception:
                told = {"error": traceback.format_exc()}
            result.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    for each in sys.argv[2:]:
        _make(Path(sys.argv[1]), each)
