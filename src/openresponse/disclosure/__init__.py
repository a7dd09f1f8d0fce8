"""In: contingency tables of true counts, and the privacy rule. Out: which cells are withheld, and a
witness for each that it protects.

Never here: a file that is read or written.
"""

__all__ = [
    "audit",
    "cell_suppression",
    "earlier_release",
    "guesses",
    "rules",
    "sampler",
    "suppression",
    "system",
    "uniqueness",
]
