"""In: a delivery and what the checks find in it. Out: the report on it, for the person at work and
for the records office.

Never here: the value of a cell.
"""

__all__ = ["delivery_report", "delivery_tables"]
