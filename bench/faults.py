"""A release and the site after it, killed at random moments: is what was public before intact, and
does the next run finish?

Half of the runs are killed by the clock, half before a random one of their operations on files.
Printed, never asserted; a run that leaves something broken is named, and the exit code is 1.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.release.history import chain
from openresponse.release.publication import settle
from openresponse.release.store import lock
from openresponse.release.store.public_folder import verify
from openresponse.release.store.write import promote, stage
from openresponse.website import engines

RUNS = 200
SEED = 1
OPERATIONS = {
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "shutil.copytree",
    "shutil.rmtree",
    "ctypes.dlsym",
    "fcntl.flock",
}
GOLDEN = Path("tests/golden/public")


def candidate(work: Path, name: str) -> Path:
    """A candidate release of that name, with the files of the golden month."""
    files = {
        path.name: path.read_text(encoding="utf-8")
        for path in GOLDEN.iterdir()
        if path.suffix in (".csv", ".json", ".md") and path.name != "manifest.json"
    }
    files["datapackage.json"] = files["datapackage.json"].replace(
        '"release": "2025-03"', f'"release": "{name}"'
    )
    return stage(
        work / "build",
        work / "public",
        name,
        files,
        {
            "release": name,
            "city": "City",
            "fictional": True,
            "published": f"{name}-28",
            "revision": None,
        },
    )


def publish(work: Path, release: Path) -> None:
    """What is killed: the release moved into place, the lists and the ledger brought up to it, and
    the site rendered.
    """
    with lock.held(work / "public", "bench"):
        settle(work / "public")
        promote(release, work / "public")
        settle(work / "public")
    (work / "site" / "index.qmd").write_text(
        f"---\ntitle: {release.name}\n---\n\nText.\n", encoding="utf-8"
    )
    engines.render(work / "site", "smalldocs")


def killed(work: Path, release: Path, seconds: float | None, operation: int | None) -> bool:
    """Publish in a process of its own that is killed after so long, or before its so many-th
    operation; False where it ended first.
    """
    child = os.fork()
    if child == 0:
        left = [operation]

        def before(event: str, arguments) -> None:
            if event in OPERATIONS and left[0] is not None:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(before)
        publish(work, release)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def content(folder: Path) -> dict[str, bytes]:
    found = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return {name: text for name, text in found.items() if not name.startswith(".")}


def intact(work: Path, before: dict[str, bytes], sites: list[dict[str, bytes]]) -> str:
    """Empty where all that is visible is whole; otherwise what is not."""
    public = work / "public"
    try:
        verify(public / "2025-02")
        verify(public / "latest")
        if (public / "2025-03").exists():
            verify(public / "2025-03")
    except (ReleaseError, OSError) as error:
        return str(error)
    if any(
        (public / name).read_bytes() != text
        for name, text in before.items()
        if name.startswith("2025-02/")
    ):
        return "the earlier release has changed"
    return (
        ""
        if content(work / "site" / "_site") in sites
        else "the site is neither the old nor the new one"
    )


def prepare(work: Path) -> Path:
    """A city with one release and its site, and the next release made; returns the candidate."""
    (work / "site").mkdir(parents=True)
    (work / "site" / "_quarto.yml").write_text(
        "project:\n  type: website\nwebsite:\n  site-url: https://city.example/\n", encoding="utf-8"
    )
    (work / "site" / "styles.css").write_text("body { color: black }\n", encoding="utf-8")
    publish(work, candidate(work, "2025-02"))
    return candidate(work, "2025-03")


def operations(work: Path, release: Path) -> int:
    """How many operations on files an undisturbed run has, by trying."""
    most, counted = 1, True
    while counted:
        most *= 2
        again = work.with_name(f"{work.name}-{most}")
        shutil.copytree(work, again)
        counted = killed(again, again / release.relative_to(work), None, most)
        shutil.rmtree(again)
    return most


with tempfile.TemporaryDirectory() as scratch:
    first = Path(scratch) / "city"
    made = prepare(first)
    whole = Path(scratch) / "whole"
    shutil.copytree(first, whole)
    start = time.perf_counter()
    publish(whole, whole / made.relative_to(first))
    took, most = time.perf_counter() - start, operations(first, made)
    before, sites, after = (
        content(first / "public"),
        [content(first / "site" / "_site"), content(whole / "site" / "_site")],
        content(whole / "public"),
    )
    draw, runs, intact_runs, finished, stopped = random.Random(SEED), 0, 0, 0, 0
    while stopped < RUNS:
        work = Path(scratch) / f"run-{runs}"
        shutil.copytree(first, work)
        release = work / made.relative_to(first)
        stopped += (
            killed(work, release, draw.uniform(0, took), None)
            if runs % 2
            else killed(work, release, None, draw.randrange(most))
        )
        if wrong := intact(work, before, sites):
            print(f"run {runs}: {wrong}")
        intact_runs += not wrong
        publish(work, release)
        finished += (
            content(work / "public") == after
            and content(work / "site" / "_site") == sites[1]
            and bool(chain.check(work / "public"))
        )
        shutil.rmtree(work)
        runs += 1
    print(
        f"{runs} runs of {took:.2f} s, {stopped} killed before they ended: {intact_runs} intact,"
        f" {finished} finished by the next run"
    )
sys.exit(0 if intact_runs == finished == runs else 1)
