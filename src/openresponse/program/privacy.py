"""The section `privacy`: the rule in force, and what it makes an exception of."""

from pydantic import Field

from openresponse.program.section import Code, Section


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


class Privacy(Section):
    """The privacy rule in force. The city's counsel chooses it."""

    preset: str = "cms-11"
    """The rule by its name."""
    overrides: dict[str, int | float | str] = Field(default={}, examples=[{"threshold": 16}])
    """The program's own `threshold`, `zeros`, `source`, `reach` (how many times the threshold a
    withheld count must be able to be), `often` (how often two codes must occur until readers are
    taken to know that they never meet) or `most_sure` (a share from 0.5 to 1: nothing is published
    where a withheld small count is small in more of the tables that a reader could fill in; without
    it this is measured, not limited) in place of the preset's. A rule can be made stricter, never
    weaker."""
    reliability: str | None = Field(default=None, examples=["nchs-rates"])
    """A further standard by which rates of few are marked with `u`: `nchs-rates`."""
    harmless: dict[str, str] = {}
    """Dimensions in which everybody in a group may be seen to be alike, each with the reason. In
    every other dimension a group in which all, or all but one, are alike is withheld."""
    exemptions: tuple[Exemption, ...] = ()
    """Counts that are shown however small. The audit still counts them as known."""
