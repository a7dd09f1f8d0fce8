"""In: what a command is asked and what came of it. Out: a private, hash-chained log of every run,
for whoever must answer for what was published.

Never here: a cell's value.
"""

from openresponse.workflow.run_log.entries import check
from openresponse.workflow.run_log.runs import note, recorded

__all__ = [
    "check",
    "note",
    "recorded",
]
