"""In: everything delivered up to a month, as it was read and linked. Out: what named checks find in
it, and whether that stops the release.

Never here: the value of a cell in anything that is said.
"""

__all__ = [
    "accounts",
    "chance",
    "check",
    "checklist",
    "delivered",
    "folder_contents",
    "hit_rows",
    "judgement",
    "subjects",
]
