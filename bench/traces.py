"""Fictional cities, each of another seed: releases that are refused, all of them wrongly.

`bench/traces.py [seeds] [first]`: how many of each size, and the first of them. A month is
published on top of others through search, gate, audit and the search for traces; with `--site` the
website is made too, and every page of it searched, which takes ten times as long. It ends with 1
where anything is refused.
"""

import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from road import demonstration, publish

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from openresponse.demo import extract  # noqa: E402
from openresponse.errors import OpenResponseError  # noqa: E402
from support import workspace  # noqa: E402

SEEDS, FIRST = 20, 1
LAST, BEFORE = "2026-03", "2026-02"  # the month published on top, and the one below it
SIZES = {
    "demonstration": {"months": 6, "calls_a_year": 10_000},
    "small city": {"months": 4, "calls_a_year": 1_500},
}


def refused(folder: Path, seed: int, size: dict[str, int]) -> str:
    """Why a release of this city is refused; empty where it is published."""
    city = demonstration(folder)
    extract.write(city.folders.raw, seed=seed, last=LAST, **size)
    try:
        for month in (BEFORE, LAST):
            publish(city, month)
    except OpenResponseError as error:
        return str(error)
    return ""


def refused_site(folder: Path, seed: int, size: dict[str, int]) -> str:
    """The same with its website."""
    try:
        workspace.build(folder, partial(extract.write, seed=seed, last=LAST, **size))
    except RuntimeError as error:
        return str(error)
    return ""


def main(seeds: int = SEEDS, first: int = FIRST, site: bool = False) -> int:
    wrong = 0
    for seed in range(first, first + seeds):
        for name, size in SIZES.items():
            start = time.perf_counter()
            with tempfile.TemporaryDirectory() as work:
                why = (refused_site if site else refused)(Path(work) / "city", seed, size)
            wrong += bool(why)
            print(
                f"seed {seed}, {name}: {why or 'published'} ({time.perf_counter() - start:.0f} s)",
                flush=True,
            )
    print(f"{wrong} of {seeds * len(SIZES)} refused")
    return int(wrong > 0)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    sys.exit(main(*numbers, site="--site" in sys.argv))
