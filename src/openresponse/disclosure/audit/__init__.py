"""In: what was published in every release. Out: what of the withheld figures can be proved.

Never here: code of the search, or a true count.
"""

__all__ = [
    "equations",
    "facts",
    "joints",
    "meanings",
    "same_figures",
    "solver",
    "verdict",
]
