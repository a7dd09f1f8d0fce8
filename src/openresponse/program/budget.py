"""The section `budget`: money announced."""

from decimal import Decimal

from openresponse.program.section import Section


class Budget(Section):
    """Money that was announced. Spending is shown as a share of it."""

    amount: Decimal
    """In dollars."""
    fiscal_year: int
    """The year in which the fiscal year ends."""
    source: str
    """Where the figure comes from. It is printed beside it."""
