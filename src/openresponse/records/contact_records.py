"""Contact records of clinicians and of EMS: one contact for each incident, the furthest that any
record of it got.
"""

import pandas as pd

from openresponse.program import ExtractName, Program
from openresponse.records import clock, linkage, precedence
from openresponse.records.precedence import USED_FOR_FOLLOWUP, Vintage
from openresponse.records.written import ages, diagnoses, persons
from openresponse.tables import months

EXTRACTS: tuple[ExtractName, ...] = ("encounters", "epcr")
# How far a contact got, the furthest first; what is not recorded comes last.
FURTHEST_FIRST = (
    "contact_made",
    "person_declined",
    "unsafe_to_approach",
    "person_not_found",
    "no_contact_other",
)
NOT_RECORDED = "not_recorded"  # a code by which a city says that nothing was recorded
# What happens later than the contact, and comes with later deliveries.
AFTERWARDS = ["referral", "followed_up_on", "followed_up_on_given", "followup_tracked"]
AT_THE_SCENE = [
    "incident",
    "person",
    "age",
    "race_ethnicity",
    "gender",
    "language",
    "contact",
    "outcome",
    "involuntary_hold",
    "arrest",
    "force",
    "injury",
    "started",
    "case_definition",
]


def contacts(
    frames: dict[ExtractName, pd.DataFrame],
    calls: pd.DataFrame,
    program: Program,
    vintage: Vintage,
) -> tuple[pd.DataFrame, dict[ExtractName, pd.DataFrame]]:
    """The contact of each incident that has one, by incident; and every record delivered with its
    handling, by extract.

    calls: every call delivered, with its handling. Of several records of one incident the furthest
    step counts, and of those that got equally far the first.
    """
    records = {
        name: _records(_read(frames[name], name, program), name, calls, program, vintage)
        for name in EXTRACTS
        if name in frames
    }
    every = pd.concat([rows for rows, _ in records.values()]) if records else _nobody()
    steps = {code: step for step, code in enumerate(FURTHEST_FIRST)}
    every["step"] = every["contact"].map(steps).fillna(len(steps))
    every = every.sort_values(["incident", "step", "started"], kind="stable")
    chosen = ~every.duplicated("incident")
    handled: dict[ExtractName, pd.DataFrame] = {}
    for name, (_, delivered) in records.items():
        further = every.loc[~chosen & (every["extract"] == name), "record"]
        handled[name] = precedence.set_aside(
            delivered, delivered.index.isin(further), "another_record"
        )
    contact = every[chosen].set_index("incident")
    contact["case_definition"] = diagnoses.of_incidents(every)
    return contact.drop(columns=["extract", "record", "started", "step"]), handled


def _nobody() -> pd.DataFrame:
    """The records of a city that delivers none."""
    types = {"incident": "Int64", "age": "Float64", "followed_up_on_given": "boolean"}
    types |= {"followed_up_on": "datetime64[us]", "started": "datetime64[us, UTC]"}
    columns = [*AT_THE_SCENE, *AFTERWARDS, "extract", "record"]
    return pd.DataFrame({one: pd.Series(dtype=types.get(one, "string")) for one in columns})


def _read(delivered: pd.DataFrame, name: ExtractName, program: Program) -> pd.DataFrame:
    """Records in the words of the measures: ages in years, persons by the register they are in, and
    whom a person declined not met.
    """
    codes = delivered.select_dtypes("string").columns.difference(["handling"])
    read = delivered.assign(**{c: delivered[c].replace(NOT_RECORDED, pd.NA) for c in codes})
    # Another system numbers persons anew.
    forms = enumerate(program.extracts[name].forms)
    registers = {number: form.person_register or f"{name} {number}" for number, form in forms}
    declined = (read["declined"] == "yes").fillna(False).astype(bool) & (
        read["contact"].isna() | (read["contact"] == "contact_made")
    )
    return read.assign(
        case_definition=diagnoses.of_records(read) if name == "epcr" else pd.NA,
        person=read["form"].map(registers).astype("string") + " " + persons.known(read["person"]),
        age=ages.years(read["age"], read["age_unit"]),
        contact=read["contact"].mask(declined, "person_declined"),
    )


def _records(
    delivered: pd.DataFrame,
    name: ExtractName,
    calls: pd.DataFrame,
    program: Program,
    vintage: Vintage,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The records of one extract that are used, and all of them with their handling.

    What was done at the scene is taken as known when its month was published; referral and
    follow-up are taken as known one month after the incident's quarter, for they happen later.
    """
    delivered = _of_calls(delivered, name, calls, program)
    settled = precedence.settle(delivered, name, delivered["key"], delivered["month"], vintage)
    late = settled["handling"] == "arrived_late"
    rows = precedence.usable(settled)
    news = _news(settled[settled["handling"].isin(["", "restated"]) | late], vintage)
    news = news[news["key"].isin(rows["key"])]
    # Each was the last word when it came: what was published of its delivery stays so.
    then = news.drop_duplicates(["key", "delivery"], keep="last")
    settled.loc[late & settled.index.isin(then.index), "handling"] = USED_FOR_FOLLOWUP
    news = news.drop_duplicates("key", keep="last")
    used = (
        rows.drop(columns=AFTERWARDS)
        .merge(news[["key", *AFTERWARDS]], on="key", how="left", validate="1:1")
        .set_axis(rows.index)
    )
    return used[[*AT_THE_SCENE, *AFTERWARDS]].assign(extract=name, record=rows.index), settled


def _of_calls(
    delivered: pd.DataFrame, name: ExtractName, calls: pd.DataFrame, program: Program
) -> pd.DataFrame:
    """The records with the `incident` and the `month` of the call that each belongs to, and its
    `key`.
    """
    zone = program.program.zone
    begun = delivered["started"].mask(clock.at_midnight(delivered["started"], zone))
    links = linkage.link(delivered, begun, calls, linkage.CONTACT)
    out = delivered.assign(incident=links["incident"], number_corrected=links["corrected"])
    local = delivered["started"].dt.tz_convert(zone)
    period = precedence.period(delivered, local, program.extracts[name])
    by_standard = (links["why_not"] == linkage.NOT_OURS) & (
        delivered["case_definition"] == diagnoses.MEETS
    )
    why_not = links["why_not"].mask(by_standard.fillna(False), precedence.BY_STANDARD_ONLY)
    return precedence.set_aside_by_code(out, why_not).assign(
        month=linkage.of_calls(calls["month"], out), key=precedence.keys(delivered, name, period)
    )


def _news(delivered: pd.DataFrame, vintage: Vintage) -> pd.DataFrame:
    """What was said of each record up to the month after its incident's quarter, the last word
    last.
    """
    month = delivered["month"].fillna(vintage.release)
    until = month.map({m: months.later(months.last_of_quarter(m), 1) for m in month.unique()})
    return delivered[(delivered["delivery"] <= until).fillna(True)]
