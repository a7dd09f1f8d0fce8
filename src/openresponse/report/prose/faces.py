"""The face of each measure: the share that stands for it and what that is called, declared once.

Titles, sentences, tiles, tables, charts and the page to explore take it from here, so that two
pages cannot tell two shares under one name.
"""

from dataclasses import dataclass

from openresponse.language import N_

PART, ALL = "part", "all"  # the wholes of a share: the group above, or all


@dataclass(frozen=True)
class Face:
    """The share that a measure is seen by.

    code: its numerator. of: its whole, `part` or `all`. says: the sentence, with places for its
    numbers; name: what is missing where there are none, masculine singular in languages that tell
    (el porcentaje). of_group: both where a group is named before it, whose calls are not those of
    the whole. Without sentences the label of the code is used.
    """

    code: str
    of: str
    says: str = ""
    name: str = ""
    of_group: tuple[str, str] | None = None


SENT = Face(
    "team_sent",
    PART,
    N_(
        "{when}a clinician or mental-health worker was sent to {share} of calls eligible for a"
        " pilot ({n} of {of})"
    ),
    N_("the share of eligible calls to which a clinician or mental-health worker was sent"),
    (
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
    "service": SENT,
    "responders": Face(
        "police_on_scene",
        ALL,
        N_("{when}police were on scene at {share} of mental-health calls ({n} of {of})"),
        N_("the share of mental-health calls with police on scene"),
        (
            N_("{when}police were on scene at {share} of its calls ({n} of {of})"),
            N_("the share of its calls with police on scene"),
        ),
    ),
    "police_role": Face(
        "police_not_on_scene",
        ALL,
        N_("{when}{share} of mental-health calls had no police recorded on scene ({n} of {of})"),
        N_("the share of mental-health calls with no police recorded on scene"),
        (
            N_("{when}{share} of its calls had no police recorded on scene ({n} of {of})"),
            N_("the share of its calls with no police recorded on scene"),
        ),
    ),
    "attendance": Face(
        "attended",
        PART,
        N_(
            "{when}a clinician or mental-health worker came to {share} of the calls that should"
            " have had one ({n} of {of})"
        ),
        N_("the share of calls a clinician or mental-health worker came to"),
    ),
    "outcome": Face(
        "remained_in_community",
        PART,
        N_("{when}the person stayed in the community after {share} of contacts ({n} of {of})"),
        N_("the share of contacts after which the person stayed in the community"),
    ),
    "followup": Face(
        "within_7_days",
        ALL,
        N_("{when}{share} of contacts were followed up within 7 days ({n} of {of})"),
        N_("the share of contacts followed up within 7 days"),
    ),
    "referral": Face(
        "accepted",
        PART,
        N_("{when}{share} of the referrals offered were accepted ({n} of {of})"),
        N_("the share of referrals offered that were accepted"),
    ),
    "repeat": Face(
        "repeat_within_30_days",
        PART,
        N_(
            "{when}{share} of contacts with a known person followed another within 30 days ({n} of"
            " {of})"
        ),
        N_("the share of contacts that followed another within 30 days"),
    ),
    "applicant": Face(
        "section12",
        ALL,
        N_("{when}{share} of contacts ended with an involuntary hold ({n} of {of})"),
        N_("the share of contacts that ended with an involuntary hold"),
    ),
    "answer": Face(
        "yes",
        ALL,
        N_("{when}this was recorded at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which this was recorded"),
    ),
    "handling": Face(
        "rows_used",
        ALL,
        N_("{when}{share} of the rows delivered could be used ({n} of {of})"),
        N_("the share of rows used"),
    ),
}
# Of attendance, by the kind of team a model sends.
OF_TEAM = {
    "clinician": (
        N_("{when}a clinician came to {share} of the calls that should have had one ({n} of {of})"),
        N_("the share of calls a clinician came to"),
    ),
    "worker": (
        N_(
            "{when}a mental-health worker came to {share} of the calls that should have had one"
            " ({n} of {of})"
        ),
        N_("the share of calls a mental-health worker came to"),
    ),
}
# Of an answer, by the event asked for.
OF_EVENT = {
    "arrest": (
        N_("{when}somebody was arrested at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which somebody was arrested"),
    ),
    "force": (
        N_("{when}force was used at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which force was used"),
    ),
    "injury": (
        N_("{when}somebody was injured at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which somebody was injured"),
    ),
}
# The clock that stands for a table of times: the first of these that it has.
INTERVALS = (
    "call_to_team_arrival",
    "call_to_arrival",
    "dispatch_to_arrival",
    "call_to_dispatch",
)
# What a table is about that has none of these names, where its category has such a code.
ABOUT = (Face("psychiatric", ALL),)
