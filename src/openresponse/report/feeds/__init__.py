"""In: all releases. Out: what other programs read: feed, calendar, catalog and index.

Never here: a figure of its own.
"""

__all__ = [
    "atom",
    "dcat",
    "distributions",
    "release_index",
    "schema_org",
    "subscription",
]
