"""In: the releases there are. Out: ledgers, chain, register, retractions and days of publication.

Never here: a change to a published file.
"""

__all__ = [
    "chain",
    "confidential_ledger",
    "ends",
    "ledger",
    "predecessor",
    "published_cells",
    "register",
    "release_days",
    "release_lists",
    "repeated",
    "retraction",
]
