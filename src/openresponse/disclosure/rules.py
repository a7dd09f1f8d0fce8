"""The privacy rule: which counts may not be shown, and where that is written.

t, the threshold, is the smallest count that may be shown.
"""

from dataclasses import dataclass, replace

from openresponse.errors import ProgramError


@dataclass(frozen=True)
class Rule:
    """One rule in force. zeros `public`: a zero is shown, so a withheld cell is known to be at least 1."""

    preset: str
    threshold: int
    source: str
    zeros: str = "public"

    @property
    def hides_in_words(self) -> str:
        return f"counts from 1 to {self.threshold - 1}, and anything from which they could be worked out"

    def hides(self, count: int) -> bool:
        """Whether a count is too small to show."""
        return 0 < count < self.threshold

    def quantile_allowed(self, n: int, q: float) -> bool:
        """Whether a quantile of n values rests on enough of them on either side."""
        return n * min(q, 1 - q) >= self.threshold - 1e-9


PRESETS = {rule.preset: rule for rule in (
    Rule("cms-11", 11, "CMS Cell Size Suppression Policy, ResDAC, 26 January 2024"),
    Rule("wa-doh-10", 10, "Washington State Department of Health, Standards for Reporting Data with Small Numbers"),
    Rule("cdc-wisqars", 10, "CDC WISQARS, suppression of counts below 10"),
)}
# Rules whose rounding, populations or hidden zeros are not built yet: refused rather than half applied.
NOT_BUILT = {"nhs-hes": "rounding to the nearest 5", "nhs-mh": "hidden zeros and rounding", "madph-5": "a population for each area",
             "nchs-rates": "reliability flags"}


def rule(preset: str, **overrides) -> Rule:
    """The rule of a preset with the program's own values; ProgramError names what is allowed."""
    if preset in NOT_BUILT:
        raise ProgramError(f"`privacy.preset`: {preset} needs {NOT_BUILT[preset]}, which this version does not do. "
                           f"Allowed are {', '.join(PRESETS)}.")
    if preset not in PRESETS:
        raise ProgramError(f"`privacy.preset`: {preset} is not a rule; allowed are {', '.join(PRESETS)}.")
    unknown = set(overrides) - {"threshold", "source"}
    if unknown:
        raise ProgramError(f"`privacy.overrides`: {', '.join(sorted(unknown))} cannot be set; allowed are threshold, source.")
    chosen = replace(PRESETS[preset], **overrides)
    if not isinstance(chosen.threshold, int) or chosen.threshold < PRESETS[preset].threshold:
        raise ProgramError(f"`privacy.overrides.threshold`: a whole number of at least {PRESETS[preset].threshold}, the preset's own.")
    return chosen
