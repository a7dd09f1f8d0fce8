"""The words of the site, each used in one way only."""

from openresponse import language
from openresponse.report.html.environment import render


def body() -> str:
    """The glossary page, in the language spoken."""
    return render("glossary.html", root=language.now().root)
