"""The words of the site, each used in one way only."""

from openresponse import language
from openresponse.release.store.published import Published
from openresponse.report.html.environment import render


def body(published: Published) -> str:
    """The glossary page, in the language spoken: of models, holds and areas only those that the
    city has.
    """
    program = published.program
    return render(
        "glossary.html",
        root=language.now().root,
        models=list((program.get("models") or {}).values()),
        hold=program.get("involuntary_hold"),
        residents=bool(program.get("residents_source")),
    )
