"""In: de-identified rows. Out: contingency tables with every margin, each with its definition.

Never here: a name, an address, an identifier or an exact time.
"""

__all__ = [
    "attendance",
    "contact",
    "counting",
    "data_quality",
    "dimensions",
    "followup",
    "funnel",
    "measure",
    "outcomes",
    "planned_tables",
    "registry",
    "responders",
    "response_times",
    "safety",
    "spending",
    "tabulation",
    "volumes",
]
