"""In: view models. Out: pages, from templates that escape by default.

Never here: a decision on what is said.
"""

__all__ = [
    "environment",
    "pdf",
    "preview",
    "qmd",
    "working_page",
]
