"""The council's two pages: five findings, signal or noise, the money, districts, what to ask. Web
and PDF.
"""

from html import escape
from pathlib import Path

import pandas as pd

from openresponse import language
from openresponse.language import N_, _
from openresponse.media.names import FICTIONAL
from openresponse.release.store.published import Published
from openresponse.report.figures import datatable, money, table_figures
from openresponse.report.figures.figure import Figure
from openresponse.report.html import parts, pdf
from openresponse.report.pages import home, places
from openresponse.report.pages.reference import LIMITS
from openresponse.report.prose import sentences, words
from openresponse.report.prose.readings import (
    ALL,
    FEWEST_FOR_A_TREND,
    Reading,
    breakdown,
    by_model,
    headline,
    latest,
)

LEAD = N_(
    "Two pages for council members: what changed, whether it is a signal or normal variation, where"
    " the money went, and what to ask."
)
SOURCE = N_(
    "Everything here is computed from the public files of this release and from nothing else. The"
    " same brief is made as a PDF to print."
)
MOST_FINDINGS = 5
# In this order; the first five that the release has.
FINDINGS = (
    "funnel",
    "responders",
    "clinician_attendance",
    "outcomes",
    "team_times",
    "response_times",
    "followup",
    "police_role",
    "psychiatric_all_years",
    "psychiatric",
    "response_times_all_years",
    "volumes",
)
TRENDS = ("clinician_attendance", "responders", "volumes")


def write(published: Published, out: Path | str) -> list[Path]:
    """Write the PDF and the front matter of the web page into `briefs/` in the folder of the
    language spoken.
    """
    folder = Path(out) / language.now().folder / "briefs"
    folder.mkdir(parents=True, exist_ok=True)
    document, front = folder / f"{published.name}.pdf", folder / f"{published.name}.yml"
    document.write_bytes(pdf.document(_content(published)))
    front.write_text(front_matter(published), encoding="utf-8")
    return [document, front]


def front_matter(published: Published) -> str:
    """Title, day of publication and description of the web page, for the listing and the feed."""
    # Only the listing needs the date, and the engines write it in English.
    date = "" if language.now().folder else f"date: {published.package['created'][:10]}\n"
    return (
        f"title: {parts.quoted(title(published))}\n{date}description:"
        f" {parts.quoted(lead(published) or published.program['name'])}\n{parts.spoken()}"
    )


def lead(published: Published) -> str:
    """How many calls there were, or what else comes first on the home page; empty where nothing
    does.
    """
    return next((level for level, _change in home.findings(published)), "")


def title(published: Published) -> str:
    told = _("Brief for {period}", period=words.period(published.month))
    if published.revision:
        told = _(
            "{brief}, revision of {date}", brief=told, date=words.day(published.revision["date"])
        )
    return _("{brief} (fictional data)", brief=told) if published.fictional else told


def findings(published: Published) -> list[tuple[str, str]]:
    """Up to five findings: level, and change with signal or not."""
    found = []
    for table in FINDINGS:
        if table not in published.tables:
            continue
        if published.kind(table) == "times":
            found.append(
                (
                    sentences.times(
                        published, table, published.hierarchy(table, "interval").codes[-1]
                    ),
                    "",
                )
            )
        elif chosen := headline(published, table):
            found.append(home.headlined(published, table, chosen))
        elif published.kind(table) == "counts":
            found.append(
                (
                    _(
                        "{title}: {said}",
                        title=published.title(table),
                        said=sentences.largest(published, table),
                    ),
                    "",
                )
            )
    return found[:MOST_FINDINGS]


def trend(published: Published) -> Figure | None:
    """The one picture of the brief."""
    for table in TRENDS:
        if table in published.tables and len(published.periods(table)) >= FEWEST_FOR_A_TREND:
            return table_figures.trend(published, table)
    return None


def districts(published: Published) -> money.Table | None:
    """Caption, columns and rows: calls and the share a team was sent to, by police district."""
    if "districts" not in published.tables or headline(published, "districts") is None:
        return None
    hierarchy, period = (
        published.hierarchy("districts", "district"),
        published.periods("districts")[-1],
    )
    code, of = headline(published, "districts")
    rows = []
    for district in hierarchy.codes:
        found = latest(published, "districts", code, of, {"district": district})
        if found:
            every = latest(published, "districts", "calls", "all", {"district": district})
            rows.append(
                [
                    _("All districts") if district == ALL else hierarchy.labels[district],
                    _count(every.value, every.status),
                    _count(found.of, found.share_status),
                    _count(found.value, found.status),
                    (
                        words.percent(found.share)
                        if found.share is not None
                        else words.status(found.share_status)
                    ),
                ]
            )
    return (
        _("Police districts, {period}", period=words.period(period)),
        [_("District"), _("All calls"), _("Eligible"), _("Team sent"), _("Share of eligible")],
        rows,
    )


def questions(published: Published) -> list[str]:
    """Three questions worth asking, each from a published figure."""
    asked = []
    if "funnel" in published.tables:
        rows = breakdown(published, "funnel").set_index("code")
        reasons = [
            c
            for c in published.hierarchy("funnel", "stage").children("team_not_sent")
            if c in rows.index and not pd.isna(rows.at[c, "count"]) and rows.at[c, "count"] > 0
        ]
        if reasons:
            top = max(reasons, key=lambda c: rows.at[c, "count"])
            told = {
                "reason": rows.at[top, "label"].lower(),
                "n": words.count(rows.at[top, "count"]),
            }
            missed = rows.at["team_not_sent", "count"]
            asked.append(
                _(
                    "An untold number of eligible calls got no team; “{reason}” stands for {n}."
                    " What would it take to halve that?",
                    **told,
                )
                if pd.isna(missed)
                else _(
                    "No team was sent to {of} eligible calls; “{reason}” stands for {n}. What would"
                    " it take to halve that?",
                    of=words.count(missed),
                    **told,
                )
            )
    apart = [t for t in by_model(published, "police_role") if "model" in published.dimensions(t)]
    if apart and "alternative_response" in published.program["models"]:
        # Co-response includes an officer; police are a question where the model does without.
        found = latest(
            published, apart[0], "police_on_scene", "all", {"model": "alternative_response"}
        )
        if found and found.share is not None:
            asked.append(
                _(
                    "Police were on scene at {share} of alternative-response calls ({n} of {of})."
                    " Who asked for them, and why?",
                    **_told(found),
                )
            )
    if "outcomes" in published.tables:
        found = latest(published, "outcomes", "outcome_not_recorded", "part")
        if found and found.share is not None:
            asked.append(
                _(
                    "For {share} of contacts ({n} of {of}) no outcome was recorded. When will that"
                    " end?",
                    **_told(found),
                )
            )
    asked += [
        _(
            "Which figures here are withheld or not recorded, and what would it take to publish or"
            " record them?"
        ),
        _("Which change here is a signal, and what was done differently before it?"),
        _("What do the people who were met say about it?"),
    ]
    return asked[:3]


def ranked(published: Published) -> str:
    """Which district the team was sent to most, where intervals allow to say so."""
    return sentences.rank(published, "districts", "district", *headline(published, "districts"))


def html(published: Published) -> str:
    """The web page's body."""
    root = f"{language.now().root}../"
    said = "".join(
        f"<li><strong>{escape(level)}</strong> {escape(change)}</li>"
        for level, change in findings(published)
    )
    body = "".join(
        f"<p>{escape(text)}</p>"
        for text in (_(LEAD), _(SOURCE), sentences.provisional(published))
        if text
    )
    body += parts.section(_("Findings"), f'<ol class="said">{said}</ol>', "findings")
    if drawn := trend(published):
        body += parts.section(
            _("Signal or normal variation"), parts.figures([drawn], root), "signal"
        )
    if "spending" in published.tables:
        body += parts.section(
            _("Where the money went"),
            parts.figures([money.figure(published)], root) + _rows(money.by_model(published)),
            "money",
        )
    if table := districts(published):
        body += parts.section(
            _("By district"),
            f"<p>{escape(ranked(published))}</p>{_rows(table)}{_district_pages(published, root)}",
            "districts",
        )
    body += parts.section(
        _("Worth asking"),
        '<ol class="ask">'
        + "".join(f"<li>{escape(q)}</li>" for q in questions(published))
        + "</ol>",
        "ask",
    )
    body += parts.section(
        _("What the figures do not say"), parts.sentences([_(limit) for limit in LIMITS]), "limits"
    )
    body += f'<p class="note">{escape(sentences.withheld(published))}</p>'
    body += (
        '<p class="files"><a'
        f' href="{root}briefs/{published.name}.pdf">{escape(_("This brief as PDF, two pages"))}</a>'
        f' <a href="{root}data.html">{escape(_("All tables"))}</a></p>'
    )
    return language.marked(body)


def _rows(table: money.Table | None) -> str:
    if table is None:
        return ""
    caption, columns, rows = table
    return datatable.html(
        caption, columns, [[escape(c) for c in row] for row in rows], set(range(1, len(columns)))
    )


def _district_pages(published: Published, root: str) -> str:
    if places.DISTRICTS not in places.there(published):
        return ""
    return (
        '<p class="files"><a'
        f' href="{root}districts/index.html">{escape(_("A page for each district"))}</a></p>'
    )


def _content(published: Published) -> dict:
    """What the PDF says, as plain values."""
    drawn = trend(published)
    spent = money.figure(published) if "spending" in published.tables else None
    return {
        "language": {
            "code": language.now().locale.language,
            "region": language.now().locale.territory or "US",
        },
        "says": {
            "fictional": _(FICTIONAL),
            "invented": _("Everything here is invented, to show how the report works."),
            "footer": _(
                "{city}, release {release}.", city=published.program["city"], release=published.name
            ),
            "page": _("Page {page} of {pages}", page="{page}", pages="{pages}"),
            "findings": _("Findings"),
            "signal": _("Signal or normal variation"),
            "money": _("Where the money went"),
            "models": _("The money by model"),
            "districts": _("By district"),
            "ask": _("Worth asking"),
            "limits": _("What the figures do not say"),
            "help": _("Need help now?"),
        },
        "title": title(published),
        "lead": lead(published),
        "program": published.program["name"],
        "city": published.program["city"],
        "release": published.name,
        "fictional": published.fictional,
        "findings": [{"level": level, "change": change} for level, change in findings(published)],
        "trend": _picture(drawn),
        "money": _picture(spent),
        "models": _printed(money.by_model(published)) if spent else None,
        "districts": (
            _printed(table, ranked(published)) if (table := districts(published)) else None
        ),
        "questions": questions(published),
        "limits": [*map(_, LIMITS), sentences.withheld(published)],
        "provisional": sentences.provisional(published),
        "help": [
            _(
                "{contact}: {label}. {what}",
                **line | {"label": line["label"].removeprefix(line["contact"]).strip()},
            )
            for line in published.program.get("help", [])
        ],
    }


def _picture(figure: Figure | None) -> dict | None:
    return (
        {"title": figure.title, "detail": figure.detail, "svg": figure.picture, "name": figure.name}
        if figure and figure.picture
        else None
    )


def _printed(table: money.Table | None, said: str = "") -> dict | None:
    return table and {"caption": table[0], "columns": table[1], "rows": table[2], "said": said}


def _told(found: Reading) -> dict[str, str]:
    return {
        "share": words.percent(found.share),
        "n": words.count(found.value),
        "of": words.count(found.of),
    }


def _count(value, status: str) -> str:
    return words.status(status) if value is None else words.count(value)
