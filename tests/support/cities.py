"""What many tests look at, made once for all processes that run tests: above all, whole cities."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from openresponse.demo import extract
from support import golden, life, workspace

T = TypeVar("T")
# A push tries what it can in minutes; `make test-full` tries everything.
FULL = os.environ.get("OPENRESPONSE_TESTS") == "full"
NEWEST = "2026-10" if FULL else "2026-01"  # the month that the whole city's website shows


@dataclass(frozen=True)
class MadeCity:
    """A folder in which everything has been made, and the identifiers planted in its extract."""

    folder: Path
    planted: list[str]


def big(raw: Path) -> None:
    """From a January on: a whole year, which some tables count, and a month after twelve others. On
    a push with twice the calls: of small counts there are fewer, and the search takes half as long.
    """
    months, calls = (22, 10_000) if FULL else (13, 20_000)
    extract.write(raw, last=NEWEST, months=months, calls_a_year=calls)


def small(raw: Path) -> None:
    """Three months with few calls."""
    shutil.copytree(golden.HERE / "raw", raw)


CITIES: dict[str, Callable[[Path], Any]] = {
    "whole_city": lambda folder: workspace.build(folder, big),
    "small_city": lambda folder: workspace.build(folder, small, workspace.FEW),
    "life": lambda folder: life.make(folder, FULL),
}


def begin(base: Path, *names: str) -> subprocess.Popen:
    """Start making cities below `base`, one after the other, beside whatever else is done."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", __name__, base, *names],
        cwd=Path(__file__).parents[1],
    )


def made(base: Path, name: str) -> tuple[Path, Any]:
    """The folder of the city of this name, as soon as it is there, and what making it gave;
    RuntimeError where it could not be made.
    """
    begin(base, name).wait()
    return base / name, _make(base, name)


def once(base: Path, name: str, make: Callable[[Path], T]) -> T:
    """What `make` gives, as JSON can keep it, for a folder below `base` that is made once: whoever
    comes meanwhile waits. RuntimeError for each where it could not be made.
    """
    result = base / f"{name}.json"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.is_file():
            try:
                made = {"given": make(base / name)}
            except Exception:
                made = {"error": traceback.format_exc()}
            result.write_text(json.dumps(made), encoding="utf-8")
    made = json.loads(result.read_text(encoding="utf-8"))
    if "error" in made:
        raise RuntimeError(made["error"])
    return made["given"]


def _make(base: Path, name: str) -> Any:
    return once(base, name, CITIES[name])


if __name__ == "__main__":
    for each in sys.argv[2:]:
        _make(Path(sys.argv[1]), each)
