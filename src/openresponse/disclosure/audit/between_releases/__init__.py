"""In: what a reader of several releases knows. Out: small changes, and what a new release adds to
what earlier ones gave away.

Never here: what one release alone says.
"""

__all__ = ["narrowing", "revision_rows"]
