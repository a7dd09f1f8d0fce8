"""The privacy rule: which counts may not be shown, how the others are rounded, and where that is
written.

t, the threshold, is the smallest count that may be shown.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.special import gammaincinv

from openresponse.errors import ProgramError
from openresponse.program.privacy import Privacy


@dataclass(frozen=True)
class Rule:
    """One rule in force.

    zeros: `public` where a zero is shown, so that a withheld cell is known to be at least 1;
        `hidden` where 0 to t − 1 are withheld alike. A table may choose `hidden` for itself.
    round_to: counts of t or more are shown to the nearest multiple of this.
    share_decimals: shares are proportions with this many decimals.
    residents: only areas with at most this many residents are protected; None protects all.
    unstable_upto: rates on at most this many events are marked as of low reliability.
    reliability: a further standard by which rates are marked: `nchs-rates`, or None.
    reach: how many times the threshold a withheld small count must be able to be, for all that is
        published.
    often: how often two codes occurred, the rarer of them counts, from which it is taken for known
        that they never occur together where they never did.
    most_sure: the largest share of the tables that fit all that is published in which a withheld
        small count may be small; None sets no limit.
    """

    preset: str
    threshold: int
    source: str
    zeros: str = "public"
    round_to: int = 1
    share_decimals: int = 3
    residents: int | None = None
    unstable_upto: int = 0
    reliability: str | None = None
    reach: int = 2
    often: int = 30
    most_sure: float | None = None

    def hides(self, count: Any, zeros: str | None = None) -> Any:
        """Whether a count (or each of several) is too small to show, under a table's own zero
        policy where given.
        """
        least = 0 if "hidden" in (zeros, self.zeros) else 1
        return (count >= least) & (count < self.threshold)

    def protects(self, residents: Any) -> Any:
        """Whether an area with so many residents (or each of several; NaN where unknown) is
        protected.
        """
        if self.residents is None:
            return np.ones(np.shape(residents), dtype=bool)
        return ~(np.asarray(residents, dtype=float) > self.residents)

    def rounded(self, count: Any) -> Any:
        """What is shown of counts that may be shown; halves go up."""
        return (count + self.round_to // 2) // self.round_to * self.round_to

    def quantile_needs(self, q: float) -> int:
        """How many values a quantile must have, so that enough of them are on either side of it."""
        return math.ceil(self.threshold / min(q, 1 - q) - 1e-9)

    def unstable(self, events: int) -> bool:
        """Whether a rate on so many events is marked as of low reliability."""
        return 0 < events <= self.unstable_upto or (
            self.reliability == FLAG_ONLY and nchs_unreliable(events)
        )


FLAG_ONLY = "nchs-rates"


def nchs_unreliable(events: int) -> bool:
    """NCHS Data Presentation Standards for Rates and Counts (stacks.cdc.gov/view/cdc/123462): a
    rate is marked where it rests on fewer than 10 events or its 95% interval (gamma, for a Poisson
    count) is wider than 160% of it.
    """
    if events == 0:
        return False
    low, high = gammaincinv(events, 0.025), gammaincinv(events + 1, 0.975)
    return bool(events < 10 or (high - low) / events > 1.6)


PRESETS = {
    rule.preset: rule
    for rule in (
        Rule("cms-11", 11, "CMS Cell Size Suppression Policy, ResDAC, January 26, 2024"),
        Rule(
            "wa-doh-10",
            10,
            "Washington State Department of Health, Standards for Reporting Data with Small"
            " Numbers",
        ),
        Rule(
            "nhs-hes",
            8,
            "NHS Digital, Hospital Episode Statistics disclosure control, September 2018",
            round_to=5,
        ),
        Rule(
            "nhs-mh",
            5,
            "NHS England, Mental Health Bulletin, suppression and rounding",
            zeros="hidden",
            round_to=5,
            share_decimals=2,
        ),
        Rule(
            "madph-5",
            5,
            "Massachusetts Department of Public Health practice as reported in 2020; no rulebook"
            " number was found: ask",
            residents=50_000,
        ),
        Rule(
            "cdc-wisqars",
            10,
            "CDC WISQARS, suppression of counts below 10; rates on 20 events or fewer are unstable",
            unstable_upto=20,
        ),
    )
}
OVERRIDES = ("threshold", "source", "zeros", "reach", "often", "most_sure")
ZEROS = ("public", "hidden")  # from the weaker to the stricter


def of(privacy: Privacy) -> Rule:
    """The rule that a program's `privacy` section chooses."""
    return rule(privacy.preset, privacy.reliability, **privacy.overrides)


def rule(preset: str, reliability: str | None = None, **overrides: int | float | str) -> Rule:
    """The rule of a preset with the program's own values; ProgramError names what is allowed.

    A program may make its preset stricter, never weaker.
    """
    if reliability not in (None, FLAG_ONLY):
        raise ProgramError(
            f"`privacy.reliability`: {reliability} is not a standard; allowed is {FLAG_ONLY}."
        )
    if preset not in PRESETS:
        raise _no_preset(preset)
    unknown = set(overrides) - set(OVERRIDES)
    if unknown:
        raise ProgramError(
            f"`privacy.overrides`: {', '.join(sorted(unknown))} cannot be set; allowed are"
            f" {', '.join(OVERRIDES)}."
        )
    base = PRESETS[preset]
    chosen = replace(base, reliability=reliability, **overrides)  # type: ignore[arg-type]
    _refuse_weaker(chosen, base)
    return chosen


def _no_preset(name: str) -> ProgramError:
    if name == FLAG_ONLY:
        return ProgramError(
            f"`privacy.preset`: {FLAG_ONLY} marks rates of low reliability and hides nothing, so it"
            f" cannot be the only rule. Write `privacy.reliability: {FLAG_ONLY}` beside one of"
            f" {', '.join(PRESETS)}."
        )
    return ProgramError(
        f"`privacy.preset`: {name} is not a rule; allowed are {', '.join(PRESETS)}."
    )


def _refuse_weaker(chosen: Rule, base: Rule) -> None:
    if type(chosen.threshold) is not int or chosen.threshold < base.threshold:
        raise ProgramError(
            f"`privacy.overrides.threshold`: a whole number of at least {base.threshold}, the"
            " preset's own."
        )
    if type(chosen.reach) is not int or chosen.reach < base.reach:
        raise ProgramError(
            f"`privacy.overrides.reach`: a whole number of at least {base.reach}, the preset's own."
        )
    if type(chosen.often) is not int or not 1 <= chosen.often <= base.often:
        raise ProgramError(
            f"`privacy.overrides.often`: a whole number from 1 to {base.often}, the preset's own."
        )
    if chosen.most_sure is not None and not _is_most_sure(chosen.most_sure):
        raise ProgramError("`privacy.overrides.most_sure`: a share from 0.5 to 1.")
    allowed = ZEROS[ZEROS.index(base.zeros) :]
    if chosen.zeros not in allowed:
        raise ProgramError(f"`privacy.overrides.zeros`: allowed are {', '.join(allowed)}.")


def _is_most_sure(value: Any) -> bool:
    return type(value) in (int, float) and 0.5 <= value <= 1
