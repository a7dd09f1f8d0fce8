"""Attack a public folder as an outsider would: from its CSV files and dictionary alone.

Prints what could be worked out, and ends with 1 where a withheld figure is proved to be small.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from attacker import guesses, reading, relations, solver, sums
from attacker.columns import GRAINS, Columns
from attacker.report import Report

PUBLIC = Path("data/public")


def attack(folder: Path, guess: bool = True) -> Report:
    """Read all releases, guess what figures mean to each other, and ask a solver what follows."""
    started = time.perf_counter()
    publication = reading.read(folder)
    rows = [*relations.between_releases(publication), *sums.of_shares(publication)]
    guessed = 0
    for grain in GRAINS:
        columns = Columns(publication, grain)
        found = list(sums.of_one_table(columns, guess))
        if guess:
            found += guesses.guesses(columns, publication.rule.round_to > 1)
        guessed += sum(relation.guessed for relation in found)
        rows += [row for relation in found for row in relations.rows(relation, columns)]
    result = solver.attack(publication, rows)
    return Report(publication, result, guessed, time.perf_counter() - started)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PUBLIC, help="the public folder")
    parser.add_argument("--json", action="store_true", help="everything found, as data")
    parser.add_argument("--without-guesses", action="store_true", help="sums within tables alone")
    options = parser.parse_args()
    if not any(options.folder.glob("*/datapackage.json")):
        print(f"{options.folder} holds no release yet: nothing to attack.")
        return 0
    report = attack(options.folder, not options.without_guesses)
    print(json.dumps(report.data(), indent=1) if options.json else report.text())
    return 1 if report.small else 0


if __name__ == "__main__":
    sys.exit(main())
