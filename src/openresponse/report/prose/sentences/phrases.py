"""What is said of a table's headline, and of a value that is not there."""

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.release.tables import columns
from openresponse.report.prose import words
from openresponse.report.prose.readings import Reading, Share, categories, whole
from openresponse.tables.hierarchy import ALL

SENT = (
    N_(
        "{when}a clinician or mental-health worker was sent to {share} of calls eligible for a"
        " pilot ({n} of {of})"
    ),
    N_("the share of eligible calls to which a clinician or mental-health worker was sent"),
)
# What is said of a headline; the second text names the quantity where it is withheld, and is
# masculine singular in languages that tell (el porcentaje).
SAYS = {
    ("stage", "team_sent"): SENT,
    ("service", "team_sent"): SENT,
    ("responders", "police_on_scene"): (
        N_("{when}police were on scene at {share} of mental-health calls ({n} of {of})"),
        N_("the share of mental-health calls with police on scene"),
    ),
    ("police_role", "police_not_on_scene"): (
        N_("{when}{share} of calls had no police recorded on scene ({n} of {of})"),
        N_("the share of calls with no police recorded on scene"),
    ),
    ("outcome", "remained_in_community"): (
        N_("{when}the person stayed in the community after {share} of contacts ({n} of {of})"),
        N_("the share of contacts after which the person stayed in the community"),
    ),
    ("followup", "within_7_days"): (
        N_("{when}{share} of contacts were followed up within 7 days ({n} of {of})"),
        N_("the share of contacts followed up within 7 days"),
    ),
    ("referral", "accepted"): (
        N_("{when}{share} of the referrals offered were accepted ({n} of {of})"),
        N_("the share of referrals offered that were accepted"),
    ),
    ("repeat", "repeat_within_30_days"): (
        N_(
            "{when}{share} of contacts with a known person followed another within 30 days ({n} of"
            " {of})"
        ),
        N_("the share of contacts that followed another within 30 days"),
    ),
    ("applicant", "section12"): (
        N_("{when}{share} of contacts ended with an involuntary hold ({n} of {of})"),
        N_("the share of contacts that ended with an involuntary hold"),
    ),
    ("handling", "rows_used"): (
        N_("{when}{share} of the rows delivered could be used ({n} of {of})"),
        N_("the share of rows used"),
    ),
}
ATTENDED = {
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
    None: (
        N_(
            "{when}a clinician or mental-health worker came to {share} of the calls that should"
            " have had one ({n} of {of})"
        ),
        N_("the share of calls a clinician or mental-health worker came to"),
    ),
}
EVENTS = {
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
    None: (
        N_("{when}this was recorded at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which this was recorded"),
    ),
}
# People who were never found did not stay in the community because of a visit: an outcome is told
# of all runs too.
OF_RUNS = N_("{said}, which is {share} of all calls a team was sent to ({n} of {of})")
NO_VALUE = {
    columns.WITHHELD: N_("{when}{name} is withheld for privacy"),
    columns.NOT_AVAILABLE: N_("{when}{name} is not available"),
    columns.NOT_APPLICABLE: N_("{when}{name} is not applicable"),
}


def phrase(
    published: Published, table: str, code: str, slice: dict[str, str] | None
) -> tuple[str, str]:
    """The sentence of a figure, a text with names to fill in, and what the figure is called."""
    category, label = published.category(table), categories(published, table, slice).labels[code]
    chosen = SAYS.get((category, code))
    if category == "answer":
        chosen = EVENTS.get(whole(published, table, slice).get("event"), EVENTS[None])
    elif (category, code) == ("attendance", "attended"):
        models = published.program.get("models", {})
        chosen = ATTENDED[models.get((slice or {}).get("model", ""), {}).get("team")]
    if chosen is None:
        return N_("{when}{label}: {share} ({n} of {of})"), label
    text, name = chosen
    return text, _(name)


def in_words(share: Share) -> dict[str, str]:
    """A share with its numerator and denominator, as sentences have them."""
    return {
        "share": words.percent(share.share),
        "n": words.count(share.n),
        "of": words.count(share.of),
    }


def missing(reading: Reading, period: str, name: str) -> str:
    """Why there is no value. name: what it is called."""
    status = reading.status if reading.value is None else reading.share_status
    return _(NO_VALUE.get(status, NO_VALUE[columns.WITHHELD]), when=words.when(period), name=name)


def among(published: Published, table: str, slice: dict[str, str] | None, sentence: str) -> str:
    """The sentence, after the name of the slice where it is not the whole: `Co-response: in October
    ...`.
    """
    labels = [
        published.label(table, dimension, code)
        for dimension, code in whole(published, table, slice).items()
        if code != ALL
        and dimension not in ("interval", "event", "characteristic")
        and dimension in (slice or {})
    ]
    return words.sentence(
        _("{group}: {said}", group=words.joined(labels), said=sentence) if labels else sentence
    )
