"""In: a published release. Out: the pages that explain it: data, methods, privacy, about, glossary,
accessibility.

Never here: a figure that the release does not hold.
"""

__all__ = [
    "about_page",
    "accessibility_statement",
    "citations",
    "data_page",
    "described_tables",
    "glossary",
    "methods_page",
    "privacy_page",
    "reference_pages",
]
