"""In: a city's confidential deliveries, read as its program file maps them. Out: de-identified
rows: one for each incident or unit response, and what became of every row delivered.

Never here: anything that is published.
"""

__all__ = [
    "attributes",
    "clock",
    "collection",
    "column_readings",
    "contact_records",
    "contradictions",
    "databases",
    "deidentification",
    "delivery",
    "dialects",
    "eligibility",
    "intervals",
    "linkage",
    "mapping",
    "plausibility",
    "precedence",
    "schema",
    "unit_log",
    "vocabulary",
    "written",
]
