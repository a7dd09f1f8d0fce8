"""In: a text, number or day. Out: the same as the reader's language writes it.

Never here: what a sentence says about figures.
"""

from openresponse.language.locales import (
    day,
    dollars,
    listed,
    month,
    month_name,
    named,
    number,
    percent,
)
from openresponse.language.translation import (
    ENDS,
    FOREIGN,
    N_,
    SOURCE,
    Language,
    _,
    available,
    catalogue,
    language,
    marked,
    ngettext,
    now,
    pgettext,
    speaking,
    unmarked,
)

__all__ = [
    "ENDS",
    "FOREIGN",
    "N_",
    "SOURCE",
    "Language",
    "_",
    "available",
    "catalogue",
    "day",
    "dollars",
    "language",
    "listed",
    "marked",
    "month",
    "month_name",
    "named",
    "ngettext",
    "now",
    "number",
    "percent",
    "pgettext",
    "speaking",
    "unmarked",
]
