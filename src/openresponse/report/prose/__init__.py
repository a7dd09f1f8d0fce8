"""In: published rows. Out: sentences, signals and words, in the language spoken.

Never here: HTML, or a number that no table gives.
"""

__all__ = [
    "definitions",
    "faces",
    "headlines",
    "invented",
    "launches",
    "localized",
    "rates",
    "readings",
    "rounded_shares",
    "sentences",
    "signals",
    "wilson",
    "words",
]
