"""In: published rows. Out: drawings that say what is missing.

Never here: a withheld figure drawn as a number.
"""

__all__ = [
    "drawing",
    "marks",
    "svg",
    "theme",
    "tilemap",
]
