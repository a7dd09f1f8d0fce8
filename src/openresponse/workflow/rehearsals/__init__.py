"""In: what a command is about to do, or two releases. Out: which figures and files that changes, as
tables.

Never here: a file written where the city keeps its own.
"""

__all__ = [
    "figure_changes",
    "file_changes",
    "rehearsal",
    "release_comparison",
]
