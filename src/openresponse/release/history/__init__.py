"""In: the releases there are. Out: ledger, chain, register, withdrawals and days of publication.

Never here: a change to a release that stands.
"""

__all__ = [
    "chain",
    "ledger",
    "register",
    "release_days",
    "retraction",
]
