"""Three ways to hide small numbers, on the same fictional months: suppression as this project does
it, rounding to a base, and cell-key perturbation (Fraser and Wooton, 2005), in which the same
records have the same noise in every table and every release.

The same attacker tries all: limits of each small figure by linear programme over everything that is
published, and the share of the tables that fit in which it is small. `bench/methods.py [months]`
prints the table of `docs/other-methods.qmd` and writes it to `bench/methods.csv`.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import root
from scipy.sparse import csr_matrix

from openresponse.demo import extract
from openresponse.disclosure import cell_suppression, rules
from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.sampler.independent_systems import independent_systems
from openresponse.disclosure.sampler.integer_tables import integer_tables
from openresponse.disclosure.sampler.random_walk import small_shares
from openresponse.disclosure.suppression.linear_programme import LinearProgramme
from openresponse.disclosure.system.linked_tables import System
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.records import collection
from road import FIRST, demonstration

MONTHS = 5  # with the first whole quarter
RESULTS = Path(__file__).with_name("methods.csv")
BASES = (5, 11)
MOST, VARIANCE = 5, 3.0  # how far noise goes, and its variance
ANEW = 12  # releases with other noise each
CEILING = 1e6
CLOSE = 1e-6
SEED = 1


@dataclass(frozen=True)
class Publication:
    """What one method makes of the published figures. shown: nan where there is none. low, high:
    what a reader knows each to lie between.
    """

    name: str
    shown: np.ndarray
    low: np.ndarray
    high: np.ndarray


def suppressed(protection: Protection) -> Publication:
    system, hidden = protection.system, protection.withheld[protection.system.published]
    values = system.values[system.published].astype(float)
    least = system.least[system.published]
    return Publication(
        "Suppression",
        np.where(hidden, np.nan, values),
        np.where(hidden, np.minimum(least, values), values),
        np.where(hidden, CEILING, values),
    )


def rounded(values: np.ndarray, base: int) -> Publication:
    shown = (values + base // 2) // base * base
    low = np.maximum(shown - base // 2, 0)
    return Publication(f"Rounding to {base}", shown, low, shown + (base - 1) // 2)


def perturbed(name: str, values: np.ndarray, draws: int) -> Publication:
    """Noise by the key of each set of records; of several draws a reader has them all."""
    random = np.random.default_rng(SEED)
    shown, low, high = values, np.zeros(len(values)), np.full(len(values), CEILING)
    for _ in range(draws):
        shown = values + noise(values, random.random(len(values)))
        low, high = np.maximum(low, shown - MOST), np.minimum(high, shown + MOST)
    return Publication(name, shown, low, high)


def noise(values: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """What is added to each count: whole numbers of mean 0 and the given variance as evenly as that
    allows, and no count below 0; nothing to 0.
    """
    added = np.zeros(len(values))
    for least in range(1, MOST + 1):
        steps = np.arange(-least, MOST + 1)
        here = np.minimum(values, MOST) == least
        at = np.searchsorted(np.cumsum(_even(steps)), keys[here])
        added[here] = steps[np.minimum(at, len(steps) - 1)]
    return added


def _even(steps: np.ndarray) -> np.ndarray:
    """The probabilities of most entropy with mean 0 and the variance, or what of it is possible."""
    variance = min(VARIANCE, -0.9 * steps.min() * steps.max())

    def weights(by: np.ndarray) -> np.ndarray:
        raised = np.exp(by[0] * steps + by[1] * steps**2)
        return np.asarray(raised / raised.sum())

    def missed(by: np.ndarray) -> list[float]:
        chance = weights(by)
        return [float(chance @ steps), float(chance @ steps**2 - variance)]

    return weights(root(missed, [0.0, -0.1]).x)


def limits(system: System, known: Publication, figures: np.ndarray) -> np.ndarray:
    """The least and the most of each of these figures, in a row each."""
    rest = len(system.values) - len(known.low)
    low = np.append(known.low, np.zeros(rest))
    high = np.append(known.high, np.full(rest, CEILING))
    programme = LinearProgramme(system.equations, np.zeros(len(low)), low, high)
    found = np.zeros((len(figures), 2))
    for at, figure in enumerate(figures):
        for side, sign in enumerate((1.0, -1.0)):
            cost = np.zeros(len(low))
            cost[figure] = sign
            programme.change(cost, low, high)
            optimum = programme.solution()
            assert optimum is not None, "the truth fits"
            found[at, side] = optimum[figure]
    return np.stack([np.ceil(found[:, 0] - CLOSE), np.floor(found[:, 1] + CLOSE)], axis=1)


def sureness(system: System, known: Publication, figures: np.ndarray, t: int) -> np.ndarray:
    """For each figure that can be sampled, the share of tables that fit in which it is small."""
    many = len(known.low)
    values, sums = system.values[:many], system.sums[:, :many]
    free = known.low < known.high
    shares = [1.0 * (values[figures[~free[figures]]] < t)]
    for part in independent_systems(sums, free, figures[free[figures]]):
        own, targets = part.variables, np.intersect1d(part.variables, figures)
        most = np.where(known.high[own] < CEILING, known.high[own], np.inf)
        tables = integer_tables(
            part.equations, values[own], part.free, known.low[own], 4 * t, most=most
        )
        none = csr_matrix((0, len(own)))
        found = small_shares(
            tables, part.places(targets), np.full(len(targets), t), none, SEED, sweeps=24, bases=20
        )
        shares.append(found.share)
    return np.concatenate(shares)


def measured(system: System, known: Publication, t: int) -> dict[str, object]:
    """One line of the table."""
    many = len(known.low)
    values = system.values[:many]
    small = np.flatnonzero((values >= 1) & (values < t) & (system.threshold[:many] > 0))
    bounds = limits(system, known, small)
    sure = sureness(system, known, small, t)
    there, some = ~np.isnan(known.shown), values > 0
    error = abs(known.shown - values)[there & some]
    sums = abs(system.sums[:, :many])
    whole = np.flatnonzero(sums @ (~there).astype(float) == 0)
    wrong = (system.sums[whole, :many] @ np.nan_to_num(known.shown)) != 0
    return {
        "method": known.name,
        "small figures": len(small),
        "proved exactly": int((bounds[:, 0] == bounds[:, 1]).sum()),
        "proved small": int((bounds[:, 1] < t).sum()),
        "values left (median)": int(np.median(np.minimum(bounds[:, 1], 4 * t) - bounds[:, 0] + 1)),
        "sureness that it is small (median)": round(float(np.median(sure)), 2),
        "figures without a number": round(float((~there & some).sum() / some.sum()), 3),
        "mean error of the others": round(float(error.mean()), 2),
        "sums that do not add up": round(float(wrong.mean()), 2),
    }


def publications(protection: Protection) -> Iterator[Publication]:
    values = protection.system.values[protection.system.published].astype(float)
    yield suppressed(protection)
    yield from (rounded(values, base) for base in BASES)
    yield perturbed("Cell keys", values, 1)
    yield perturbed(f"Noise drawn anew, {ANEW} releases", values, ANEW)


def main(months: int = MONTHS) -> None:
    with tempfile.TemporaryDirectory() as work:
        city = demonstration(Path(work))
        span = [str(month) for month in pd.period_range(FIRST, periods=months, freq="M")]
        extract.write(city.folders.raw, last=span[-1], months=months)
        rule, records = rules.of(city.privacy), collection.collect(city, span[-1])
        counted = tabulation.count(city, records, span[-1])
        counts, behind = [part.counts for part in counted], microdata(city, records, counted)
        protection = cell_suppression.protect(counts, behind, rule)
    table = pd.DataFrame(
        measured(protection.system, known, rule.threshold) for known in publications(protection)
    )
    table.to_csv(RESULTS, index=False)
    print(table.T.to_string(header=False))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
