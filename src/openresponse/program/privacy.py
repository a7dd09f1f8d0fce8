"""The section `privacy`: the rule in force, and what it makes an exception of."""

from pydantic import Field

from openresponse.program.section import Code, Section


class Exemption(Section):
    """Counts that are shown however small, because law or public interest wants it; both are
    printed beside them.
    """

    table: Code
    where: dict[str, str]
    reason: str = Field(min_length=20)
    approver: str = Field(min_length=3)


class Privacy(Section):
    """harmless: dimensions in which a whole group may be seen to be alike, each with the reason."""

    preset: str = "cms-11"
    overrides: dict[str, int | str] = {}
    reliability: str | None = None
    harmless: dict[str, str] = {}
    exemptions: tuple[Exemption, ...] = ()
