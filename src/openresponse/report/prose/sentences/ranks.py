"""Which place has the highest share, where chance alone does not make the gap."""

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.prose import wilson, words
from openresponse.report.prose.readings import latest
from openresponse.tables.hierarchy import ALL


def rank(published: Published, table: str, dimension: str, code: str, of: str = ALL) -> str:
    """Which value of a dimension has the highest share, only where no confidence interval of
    another reaches its own; else that none can be ranked. Empty where fewer than two are shown.
    """
    tree = published.tree(table, dimension)
    readings = {
        place: latest(published, table, code, of, {dimension: place})
        for place in tree.codes
        if place != ALL
    }
    shown = {
        place: reading
        for place, reading in readings.items()
        if reading and reading.share is not None and reading.value is not None and reading.of
    }
    if len(shown) < 2:
        return ""
    first, *others = sorted(shown, key=lambda at: shown[at].value / shown[at].of, reverse=True)
    limits = {place: wilson.wilson(one.value, one.of) for place, one in shown.items()}
    if all(limits[place][1] < limits[first][0] for place in others):
        return _(
            "The share is highest in {place}: {share} ({n} of {of}). Chance alone does not make"
            " such a gap to the others.",
            place=tree.labels[first],
            share=words.percent(shown[first].share),
            n=words.count(shown[first].value),
            of=words.count(shown[first].of),
        )
    return _(
        "No place can be called first: the highest shares differ by no more than chance can make."
    )
