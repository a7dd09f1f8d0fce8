"""What is said of police districts beside their figures: since when models operate there, signals,
what is in no district, what is withheld.
"""

import pandas as pd

from openresponse.language import _, ngettext
from openresponse.release.store.published import Published
from openresponse.release.tables import columns
from openresponse.report.pages.places.district_figures import rows_of, table_of
from openresponse.report.prose import sentences, words
from openresponse.report.prose.readings import series
from openresponse.report.prose.signals import FEWEST, chart
from openresponse.tables.hierarchy import ALL, NOT_RECORDED


def signals(published: Published, table: str, codes: list[str]) -> list[str]:
    """Which districts' newest share is a signal; why none is looked for."""
    quarters = len(published.periods(table))
    if quarters < FEWEST:
        return [
            ngettext(
                "There is {n} quarter so far. With fewer than {fewest} no signal is looked for in a"
                " district.",
                "There are {n} quarters so far. With fewer than {fewest} no signal is looked for in"
                " a district.",
                quarters,
                n=quarters,
                fewest=FEWEST,
            )
        ]
    lines = [_signal(published, table, code) for code in codes]
    return [*filter(None, lines)] or [_("In no district does the newest share show a signal.")]


def _signal(published: Published, table: str, code: str) -> str:
    readings = series(published, table, "team_sent", "part", {"district": code})
    judged = chart([reading.share for reading in readings], ceiling=1.0)
    if not judged or not judged.last_is_signal:
        return ""
    return _(
        "{place}: the share of eligible calls that got a team shows a signal ({why}).",
        place=published.label(table, "district", code),
        why=judged.why,
    )


def unrecorded(published: Published, table: str) -> list[str]:
    """How many calls of the newest period are in no district."""
    period, unit = published.periods(table)[-1], published.unit(table)
    unknown, every = (
        rows_of(published, table, period, {"district": code}) for code in (NOT_RECORDED, ALL)
    )
    if NOT_RECORDED not in published.hierarchy(table, "district").codes or not unknown or not every:
        return []
    count, total = unknown["calls"][unit], every["calls"][unit]
    if pd.isna(count) or pd.isna(total):
        status = unknown["calls"][f"{unit}_status"]
        return [
            words.sentence(
                _(
                    sentences.NO_VALUE.get(status, sentences.NO_VALUE["c"]),
                    when=words.when(period),
                    name=_("the number of calls without a recorded district"),
                )
            )
        ]
    if not total:
        return []
    return [
        words.sentence(
            _(
                "{when}the district was not recorded for {share} of all mental-health calls ({n} of"
                " {of}). They are in no district's figures.",
                when=words.when(period),
                share=words.percent(count / total),
                n=words.count(count),
                of=words.count(total),
            )
        )
    ]


def withheld(published: Published, code: str) -> str:
    """Whether any count published for a district is withheld, and in which tables."""
    parted = (
        (_("by quarter"), ()),
        (_("by response model"), ("model",)),
        (_("by time of day"), ("time_band",)),
    )
    tables = [
        name
        for name, more in parted
        if (table := table_of(published, "district", *more)) and _withholds(published, table, code)
    ]
    if not tables:
        return _("No count of this district is withheld.")
    return _(
        "Some counts of this district are withheld for privacy: {tables}. A withheld figure is not"
        " zero.",
        tables=", ".join(tables),
    )


def _withholds(published: Published, table: str, code: str) -> bool:
    frame = published.tables[table]
    status = frame.loc[frame["district"] == code, f"{published.unit(table)}_status"]
    return bool((status == columns.WITHHELD).any())


def models_there(published: Published, code: str) -> list[tuple[str, str]]:
    """Since when each model operates there, as the program says."""
    launched = {c: d["launched"] for c, d in published.program.get("districts", {}).items()}
    return [
        (
            one["label"],
            _since(
                one,
                launched.get(code, {}).get(model),
                elsewhere=any(model in months for months in launched.values()),
            ),
        )
        for model, one in published.program.get("models", {}).items()
    ]


def _since(model: dict, since: str | None, elsewhere: bool) -> str:
    """since: the month it began in the district. elsewhere: whether it is bound to districts."""
    launched = model.get("launched")
    if model["status"] == "planning":
        return _("In planning")
    if since:
        return _("Since {period}", period=words.period(max(since, launched or since)))
    if elsewhere:
        return _("Not in this district")
    if launched:
        return _("In the whole city since {period}", period=words.period(launched))
    return _("In the whole city")
