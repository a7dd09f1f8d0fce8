"""The commands as a person runs them: the first site of 23 fictional months, then one new month,
then nothing new.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openresponse.demo import extract

ROOT = Path(__file__).parent.parent
NEW = "2026-10"


def site(folder: Path, name: str) -> None:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "openresponse", "site"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    print(f"{name:44} {time.perf_counter() - start:7.1f} s")


with tempfile.TemporaryDirectory() as work:
    folder, held = Path(work) / "city", Path(work) / NEW
    folder.mkdir()
    for name in ("program.yml", "requirements.lock"):
        shutil.copy2(ROOT / name, folder / name)
    for name in ("notebooks", "site"):
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns("_site", "data", "figures", "models", "briefs"),
        )
    extract.write(folder / "data" / "raw")
    shutil.move(folder / "data" / "raw" / NEW, held)
    site(folder, "site, 23 months, nothing there yet")
    shutil.move(held, folder / "data" / "raw" / NEW)
    site(folder, "site again, one new month")
    site(folder, "site again, nothing new")
    print(
        "peak memory of one process"
        f" {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:,.0f} MB"
    )
