"""The home page: help now, last month in four sentences, the models, the funnel, brief and downloads."""

from html import escape

from openresponse.release.published import Published
from openresponse.report import figures, parts, places, sentences, words
from openresponse.report.figure import Figure
from openresponse.report.readings import by_model, categories, headline, latest

MOST_SENTENCES = 4
# The step of each call that the funnel picture on the home page shows.
STEPS = ["calls", "eligible", "team_sent", "arrived", "contact_made"]
# The one measure each kind of team stands for: category and code, whole of the share, what it is called.
STANDS_FOR = {
    "clinician": ("attendance", "attended", "part", "of calls that should have had a clinician got one"),
    "worker": ("police_role", "police_not_on_scene", "all", "of calls handled with no police on scene"),
}


def findings(published: Published) -> list[tuple[str, str]]:
    """Up to four findings on the last period from the tables that are there: level, and change."""
    said = []
    if "funnel" in published.tables:
        root = categories(published, "funnel").roots[0]
        said.append((sentences.counted(published, "funnel", root, noun="mental-health calls"), sentences.counted_change(published, "funnel", root)))
    for table in ("responders", "outcomes"):
        if table in published.tables and (chosen := headline(published, table)):
            said.append((sentences.level(published, table, *chosen), sentences.change(published, table, *chosen)))
    timed = [t for t in published.tables if published.kind(t) == "times"]
    others = [t for t in published.tables if published.kind(t) == "counts" and t not in ("funnel", "responders", "outcomes")]
    said += [_finding(published, table) for table in [*timed[:1], *others][:MOST_SENTENCES - len(said)]]
    return said


def next_milestone(published: Published) -> dict | None:
    """The first milestone that is not done; one with a planned date before one without."""
    if "milestones" not in published.tables:
        return None
    left = published.tables["milestones"]
    left = left[left["status"] != "done"]
    if left.empty:
        return None
    return left.assign(order=left["planned"].mask(left["planned"] == "", "9999")).sort_values("order", kind="stable").iloc[0].to_dict()


def funnel(published: Published) -> Figure | None:
    if "funnel" not in published.tables:
        return None
    return figures.bars(published, "funnel", codes=STEPS, tag="steps")


def body(published: Published) -> tuple[str, list[Figure]]:
    """The page's HTML and the figures in it."""
    period = words.period(published.month)
    drawn = funnel(published)
    html = parts.help_now(published)
    html += parts.section(period, _said(findings(published), period), "last-period")
    if cards := "".join(_card(published, code, model) for code, model in published.program.get("models", {}).items()):
        html += parts.section("Three ways to answer" if cards.count("<li") == 3 else "Ways to answer", f'<ul class="cards">{cards}</ul>', "models")
    if drawn:
        html += parts.section("How far calls get", drawn.html(facts=False), "how-far")
    html += parts.section("Read more", _more(published), "more")
    return html, [drawn] if drawn else []


def _finding(published: Published, table: str) -> tuple[str, str]:
    if published.kind(table) == "times":
        return sentences.times(published, table, published.tree(table, "interval").codes[-1]), ""
    chosen, root = headline(published, table), categories(published, table).roots[0]
    if chosen:
        return sentences.level(published, table, *chosen), sentences.change(published, table, *chosen)
    return sentences.counted(published, table, root), sentences.counted_change(published, table, root)


def _said(found: list[tuple[str, str]], period: str) -> str:
    """The findings under a heading that names their period already."""
    lines = [(words.sentence(level.removeprefix(f"In {period}, ")), change) for level, change in found]
    return '<ul class="said">' + "".join(f"<li><strong>{escape(level)}</strong> {escape(change)}</li>" for level, change in lines) + "</ul>"


def _card(published: Published, code: str, model: dict) -> str:
    link = f'<h3><a href="models/{parts.address(code)}.html">{escape(model["label"])}</a></h3><p>{escape(model["purpose"])}</p>'
    return f'<li class="card">{link}{_measure(published, code, model)}</li>'


def _measure(published: Published, code: str, model: dict) -> str:
    """The big figure on a card, or the next milestone, or why there is none."""
    if model["status"] == "planning":
        step = next_milestone(published)
        if not step:
            return '<p class="measure"><span>In planning</span></p>'
        when = words.day(step["planned"]) or "no date set"
        return f'<p class="measure"><strong class="step">{escape(step["milestone"])}</strong><span>Next milestone, planned: {escape(when)} ({escape(step["status"])})</span></p>'
    category, figure, of, called = STANDS_FOR.get(model.get("team"), ("", "", "", ""))
    tables = [t for t in by_model(published, category) if figure in categories(published, t).codes]
    if not tables:
        return ""
    table = tables[0]
    where = {"model": code} if "model" in published.dimensions(table) else None
    last = latest(published, table, figure, of, where)
    period = words.period(published.periods(table)[-1])
    if last is None or last.share is None:
        why = words.STATUS_IN_FULL.get(last.share_status, "not available") if last else "not available"
        return f'<p class="measure"><strong class="step">{escape(why.capitalize())}</strong><span>share {escape(called)}, {period}</span></p>'
    return (f'<p class="measure"><strong>{words.percent(last.share)}</strong><span>{escape(called)} '
            f'({words.count(last.value)} of {words.count(last.of)}, {period})</span></p>')


def _more(published: Published) -> str:
    release = published.name
    links = [(f"briefs/{release}.html", f"Brief for {words.period(release)}", "Two pages for the council: what changed, signal or not, money, what to ask."),
             (f"briefs/{release}.pdf", "The same brief as PDF", "Two pages to print."),
             *((f"{address}.html", name, what) for address, name, what in places.there(published)),
             ("outcomes.html", "All figures", "Every table of the whole city as picture and numbers."),
             ("data.html", "Data", "Every table as CSV, with what each number counts and leaves out."),
             ("methods.html", "Methods", "Definitions, signal rules and privacy rule.")]
    return '<ul class="links">' + "".join(f'<li><a href="{href}">{escape(name)}</a><p>{escape(what)}</p></li>' for href, name, what in links) + "</ul>"
