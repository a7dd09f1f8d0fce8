"""In: a finished site with its public files. Out: claims and promises that they refute.

Never here: two statements of the same figure, which the room above compares.
"""

__all__ = [
    "claims_of_release",
    "meant_and_done",
    "promises",
    "provisional_marks",
    "publisher",
    "whole_claims",
]
