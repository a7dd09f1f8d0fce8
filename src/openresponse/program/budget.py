"""The section `budget`: money announced."""

from decimal import Decimal
from typing import Annotated

from pydantic import WithJsonSchema

from openresponse.program.section import Section


class Budget(Section):
    """Money that was announced. Spending is shown as a share of it."""

    amount: Annotated[Decimal, WithJsonSchema({"type": "number"})]
    """In dollars."""
    fiscal_year: int
    """The year in which the fiscal year ends."""
    source: str
    """Where the figure comes from. It is printed beside it."""
