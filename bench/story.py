"""Small fictional cities, each of another seed: where two statements of their sites disagree.

`bench/story.py [seeds] [first]`: how many, and the first of them. It ends with 1 where a site does.
"""

import sys
import tempfile
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from openresponse.demo import extract  # noqa: E402
from openresponse.website import engines  # noqa: E402
from openresponse.website.inspection.story.disagreements import disagreements  # noqa: E402
from support import workspace  # noqa: E402

SEEDS, FIRST = 20, 1
MONTHS, CALLS_A_YEAR = 3, 3_000
# Every second city is larger and publishes all that a program file plans.
LARGER = {"months": 4, "calls_a_year": 8_000}


def disagreeing(seed: int, folder: Path) -> list[str]:
    """What the site of this seed says that cannot all be so."""
    size = LARGER if seed % 2 else {"months": MONTHS, "calls_a_year": CALLS_A_YEAR}
    deliver = partial(extract.write, seed=seed, **size)
    workspace.build(folder, deliver, None if seed % 2 else workspace.FEW)
    return [str(finding) for finding in disagreements(folder / "site" / engines.SITE)]


def main(seeds: int = SEEDS, first: int = FIRST) -> int:
    wrong = 0
    for seed in range(first, first + seeds):
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as work:
            said = disagreeing(seed, Path(work) / "city")
        wrong += bool(said)
        print(
            f"seed {seed}: {len(said)} disagreements, {time.perf_counter() - start:.0f} s",
            flush=True,
        )
        print(*said, sep="\n", end="\n" if said else "", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
