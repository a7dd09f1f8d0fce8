"""The council's two pages: five findings, signal or noise, the money, districts, what to ask. Web and PDF."""

from html import escape
from pathlib import Path

import pandas as pd

from openresponse.release.published import Published
from openresponse.report import datatable, figures, home, money, parts, pdf, places, sentences, words
from openresponse.report.figure import Figure
from openresponse.report.readings import ALL, FEWEST_FOR_A_TREND, breakdown, by_model, headline, latest
from openresponse.report.reference import LIMITS

MOST_FINDINGS = 5
DISTRICT_PAGES = '<p class="files"><a href="../districts/index.html">A page for each district</a></p>'
# In this order; the first five that the release has.
FINDINGS = ("funnel", "responders", "clinician_attendance", "outcomes", "team_times", "response_times", "followup", "police_role",
            "psychiatric_all_years", "psychiatric", "response_times_all_years", "volumes")
TRENDS = ("clinician_attendance", "responders", "volumes")


def write(published: Published, out: Path | str) -> list[Path]:
    """Write the PDF and the front matter of the web page into `out/briefs/`."""
    folder = Path(out) / "briefs"
    folder.mkdir(parents=True, exist_ok=True)
    document, front = folder / f"{published.name}.pdf", folder / f"{published.name}.yml"
    document.write_bytes(pdf.document(_content(published)))
    front.write_text(front_matter(published), encoding="utf-8")
    return [document, front]


def front_matter(published: Published) -> str:
    """Title, date and description of the web page, for the listing and the feed."""
    said = home.findings(published)
    return (f"title: {parts.quoted(title(published))}\ndate: {words.last_day(published.month).isoformat()}\n"
            f"description: {parts.quoted(said[0][0] if said else published.program['name'])}\n")


def title(published: Published) -> str:
    mark = " (fictional data)" if published.fictional else ""
    revised = f", revision of {words.day(published.revision['date'])}" if published.revision else ""
    return f"Brief for {words.period(published.month)}{revised}{mark}"


def findings(published: Published) -> list[tuple[str, str]]:
    """Up to five findings: level, and change with signal or not."""
    found = []
    for table in FINDINGS:
        if table not in published.tables:
            continue
        if published.kind(table) == "times":
            found.append((sentences.times(published, table, published.tree(table, "interval").codes[-1]), ""))
        elif chosen := headline(published, table):
            found.append((sentences.level(published, table, *chosen), sentences.change(published, table, *chosen)))
        elif published.kind(table) == "counts":
            found.append((f"{published.title(table)}: {sentences.largest(published, table)}", ""))
    return found[:MOST_FINDINGS]


def trend(published: Published) -> Figure | None:
    """The one picture of the brief."""
    for table in TRENDS:
        if table in published.tables and len(published.periods(table)) >= FEWEST_FOR_A_TREND:
            return figures.trend(published, table)
    return None


def districts(published: Published) -> tuple[str, list[str], list[list[str]]] | None:
    """Caption, columns and rows: calls and the share a team was sent to, by police district."""
    if "districts" not in published.tables or headline(published, "districts") is None:
        return None
    tree, period = published.tree("districts", "district"), published.periods("districts")[-1]
    code, of = headline(published, "districts")
    rows = []
    for district in tree.codes:
        found = latest(published, "districts", code, of, {"district": district})
        if found:
            every = latest(published, "districts", "calls", "all", {"district": district})
            rows.append(["All districts" if district == ALL else tree.labels[district], _count(every.value, every.status),
                         _count(found.of, found.share_status), _count(found.value, found.status),
                         words.percent(found.share) if found.share is not None else words.STATUS.get(found.share_status, "not available")])
    return f"Police districts, {words.period(period)}", ["District", "All calls", "Eligible", "Team sent", "Share"], rows


def questions(published: Published) -> list[str]:
    """Three questions worth asking, each from a published figure."""
    asked = []
    if "funnel" in published.tables:
        rows = breakdown(published, "funnel").set_index("code")
        reasons = [c for c in published.tree("funnel", "stage").children("team_not_sent") if c in rows.index and not pd.isna(rows.at[c, "count"]) and rows.at[c, "count"] > 0]
        if reasons:
            top = max(reasons, key=lambda c: rows.at[c, "count"])
            asked.append(f"No team was sent to {_named(rows, 'team_not_sent')} eligible calls; “{rows.at[top, 'label'].lower()}” stands for {words.count(rows.at[top, 'count'])}. What would it take to halve that?")
    apart = [t for t in by_model(published, "police_role") if "model" in published.dimensions(t)]
    if apart and "alternative_response" in published.program["models"]:
        # Co-response includes an officer; police are a question where the model does without.
        found = latest(published, apart[0], "police_on_scene", "all", {"model": "alternative_response"})
        if found and found.share is not None:
            asked.append(f"Police were on scene at {words.percent(found.share)} of alternative-response calls ({words.count(found.value)} of {words.count(found.of)}). Who asked for them, and why?")
    if "outcomes" in published.tables:
        found = latest(published, "outcomes", "outcome_not_recorded", "part")
        if found and found.share is not None:
            asked.append(f"For {words.percent(found.share)} of the people reached ({words.count(found.value)} of {words.count(found.of)}) no outcome was recorded. When will that end?")
    asked += ["Which figures here are withheld or not recorded, and what would it take to publish or record them?",
              "Which change here is a signal, and what was done differently before it?",
              "What do the people who were met say about it?"]
    return asked[:3]


def html(published: Published) -> str:
    """The web page's body."""
    said = "".join(f"<li><strong>{escape(level)}</strong> {escape(change)}</li>" for level, change in findings(published))
    body = parts.section("Findings", f'<ol class="said">{said}</ol>', "findings")
    if drawn := trend(published):
        body += parts.section("Signal or normal variation", parts.figures([drawn], "../"), "signal")
    if "spending" in published.tables:
        body += parts.section("Where the money went", parts.figures([money.figure(published)], "../"), "money")
    if table := districts(published):
        body += parts.section("By district", datatable.html(table[0], table[1], [[escape(c) for c in row] for row in table[2]], {1, 2, 3, 4})
                              + (DISTRICT_PAGES if places.DISTRICTS in places.there(published) else ""), "districts")
    body += parts.section("Worth asking", '<ol class="ask">' + "".join(f"<li>{escape(q)}</li>" for q in questions(published)) + "</ol>", "ask")
    body += parts.section("What the figures do not say", parts.sentences(list(LIMITS)), "limits")
    body += f'<p class="note">{escape(sentences.withheld(published))}</p>'
    return body + f'<p class="files"><a href="{published.name}.pdf">This brief as PDF, two pages</a> <a href="../data.html">All tables</a></p>'


def _content(published: Published) -> dict:
    """What the PDF says, as plain values."""
    drawn = trend(published)
    spent = money.figure(published) if "spending" in published.tables else None
    table = districts(published)
    return {
        "title": title(published), "program": published.program["name"], "city": published.program["city"],
        "release": published.name, "fictional": published.fictional,
        "findings": [{"level": level, "change": change} for level, change in findings(published)],
        "trend": _picture(drawn), "money": _picture(spent),
        "districts": {"caption": table[0], "columns": table[1], "rows": table[2]} if table else None,
        "questions": questions(published), "limits": [*LIMITS, sentences.withheld(published)],
        "help": [f"{line['contact']}: {line['label']}. {line['what']}" for line in published.program.get("help", [])],
    }


def _picture(figure: Figure | None) -> dict | None:
    return {"title": figure.title, "detail": figure.detail, "svg": figure.picture, "name": figure.name} if figure and figure.picture else None


def _named(rows, code: str) -> str:
    return "an untold number of" if pd.isna(rows.at[code, "count"]) else words.count(rows.at[code, "count"])


def _count(value, status: str) -> str:
    return words.STATUS.get(status, "not available") if value is None else words.count(value)
