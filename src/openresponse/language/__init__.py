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
from openresponse.language.marking import ENDS, FOREIGN, SOURCE, marked, unmarked
from openresponse.language.translation import (
    N_,
    Language,
    Text,
    _,
    available,
    catalogue,
    language,
    ngettext,
    now,
    pgettext,
    speaking,
    written,
    written_texts,
)

__all__ = [
    "ENDS",
    "FOREIGN",
    "N_",
    "SOURCE",
    "Language",
    "Text",
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
    "written",
    "written_texts",
]
