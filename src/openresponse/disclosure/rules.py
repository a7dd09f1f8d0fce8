"""The privacy rule: which counts may not be shown, how the others are rounded, and where that is
written.

t, the threshold, is the smallest count that may be shown.
"""

import math
from typing import Any

import numpy as np

from openresponse.errors import ProgramError
from openresponse.program.privacy import Preset, Privacy

# How much is withheld around figures that are carried forward: some, as little as hides what a
# revision changed by a small number; or all that counts the months concerned.
SOME, ALL = "some", "all"


class Rule(Preset):
    """One rule in force: a preset by its name, and the standard by which rates are marked beside
    it, `nchs-rates` or None.
    """

    preset: str
    reliability: str | None = None

    def __init__(self, preset: str, threshold: int, source: str, **others: Any) -> None:
        others |= {"preset": preset, "threshold": threshold, "source": source}
        super().__init__(**others)

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
    from scipy.special import gammaincinv  # few rules need it, and it is slow to import

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
    """The rule that a program's `privacy` section chooses; ProgramError names what is allowed.

    A program may make a preset stricter, never weaker.
    """
    if privacy.reliability not in (None, FLAG_ONLY):
        raise ProgramError(
            f"`privacy.reliability`: {privacy.reliability} is not a standard; allowed is"
            f" {FLAG_ONLY}."
        )
    presets = {**PRESETS, **_own(privacy)}
    if privacy.preset not in presets:
        raise _no_preset(privacy.preset, list(presets))
    unknown = set(privacy.overrides) - set(OVERRIDES)
    if unknown:
        raise ProgramError(
            f"`privacy.overrides`: {', '.join(sorted(unknown))} cannot be set; allowed are"
            f" {', '.join(OVERRIDES)}."
        )
    base = presets[privacy.preset]
    chosen = base.model_copy(update={"reliability": privacy.reliability, **privacy.overrides})
    _refuse_weaker(chosen, base)
    return chosen


def rule(preset: str, reliability: str | None = None, **overrides: int | float | str) -> Rule:
    """The rule of a preset that comes with the code, with a program's own values."""
    return of(Privacy(preset=preset, reliability=reliability, overrides=overrides))


def _own(privacy: Privacy) -> dict[str, Rule]:
    """The city's own presets; ProgramError where one has the name of another rule or no source."""
    for name, preset in privacy.presets.items():
        if name in (*PRESETS, FLAG_ONLY):
            raise ProgramError(
                f"`privacy.presets.{name}`: a rule that comes with the code has this name; give"
                " yours another."
            )
        if not preset.source.strip():
            raise ProgramError(
                f"`privacy.presets.{name}.source`: say where the rule is written; it is printed on"
                " the privacy page."
            )
    return {name: Rule(name, **dict(preset)) for name, preset in privacy.presets.items()}


def _no_preset(name: str, presets: list[str]) -> ProgramError:
    if name == FLAG_ONLY:
        return ProgramError(
            f"`privacy.preset`: {FLAG_ONLY} marks rates of low reliability and hides nothing, so it"
            f" cannot be the only rule. Write `privacy.reliability: {FLAG_ONLY}` beside one of"
            f" {', '.join(presets)}."
        )
    return ProgramError(
        f"`privacy.preset`: {name} is not a rule; allowed are {', '.join(presets)}."
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
    is_own = chosen.most_sure != base.most_sure
    if is_own and not _is_share(chosen.most_sure, base.most_sure):
        raise ProgramError(
            f"`privacy.overrides.most_sure`: a share from 0.5 to {base.most_sure or 1}."
        )
    allowed = ZEROS[ZEROS.index(base.zeros) :]
    if chosen.zeros not in allowed:
        raise ProgramError(f"`privacy.overrides.zeros`: allowed are {', '.join(allowed)}.")


def _is_share(value: Any, most: float | None) -> bool:
    return type(value) in (int, float) and 0.5 <= value <= (most or 1)
