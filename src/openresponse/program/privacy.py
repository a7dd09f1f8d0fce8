"""The section `privacy`: the rule in force, and what it makes an exception of."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from openresponse.program.section import Code, Section

# What says nothing about a person's health or conduct. A measure that is not here, such as the
# outcome, a hold, an arrest or a referral, does.
HARMLESS = {
    "stage": "How far the service got with a call",
    "responders": "Which agencies came",
    "police_role": "Who sent the police",
    "attendance": "Whether the team came, and when",
    "service": "Whether a team was sent",
    "neighborhood": "Where calls came from",
    "time_band": "When calls came",
}


class Exemption(Section):
    """Counts that are shown however small, because law or public interest wants it; both are
    printed beside them.
    """

    table: Code = Field(examples=["safety"])
    """The table that holds the counts."""
    where: dict[str, str] = Field(examples=[{"event": "force", "answer": "yes"}])
    """Columns of the table and the code that each must have."""
    reason: str = Field(
        min_length=20, examples=["State law requires every use of force to be counted in public."]
    )
    """Why, in a sentence. It is printed beside the figure."""
    approver: str = Field(min_length=3, examples=["Privacy officer"])
    """Who decided it, by role. It is printed beside the figure."""


class PossiblePair(Section):
    """Two codes that never occurred together and could. Readers are then not taken to know that
    they do not.
    """

    attribute: str = Field(examples=["outcomes"])
    """What is told apart, as `relations.csv` of a release names it."""
    code: str = Field(examples=["arrest"])
    """Its code; empty where the attribute does not apply."""
    other: str = Field(examples=["responders"])
    """What else is told apart."""
    other_code: str = Field(examples=["ems_only"])
    """Its code; empty where the attribute does not apply."""
    reason: str = Field(
        min_length=20, examples=["Police may come later and arrest somebody; none has so far."]
    )
    """Why it could occur, in a sentence. The privacy officer's evidence prints it."""

    @property
    def codes(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Both attributes with their codes."""
        return (self.attribute, self.code), (self.other, self.other_code)


class Preset(Section):
    """A rule: which counts may not be shown, and how the others are."""

    threshold: int = Field(ge=2, examples=[6])
    """The smallest count that may be shown."""
    source: str = Field(examples=["Riverton County, Rules for Small Numbers, March 2025"])
    """Where the rule is written, so that a lawyer finds it. It is printed on the privacy page."""
    zeros: Literal["public", "hidden"] = Field(default="public", examples=["hidden"])
    """`public` shows a zero, so that a withheld count is known to be at least 1; `hidden` withholds
    zeros like the small counts. A table may choose `hidden` for itself."""
    round_to: int = Field(default=1, ge=1, examples=[5])
    """Counts that may be shown are rounded to the nearest multiple of this."""
    share_decimals: int = Field(default=3, ge=0, le=6, examples=[2])
    """Shares are proportions with this many decimals."""
    residents: int | None = Field(default=None, ge=1, examples=[50_000])
    """Only areas with at most this many residents are protected; without it all are."""
    unstable_upto: int = Field(default=0, ge=0, examples=[20])
    """Rates on at most this many events are marked with `u`."""
    reach: int = Field(default=2, ge=1, examples=[3])
    """How many times the threshold a withheld small count must be able to be, for all that is
    published."""
    often: int = Field(default=30, ge=1, examples=[15])
    """How often two codes occurred, the rarer of them counts, from which readers are taken to know
    that they never occur together where they never did."""
    most_sure: float | None = Field(default=None, ge=0.5, le=1, examples=[0.9])
    """The largest share of the tables that fit all that is published in which a withheld small
    count may be small; without it this is measured, not limited."""

    @model_validator(mode="after")
    def rounding_leaves_what_may_be_shown(self) -> Self:
        """A count that is not zero is not shown as zero, one of an area without protection
        included.
        """
        if self.rounded(self.threshold) == 0:
            raise ValueError(
                f"a count of {self.threshold} would be shown as 0, rounded to multiples of"
                f" {self.round_to}; give a larger `threshold` or a smaller `round_to`"
            )
        if self.round_to > 1 and self.residents is not None:
            raise ValueError(
                "small counts of areas without protection would be rounded to 0; give one of"
                " `round_to` and `residents`"
            )
        return self

    def rounded(self, count: Any) -> Any:
        """What is shown of counts that may be shown; halves go up."""
        return (count + self.round_to // 2) // self.round_to * self.round_to


class Privacy(Section):
    """The privacy rule in force. The city's counsel chooses it."""

    preset: str = "cms-11"
    """The rule by its name."""
    presets: dict[Code, Preset] = {}
    """The city's own rules by their names, for `privacy.preset` to choose from beside those that
    come with the code."""
    overrides: dict[str, int | float | str] = Field(default={}, examples=[{"threshold": 16}])
    """The program's own `threshold`, `zeros`, `source`, `reach` (how many times the threshold a
    withheld count must be able to be), `often` (how often two codes must occur until readers are
    taken to know that they never meet) or `most_sure` (a share from 0.5 to 1: nothing is published
    where a withheld small count is small in more of the tables that a reader could fill in; without
    it this is measured, not limited) in place of the preset's. A rule can be made stricter, never
    weaker."""
    reliability: str | None = Field(default=None, examples=["nchs-rates"])
    """A further standard by which rates of few are marked with `u`: `nchs-rates`."""
    harmless: dict[str, str] = HARMLESS
    """Dimensions in which everybody in a group may be seen to be alike, each with the reason. In
    every other dimension a group in which all, or all but one, are alike is withheld. What the city
    writes takes the place of the whole list."""
    exemptions: tuple[Exemption, ...] = ()
    """Counts that are shown however small. The audit still counts them as known."""
    could_occur: tuple[PossiblePair, ...] = ()
    """Pairs of codes that never occurred together although both occurred often (`often`), and that
    could all the same. What a definition excludes stays excluded."""
