"""What is invented in a demonstration, and what of it is real all the same."""

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published


def invented(published: Published) -> str:
    """Which of what stands on the pages is invented, and which is not, by what the release has."""
    program = published.program
    real: list[str] = [
        *([_("the help lines")] if program.get("help") else []),
        *([_("the budget announced")] if program.get("budget") else []),
        *([_("the numbers of residents")] if program.get("residents_source") else []),
    ]
    made_up = _(
        "The calls, people, spending and dates here are invented: no real person, no real call."
    )
    if not real:
        return made_up
    return f"{made_up} {_('Real: {what}.', what=language.listed(real))}"
