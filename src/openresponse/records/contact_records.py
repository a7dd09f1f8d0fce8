"""Contact records of clinicians and of EMS: one contact for each incident, the first on record."""

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records import linkage, precedence
from openresponse.records.precedence import USED_FOR_FOLLOWUP, Vintage
from openresponse.tables import months

EXTRACTS: tuple[ExtractName, ...] = ("encounters", "epcr")
# What happens later than the contact, and comes with later deliveries.
AFTERWARDS = ["referral", "followed_up_on", "followup_tracked"]
AT_THE_SCENE = [
    "incident",
    "person",
    "age",
    "race_ethnicity",
    "gender",
    "language",
    "contact",
    "outcome",
    "section12",
    "arrest",
    "force",
    "injury",
    "started",
]


def contacts(
    frames: dict[ExtractName, pd.DataFrame], incidents: pd.DataFrame, vintage: Vintage
) -> tuple[pd.DataFrame, dict[ExtractName, pd.DataFrame]]:
    """The contact of each incident that has one, by incident; and every record delivered with its
    handling, by extract.
    """
    records = {
        name: _records(frames[name], name, incidents, vintage)
        for name in EXTRACTS
        if name in frames
    }
    every = pd.concat([rows for rows, _ in records.values()]).sort_values(["incident", "started"])
    first = ~every.duplicated("incident")
    handled: dict[ExtractName, pd.DataFrame] = {}
    for name, (_, delivered) in records.items():
        further = every.loc[~first & (every["extract"] == name), "record"]
        handled[name] = precedence.set_aside(
            delivered, delivered.index.isin(further), "another_record"
        )
    contact = every[first].set_index("incident")
    return contact.drop(columns=["extract", "record", "started"]), handled


def _records(
    delivered: pd.DataFrame, name: ExtractName, incidents: pd.DataFrame, vintage: Vintage
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The records of one extract that are used, and all of them with their handling.

    What was done at the scene is taken as known when its month was published; referral and
    follow-up are taken as known one month after the incident's quarter, for they happen later.
    """
    delivered = delivered.assign(incident=linkage.link(delivered, incidents))
    delivered = precedence.set_aside(delivered, delivered["incident"].isna(), "not_linked")
    month = delivered["incident"].map(incidents["month"]).astype("string")
    late = vintage.late(delivered, month) & (delivered["handling"] == "")
    in_time = precedence.last_delivered(precedence.set_aside(delivered, late, "arrived_late"), name)
    rows = precedence.usable(in_time)
    news = _news(delivered, month.fillna(vintage.release), rows["record_number"])
    in_time.loc[late & in_time.index.isin(news.index), "handling"] = USED_FOR_FOLLOWUP
    known = news[["record_number", *AFTERWARDS]]
    used = (
        rows.drop(columns=AFTERWARDS)
        .merge(known, on="record_number", how="left", validate="1:1")
        .set_axis(rows.index)
    )
    return used[[*AT_THE_SCENE, *AFTERWARDS]].assign(extract=name, record=rows.index), in_time


def _news(delivered: pd.DataFrame, month: pd.Series, numbers: pd.Series) -> pd.DataFrame:
    """The last word on each record, up to the month after its incident's quarter."""
    until = month.map({m: months.later(months.last_of_quarter(m), 1) for m in month.unique()})
    news = precedence.usable(delivered)
    news = news[news["delivery"] <= until[news.index]]
    return news[news["record_number"].isin(numbers)].drop_duplicates("record_number", keep="last")
