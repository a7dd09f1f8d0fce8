"""Which neighborhoods stand out by their rates of calls, in sentences."""

from collections import Counter

import pandas as pd

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.release.tables import columns
from openresponse.report.figures.datatable import text
from openresponse.report.prose import rates, words
from openresponse.report.prose.rates import Rate
from openresponse.report.prose.readings import cells, counted_as
from openresponse.tables.hierarchy import NOT_RECORDED

# What is counted is called so in a sentence, as `words.unit` knows it.
# What is said of the end of the order: where no area stands clear, where one does, and where
# several do. By whether it is the upper end.
CLEAR = {
    True: (
        N_(
            "No neighborhood is named as the highest: the confidence intervals of the highest rates"
            " overlap."
        ),
        N_(
            "{when}{place} had the highest rate of {unit}: {rate} ({counted}). Its confidence"
            " interval, {interval}, lies above that of {others}."
        ),
        N_(
            "{when}the highest rates of {unit} were those of {places}. Their confidence"
            " intervals lie above that of {others}; as they overlap each other, no single one is"
            " named as the highest."
        ),
    ),
    False: (
        N_(
            "No neighborhood is named as the lowest: the confidence intervals of the lowest rates"
            " overlap."
        ),
        N_(
            "{when}{place} had the lowest rate of {unit}: {rate} ({counted}). Its confidence"
            " interval, {interval}, lies below that of {others}."
        ),
        N_(
            "{when}the lowest rates of {unit} were those of {places}. Their confidence"
            " intervals lie below that of {others}; as they overlap each other, no single one is"
            " named as the lowest."
        ),
    ),
}


def findings(published: Published, table: str, period: str) -> list[str]:
    """Who stands clear at either end, how many lie above or below the city, and what had no
    neighborhood recorded.
    """
    whole, areas = rates.of_year(published, table, period)
    shown = [area for area in areas if area.low is not None]
    if not shown:
        return [_("For {period} no neighborhood's rate is shown.", period=words.period(period))]
    unit = words.unit(counted_as(published, table))
    ends = [
        _clear(rates.standing_clear(areas, highest), highest, unit, _others(shown, areas), period)
        for highest in (True, False)
    ]
    return [
        *ends,
        _compared(shown, whole, unit),
        *_withheld(areas),
        *_unrecorded(published, table, period, unit),
    ]


def _others(shown: list[Rate], areas: list[Rate]) -> str:
    if len(shown) == len(areas):
        return _("every other neighborhood")
    return _("every other of the {n} neighborhoods whose rate is shown", n=words.count(len(shown)))


def _withheld(areas: list[Rate]) -> list[str]:
    withheld = sum(area.status == columns.WITHHELD for area in areas)
    if not withheld:
        return []
    return [
        _(
            "Withheld for privacy: the rates of {n} of {of} neighborhoods. A withheld rate is not"
            " zero.",
            n=words.count(withheld),
            of=words.count(len(areas)),
        )
    ]


def _clear(first: list[Rate], highest: bool, unit: str, others: str, period: str) -> str:
    """first: what `rates.standing_clear` gave for that end."""
    none, one, several = CLEAR[highest]
    if not first:
        return _(none)
    values = {"when": words.when(period), "unit": unit, "others": others}
    if len(first) == 1:
        values |= {
            "place": first[0].label,
            "rate": _rate(first[0]),
            "counted": _counted(first[0]),
            "interval": confidence_interval(first[0]),
        }
        return words.sentence(_(one, **values))
    places = [f"{area.label} ({_rate(area)}; {_counted(area)})" for area in first]
    return words.sentence(_(several, places=language.listed(places), **values))


def _compared(shown: list[Rate], whole: Rate, unit: str) -> str:
    """How many lie on each side of the whole city's rate."""
    if whole.rate is None:
        return _(
            "The whole city's rate of {unit} is {status}.", unit=unit, status=_status(whole.status)
        )
    sides = Counter(area.against(whole) for area in shown)
    return _(
        "The whole city had {rate} ({counted}). Of {n} neighborhoods, {higher} have a higher"
        " rate, {lower} a lower one, and {between} are too close to the city's rate to say.",
        rate=_rate(whole),
        counted=_counted(whole),
        n=words.count(len(shown)),
        higher=words.count(sides["higher"]),
        lower=words.count(sides["lower"]),
        between=words.count(sides["too close to say"]),
    )


def _unrecorded(published: Published, table: str, period: str, unit: str) -> list[str]:
    frame = cells(published, table)
    rows = frame[(frame["period"] == period) & (frame[published.category(table)] == NOT_RECORDED)]
    if rows.empty:
        return []
    column, row = published.unit(table), rows.iloc[0]
    if pd.isna(row[column]) or pd.isna(row["share_of_all"]):
        return [
            _(
                "How many {unit} had no neighborhood recorded is {status}.",
                unit=unit,
                status=_status(row[f"{column}_status"]),
            )
        ]
    return [
        _(
            "For {share} of {unit} ({n} of {of}) no neighborhood was recorded. They count in the"
            " city's rate and in no neighborhood's.",
            share=words.percent(row["share_of_all"]),
            unit=unit,
            n=words.count(row[column]),
            of=words.count(row[f"all_{column}"]),
        )
    ]


def _status(code: str) -> str:
    return _(words.STATUS_IN_FULL.get(code, "not available"))


def _rate(rate: Rate) -> str:
    return _("{rate} per 10,000 residents", rate=text(rate.rate, rate.status, words.decimal))


def _counted(rate: Rate) -> str:
    return _(
        "{calls} calls, {residents} residents",
        calls=text(rate.calls, rate.calls_status),
        residents=text(rate.residents, "x"),
    )


def confidence_interval(rate: Rate) -> str:
    """Its limits in words; empty where the rate is not shown."""
    if rate.limits is None:
        return ""
    first, last = map(words.decimal, rate.limits)
    return _("{first} to {last}", first=first, last=last)
