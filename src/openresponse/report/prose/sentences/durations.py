"""Median and 90th percentile of an interval of time, with how many were timed."""

import pandas as pd

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.release.tables import columns
from openresponse.report.prose import words
from openresponse.report.prose.readings import cells, counted_as
from openresponse.report.prose.sentences.phrases import NO_VALUE, among

RESERVED = ("", "p", "r")  # a value with one of these statuses is shown
# What units spent together, by the interval that is added up.
SPENT = {
    "time_on_scene": N_("Hours that all units spent there: {n}."),
    "police_time_on_scene": N_("Police hours: police units spent {n} hours there."),
    "ems_time_on_scene": N_("EMS hours: ambulances and their crews spent {n} hours there."),
    "team_time_on_scene": N_(
        "Team hours: clinicians or mental-health workers spent {n} hours there."
    ),
}


def times(
    published: Published, table: str, interval: str, slice: dict[str, str] | None = None
) -> str:
    """Median and 90th percentile with n and how many could not be timed."""
    frame = cells(published, table, {**(slice or {}), "interval": interval})
    row = frame.sort_values("period").iloc[-1]
    label = published.label(table, "interval", interval)
    names = {
        "when": words.when(row["period"]),
        "interval": words.lower(label),
        "unit": words.unit(counted_as(published, table)),
    }
    status = row["median_minutes_status"]
    if status in NO_VALUE:
        return among(published, table, slice, _missing(status, names))
    sentence = among(published, table, slice, _quantiles(row, names))
    return " ".join(filter(None, (sentence, *_beside(row), _spent(row, interval))))


def _missing(status: str, names: dict[str, str]) -> str:
    """Why there is no time."""
    if status == columns.NOT_APPLICABLE:
        return _("{when}there was nothing to time from {interval}", **names)
    name = _("the time from {interval}", interval=names["interval"])
    return _(NO_VALUE[status], when=names["when"], name=name)


def _quantiles(row: pd.Series, names: dict[str, str]) -> str:
    """How long half took, and nine in ten where that is shown; of how many, where that is."""
    values = names | {"median": words.minutes(row["median_minutes"])}
    has_number, has_percentile = (
        row["timed_status"] != columns.WITHHELD,
        row["p90_minutes_status"] not in NO_VALUE,
    )
    if has_number:
        values["n"] = words.count(row["timed"])
    if has_percentile:
        values["p90"] = words.minutes(row["p90_minutes"])
    match has_number, has_percentile:
        case True, True:
            return _(
                "{when}the time from {interval} was at most {median} for half of the {n} {unit}"
                " timed, and at most {p90} for nine in ten",
                **values,
            )
        case False, True:
            return _(
                "{when}the time from {interval} was at most {median} for half of the {unit} timed,"
                " and at most {p90} for nine in ten",
                **values,
            )
        case True, False:
            return _(
                "{when}the time from {interval} was at most {median} for half of the {n} {unit}"
                " timed",
                **values,
            )
    return _(
        "{when}the time from {interval} was at most {median} for half of the {unit} timed", **values
    )


def _beside(row: pd.Series) -> list[str]:
    """What is said of nine in ten, where the sentence does not, and of what could not be timed."""
    if row["p90_minutes_status"] == row["share_not_timed_status"] == columns.WITHHELD:
        return [
            _(
                "How long nine in ten took at most and how many could not be timed are withheld"
                " for privacy."
            )
        ]
    return [_percentile_missing(row), _not_timed(row)]


def _percentile_missing(row: pd.Series) -> str:
    """Why nothing is said of nine in ten; empty where it is."""
    status = row["p90_minutes_status"]
    if status not in NO_VALUE:
        return ""
    if status == columns.WITHHELD:
        return _("How long nine in ten took at most is withheld for privacy.")
    return _("How long nine in ten took at most is not available.")


def _spent(row: pd.Series, interval: str) -> str:
    """The hours of all units together; empty in a table that does not add them up."""
    if columns.UNIT_HOURS not in row or interval not in SPENT:
        return ""
    if row[f"{columns.UNIT_HOURS}_status"] == columns.WITHHELD:
        return _("How many hours units spent there is withheld for privacy.")
    return _(SPENT[interval], n=words.count(row[columns.UNIT_HOURS]))


def _not_timed(row: pd.Series) -> str:
    """How many could not be timed; empty where that is not known."""
    if row["share_not_timed_status"] in RESERVED:
        return _("{share} could not be timed.", share=words.percent(row["share_not_timed"]))
    if row["share_not_timed_status"] == columns.WITHHELD:
        return _("How many could not be timed is withheld for privacy.")
    return ""
