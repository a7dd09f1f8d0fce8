"""In: a candidate release or a finished site. Out: a refusal that names file, rule and remedy, or
nothing; and the officer's evidence.

Never here: a confidential value in a message.
"""

__all__ = [
    "admission",
    "containers",
    "evidence",
    "gate",
    "identifiers",
    "leaks",
    "pdf_text",
    "plain_text",
    "published_files",
    "readable",
    "texts",
    "trace_patterns",
    "tripwires",
    "withheld_counts",
]
