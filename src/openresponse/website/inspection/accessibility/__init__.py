"""In: finished pages and style sheets. Out: what keeps somebody from reading them.

Never here: what only a browser can see.
"""

from openresponse.website.inspection.accessibility.criteria import findings

__all__ = ["findings"]
