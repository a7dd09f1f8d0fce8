"""Numbers by which the audit of the next release knows the same thing again."""

from hashlib import blake2b


def mark(*what: object) -> int:
    """The same number for the same things, in every run."""
    text = repr(what).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")
