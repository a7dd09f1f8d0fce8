"""Where a model began between two periods: the calls it may be sent to are others after that."""

from dataclasses import dataclass

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.prose import words
from openresponse.report.prose.readings import Reading
from openresponse.tables.hierarchy import ALL

# Measures whose whole is the calls eligible for a model.
OF_ELIGIBLE = ("stage", "service", "attendance")


Slice = dict[str, str] | None


@dataclass(frozen=True)
class Event:
    """Something that began in a month, as `2026-10`."""

    month: str
    label: str


def events(published: Published, slice: Slice = None) -> list[Event]:
    """The beginning of each model, and where it began in further districts later; of a slice that
    names one, of that model alone. Oldest first.
    """
    asked = (slice or {}).get("model", ALL)
    begun = [
        Event(month, _(text, model=model["label"]))
        for code, model in published.program.get("models", {}).items()
        if asked in (ALL, code)
        for at, month in enumerate(sorted(set(_months(published, code, slice))))
        for text in [N_("{model}: further districts") if at else N_("{model} begins")]
    ]
    return sorted(begun, key=lambda event: event.month)


def between(published: Published, table: str, of: str, slice: Slice, before: str, now: str) -> str:
    """That calls became eligible between two periods, for a share of eligible calls; empty where
    none did.
    """
    if published.category(table) not in OF_ELIGIBLE or of == ALL:
        return ""
    after, until = last_month(before), last_month(now)
    asked = (slice or {}).get("model", ALL)
    models = [
        model["label"]
        for code, model in published.program.get("models", {}).items()
        if asked in (ALL, code)
        and any(after < month <= until for month in _months(published, code, slice))
    ]
    if not models:
        return ""
    return _(
        "In between, {models} began in further parts of the city, so other calls are eligible.",
        models=language.listed([words.lower(label) for label in models]),
    )


def since_last(
    published: Published, table: str, of: str, slice: Slice, readings: list[Reading]
) -> list[float | None]:
    """The shares of a series, without those from before the last launch where they are shares of
    eligible calls: those are of other calls.
    """
    newest = readings[-1].period if readings else ""
    return [
        None if between(published, table, of, slice, reading.period, newest) else reading.share
        for reading in readings
    ]


def last_month(period: str) -> str:
    """The month that a month, a quarter or a year ends with, as `2026-10`."""
    if "Q" in period:
        return f"{period[:4]}-{3 * int(period[-1]):02d}"
    return period if "-" in period else f"{period[-4:]}-12"


def _months(published: Published, model: str, slice: Slice) -> list[str]:
    """The months in which a model began: in the city, and in the districts of the slice."""
    asked = (slice or {}).get("district", ALL)
    launched = [published.program["models"][model].get("launched")]
    launched += [
        (district.get("launched") or {}).get(model)
        for code, district in published.program.get("districts", {}).items()
        if asked in (ALL, code)
    ]
    return [month for month in launched if month]
