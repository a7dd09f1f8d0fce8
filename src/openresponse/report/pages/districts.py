"""A page for each police district, and one that lists them: calls, whether a team was sent, by
quarter, model and hour.
"""

from html import escape
from pathlib import Path

import pandas as pd

from openresponse import language
from openresponse.language import N_, _, ngettext
from openresponse.release.store.published import Published
from openresponse.report.figures import datatable, table_figures
from openresponse.report.figures.figure import Figure, name
from openresponse.report.html import parts
from openresponse.report.prose import sentences, signals, words
from openresponse.report.prose.readings import ALL, FEWEST_FOR_A_TREND, cells, series

STEPS = ("calls", "eligible", "team_sent")
COLUMNS = (N_("All calls"), N_("Eligible for a pilot"), N_("Team sent"), N_("Share of eligible"))
UNKNOWN = "not_recorded"
LIMITS = N_("What these figures do not say")
NO_BORDERS = N_(
    "Police districts and neighborhoods have different borders. These figures do not say which"
    " neighborhoods a district holds."
)


def table_of(published: Published, *by: str) -> str | None:
    """The table that tells whether a team was sent, by these dimensions and no other, where the
    release has one.
    """
    found = [
        t
        for t in published.tables
        if published.kind(t) == "counts"
        and published.category(t) == "service"
        and published.dimensions(t) == list(by)
    ]
    return found[0] if found else None


def codes(published: Published) -> list[str]:
    """The districts that have a page."""
    table = table_of(published, "district")
    return (
        [
            code
            for code in published.hierarchy(table, "district").codes
            if code not in (ALL, UNKNOWN)
        ]
        if table
        else []
    )


def address(code: str) -> str:
    """A district's code as a page name."""
    return parts.address(code).lower()


def write(published: Published, out: Path) -> tuple[list[Path], list[Figure]]:
    """Write the list and every district's page into `out/districts`; the paths, and the figures in
    them. Nothing without districts.
    """
    paths, drawn = [], []
    for code in codes(published):
        label = published.label(table_of(published, "district"), "district", code)
        html, found = body(published, code)
        paths.append(
            parts.page(
                out,
                f"districts/{address(code)}.qmd",
                label,
                _(
                    "Mental-health calls in this police district: how many, when, and whether a"
                    " team was sent."
                ),
                html,
            )
        )
        drawn += found
    if paths:
        paths.append(
            parts.page(
                out,
                "districts/index.qmd",
                _("Police districts"),
                _("Mental-health calls in each police district, and whether a team was sent."),
                index(published),
            )
        )
    return paths, drawn


def index(published: Published) -> str:
    """The newest quarter of all districts, each with a link to its page."""
    table = table_of(published, "district")
    period, labels = published.periods(table)[-1], published.hierarchy(table, "district").labels
    rows = [
        [_named(code, label), *_steps(published, table, period, {"district": code})]
        for code, label in labels.items()
    ]
    html = parts.section(
        words.initial(words.period(period)),
        parts.sentences([*_signals(published, table), *_unrecorded(published, table, period)])
        + datatable.html(
            _("{title}, {period}", title=published.title(table), period=words.period(period)),
            _columns(_("District")),
            rows,
            {1, 2, 3, 4},
        )
        + f'<p class="files">{_whole(published, table).files(_root())}</p>',
        "newest",
    )
    return html + parts.section(
        _(LIMITS),
        parts.sentences(
            [
                _(NO_BORDERS),
                _("The order of the districts is no ranking."),
                _("A withheld figure is not zero."),
            ]
        ),
        "limits",
    )


def body(published: Published, code: str) -> tuple[str, list[Figure]]:
    """One district's HTML and the figures in it."""
    where, drawn = {"district": code}, _quarters(published, code)
    html, defined = _models_there(published, code), None
    parted = [
        ("by-quarter", _("By quarter"), drawn, ""),
        (
            "by-response-model",
            _("By response model"),
            _models(published, where),
            _("The model a call was eligible for when it came in."),
        ),
        (
            "when-calls-came",
            _("When calls came"),
            _hours(published, where),
            _("Monday to Friday are five days, Saturday and Sunday two."),
        ),
    ]
    for identifier, title, found, lead in parted:
        if found:
            # What is counted is said once for tables that count alike.
            shown = "".join(
                figure.html(_root(), facts=figure is found[0] and figure.definition != defined)
                for figure in found
            )
            html, defined = (
                html + parts.section(title, shown, identifier, lead),
                found[0].definition,
            )
    said = [
        _withheld(published, code),
        *_unrecorded(
            published,
            table_of(published, "district"),
            published.periods(table_of(published, "district"))[-1],
        ),
        _(NO_BORDERS),
    ]
    return (
        html
        + parts.section(_(LIMITS), parts.sentences(said), "limits")
        + f'<p><a href="index.html">{escape(_("All police districts"))}</a></p>',
        drawn,
    )


def _models_there(published: Published, code: str) -> str:
    """Since when each model operates there, as the program says."""
    launched = {c: d["launched"] for c, d in published.program.get("districts", {}).items()}
    items = ""
    for model, one in published.program.get("models", {}).items():
        elsewhere = any(model in months for months in launched.values())
        items += f"<div><dt>{escape(one['label'])}</dt><dd>{escape(_since(one, launched.get(code, {}).get(model), elsewhere))}</dd></div>"
    return (
        parts.section(
            _("Models in this district"), f'<dl class="about-model">{items}</dl>', "models-there"
        )
        if items
        else ""
    )


def _since(model: dict, here: str | None, elsewhere: bool) -> str:
    if model["status"] == "planning":
        return _("In planning")
    if here:
        return _("Since {period}", period=words.period(max(here, model.get("launched") or here)))
    if elsewhere:
        return _("Not in this district")
    return (
        _("In the whole city since {period}", period=words.period(model["launched"]))
        if model.get("launched")
        else _("In the whole city")
    )


def _quarters(published: Published, code: str) -> list[Figure]:
    """The share through time with its signal rule, and all quarters' numbers."""
    table, where = table_of(published, "district"), {"district": code}
    periods = published.periods(table)
    drawn = (
        table_figures.trend(published, table, where) if len(periods) >= FEWEST_FOR_A_TREND else None
    )
    rows = [
        [words.period(period), *_steps(published, table, period, where)]
        for period in reversed(periods)
    ]
    label = published.label(table, "district", code)
    said = " ".join(
        filter(
            None,
            (
                sentences.counted(published, table, "calls", where, noun="calls"),
                sentences.counted_change(published, table, "calls", where),
            ),
        )
    )
    level = sentences.level(published, table, "team_sent", "part", where).rstrip(".")
    listed = Figure(
        name(table, "quarters", where),
        table,
        _without(label, level),
        _without(label, said),
        "",
        datatable.html(
            _("{title}: {said}", title=published.title(table), said=label),
            _columns(_("Quarter")),
            rows,
            {1, 2, 3, 4},
        ),
        published.definition(table),
    )
    return [listed, *([drawn] if drawn else [])]


def _models(published: Published, where: dict[str, str]) -> list[Figure]:
    table = table_of(published, "district", "model")
    if table is None:
        return []
    found = []
    for period in reversed(published.periods(table)):
        rows = [
            [
                escape(_("All calls") if model == ALL else label),
                *_steps(published, table, period, {**where, "model": model}),
            ]
            for model, label in published.hierarchy(table, "model").labels.items()
        ]
        title = _(
            "Calls by the model they were eligible for, {period}", period=words.period(period)
        )
        caption = _(
            "{title}, {period}",
            title=_(
                "{title}: {said}",
                title=published.title(table),
                said=published.label(table, "district", where["district"]),
            ),
            period=words.period(period),
        )
        found.append(
            Figure(
                name(table, f"models-{period}", where),
                table,
                title,
                "",
                "",
                datatable.html(caption, _columns(_("Model")), rows, {1, 2, 3, 4}),
                published.definition(table),
            )
        )
    return found


def _hours(published: Published, where: dict[str, str]) -> list[Figure]:
    """The newest year by time of day and kind of day: calls, and the share a team was sent to."""
    table = table_of(published, "district", "day_type", "time_band")
    if table is None:
        return []
    period = published.periods(table)[-1]
    days, bands = (
        published.hierarchy(table, "day_type").labels,
        published.hierarchy(table, "time_band").labels,
    )
    slices = {
        (band, day): _row(published, table, period, {**where, "day_type": day, "time_band": band})
        for band in bands
        for day in days
    }
    columns = [_("Time"), *(_("All days") if day == ALL else label for day, label in days.items())]
    calls, shares = (
        [
            [
                escape(_("All hours") if band == ALL else label),
                *(form(slices[band, day], published.unit(table)) for day in days),
            ]
            for band, label in bands.items()
        ]
        for form in (_calls, _share)
    )
    year = words.period(period)
    caption = _("Mental-health calls by time and day, {year}", year=year)
    title = _busiest(slices, bands, published.unit(table), year) or caption
    data = datatable.html(caption, columns, calls, {1, 2, 3}) + datatable.html(
        _("Share of eligible calls that a team was sent to, by time and day, {year}", year=year),
        columns,
        shares,
        {1, 2, 3},
    )
    return [
        Figure(name(table, "hours", where), table, title, "", "", data, published.definition(table))
    ]


def _busiest(slices: dict, bands: dict[str, str], unit: str, year: str) -> str:
    """The part of the day with the most calls; empty where one part is not shown, since it might be
    that one.
    """
    counts = {
        band: slices[band, ALL].at["calls", unit] for band in bands if not slices[band, ALL].empty
    }
    parted = {band: count for band, count in counts.items() if band != ALL}
    if not counts or any(pd.isna(count) for count in counts.values()) or not counts[ALL]:
        return ""
    most = max(parted.values())
    top = [bands[band] for band, count in parted.items() if count == most]
    if len(top) > 1:
        return ""
    return _(
        "In {year}, the largest part of the calls, {share} ({n} of {of}), came at this time of day:"
        " {time}",
        year=year,
        share=words.percent(most / counts[ALL]),
        n=words.count(most),
        of=words.count(counts[ALL]),
        time=top[0].lower(),
    )


def _row(published: Published, table: str, period: str, where: dict[str, str]) -> pd.DataFrame:
    frame = cells(published, table, where)
    return frame[frame["period"] == period].set_index("service")


def _steps(published: Published, table: str, period: str, where: dict[str, str]) -> list[str]:
    """Calls, eligible, team sent, and the share of the eligible that a team was sent to."""
    found, unit = _row(published, table, period, where), published.unit(table)
    if found.empty:
        return [datatable.cell(pd.NA, "x")] * len(COLUMNS)
    return [
        *(datatable.cell(found.at[step, unit], found.at[step, f"{unit}_status"]) for step in STEPS),
        datatable.cell(
            found.at["team_sent", "share_of_part"],
            found.at["team_sent", "share_of_part_status"],
            words.percent,
        ),
    ]


def _calls(found: pd.DataFrame, unit: str) -> str:
    return (
        datatable.cell(pd.NA, "x")
        if found.empty
        else datatable.cell(found.at["calls", unit], found.at["calls", f"{unit}_status"])
    )


def _share(found: pd.DataFrame, unit: str) -> str:
    """The share with what it is a share of."""
    if found.empty or pd.isna(found.at["team_sent", "share_of_part"]):
        return datatable.cell(
            pd.NA, "x" if found.empty else found.at["team_sent", "share_of_part_status"]
        )
    return _(
        "{share} ({n} of {of})",
        share=datatable.cell(
            found.at["team_sent", "share_of_part"],
            found.at["team_sent", "share_of_part_status"],
            words.percent,
        ),
        n=words.count(found.at["team_sent", unit]),
        of=words.count(found.at["eligible", unit]),
    )


def _signals(published: Published, table: str) -> list[str]:
    """Which districts' newest share is a signal; why none is looked for."""
    quarters, found = len(published.periods(table)), []
    if quarters < signals.FEWEST:
        return [
            ngettext(
                "There is {n} quarter so far. With fewer than {fewest} no signal is looked for in a"
                " district.",
                "There are {n} quarters so far. With fewer than {fewest} no signal is looked for in"
                " a district.",
                quarters,
                n=quarters,
                fewest=signals.FEWEST,
            )
        ]
    for code in codes(published):
        chart = signals.chart(
            [r.share for r in series(published, table, "team_sent", "part", {"district": code})],
            ceiling=1.0,
        )
        if chart and chart.last_is_signal:
            found.append(
                _(
                    "{place}: the level of the share sent to shows a signal ({why}).",
                    place=published.label(table, "district", code),
                    why=chart.why,
                )
            )
    return found or [_("In no district does the newest share show a signal.")]


def _unrecorded(published: Published, table: str, period: str) -> list[str]:
    """How many calls are in no district."""
    found, unit = _row(published, table, period, {"district": UNKNOWN}), published.unit(table)
    every = _row(published, table, period, {"district": ALL})
    if UNKNOWN not in published.hierarchy(table, "district").codes or found.empty or every.empty:
        return []
    count, total = found.at["calls", unit], every.at["calls", unit]
    if pd.isna(count) or pd.isna(total):
        why = sentences.NO_VALUE.get(found.at["calls", f"{unit}_status"], sentences.NO_VALUE["c"])
        return [
            words.sentence(
                _(
                    why,
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


def _withheld(published: Published, code: str) -> str:
    """Whether any count published for a district is withheld, and in which tables."""
    parted = (
        (_("by quarter"), ()),
        (_("by response model"), ("model",)),
        (_("by day and hour"), ("day_type", "time_band")),
    )
    tables = [
        (said, table) for said, more in parted if (table := table_of(published, "district", *more))
    ]
    hidden = [
        said
        for said, table in tables
        if "c"
        in set(
            published.tables[table].loc[
                published.tables[table]["district"] == code, f"{published.unit(table)}_status"
            ]
        )
    ]
    if not hidden:
        return _("No count of this district is withheld.")
    return _(
        "Some counts of this district are withheld for privacy: {tables}. A withheld figure is not"
        " zero.",
        tables=", ".join(hidden),
    )


def _without(label: str, sentence: str) -> str:
    """A sentence under a title that names the district already."""
    return words.initial(sentence.removeprefix(f"{label}: "))


def _named(code: str, label: str) -> str:
    if code == ALL:
        return escape(_("Whole city"))
    return (
        escape(label) if code == UNKNOWN else f'<a href="{address(code)}.html">{escape(label)}</a>'
    )


def _columns(first: str) -> list[str]:
    return [first, *map(_, COLUMNS)]


def _root() -> str:
    """The way from a page of districts to the site's first folder."""
    return f"{language.now().root}../"


def _whole(published: Published, table: str) -> Figure:
    return Figure(
        name(table, "newest"),
        table,
        published.title(table),
        "",
        "",
        "",
        published.definition(table),
    )
