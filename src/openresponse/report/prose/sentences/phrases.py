"""What is said of a table's headline, and of a value that is not there."""

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.release.tables import columns
from openresponse.report.prose import words
from openresponse.report.prose.faces import OF_EVENT, OF_TEAM, face_of
from openresponse.report.prose.readings import Reading, Share, categories, whole
from openresponse.tables.hierarchy import ALL

# People who were never found did not stay in the community because of a visit: an outcome is told
# of all runs too.
OF_RUNS = N_(
    "{said}; of the calls a clinician or mental-health worker was sent to, these are {share} ({n}"
    " of {of})"
)
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
    face = face_of(category, code)
    if face is None:
        return N_("{when}{label}: {share} ({n} of {of})"), label
    if category == "answer":
        face = OF_EVENT.get(whole(published, table, slice).get("event", ""), face)
    elif category == "attendance":
        models = published.program.get("models", {})
        face = OF_TEAM.get(models.get((slice or {}).get("model", ""), {}).get("team"), face)
    elif face.of_group and any(one != ALL for one in (slice or {}).values()):
        text, name = face.of_group
        return text, _(name)
    return face.says, _(face.name)


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
