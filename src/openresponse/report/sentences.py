"""Findings in sentences, computed from published rows: level, change with its size, signal or not.

Every number comes from a table; a share stands with its numerator and denominator; what is withheld
is said to be withheld.
"""

from openresponse.release.loss import loss
from openresponse.release.published import Published
from openresponse.report import signals, words
from openresponse.report.readings import ALL, Reading, breakdown, categories, cells, latest, series, whole

# {share}, {n} and {of} are filled in; the second text names the quantity where it is withheld.
SAYS = {
    ("stage", "team_sent"): ("a clinician or mental-health worker was sent to {share} of calls eligible for a pilot ({n} of {of})",
                              "the share of eligible calls to which a clinician or mental-health worker was sent"),
    ("responders", "police_on_scene"): ("police were on scene at {share} of mental-health calls ({n} of {of})",
                                        "the share of mental-health calls with police on scene"),
    ("police_role", "police_not_on_scene"): ("{share} of calls were handled with no police on scene ({n} of {of})",
                                             "the share of calls handled with no police on scene"),
    ("attendance", "attended"): ("{who} came to {share} of the calls that should have had one ({n} of {of})",
                                           "the share of calls {who} came to"),
    ("outcome", "remained_in_community"): ("{share} of the people reached stayed in the community ({n} of {of} contacts)",
                                            "the share of people reached who stayed in the community"),
    ("service", "team_sent"): ("a clinician or mental-health worker was sent to {share} of calls eligible for a pilot ({n} of {of})",
                                 "the share of eligible calls to which a clinician or mental-health worker was sent"),
    ("followup", "within_7_days"): ("{share} of the people reached were followed up within 7 days ({n} of {of} contacts)",
                                    "the share of people followed up within 7 days"),
    ("referral", "accepted"): ("{share} of the referrals offered were accepted ({n} of {of})",
                                "the share of referrals offered that were accepted"),
    ("repeat", "repeat_within_30_days"): ("{share} of contacts with a known person followed another within 30 days ({n} of {of})",
                                                   "the share of contacts that followed another within 30 days"),
    ("applicant", "section12"): ("{share} of contacts ended with an involuntary hold ({n} of {of})",
                                 "the share of contacts that ended with an involuntary hold"),
    ("handling", "rows_used"): ("{share} of the rows delivered could be used ({n} of {of})", "the share of rows used"),
}
TEAMS = {"clinician": "a clinician", "worker": "a mental-health worker", None: "a clinician or mental-health worker"}
EVENTS = {"arrest": "somebody was arrested", "force": "force was used", "injury": "somebody was injured"}


def level(published: Published, table: str, code: str, of: str = "all", where: dict[str, str] | None = None) -> str:
    """The last period's figure: `In October 2026, police were on scene at 61.2% of ... (510 of 833).`"""
    last = latest(published, table, code, of, where)
    period = words.period(published.periods(table)[-1])
    if last is None:
        return f"For {period} there is no figure."
    says, name = _says(published, table, code, where)
    if last.value is None or last.of is None or last.share is None:
        return words.sentence(f"{_among(published, table, where)}in {period}, {_missing(last, name)}")
    said = says.format(share=words.percent(last.share), n=words.count(last.value), of=words.count(last.of))
    return words.sentence(f"{_among(published, table, where)}in {period}, {said}")


def change(published: Published, table: str, code: str, of: str = "all", where: dict[str, str] | None = None) -> str:
    """The change of the share from the period before, and whether it is a signal; empty where there is none."""
    found = series(published, table, code, of, where)
    if len(found) < 2 or found[-1].share is None:
        return ""
    before, last = found[-2], found[-1]
    if before.share is None:
        return f"The figure for {words.period(before.period)} is {words.STATUS_IN_FULL.get(before.share_status, 'not available')}, so no change can be given."
    difference = round(last.share - before.share, 3)
    if difference == 0:
        moved = f"That is the same as in {words.period(before.period)}"
    else:
        moved = (f"That is {words.points(difference)} {'more' if difference > 0 else 'less'} than in "
                 f"{words.period(before.period)} ({words.percent(before.share)})")
    return _judged(moved, [r.share for r in found], ceiling=1.0)


def counted(published: Published, table: str, code: str, where: dict[str, str] | None = None, noun: str | None = None) -> str:
    """How many there were in the last period."""
    last = series(published, table, code, "all", where)[-1]
    noun, period = noun or words.unit(published.unit(table)), words.period(published.periods(table)[-1])
    before = _among(published, table, where)
    if last.value is None:
        return words.sentence(f"{before}in {period}, the number of {noun} is {words.STATUS_IN_FULL.get(last.status, 'not available')}")
    return words.sentence(f"{before}in {period}, there were {words.count(last.value)} {noun}")


def counted_change(published: Published, table: str, code: str, where: dict[str, str] | None = None) -> str:
    """The change of the number from the period before, and whether it is a signal; empty where there is none."""
    found = series(published, table, code, "all", where)
    if len(found) < 2 or found[-1].value is None or found[-2].value is None:
        return ""
    before, difference = found[-2], found[-1].value - found[-2].value
    if difference == 0:
        moved = f"That is as many as in {words.period(before.period)}"
    else:
        moved = (f"That is {words.count(abs(difference))} {'more' if difference > 0 else 'fewer'} than in "
                 f"{words.period(before.period)} ({words.count(before.value)})")
    return _judged(moved, [r.value for r in found])


def largest(published: Published, table: str, where: dict[str, str] | None = None) -> str:
    """The largest shown leaf of the last period's breakdown, with its share of all."""
    tree = categories(published, table, where)
    rows = breakdown(published, table, where)
    shown = rows[rows["code"].isin(tree.leaves) & rows["count"].notna() & rows["share_of_all"].notna()]
    period = words.period(published.periods(table)[-1])
    if shown.empty:
        return f"In {period}, every figure of this table is withheld for privacy or there is none."
    top = shown.loc[shown["count"].idxmax()]
    total = rows["count"].iloc[0]
    return words.sentence(f"{_among(published, table, where)}in {period}, {words.percent(top['share_of_all'])} of {words.unit(published.unit(table))} "
                          f"were in the group “{top['label']}” ({words.count(top['count'])} of {words.count(total)})")


def times(published: Published, table: str, interval: str, where: dict[str, str] | None = None) -> str:
    """Median and 90th percentile with n and how many could not be timed."""
    frame = cells(published, table, {**(where or {}), "interval": interval}).sort_values("period")
    row, unit = frame.iloc[-1], published.unit(table)
    label = published.label(table, "interval", interval).lower()
    period = words.period(row["period"])
    if row["median_minutes_status"] in ("c", "x", "z") or row["p90_minutes_status"] in ("c", "x", "z"):
        status = row["median_minutes_status"] if row["median_minutes_status"] in ("c", "x", "z") else row["p90_minutes_status"]
        why = {"c": "withheld for privacy", "x": "not available", "z": "not given, for there was nothing to time"}[status]
        return words.sentence(f"{_among(published, table, where)}in {period}, the time from {label} is {why}")
    text = (f"{_among(published, table, where)}in {period}, the time from {label} was at most {words.minutes(row['median_minutes'])} for half of the "
            f"{_timed(row)}{words.unit(unit)} timed, and at most {words.minutes(row['p90_minutes'])} for nine in ten")
    if row["share_not_timed_status"] in ("", "p", "r"):
        text += f"; {words.percent(row['share_not_timed'])} could not be timed"
    return words.sentence(text)


def _timed(row) -> str:
    return "" if row["timed_status"] == "c" else f"{words.count(row['timed'])} "


def money(published: Published, table: str = "spending") -> str:
    """Spent to date against the budget."""
    frame = published.tables[table]
    total = frame[(frame["model"] == ALL) & (frame["category"] == ALL)].sort_values("period").iloc[-1]
    text = f"By the end of {words.period(total['period'])}, {words.dollars(total['total_to_date'])} had been spent"
    if published.program.get("budget"):
        text += f", {words.percent(total['share_of_budget'])} of the {words.dollars(total['budget'])} announced"
    return text + f"; {words.dollars(total['amount'])} of it in that month."


def variation(values: list[float | None], ceiling: float | None = None) -> str:
    """What the control chart says of the last value."""
    found = signals.chart(values, ceiling=ceiling)
    if found is None:
        return "too few values yet to tell a signal from normal variation"
    return "a signal" if found.last_is_signal else "within normal variation"


def _judged(moved: str, values: list[float | None], ceiling: float | None = None) -> str:
    """The step from the period before, and what the chart says of the level: a signal is never a verdict on the step."""
    found = signals.chart(values, ceiling=ceiling)
    if found and found.last_is_signal:
        return f"{moved}. The level shows a signal ({found.why})."
    return f"{moved}: {variation(values, ceiling)}."


def _says(published: Published, table: str, code: str, where: dict[str, str] | None) -> tuple[str, str]:
    category = published.category(table)
    if category == "answer":
        event = EVENTS.get(whole(published, table, where).get("event", ""), "this was recorded")
        return f"{event} at {{share}} of contacts ({{n}} of {{of}})", f"the share of contacts at which {event}"
    if (category, code) in SAYS:
        team = published.program.get("models", {}).get((where or {}).get("model", ""), {}).get("team")
        return tuple(text.replace("{who}", TEAMS.get(team, TEAMS[None])) for text in SAYS[category, code])
    label = categories(published, table, where).labels[code]
    return f"{label}: {{share}} ({{n}} of {{of}})", label


def withheld(published: Published) -> str:
    """How much of the tables is withheld for privacy."""
    found = loss(published)
    monthly = found[[published.grain(t) == "month" and "model" not in published.dimensions(t) for t in found["table"]]]
    cells = f"{words.count(int(found['withheld'].sum()))} of {words.count(int(found['cells'].sum()))} figures in the tables are withheld for privacy."
    if monthly.empty or not monthly["counted"].sum():
        return cells
    least = (monthly["inside"] / monthly["counted"]).min()
    return f"{cells} Each monthly table of the whole city shows at least {words.percent(least)} of what it counts."


def _missing(reading: Reading, name: str) -> str:
    status = reading.status if reading.value is None else reading.share_status
    return f"{name} is {words.STATUS_IN_FULL.get(status, 'withheld for privacy')}"


def _among(published: Published, table: str, where: dict[str, str] | None) -> str:
    """Names the slice where it is not the whole: `Co-response: `."""
    named = [published.label(table, dimension, code) for dimension, code in whole(published, table, where).items()
             if code != ALL and dimension not in ("interval", "event", "characteristic") and dimension in (where or {})]
    return f"{', '.join(named)}: " if named else ""
