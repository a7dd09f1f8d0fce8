"""In: a published release. Out: the council's two pages, for the web and as a PDF.

Never here: a figure that the release does not hold.
"""

from openresponse.report.pages.brief.web_brief import front_matter, html, write

__all__ = [
    "brief_list",
    "council_brief",
    "front_matter",
    "html",
    "other_measures",
    "printed_brief",
    "unwelcome",
    "web_brief",
    "worth_asking",
    "write",
]
