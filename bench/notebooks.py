"""The brief of one small release made again and again: by notebooks that share their imports, and
by a plain papermill loop with a kernel for each.
"""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import papermill

from openresponse.workflow.notebooks import execution

ROOT = Path(__file__).parent.parent
RELEASE = ROOT / "tests" / "golden" / "public"
NOTEBOOK, LANGUAGES = "3-brief", ("en", "es")


def ours(parameters: dict, output: Path) -> None:
    execution.run(NOTEBOOK, parameters, output, home=ROOT)


def plain(parameters: dict, output: Path) -> None:
    source = ROOT / "notebooks" / f"{NOTEBOOK}.ipynb"
    papermill.execute_notebook(
        source, output, parameters, kernel_name="python3", progress_bar=False
    )


def seconds(run: Callable[[dict, Path], None], times: int, folder: Path) -> float:
    begun = time.perf_counter()
    for number in range(times):
        parameters = {
            "release": str(RELEASE),
            "out": str(folder / f"{run.__name__}-{number}"),
            "language": LANGUAGES[number % len(LANGUAGES)],
        }
        run(parameters, folder / f"{run.__name__}-{number}.ipynb")
    return round(time.perf_counter() - begun, 1)


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    with tempfile.TemporaryDirectory() as work:
        measured = {run.__name__: seconds(run, times, Path(work)) for run in (plain, ours)}
    for name, took in measured.items():
        print(f"{times} briefs, {name:6} {took:7.1f} s {took / times:6.2f} s each")
    print(f"ours in parts of the plain loop {measured['ours'] / measured['plain']:7.2f}")
    machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": sys.version[:6]}
    facts = {"date": datetime.now(UTC).date().isoformat(), "machine": machine, "briefs": times}
    print(json.dumps(facts | {"seconds": measured}))
