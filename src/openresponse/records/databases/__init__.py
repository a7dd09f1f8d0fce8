"""In: the query of an extract, and where its database's address is kept. Out: a snapshot of what it
gave, as a file of the delivery.

Never here: an address in a message, or a query whose answer is kept nowhere.
"""

__all__ = ["addresses", "snapshots"]
