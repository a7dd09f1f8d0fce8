"""One page for each response model: what it is for, how far its calls get, what happened to people."""

from html import escape

from openresponse.release.published import Published
from openresponse.report import figures, parts, words
from openresponse.report.figure import Figure

# Part of the page, the tables in it, what stands above them.
PARTS = (
    ("How far calls get", ("funnel",), "Every call eligible for this model, and the reason where it went no further."),
    ("Did the team come?", ("clinician_attendance",), ""),
    ("Who came", ("responders", "police_role"), "From the unit log: who recorded an arrival. Police sent by dispatch and police requested by the team are counted apart."),
    ("What happened to people", ("outcomes",), "Outcomes as a share of the people reached, and of all runs: people who were never found did not stay in the community because of a visit."),
    ("How long it took", ("team_times", "response_times"), "Half took at most the median; nine in ten took at most the 90th percentile. Averages hide waits, so none is given."),
    ("What came after", ("followup", "referrals", "repeat_contacts"), ""),
)
# Tables that are published for all models together; said so on each model's page.
TOGETHER = ("Safety, all models together", ("section12", "safety"))


def body(published: Published, code: str) -> tuple[str, list[Figure]]:
    """The page's HTML and the figures in it."""
    model = published.program["models"][code]
    html = f'<dl class="about-model"><div><dt>When it is sent</dt><dd>{escape(model.get("when") or "")}</dd></div>'
    html += f'<div><dt>Status</dt><dd>{_status(model)}</dd></div></dl>'
    if model["status"] == "planning":
        return html + _planning(published), []
    drawn, sections, entries = [], "", []
    for title, tables, lead in PARTS:
        found = [f for table in tables if table in published.tables and "model" in published.dimensions(table)
                 for f in figures.of_table(published, table, {"model": code})]
        sections, entries = _add(sections, entries, title, found, lead)
        drawn += found
    title, tables = TOGETHER
    found = [f for table in tables if table in published.tables for f in figures.of_table(published, table)]
    sections, entries = _add(sections, entries, title, found, "These figures are too small to be told apart by model.")
    drawn += found
    return html + parts.contents(entries) + sections, drawn


def _add(sections: str, entries: list, title: str, found: list[Figure], lead: str) -> tuple[str, list]:
    if not found:
        return sections, entries
    identifier = title.lower().replace(" ", "-").strip("?").replace(",", "")
    return sections + parts.section(title, parts.figures(found, "../"), identifier, lead), [*entries, (identifier, title)]


def _status(model: dict) -> str:
    if model["status"] == "planning":
        return "In planning: there are milestones to report and no calls yet"
    return f"In operation since {words.period(model['launched'])}" if model.get("launched") else "In operation"


def _planning(published: Published) -> str:
    if "milestones" not in published.tables:
        return "<p>No milestones have been published.</p>"
    found = figures.listed(published, "milestones")
    return parts.section("Milestones", found.data + f'<p class="files">{found.files("../")}</p>', "milestones",
                         "What was planned, what was reached, who answers for it, and where it stands.")


def index(published: Published) -> str:
    """The list of models."""
    items = "".join(f'<li class="card"><h2><a href="{parts.address(code)}.html">{escape(m["label"])}</a></h2><p>{escape(m["purpose"])}</p>'
                    f'<p>{escape(m.get("when") or "")}</p><p class="note">{escape(_status(m))}.</p></li>' for code, m in published.program["models"].items())
    return f'<ul class="cards">{items}</ul>'
