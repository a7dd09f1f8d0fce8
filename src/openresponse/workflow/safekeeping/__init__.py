"""In: what a city cannot make again. Out: a copy of it, and what was lost put back or made again.

Never here: a change to what is there.
"""

__all__ = ["backups", "ledger_rebuild"]
