"""A question answered in a sentence: the newest share in words, then exactly."""

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.prose import words
from openresponse.report.prose.faces import Face
from openresponse.report.prose.readings import latest
from openresponse.report.prose.rounded_shares import rounded
from openresponse.report.prose.sentences.phrases import in_words, missing


def answer(
    published: Published, table: str, face: Face, slice: dict[str, str] | None = None
) -> str:
    """The newest share of a face that has an answer; why there is none, where it is not shown."""
    last, period = latest(published, table, face.code, face.of, slice), published.periods(table)[-1]
    if last is None:
        return _("For {period} there is no figure.", period=words.period(period))
    if last.shown is None or not last.shown.of:
        return words.sentence(missing(last, period, _(face.name)))
    share = last.shown
    return words.sentence(
        _(
            face.answer,
            when=words.when(period),
            rounded=rounded(int(share.n), int(share.of), face.counted),
            **in_words(share),
        )
    )
