"""Damaged extracts, program files and releases: is each either read, or refused in one sentence
that names no cell, and is no release that was changed taken for what was published?

`damage.py [how many]`, 10,000 unless said. Printed; a traceback, a value in a message or a file
that takes longer than `SLOWEST` is named with its seed, and the exit code is 1. The tests try some
of the same.
"""

import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from damages import extracts_damaged, programs_damaged, releases_damaged
from openresponse.errors import OpenResponseError
from openresponse.program import Folders, Program, load
from openresponse.records import collection, delivery
from openresponse.release import publication
from openresponse.release.history import chain
from openresponse.workflow.city import City

MANY = 10_000
SLOWEST = 10.0  # seconds for one file of a dozen rows
ROWS = 12
ROOT = Path(__file__).parents[1]
PROGRAMS = (ROOT / "program.yml", ROOT / "tests" / "programs" / "lincoln.yml")
GOLDEN, GOLDEN_MONTH = ROOT / "tests" / "golden" / "public", "2025-03"
DELIVERY = ROOT / "tests" / "golden" / "raw"


def problem(run: Callable[[], object]) -> str:
    """What is wrong with how a run ended; empty where it went well or was refused as it should."""
    begun = time.monotonic()
    try:
        run()
    except OpenResponseError as error:
        if extracts_damaged.SECRET in str(error) or "\n" in str(error):
            return "the message has a value of a cell, or several lines"
    except Exception:
        return traceback.format_exc(limit=-3)
    return "slow" if time.monotonic() - begun > SLOWEST else ""


def damaged_program(seed: int, text: str, folder: Path) -> str:
    """What is wrong with how a damaged program file is refused."""
    path = folder / "damaged.yml"
    text = programs_damaged.damaged(random.Random(seed), text)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return problem(lambda: City(path).program)


def damaged_extract(seed: int, city: Program, month: str, collect: bool = False) -> str:
    """What is wrong with how a damaged extract is read, or refused. The whole one is put back.

    collect: whether the whole month is linked and counted too.
    """
    chance = random.Random(seed)
    name = chance.choice(list(city.extracts))
    whole = city.folders.raw / month / f"{name}.csv"
    kept = whole.read_bytes()
    whole.unlink()
    suffix, content = extracts_damaged.damaged(chance, kept)
    damaged = whole.with_name(f"{name}{suffix}")
    damaged.write_bytes(content)
    try:
        return problem(
            lambda: (
                collection.collect(city, month)
                if collect
                else delivery.reading(city, name, [month])
            )
        )
    finally:
        damaged.unlink()
        whole.write_bytes(kept)


def damaged_release(seed: int, whole: Path, folder: Path) -> str:
    """What is wrong with how a public folder that was changed is verified."""
    public = folder / "changed"
    shutil.rmtree(public, ignore_errors=True)
    shutil.copytree(whole, public)
    releases_damaged.damage(random.Random(seed), public)
    checked: list[str] = []
    return problem(lambda: checked.extend(chain.check(public))) or (
        "taken for what was published" if checked else ""
    )


def published(folder: Path) -> Path:
    """A public folder with the golden month as its release."""
    public = folder / "whole"
    shutil.copytree(GOLDEN, public / GOLDEN_MONTH)
    publication.settle(public)
    return public


def small_city(folder: Path) -> tuple[Program, str]:
    """A program whose newest delivery has a dozen rows in each file."""
    month = max(path.name for path in DELIVERY.iterdir() if path.is_dir())
    raw = folder / "raw"
    shutil.copytree(DELIVERY / month, raw / month)
    for path in (raw / month).glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[: ROWS + 1]), encoding="utf-8")
    folders = Folders(raw=raw, public=folder, build=folder, site=folder, ledger=folder)
    return load(PROGRAMS[0]).model_copy(update={"folders": folders}), month


def main(many: int) -> int:
    wrong: Counter[str] = Counter()
    texts = [path.read_text(encoding="utf-8") for path in PROGRAMS]
    with tempfile.TemporaryDirectory() as work:
        city, month = small_city(Path(work))
        whole = published(Path(work))
        for seed in range(many):
            if seed % 4 == 0:
                found = damaged_program(seed, texts[seed % 8 == 0], Path(work))
            elif seed % 4 == 1:
                found = damaged_release(seed, whole, Path(work))
            else:
                found = damaged_extract(seed, city, month, collect=seed % 4 == 2)
            if found:
                wrong[found.strip().splitlines()[-1][:100]] += 1
                print(f"seed {seed}: {found}")
    print(f"{many:,} damaged files, {wrong.total()} neither read nor refused as they should be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
