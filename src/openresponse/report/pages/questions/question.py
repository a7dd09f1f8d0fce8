"""A question that readers come with: what answers it, what is drawn, and what to know before using
the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from openresponse.language import N_
from openresponse.release.store.published import Published
from openresponse.report.figures.figure import Figure
from openresponse.report.pages.findings import Finding
from openresponse.report.pages.questions import answers, pictures
from openresponse.report.prose.faces import FACES, MET


@dataclass(frozen=True)
class Question:
    """answer: the first finding answers; none where the release has no figure for it.
    pictures: the first is the main one. know: what to know before using it.
    """

    slug: str
    title: str
    what: str
    answer: Callable[[Published], list[Finding]]
    pictures: Callable[[Published], list[Figure]]
    know: tuple[str, ...]


RIGHT_HELP = Question(
    "right-help",
    N_("Is the right help coming?"),
    N_("How often a clinician or mental-health worker came, and who came first."),
    answers.of_shares(("attendance", FACES["attendance"])),
    pictures.right_help,
    (
        N_("A call should get trained help when a model operates there and takes such calls."),
        N_(
            "Trained help is a clinician or a mental-health worker. Who came is taken from the"
            " unit log."
        ),
    ),
)
QUESTIONS = (
    RIGHT_HELP,
    Question(
        "how-long",
        N_("How long does it take?"),
        N_("From the call to the first unit, and to the clinician or mental-health worker."),
        answers.of_times,
        pictures.how_long,
        (
            N_("Half took at most the median; nine in ten took at most the 90th percentile."
               " Averages hide waits, so none is given."),
            N_("The first unit can be police, EMS or a team. The team has a clock of its own."),
        ),
    ),
    Question(
        "what-happens",
        N_("What happens to people?"),
        N_("How contacts ended, follow-up, involuntary holds, and people met again."),
        answers.of_shares(("outcome", MET), ("outcome", FACES["outcome"])),
        pictures.what_happens,
        (
            N_("Only a person who was met has an outcome. A team that met nobody kept nobody in"
               " the community."),
            N_("A contact is one meeting. One person can have several."),
        ),
    ),
    Question(
        "fair",
        N_("Is it fair?"),
        N_("Whether places and groups of people get the same help."),
        answers.of_places,
        pictures.fair,
        (
            N_("A gap between groups or places shows what was recorded, not why."),
            N_("Small groups are withheld, so some cannot be compared."),
        ),
    ),
    Question(
        "cost",
        N_("What does it cost?"),
        N_("What was booked on each model, beside the budget that was announced."),
        answers.of_money,
        pictures.cost,
        (
            N_("These are amounts that were booked. What something else would have cost is not"
               " known."),
        ),
    ),
    Question(
        "when",
        N_("When do calls come?"),
        N_("Calls by time of day, on weekdays and weekends."),
        answers.of_hours,
        pictures.when,
        (N_("The hour is that in which the call came in."),),
    ),
)  # fmt: skip
