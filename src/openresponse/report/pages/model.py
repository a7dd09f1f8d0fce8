"""One page for each response model: what it is for, how far its calls get, what happened to people."""

from html import escape

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures import table_figures
from openresponse.report.figures.figure import Figure
from openresponse.report.html import parts
from openresponse.report.prose import words
from openresponse.report.prose.readings import FEWEST_FOR_A_TREND, by_model

# Part of the page, what the tables in it are by, what stands above them.
PARTS = (
    (
        N_("How far calls get"),
        ("stage",),
        N_("Every call eligible for this model, and the reason where it went no further."),
    ),
    (N_("Did the team come?"), ("attendance",), ""),
    (
        N_("Who came"),
        ("responders", "police_role"),
        N_(
            "From the unit log: who recorded an arrival. Police sent by dispatch and police"
            " requested by the team are counted apart."
        ),
    ),
    (
        N_("What happened to people"),
        ("outcome",),
        N_(
            "Outcomes as a share of the people reached, and of all runs: people who were never"
            " found did not stay in the community because of a visit."
        ),
    ),
    (
        N_("How long it took"),
        ("times",),
        N_(
            "Half took at most the median; nine in ten took at most the 90th percentile. Averages"
            " hide waits, so none is given."
        ),
    ),
    (N_("What came after"), ("followup", "referral"), ""),
)
# Published for all models together; said so on each model's page.
TOGETHER = (N_("Safety and return, all models together"), ("repeat", "applicant", "answer"))


def body(published: Published, code: str) -> tuple[str, list[Figure]]:
    """The page's HTML and the figures in it."""
    model = published.program["models"][code]
    html = f'<dl class="about-model"><div><dt>{escape(_("When it is sent"))}</dt><dd>{escape(model.get("when") or "")}</dd></div>'
    html += f"<div><dt>{escape(_('Status'))}</dt><dd>{escape(_status(model))}</dd></div></dl>"
    if model["status"] == "planning":
        return html + _planning(published), []
    drawn, sections, entries = [], "", []
    for title, categories, lead in PARTS:
        found = [f for category in categories for f in _apart(published, category, {"model": code})]
        sections, entries = _add(sections, entries, title, found, lead)
        drawn += found
    title, categories = TOGETHER
    found = [
        f
        for category in categories
        for table in by_model(published, category)
        if "model" not in published.dimensions(table)
        for f in table_figures.of_table(published, table)
    ]
    sections, entries = _add(
        sections,
        entries,
        title,
        found,
        N_("These figures are too small to be told apart by model."),
    )
    drawn += found
    return html + parts.contents(entries) + sections, drawn


def _apart(published: Published, category: str, slice: dict[str, str]) -> list[Figure]:
    """One model's figures. Where tables of two grains tell models apart, the line comes from the
    short periods, which give only the main steps, and the bars from the long ones, which give
    all."""
    if category == "times":
        tables = [
            t
            for t in published.tables
            if published.kind(t) == "times" and "model" in published.dimensions(t)
        ]
        return [f for table in tables for f in table_figures.of_table(published, table, slice)]
    tables = [t for t in by_model(published, category) if "model" in published.dimensions(t)]
    if len(tables) < 2:
        return [f for table in tables for f in table_figures.of_table(published, table, slice)]
    short, *_, long = tables
    drawn = (
        table_figures.trend(published, short, slice)
        if len(published.periods(short)) >= FEWEST_FOR_A_TREND
        else None
    )
    return [table_figures.bars(published, long, slice), *([drawn] if drawn else [])]


def _add(
    sections: str, entries: list, title: str, found: list[Figure], lead: str
) -> tuple[str, list]:
    if not found:
        return sections, entries
    identifier = (
        title.lower().replace(" ", "-").strip("?").replace(",", "")
    )  # the same in every language
    drawn = parts.figures(found, f"{language.now().root}../")
    return sections + parts.section(_(title), drawn, identifier, _(lead)), [
        *entries,
        (identifier, _(title)),
    ]


def _status(model: dict) -> str:
    if model["status"] == "planning":
        return _("In planning: there are milestones to report and no calls yet")
    return (
        _("In operation since {period}", period=words.period(model["launched"]))
        if model.get("launched")
        else _("In operation")
    )


def _planning(published: Published) -> str:
    if "milestones" not in published.tables:
        return f"<p>{escape(_('No milestones have been published.'))}</p>"
    found = table_figures.listed(published, "milestones")
    return parts.section(
        _("Milestones"),
        found.data + f'<p class="files">{found.files(f"{language.now().root}../")}</p>',
        "milestones",
        _("What was planned, what was reached, who answers for it, and where it stands."),
    )


def index(published: Published) -> str:
    """The list of models."""
    items = "".join(
        '<li class="card"><h2><a'
        f' href="{parts.address(code)}.html">{escape(m["label"])}</a></h2><p>{escape(m["purpose"])}</p><p>{escape(m.get("when") or "")}</p><p'
        f' class="note">{escape(_status(m))}.</p></li>'
        for code, m in published.program["models"].items()
    )
    return f'<ul class="cards">{items}</ul>'
