"""The site while no release stands: where to get help, what was withdrawn and why, and when figures
come again.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from openresponse import language
from openresponse.language import _
from openresponse.release.history.register import Past
from openresponse.release.store.published import Published
from openresponse.report.html import parts
from openresponse.report.pages import corrections, site_pages
from openresponse.report.prose import words
from openresponse.report.prose.localized import localized


def write(none: Published, past: Sequence[Past], site: Path, languages: Sequence[str]) -> None:
    """Write home, the pages that explain, and the settings of the site in each language. none: a
    release without figures.
    """
    site_pages.settings(none, site, languages)
    for code in languages:
        with language.speaking(code):
            spoken = localized(none)
            parts.page(
                site,
                "index.qmd",
                spoken.program["name"],
                _("Every release was withdrawn. Why, and where to get help."),
                body(spoken, past),
            )
            site_pages.explained(spoken, site, languages)


def body(none: Published, past: Sequence[Past]) -> str:
    """What stands on the home page."""
    root = language.now().root
    items = "".join(
        f"<li><strong>{escape(_('Figures for {period}', period=words.release(one.release)))}.</strong>"
        f" {escape(corrections.why(one))} "
        f'<a href="briefs/{one.release}.html">{escape(_("Read more"))}</a></li>'
        for one in reversed(past)
    )
    ways = "".join(
        f'<li><a href="{root}{page}.html">{escape(name)}</a></li>'
        for page, name in (
            (corrections.PAGE, _("All releases and corrections")),
            ("calendar", _("Calendar")),
        )
    )
    said = escape(
        _(
            "Every release was withdrawn, so there are no figures to show. When they have been put"
            " right they are published again, as a revision."
        )
    )
    return (
        parts.help_now(none)
        + parts.section(
            _("No figures for now"), f'<p>{said}</p><ul class="said">{items}</ul>', "withdrawn"
        )
        + parts.section(_("Read more"), f'<ul class="links">{ways}</ul>', "more")
    )
