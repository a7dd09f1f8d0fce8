"""In: de-identified rows. Out: contingency tables with every margin, each with its definition.

Never here: a name, an address, an identifier or an exact time.
"""

__all__ = [
    "care",
    "data_quality",
    "dimensions",
    "measure",
    "registry",
    "response",
    "response_times",
    "sensitivity",
    "spending",
    "tabulation",
    "volumes",
]
