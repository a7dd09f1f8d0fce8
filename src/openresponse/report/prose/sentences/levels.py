"""The newest value in a sentence: a share of its whole, a count, the largest group."""

from openresponse.language import _, ngettext
from openresponse.release.store.published import Published
from openresponse.report.prose import words
from openresponse.report.prose.readings import (
    breakdown,
    categories,
    counted_as,
    latest,
    series,
)
from openresponse.report.prose.sentences.phrases import OF_RUNS, among, in_words, missing, phrase
from openresponse.tables.hierarchy import ALL


def level(
    published: Published,
    table: str,
    code: str,
    of: str = ALL,
    slice: dict[str, str] | None = None,
) -> str:
    """The last period's figure: `In October 2026, police were on scene at 61.2% of ... (510 of
    833).`
    """
    last = latest(published, table, code, of, slice)
    period = published.periods(table)[-1]
    if last is None:
        return _("For {period} there is no figure.", period=words.period(period))
    text, name = phrase(published, table, code, slice)
    if last.shown is None:
        return among(published, table, slice, missing(last, period, name))
    sentence = _(text, label=name, when=words.when(period), **in_words(last.shown))
    runs = (
        latest(published, table, code, ALL, slice)
        if published.category(table) == "outcome" and of == "part"
        else None
    )
    if runs and runs.shown:
        sentence = _(OF_RUNS, said=sentence, **in_words(runs.shown))
    return among(published, table, slice, sentence)


def counted(
    published: Published,
    table: str,
    code: str,
    slice: dict[str, str] | None = None,
    noun: str | None = None,
) -> str:
    """How many there were in the last period. noun: what they are called, as `words.unit` knows
    it.
    """
    last = series(published, table, code, ALL, slice)[-1]
    noun, period = noun or counted_as(published, table), published.periods(table)[-1]
    if last.value is None:
        name = _("the number of {unit}", unit=words.unit(noun))
        return among(published, table, slice, missing(last, period, name))
    sentence = ngettext(
        "{when}there was {n} {unit}",
        "{when}there were {n} {unit}",
        last.value,
        when=words.when(period),
        n=words.count(last.value),
        unit=words.unit(noun, last.value),
    )
    return among(published, table, slice, sentence)


def largest(published: Published, table: str, slice: dict[str, str] | None = None) -> str:
    """The largest shown leaf of the last period's breakdown, with its share of all."""
    hierarchy, rows = categories(published, table, slice), breakdown(published, table, slice)
    shown = rows[
        rows["code"].isin(hierarchy.leaves) & rows["count"].notna() & rows["share_of_all"].notna()
    ]
    when = words.when(published.periods(table)[-1])
    if shown.empty:
        sentence = _(
            "{when}this table has no figure to show: each is withheld for privacy or not available",
            when=when,
        )
        return words.sentence(sentence)
    top = shown.loc[shown["count"].idxmax()]
    sentence = _(
        "{when}{share} of {unit} were in the group “{label}” ({n} of {of})",
        when=when,
        label=hierarchy.labels[top["code"]],
        share=words.percent(top["share_of_all"]),
        unit=words.unit(counted_as(published, table)),
        n=words.count(top["count"]),
        of=words.count(rows["count"].iloc[0]),
    )
    return among(published, table, slice, sentence)
