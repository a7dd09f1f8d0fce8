"""In: a published release. Out: every page of the website and the council's brief.

Never here: raw data, or a figure that the release does not hold.
"""

__all__ = [
    "accessibility_statement",
    "brief",
    "calendar",
    "corrections",
    "districts",
    "explore",
    "glossary",
    "home",
    "model",
    "neighborhoods",
    "places",
    "reference",
    "review",
    "site_pages",
    "social",
    "withdrawn",
]
