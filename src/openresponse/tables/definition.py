"""The parts of a published definition: their keys in the data package, and what they are called in
docstrings and on pages.
"""

from openresponse.language import N_

PARTS = {
    "counts": N_("Counts"),
    "denominator": N_("Share of"),
    "excludes": N_("Leaves out"),
    "missing": N_("Not recorded"),
}
