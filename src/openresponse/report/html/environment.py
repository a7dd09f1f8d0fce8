"""The templates of the pages: HTML is written there alone, and what is filled in is escaped.

A text of a template is looked up in the language spoken when the page is made. `_` gives plain
text; `_markup` is for the few texts that hold a link or another tag of their own: the text is
trusted, what is filled into it is escaped.
"""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from openresponse import language
from openresponse.report.charts.colors import inline
from openresponse.report.prose import words

CODED = re.compile("`([^`]+)`")


def render(template: str, **values: object) -> str:
    """The HTML of a template; an error where it asks for a value that is not given."""
    return ENVIRONMENT.get_template(template).render(**values)


def _markup(text: str, /, **named: object) -> Markup:
    """A text with tags of its own, in the language spoken."""
    return Markup(language._(text, **{name: escape(value) for name, value in named.items()}))


def _inline(picture: str) -> Markup:
    """A picture of `charts.svg`, which escapes what it writes, in the page's own colors."""
    return Markup(inline(picture))


def _pieces(text: str) -> list[tuple[str, bool]]:
    """A definition in pieces, and whether each is code, such as the name of a column."""
    return [(piece, at % 2 == 1) for at, piece in enumerate(CODED.split(text)) if piece]


ENVIRONMENT = Environment(
    loader=PackageLoader("openresponse.report.html"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# A description for search engines is written as it is; what could end its script is escaped.
ENVIRONMENT.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
ENVIRONMENT.globals |= {
    "_": language._,
    "_markup": _markup,
    "ngettext": language.ngettext,
    "pgettext": language.pgettext,
}
ENVIRONMENT.filters |= {
    "count": words.count,
    "day": words.day,
    "initial": words.initial,
    "inline": _inline,
    "percent": words.percent,
    "period": words.period,
    "pieces": _pieces,
    "sentence": words.sentence,
}
