"""What every section of the program file has in common: no key it does not know, and values that do
not change.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from openresponse.tables.months import MONTH

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Month = Annotated[str, StringConstraints(pattern=f"^{MONTH}$")]


class Section(BaseModel):
    """The text below a key says what it changes; the documentation is made of these texts."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
