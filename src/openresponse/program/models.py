"""The sections `models` and `dispatch_codes`: the response models, and which calls are eligible for
them.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from openresponse.program.section import Code, Month, Section


class Model(Section):
    """A response model by its code."""

    label: str
    """Its name, as readers see it."""
    status: Literal["operating", "planning"]
    """A model in operation has figures. One in planning has a page with its milestones."""
    purpose: str
    """What the model does, in a sentence for its page."""
    when: str
    """Which calls it is for, in a sentence for its page."""
    team: Literal["clinician", "worker", "peer"] | None = None
    """The unit type whose presence makes a response this model's. An operating model needs one."""
    launched: Month | None = None
    """The first month in operation. No call before it is eligible; without it, none is."""
    ended: Month | None = Field(default=None, examples=["2027-06"])
    """The last month in operation. No call after it is eligible."""

    @model_validator(mode="after")
    def operating_models_have_a_team(self) -> Self:
        if self.status == "operating" and self.team is None:
            raise ValueError("an operating model needs `team`: clinician, worker or peer")
        return self

    @model_validator(mode="after")
    def a_model_ends_after_it_began(self) -> Self:
        if self.ended and (self.launched is None or self.ended < self.launched):
            raise ValueError(f"ended: {self.ended} is not after the month in `launched`")
        return self


class DispatchCode(Section):
    """A dispatch code that counts as a mental-health call."""

    label: str
    """What the code means."""
    eligible: Code | None = None
    """The model that its calls are eligible for. Without it they get the standard response."""
    police_before: bool = Field(default=True, examples=[False])
    """Whether police went to such calls before the models began. Calls that they never took are not
    counted as diverted from them in the strictest definition."""
