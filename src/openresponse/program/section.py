"""What every section of the program file has in common: no key it does not know, and values that do
not change.
"""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
Month = Annotated[str, StringConstraints(pattern=MONTH)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
