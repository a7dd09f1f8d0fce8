"""In: a published release. Out: the pages of neighborhoods and police districts, where it has them.

Never here: an order of places that chance alone could make.
"""

from openresponse.report.pages.places.place_pages import DISTRICTS, NEIGHBORHOODS, pages, write

__all__ = [
    "DISTRICTS",
    "NEIGHBORHOODS",
    "district_figures",
    "district_hours",
    "district_sentences",
    "districts",
    "neighborhood_findings",
    "neighborhoods",
    "pages",
    "place_pages",
    "write",
]
