"""In: de-identified rows and the leaf codes of a measure. Out: their counts by period, over the
whole cross of the dimensions, with what the privacy rule must know of them.

Never here: what a measure means.
"""

__all__ = [
    "counted",
    "grain",
    "margins",
    "record_attributes",
    "sensitivity",
]
