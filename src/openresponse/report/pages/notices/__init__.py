"""In: what became of every release, and when the next ones come. Out: the pages that say so.

Never here: a figure.
"""

__all__ = [
    "calendar",
    "changed_words",
    "corrections",
    "past_briefs",
    "withdrawn",
]
