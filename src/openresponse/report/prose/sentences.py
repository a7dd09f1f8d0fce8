"""Findings in sentences, computed from published rows: level, change with its size, signal or not,
the same month last year, rank.

Every number comes from a table; a share stands with its numerator and denominator; what is withheld
is said to be withheld. A sentence is one text of the catalogue with names for what is filled in, so
that each language has its own order of words.
"""

from openresponse import language
from openresponse.language import N_, _, ngettext
from openresponse.release.store.published import Published
from openresponse.release.tables.loss import loss
from openresponse.report.prose import signals, wilson, words
from openresponse.report.prose.readings import (
    ALL,
    Reading,
    breakdown,
    categories,
    cells,
    latest,
    series,
    whole,
)

SENT = (
    N_(
        "{when}a clinician or mental-health worker was sent to {share} of calls eligible for a"
        " pilot ({n} of {of})"
    ),
    N_("the share of eligible calls to which a clinician or mental-health worker was sent"),
)
# What is said of a headline; the second text names the quantity where it is withheld, and is
# masculine singular in languages that tell (el porcentaje).
SAYS = {
    ("stage", "team_sent"): SENT,
    ("service", "team_sent"): SENT,
    ("responders", "police_on_scene"): (
        N_("{when}police were on scene at {share} of mental-health calls ({n} of {of})"),
        N_("the share of mental-health calls with police on scene"),
    ),
    ("police_role", "police_not_on_scene"): (
        N_("{when}{share} of calls had no police recorded on scene ({n} of {of})"),
        N_("the share of calls with no police recorded on scene"),
    ),
    ("outcome", "remained_in_community"): (
        N_("{when}the person stayed in the community after {share} of contacts ({n} of {of})"),
        N_("the share of contacts after which the person stayed in the community"),
    ),
    ("followup", "within_7_days"): (
        N_("{when}{share} of contacts were followed up within 7 days ({n} of {of})"),
        N_("the share of contacts followed up within 7 days"),
    ),
    ("referral", "accepted"): (
        N_("{when}{share} of the referrals offered were accepted ({n} of {of})"),
        N_("the share of referrals offered that were accepted"),
    ),
    ("repeat", "repeat_within_30_days"): (
        N_(
            "{when}{share} of contacts with a known person followed another within 30 days ({n} of"
            " {of})"
        ),
        N_("the share of contacts that followed another within 30 days"),
    ),
    ("applicant", "section12"): (
        N_("{when}{share} of contacts ended with an involuntary hold ({n} of {of})"),
        N_("the share of contacts that ended with an involuntary hold"),
    ),
    ("handling", "rows_used"): (
        N_("{when}{share} of the rows delivered could be used ({n} of {of})"),
        N_("the share of rows used"),
    ),
}
ATTENDED = {
    "clinician": (
        N_("{when}a clinician came to {share} of the calls that should have had one ({n} of {of})"),
        N_("the share of calls a clinician came to"),
    ),
    "worker": (
        N_(
            "{when}a mental-health worker came to {share} of the calls that should have had one"
            " ({n} of {of})"
        ),
        N_("the share of calls a mental-health worker came to"),
    ),
    None: (
        N_(
            "{when}a clinician or mental-health worker came to {share} of the calls that should"
            " have had one ({n} of {of})"
        ),
        N_("the share of calls a clinician or mental-health worker came to"),
    ),
}
EVENTS = {
    "arrest": (
        N_("{when}somebody was arrested at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which somebody was arrested"),
    ),
    "force": (
        N_("{when}force was used at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which force was used"),
    ),
    "injury": (
        N_("{when}somebody was injured at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which somebody was injured"),
    ),
    None: (
        N_("{when}this was recorded at {share} of contacts ({n} of {of})"),
        N_("the share of contacts at which this was recorded"),
    ),
}
# People who were never found did not stay in the community because of a visit: an outcome is told
# of all runs too.
OF_RUNS = N_("{said}, which is {share} of all calls a team was sent to ({n} of {of})")
NO_VALUE = {
    "c": N_("{when}{name} is withheld for privacy"),
    "x": N_("{when}{name} is not available"),
    "z": N_("{when}{name} is not applicable"),
}


def level(
    published: Published,
    table: str,
    code: str,
    of: str = "all",
    where: dict[str, str] | None = None,
) -> str:
    """The last period's figure: `In October 2026, police were on scene at 61.2% of ... (510 of
    833).`
    """
    last = latest(published, table, code, of, where)
    period = published.periods(table)[-1]
    if last is None:
        return _("For {period} there is no figure.", period=words.period(period))
    says, name = _says(published, table, code, where)
    if last.value is None or last.of is None or last.share is None:
        return _among(published, table, where, _missing(last, period, name))
    said = says.format(
        when=words.when(period),
        share=words.percent(last.share),
        n=words.count(last.value),
        of=words.count(last.of),
    )
    runs = (
        latest(published, table, code, "all", where)
        if published.category(table) == "outcome" and of == "part"
        else None
    )
    if runs and runs.share is not None and runs.of is not None:
        said = _(
            OF_RUNS,
            said=said,
            share=words.percent(runs.share),
            n=words.count(runs.value),
            of=words.count(runs.of),
        )
    return _among(published, table, where, said)


def change(
    published: Published,
    table: str,
    code: str,
    of: str = "all",
    where: dict[str, str] | None = None,
) -> str:
    """The change of the share from the period before, and whether it is a signal; empty where there
    is none.
    """
    found = series(published, table, code, of, where)
    if len(found) < 2 or found[-1].share is None:
        return ""
    before, last = found[-2], found[-1]
    if before.share is None:
        return _no_change(before)
    difference = round(last.share - before.share, 3)
    told = {
        "points": words.points(difference),
        "within": words.within(before.period),
        "before": words.percent(before.share),
    }
    if difference == 0:
        moved = _("That is the same as {within}", within=told["within"])
    elif difference > 0:
        moved = _("That is {points} more than {within} ({before})", **told)
    else:
        moved = _("That is {points} less than {within} ({before})", **told)
    return _judged(moved, [r.share for r in found], ceiling=1.0)


def year_before(
    published: Published,
    table: str,
    code: str,
    of: str = "all",
    where: dict[str, str] | None = None,
) -> str:
    """The share beside that of the same month or quarter last year; empty where the table does not
    reach back.
    """
    found = {r.period: r for r in series(published, table, code, of, where)}
    last, before = _a_year_apart(found, published.periods(table)[-1])
    if before is None or last.share is None or before.share is None:
        return ""
    difference = round(last.share - before.share, 3)
    told = {
        "points": words.points(difference),
        "period": words.period(before.period),
        "before": words.percent(before.share),
    }
    if difference == 0:
        return _("Compared with {period}, it is the same.", period=told["period"])
    if difference > 0:
        return _("Compared with {period} ({before}), it is {points} more.", **told)
    return _("Compared with {period} ({before}), it is {points} less.", **told)


def counted(
    published: Published,
    table: str,
    code: str,
    where: dict[str, str] | None = None,
    noun: str | None = None,
) -> str:
    """How many there were in the last period. noun: what they are called, as `words.unit` knows it."""
    last = series(published, table, code, "all", where)[-1]
    noun, period = noun or published.unit(table), published.periods(table)[-1]
    if last.value is None:
        name = _("the number of {unit}", unit=words.unit(noun))
        return _among(published, table, where, _missing(last, period, name))
    return _among(
        published,
        table,
        where,
        ngettext(
            "{when}there was {n} {unit}",
            "{when}there were {n} {unit}",
            last.value,
            when=words.when(period),
            n=words.count(last.value),
            unit=words.unit(noun, last.value),
        ),
    )


def counted_change(
    published: Published, table: str, code: str, where: dict[str, str] | None = None
) -> str:
    """The change of the number from the period before, and whether it is a signal; empty where
    there is none.
    """
    found = series(published, table, code, "all", where)
    if len(found) < 2 or found[-1].value is None or found[-2].value is None:
        return ""
    before, difference = found[-2], found[-1].value - found[-2].value
    told = {
        "n": words.count(abs(difference)),
        "within": words.within(before.period),
        "before": words.count(before.value),
    }
    if difference == 0:
        moved = _("That is as many as {within}", within=told["within"])
    elif difference > 0:
        moved = _("That is {n} more than {within} ({before})", **told)
    else:
        moved = _("That is {n} fewer than {within} ({before})", **told)
    return _judged(moved, [r.value for r in found])


def counted_year_before(
    published: Published, table: str, code: str, where: dict[str, str] | None = None
) -> str:
    """The number beside that of the same month or quarter last year; empty where the table does not
    reach back.
    """
    found = {r.period: r for r in series(published, table, code, "all", where)}
    last, before = _a_year_apart(found, published.periods(table)[-1])
    if before is None or last.value is None or before.value is None:
        return ""
    difference = last.value - before.value
    told = {
        "n": words.count(abs(difference)),
        "period": words.period(before.period),
        "before": words.count(before.value),
    }
    if difference == 0:
        return _("Compared with {period}, there were as many.", period=told["period"])
    if difference > 0:
        return ngettext(
            "Compared with {period} ({before}), there was {n} more.",
            "Compared with {period} ({before}), there were {n} more.",
            difference,
            **told,
        )
    return ngettext(
        "Compared with {period} ({before}), there was {n} fewer.",
        "Compared with {period} ({before}), there were {n} fewer.",
        -difference,
        **told,
    )


def _a_year_apart(found: dict[str, Reading], period: str) -> tuple[Reading | None, Reading | None]:
    return found.get(period), (
        found.get(words.year_before(period) or "") if period in found else None
    )


def largest(published: Published, table: str, where: dict[str, str] | None = None) -> str:
    """The largest shown leaf of the last period's breakdown, with its share of all."""
    hierarchy = categories(published, table, where)
    rows = breakdown(published, table, where)
    shown = rows[
        rows["code"].isin(hierarchy.leaves) & rows["count"].notna() & rows["share_of_all"].notna()
    ]
    when = words.when(published.periods(table)[-1])
    if shown.empty:
        return words.sentence(
            _(
                "{when}every figure of this table is withheld for privacy or there is none",
                when=when,
            )
        )
    top = shown.loc[shown["count"].idxmax()]
    total = rows["count"].iloc[0]
    return _among(
        published,
        table,
        where,
        _(
            "{when}{share} of {unit} were in the group “{label}” ({n} of {of})",
            when=when,
            label=top["label"],
            share=words.percent(top["share_of_all"]),
            unit=words.unit(published.unit(table)),
            n=words.count(top["count"]),
            of=words.count(total),
        ),
    )


def rank(published: Published, table: str, dimension: str, code: str, of: str = "all") -> str:
    """Which value of a dimension has the highest share, only where no interval of another reaches
    its own; else that none can be ranked.
    """
    labels, found = published.hierarchy(table, dimension).labels, []
    for place in labels:
        last = None if place == ALL else latest(published, table, code, of, {dimension: place})
        if last and last.share is not None and last.value is not None and last.of:
            found.append(
                (last.value / last.of, wilson.wilson(last.value, last.of), labels[place], last)
            )
    if len(found) < 2:
        return ""
    top, *others = sorted(found, key=lambda one: one[0], reverse=True)
    if all(upper < top[1][0] for _share, (_lower, upper), _label, _last in others):
        return _(
            "The share is highest in {place}: {share} ({n} of {of}). Chance alone does not make"
            " such a gap to the others.",
            place=top[2],
            share=words.percent(top[3].share),
            n=words.count(top[3].value),
            of=words.count(top[3].of),
        )
    return _(
        "No place can be called first: the highest shares differ by no more than chance can make."
    )


def times(
    published: Published, table: str, interval: str, where: dict[str, str] | None = None
) -> str:
    """Median and 90th percentile with n and how many could not be timed."""
    frame = cells(published, table, {**(where or {}), "interval": interval}).sort_values("period")
    row = frame.iloc[-1]
    told = {
        "when": words.when(row["period"]),
        "interval": _lower(published.label(table, "interval", interval)),
    }
    status = next(
        (
            row[f"{name}_status"]
            for name in ("median_minutes", "p90_minutes")
            if row[f"{name}_status"] in NO_VALUE
        ),
        None,
    )
    if status == "z":
        return _among(
            published, table, where, _("{when}there was nothing to time from {interval}", **told)
        )
    if status:
        return _among(
            published,
            table,
            where,
            _(
                NO_VALUE[status],
                when=told["when"],
                name=_("the time from {interval}", interval=told["interval"]),
            ),
        )
    told |= {
        "median": words.minutes(row["median_minutes"]),
        "p90": words.minutes(row["p90_minutes"]),
        "unit": words.unit(published.unit(table)),
    }
    if row["timed_status"] == "c":
        said = _(
            "{when}the time from {interval} was at most {median} for half of the {unit} timed, and"
            " at most {p90} for nine in ten",
            **told,
        )
    else:
        said = _(
            "{when}the time from {interval} was at most {median} for half of the {n} {unit} timed,"
            " and at most {p90} for nine in ten",
            n=words.count(row["timed"]),
            **told,
        )
    said = _among(published, table, where, said)
    if row["share_not_timed_status"] not in ("", "p", "r"):
        return (
            f"{said} {_('How many could not be timed is withheld for privacy.')}"
            if row["share_not_timed_status"] == "c"
            else said
        )
    return f"{said} {_('{share} could not be timed.', share=words.percent(row['share_not_timed']))}"


def provisional(published: Published, grains: tuple[str, ...] = ("month", "quarter")) -> str:
    """Which newest periods of these grains may still change; empty where none may."""
    found = dict(
        sorted(
            (published.grain(t), published.periods(t)[-1])
            for t in published.tables
            if published.periods(t) and _is_provisional(published, t)
        )
    )
    periods = [words.period(found[grain]) for grain in grains if grain in found]
    return (
        _(
            "Figures of {periods} are provisional: records may still come late and change them.",
            periods=language.listed(periods),
        )
        if periods
        else ""
    )


def _is_provisional(published: Published, table: str) -> bool:
    frame = published.tables[table]
    newest = frame[frame["period"] == published.periods(table)[-1]]
    return newest.filter(regex="_status$").eq("p").any(axis=None)


def money(published: Published, table: str = "spending") -> str:
    """Spent to date against the budget."""
    frame = published.tables[table]
    total = (
        frame[(frame["model"] == ALL) & (frame["category"] == ALL)].sort_values("period").iloc[-1]
    )
    told = {
        "period": words.period(total["period"]),
        "spent": words.dollars(total["total_to_date"]),
        "amount": words.dollars(total["amount"]),
    }
    if published.program.get("budget"):
        return _(
            "By the end of {period}, {spent} had been spent, {share} of the {budget} announced;"
            " {amount} of it in that month.",
            share=words.percent(total["share_of_budget"]),
            budget=words.dollars(total["budget"]),
            **told,
        )
    return _(
        "By the end of {period}, {spent} had been spent; {amount} of it in that month.", **told
    )


def variation(values: list[float | None], ceiling: float | None = None) -> str:
    """What the control chart says of the last value."""
    found = signals.chart(values, ceiling=ceiling)
    if found is None:
        return _("too few values yet to tell a signal from normal variation")
    return _("a signal") if found.last_is_signal else _("within normal variation")


def _judged(moved: str, values: list[float | None], ceiling: float | None = None) -> str:
    """The step from the period before, and what the chart says of the level: a signal is never a
    verdict on the step.
    """
    found = signals.chart(values, ceiling=ceiling)
    if found and found.last_is_signal:
        return _("{moved}. The level shows a signal ({why}).", moved=moved, why=found.why)
    return _("{moved}: {judged}.", moved=moved, judged=variation(values, ceiling))


def _says(
    published: Published, table: str, code: str, where: dict[str, str] | None
) -> tuple[str, str]:
    """The sentence of a figure, with names to fill in, and what the figure is called."""
    category, label = published.category(table), categories(published, table, where).labels[code]
    found = SAYS.get((category, code))
    if category == "answer":
        found = EVENTS.get(whole(published, table, where).get("event"), EVENTS[None])
    elif (category, code) == ("attendance", "attended"):
        team = (
            published.program.get("models", {}).get((where or {}).get("model", ""), {}).get("team")
        )
        found = ATTENDED[team]
    if found is None:
        return (
            _("{when}{label}: {share} ({n} of {of})").replace(
                "{label}", label.replace("{", "{{").replace("}", "}}")
            ),
            label,
        )
    return _(found[0]), _(found[1])


def withheld(published: Published) -> str:
    """How much of the tables is withheld for privacy."""
    found = loss(published)
    monthly = found[
        [
            published.grain(t) == "month" and "model" not in published.dimensions(t)
            for t in found["table"]
        ]
    ]
    cells_ = _(
        "{n} of {of} figures in the tables are withheld for privacy.",
        n=words.count(int(found["withheld"].sum())),
        of=words.count(int(found["cells"].sum())),
    )
    if monthly.empty or not monthly["counted"].sum():
        return cells_
    least = (monthly["inside"] / monthly["counted"]).min()
    return (
        f"{cells_}"
        f" {_('Each monthly table of the whole city shows at least {share} of what it counts.', share=words.percent(least))}"
    )


def _missing(reading: Reading, period: str, name: str) -> str:
    status = reading.status if reading.value is None else reading.share_status
    return _(NO_VALUE.get(status, NO_VALUE["c"]), when=words.when(period), name=name)


def _no_change(before: Reading) -> str:
    status = before.status if before.value is None else before.share_status
    if status == "c":
        return _(
            "The figure for {period} is withheld for privacy, so no change can be given.",
            period=words.period(before.period),
        )
    return _(
        "There is no figure for {period}, so no change can be given.",
        period=words.period(before.period),
    )


def _among(published: Published, table: str, where: dict[str, str] | None, said: str) -> str:
    """The sentence, after the name of the slice where it is not the whole: `Co-response: in October
    ...`.
    """
    named = [
        published.label(table, dimension, code)
        for dimension, code in whole(published, table, where).items()
        if code != ALL
        and dimension not in ("interval", "event", "characteristic")
        and dimension in (where or {})
    ]
    return words.sentence(
        _("{group}: {said}", group=", ".join(named), said=said) if named else said
    )


def _lower(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]
