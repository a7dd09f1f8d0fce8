"""Pieces every page is made of: front matter, sections, cards, help, links."""

from html import escape

from openresponse.language import _
from openresponse.report.html.qmd import page as page
from openresponse.report.html.qmd import quoted as quoted
from openresponse.report.html.qmd import spoken as spoken


def section(title: str, body: str, identifier: str, lead: str = "") -> str:
    said = f"<p>{escape(lead)}</p>" if lead else ""
    return f'<section class="part"><h2 id="{identifier}">{escape(title)}</h2>{said}{body}</section>'


def contents(entries: list[tuple[str, str]]) -> str:
    """Links to the parts of a long page."""
    items = "".join(
        f'<li><a href="#{identifier}">{escape(title)}</a></li>' for identifier, title in entries
    )
    return (
        '<nav class="on-this-page"'
        f' aria-label="{escape(_("On this page"))}"><p>{escape(_("On this page"))}</p><ul>{items}</ul></nav>'
    )


def sentences(texts: list[str], identifier: str = "") -> str:
    mark = f' id="{identifier}"' if identifier else ""
    return (
        f'<ul class="said"{mark}>' + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
    )
