"""What the site does so that everyone can use it, and how to tell when it does not."""

from collections.abc import Sequence

from openresponse import language
from openresponse.report.html.environment import render


def body(languages: Sequence[str]) -> str:
    """The page on accessibility. languages: those of the site, the source first."""
    others = language.listed([language.named(code) for code in languages[1:]])
    return render("accessibility.html", root=language.now().root, others=others)
