"""The home page: help now, last month in four sentences, the models, the funnel, brief and
downloads.
"""

from html import escape

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures import table_figures
from openresponse.report.figures.figure import Figure
from openresponse.report.html import parts
from openresponse.report.pages import places
from openresponse.report.prose import sentences, words
from openresponse.report.prose.readings import by_model, categories, headline, latest

MOST_SENTENCES = 4
# The step of each call that the funnel picture on the home page shows.
STEPS = ["calls", "eligible", "team_sent", "arrived", "contact_made"]
# The one measure each kind of team stands for: category and code, whole of the share, what stands
# under the figure, and where there is none.
STANDS_FOR = {
    "clinician": (
        "attendance",
        "attended",
        "part",
        N_("of calls that should have had a clinician got one"),
        N_("share of calls that should have had a clinician and got one"),
    ),
    "worker": (
        "police_role",
        "police_not_on_scene",
        "all",
        N_("of calls had no police recorded on scene"),
        N_("share of calls with no police recorded on scene"),
    ),
}


def findings(published: Published) -> list[tuple[str, str]]:
    """Up to four findings on the last period from the tables that are there: level, and change."""
    said = []
    if "funnel" in published.tables:
        root = categories(published, "funnel").roots[0]
        said.append(
            (
                sentences.counted(published, "funnel", root, noun="calls"),
                _changes(
                    sentences.counted_change(published, "funnel", root),
                    sentences.counted_year_before(published, "funnel", root),
                ),
            )
        )
    said += [
        headlined(published, table, chosen)
        for table in ("responders", "outcomes")
        if table in published.tables and (chosen := headline(published, table))
    ]
    timed = [t for t in published.tables if published.kind(t) == "times"]
    others = [
        t
        for t in published.tables
        if published.kind(t) == "counts" and t not in ("funnel", "responders", "outcomes")
    ]
    said += [
        _finding(published, table) for table in [*timed[:1], *others][: MOST_SENTENCES - len(said)]
    ]
    return said


def next_milestone(published: Published) -> dict | None:
    """The first milestone that is not done; one with a planned date before one without."""
    if "milestones" not in published.tables:
        return None
    left = published.tables["milestones"]
    left = left[left["status"] != "done"]
    if left.empty:
        return None
    return (
        left.assign(order=left["planned"].mask(left["planned"] == "", "9999"))
        .sort_values("order", kind="stable")
        .iloc[0]
        .to_dict()
    )


def funnel(published: Published) -> Figure | None:
    if "funnel" not in published.tables:
        return None
    return table_figures.bars(published, "funnel", codes=STEPS, tag="steps")


def body(published: Published) -> tuple[str, list[Figure]]:
    """The page's HTML and the figures in it."""
    period = words.period(published.month)
    drawn = funnel(published)
    html = parts.help_now(published)
    html += parts.section(
        words.initial(period),
        _said(findings(published), words.initial(words.when(published.month))),
        "last-period",
        sentences.provisional(published, ("month",)),
    )
    if cards := "".join(
        _card(published, code, model) for code, model in published.program.get("models", {}).items()
    ):
        html += parts.section(
            _("Three ways to answer") if cards.count("<li") == 3 else _("Ways to answer"),
            f'<ul class="cards">{cards}</ul>',
            "models",
        )
    if drawn:
        html += parts.section(
            _("How far calls get"), drawn.html(language.now().root, facts=False), "how-far"
        )
    html += parts.section(_("Read more"), _more(published), "more")
    return html, [drawn] if drawn else []


def _finding(published: Published, table: str) -> tuple[str, str]:
    if published.kind(table) == "times":
        return sentences.times(
            published, table, published.hierarchy(table, "interval").codes[-1]
        ), ""
    chosen, root = headline(published, table), categories(published, table).roots[0]
    if chosen:
        return headlined(published, table, chosen)
    return sentences.counted(published, table, root), _changes(
        sentences.counted_change(published, table, root),
        sentences.counted_year_before(published, table, root),
    )


def headlined(published: Published, table: str, chosen: tuple[str, str]) -> tuple[str, str]:
    """A table's headline: its level; its change, whether it is a signal, and the same month last
    year.
    """
    return (
        sentences.level(published, table, *chosen),
        _changes(
            sentences.change(published, table, *chosen),
            sentences.year_before(published, table, *chosen),
        ),
    )


def _changes(*said: str) -> str:
    return " ".join(filter(None, said))


def _said(found: list[tuple[str, str]], when: str) -> str:
    """The findings under a heading that names their period already. when: how a sentence on that
    period begins.
    """
    lines = [(words.sentence(level.removeprefix(when)), change) for level, change in found]
    return (
        '<ul class="said">'
        + "".join(
            f"<li><strong>{escape(level)}</strong> {escape(change)}</li>" for level, change in lines
        )
        + "</ul>"
    )


def _card(published: Published, code: str, model: dict) -> str:
    link = (
        "<h3><a"
        f' href="{language.now().root}models/{parts.address(code)}.html">{escape(model["label"])}</a></h3><p>{escape(model["purpose"])}</p>'
    )
    return f'<li class="card">{link}{_measure(published, code, model)}</li>'


def _measure(published: Published, code: str, model: dict) -> str:
    """The big figure on a card, or the next milestone, or why there is none."""
    if model["status"] == "planning":
        step = next_milestone(published)
        if not step:
            return f'<p class="measure"><span>{escape(_("In planning"))}</span></p>'
        when = words.day(step["planned"]) or _("no date set")
        told = _("Next milestone, planned: {date} ({status})", date=when, status=_(step["status"]))
        return (
            '<p class="measure"><strong'
            f' class="step">{escape(step["milestone"])}</strong><span>{escape(told)}</span></p>'
        )
    category, figure, of, called, missing = STANDS_FOR.get(model.get("team"), ("", "", "", "", ""))
    tables = [t for t in by_model(published, category) if figure in categories(published, t).codes]
    if not tables:
        return ""
    table = tables[0]
    where = {"model": code} if "model" in published.dimensions(table) else None
    last = latest(published, table, figure, of, where)
    period = words.period(published.periods(table)[-1])
    if last is None or last.share is None:
        why = words.initial(
            _(words.STATUS_IN_FULL.get(last.share_status if last else "x", "not available"))
        )
        return (
            '<p class="measure"><strong'
            f' class="step">{escape(why)}</strong><span>{escape(_("{what}, {period}", what=_(missing), period=period))}</span></p>'
        )
    told = _(
        "{what} ({n} of {of}, {period})",
        what=_(called),
        n=words.count(last.value),
        of=words.count(last.of),
        period=period,
    )
    return f'<p class="measure"><strong>{words.percent(last.share)}</strong><span>{escape(told)}</span></p>'


def _more(published: Published) -> str:
    root, brief = language.now().root, f"briefs/{published.name}"
    links = [
        (
            f"{brief}.html",
            _("Brief for {period}", period=words.period(published.month)),
            _("Two pages for the council: what changed, signal or not, money, what to ask."),
        ),
        (f"{brief}.pdf", _("The same brief as PDF"), _("Two pages to print.")),
        *((f"{address}.html", _(name), _(what)) for address, name, what in places.there(published)),
        (
            "outcomes.html",
            _("All figures"),
            _("Every table of the whole city as picture and numbers."),
        ),
        (
            "data.html",
            _("Data"),
            _("Every table as CSV, with what each number counts and leaves out."),
        ),
        ("methods.html", _("Methods"), _("Definitions, signal rules and privacy rule.")),
    ]
    items = "".join(
        f'<li><a href="{root}{href}">{escape(name)}</a><p>{escape(what)}</p></li>'
        for href, name, what in links
    )
    return f'<ul class="links">{items}</ul>'
