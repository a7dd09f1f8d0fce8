"""The sections `models` and `dispatch_codes`: the response models, and which calls are eligible for
them.
"""

from typing import Literal, Self

from pydantic import model_validator

from openresponse.program.section import Code, Month, Section


class Model(Section):
    """A response model. `team` is the unit type whose presence makes it this model's response."""

    label: str
    status: Literal["operating", "planning"]
    purpose: str
    when: str
    team: Literal["clinician", "worker"] | None = None
    launched: Month | None = None

    @model_validator(mode="after")
    def operating_models_have_a_team(self) -> Self:
        if self.status == "operating" and self.team is None:
            raise ValueError("an operating model needs `team`: clinician or worker")
        return self


class DispatchCode(Section):
    """A mental-health dispatch code and the model its calls are eligible for (none: standard
    response).
    """

    label: str
    eligible: Code | None = None
