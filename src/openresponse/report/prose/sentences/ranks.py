"""Which place has the highest share, where chance alone does not make the gap."""

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.prose import wilson
from openresponse.report.prose.readings import latest
from openresponse.report.prose.sentences.phrases import in_words
from openresponse.tables.hierarchy import ALL


def rank(published: Published, table: str, dimension: str, code: str, of: str = ALL) -> str:
    """Which value of a dimension has the highest share, only where no confidence interval of
    another reaches its own; else that none can be ranked. Empty where fewer than two are shown.
    """
    hierarchy = published.hierarchy(table, dimension)
    readings = {
        place: latest(published, table, code, of, {dimension: place})
        for place in hierarchy.codes
        if place != ALL
    }
    shown = {place: one.shown for place, one in readings.items() if one and one.shown}
    shares = {place: one for place, one in shown.items() if one and one.of}
    if len(shares) < 2:
        return ""
    first, *others = sorted(shares, key=lambda at: shares[at].n / shares[at].of, reverse=True)
    limits = {place: wilson.wilson(one.n, one.of) for place, one in shares.items()}
    if all(limits[place][1] < limits[first][0] for place in others):
        return _(
            "The share is highest in {place}: {share} ({n} of {of}). Chance alone does not make"
            " such a gap to the others.",
            place=hierarchy.labels[first],
            **in_words(shares[first]),
        )
    return _(
        "No place can be called first: the highest shares differ by no more than chance can make."
    )
