"""The section `budget`: money announced."""

from decimal import Decimal

from openresponse.program.section import Section


class Budget(Section):
    """A figure taken from elsewhere says from where."""

    amount: Decimal
    fiscal_year: int
    source: str
