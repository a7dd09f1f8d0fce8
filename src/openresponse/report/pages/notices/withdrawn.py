"""The site while no release stands: where to get help, what was withdrawn and why, and when figures
come again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import _
from openresponse.release.history.register import Past
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Link
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.pages import site_frame
from openresponse.report.pages.home import HelpLine, help_lines
from openresponse.report.pages.notices import corrections, past_briefs
from openresponse.report.pages.reference import reference_pages
from openresponse.report.prose import words
from openresponse.report.prose.localized import localized


@dataclass(frozen=True)
class Withdrawn:
    """releases: of each, newest first, what it was, why it was withdrawn, and its page."""

    help: list[HelpLine]
    releases: list[tuple[str, str, str]]
    ways: list[Link]


def write(none: Published, past: Sequence[Past], site: Path, languages: Sequence[str]) -> None:
    """Write home, the pages that explain, and the settings of the site in each language. none: a
    release without figures.
    """
    site_frame.settings(none, site, languages)
    for code in languages:
        with language.speaking(code):
            spoken = localized(none)
            qmd.page(
                site,
                "index.qmd",
                spoken.program["name"],
                _("Every release was withdrawn. Why, and where to get help."),
                body(spoken, past),
            )
            reference_pages.write(spoken, site, languages)


def body(none: Published, past: Sequence[Past]) -> str:
    """What stands on the home page."""
    root = language.now().root
    page = Withdrawn(
        help_lines(none),
        [
            (
                _("Figures for {period}", period=words.release(one.release)),
                past_briefs.why(one.retraction),
                f"briefs/{one.release}.html",
            )
            for one in reversed(past)
            if one.retraction
        ],
        [
            Link(f"{root}{corrections.PAGE}.html", _("All releases and corrections")),
            Link(f"{root}calendar.html", _("Calendar")),
        ],
    )
    return render("withdrawn.html", page=page)
