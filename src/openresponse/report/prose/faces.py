"""The face of each measure: the share that stands for it, what that is called, which direction is
wanted, how fine it can be given and where it is explained, declared once.

Titles, sentences, tiles, tables, charts and the page to explore take it from here, so that two
pages cannot give two shares under one name.
"""

from dataclasses import dataclass, replace

from openresponse.language import N_
from openresponse.report.prose.rounded_shares import CALLS, CONTACTS, Noun

PART, ALL = "part", "all"  # the wholes of a share: the group above, or all
# What the city said it wants of the pilots: more of it, or less.
MORE, LESS = N_("more"), N_("less")
MONTH, QUARTER, YEAR = "month", "quarter", "year"
FIGURES = "outcomes.html"


@dataclass(frozen=True, kw_only=True)
class Face:
    """The share that a measure is seen by.

    code: its numerator. of: its whole, `part` or `all`. says: the sentence, with places for its
    numbers; name: what it is called where it is missing, masculine singular in languages that
    have genders (el porcentaje). short: its name in a row, with its whole. of_group: sentence
    and name where a group is named before it, whose calls are not those of the whole. Without
    sentences the label of the code is used. answer: the sentence that a question is answered
    with, which says the share in words of `counted` first. wanted: `more`, `less`, or empty where
    neither is. grain: the finest periods that its figures survive the privacy rule at. page: where
    it is a picture and a table.
    """

    code: str
    of: str
    says: str = ""
    name: str = ""
    short: str = ""
    of_group: tuple[str, str] | None = None
    answer: str = ""
    counted: Noun = CALLS
    wanted: str = ""
    grain: str = MONTH
    page: str = FIGURES


SENT = Face(
    code="team_sent",
    of=PART,
    short=N_("Team sent, of eligible calls"),
    answer=N_("{when}a team was sent to {rounded} that should get one ({share}, {n} of {of})"),
    wanted=MORE,
    says=N_(
        "{when}a clinician or mental-health worker was sent to {share} of calls eligible for a"
        " pilot ({n} of {of})"
    ),
    name=N_("the share of eligible calls to which a clinician or mental-health worker was sent"),
    of_group=(
        N_(
            "{when}a clinician or mental-health worker was sent to {share} of its eligible calls"
            " ({n} of {of})"
        ),
        N_("the share of its eligible calls to which a clinician or mental-health worker was sent"),
    ),
)
# By what a table's category is.
FACES = {
    "stage": SENT,
    "service": replace(SENT, grain=QUARTER, page="districts/index.html"),
    "responders": Face(
        code="police_on_scene",
        of=ALL,
        short=N_("Police on scene, of mental-health calls"),
        answer=N_("{when}police came to {rounded} about mental health ({share}, {n} of {of})"),
        wanted=LESS,
        says=N_("{when}police were on scene at {share} of mental-health calls ({n} of {of})"),
        name=N_("the share of mental-health calls with police on scene"),
        of_group=(
            N_("{when}police were on scene at {share} of its calls ({n} of {of})"),
            N_("the share of its calls with police on scene"),
        ),
    ),
    "police_role": Face(
        code="police_not_on_scene",
        of=ALL,
        short=N_("No police recorded on scene, of mental-health calls"),
        answer=N_(
            "{when}no police are on record at {rounded} about mental health ({share}, {n} of {of})"
        ),
        wanted=MORE,
        says=N_(
            "{when}{share} of mental-health calls had no police recorded on scene ({n} of {of})"
        ),
        name=N_("the share of mental-health calls with no police recorded on scene"),
        of_group=(
            N_("{when}{share} of its calls had no police recorded on scene ({n} of {of})"),
            N_("the share of its calls with no police recorded on scene"),
        ),
    ),
    "attendance": Face(
        code="attended",
        of=PART,
        short=N_("Team came, of eligible calls"),
        answer=N_("{when}trained help came to {rounded} that should get it ({share}, {n} of {of})"),
        wanted=MORE,
        says=N_(
            "{when}a clinician or mental-health worker came to {share} of the calls that should"
            " have had one ({n} of {of})"
        ),
        name=N_("the share of calls a clinician or mental-health worker came to"),
    ),
    "diverted": Face(
        code="never_police",
        of=ALL,
        short=N_("A team and no police, of mental-health calls"),
        grain=QUARTER,
        says=N_(
            "{when}a team answered {share} of mental-health calls with no police from beginning to"
            " end ({n} of {of})"
        ),
        name=N_("the share of mental-health calls with a team and no police"),
        of_group=(
            N_(
                "{when}a team answered {share} of its calls with no police from beginning to end"
                " ({n} of {of})"
            ),
            N_("the share of its calls with a team and no police"),
        ),
    ),
    "first_ring": Face(
        code="nobody_sent",
        of=ALL,
        short=N_("Nobody sent, of mental-health calls"),
        grain=YEAR,
        says=N_("{when}nobody was sent to {share} of mental-health calls ({n} of {of})"),
        name=N_("the share of mental-health calls to which nobody was sent"),
    ),
    "outcome": Face(
        code="remained_in_community",
        of=PART,
        short=N_("Stayed in the community, of contacts"),
        counted=CONTACTS,
        answer=N_(
            "{when}the person stayed in the community after {rounded} ({share}, {n} of {of})"
        ),
        wanted=MORE,
        says=N_("{when}the person stayed in the community after {share} of contacts ({n} of {of})"),
        name=N_("the share of contacts after which the person stayed in the community"),
    ),
    "followup": Face(
        code="within_7_days",
        of=ALL,
        short=N_("Followed up within 7 days, of contacts"),
        counted=CONTACTS,
        answer=N_("{when}{rounded} were followed up within 7 days ({share}, {n} of {of})"),
        wanted=MORE,
        grain=QUARTER,
        says=N_("{when}{share} of contacts were followed up within 7 days ({n} of {of})"),
        name=N_("the share of contacts followed up within 7 days"),
    ),
    "referral": Face(
        code="accepted",
        of=PART,
        short=N_("Referral accepted, of those offered"),
        wanted=MORE,
        grain=QUARTER,
        says=N_("{when}{share} of the referrals offered were accepted ({n} of {of})"),
        name=N_("the share of referrals offered that were accepted"),
    ),
    "repeat": Face(
        code="repeat_within_30_days",
        of=PART,
        short=N_("Another contact in the 30 days before, of contacts with a known person"),
        counted=CONTACTS,
        answer=N_(
            "{when}{rounded} with a known person followed another within 30 days ({share}, {n} of"
            " {of})"
        ),
        wanted=LESS,
        grain=QUARTER,
        says=N_(
            "{when}{share} of contacts with a known person followed another within 30 days ({n} of"
            " {of})"
        ),
        name=N_("the share of contacts that followed another within 30 days"),
    ),
    "applicant": Face(
        code="involuntary_hold",
        of=ALL,
        short=N_("Involuntary hold, of contacts"),
        counted=CONTACTS,
        answer=N_("{when}{rounded} ended with an involuntary hold ({share}, {n} of {of})"),
        wanted=LESS,
        grain=YEAR,
        says=N_("{when}{share} of contacts ended with an involuntary hold ({n} of {of})"),
        name=N_("the share of contacts that ended with an involuntary hold"),
    ),
    "answer": Face(
        code="yes",
        of=ALL,
        wanted=LESS,
        grain=YEAR,
        says=N_("{when}this was recorded at {share} of contacts ({n} of {of})"),
        name=N_("the share of contacts at which this was recorded"),
    ),
    "handling": Face(
        code="rows_used",
        of=ALL,
        wanted=MORE,
        says=N_("{when}{share} of the rows delivered could be used ({n} of {of})"),
        name=N_("the share of rows used"),
    ),
}
# Of attendance, by the kind of team a model sends.
OF_TEAM = {
    "clinician": replace(
        FACES["attendance"],
        says=N_(
            "{when}a clinician came to {share} of the calls that should have had one ({n} of {of})"
        ),
        name=N_("the share of calls a clinician came to"),
    ),
    "worker": replace(
        FACES["attendance"],
        says=N_(
            "{when}a mental-health worker came to {share} of the calls that should have had one"
            " ({n} of {of})"
        ),
        name=N_("the share of calls a mental-health worker came to"),
    ),
    "peer": replace(
        FACES["attendance"],
        says=N_(
            "{when}a peer responder came to {share} of the calls that should have had one"
            " ({n} of {of})"
        ),
        name=N_("the share of calls a peer responder came to"),
    ),
}
# Of an answer, by the event asked for.
OF_EVENT = {
    "arrest": replace(
        FACES["answer"],
        says=N_("{when}somebody was arrested at {share} of contacts ({n} of {of})"),
        name=N_("the share of contacts at which somebody was arrested"),
        short=N_("Somebody arrested, of contacts"),
    ),
    "force": replace(
        FACES["answer"],
        says=N_("{when}force was used at {share} of contacts ({n} of {of})"),
        name=N_("the share of contacts at which force was used"),
        short=N_("Force used, of contacts"),
    ),
    "injury": replace(
        FACES["answer"],
        says=N_("{when}somebody was injured at {share} of contacts ({n} of {of})"),
        name=N_("the share of contacts at which somebody was injured"),
        short=N_("Somebody injured, of contacts"),
    ),
}
# Few people met is as much a result as what became of them.
MET = Face(
    code="contact_made",
    of=ALL,
    short=N_("Person met, of calls a team was sent to"),
    answer=N_("{when}teams met a person at {rounded} they were sent to ({share}, {n} of {of})"),
    wanted=MORE,
    says=N_(
        "{when}a person was met at {share} of the calls a clinician or mental-health worker was"
        " sent to ({n} of {of})"
    ),
    name=N_(
        "the share of calls a clinician or mental-health worker was sent to at which a person was"
        " met"
    ),
)
# The measures about calls and people that a brief leaves none of out, welcome or not, by the
# category of their table.
MEASURES = (
    *((category, FACES[category]) for category in ("stage", "responders", "attendance")),
    ("outcome", MET),
    *(
        (category, FACES[category])
        for category in ("outcome", "followup", "referral", "repeat", "applicant", "answer")
    ),
)
# The clock that stands for a table of times: the first of these that it has.
INTERVALS = (
    "call_to_team_arrival",
    "call_to_arrival",
    "dispatch_to_arrival",
    "call_to_dispatch",
)
# What a table is about that has none of these names, where its category has such a code.
ABOUT = (Face(code="psychiatric", of=ALL),)


def face_of(category: str, code: str) -> Face | None:
    """The face that has this code as its numerator; None where the code has none."""
    faces = [FACES.get(category), *(face for of, face in MEASURES if of == category)]
    return next((face for face in faces if face is not None and face.code == code), None)
