"""The one measure a response model is seen by: its big number on the home page, or the next
milestone of a model in planning.
"""

from dataclasses import dataclass

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.prose import words
from openresponse.report.prose.readings import by_model, categories, latest


@dataclass(frozen=True)
class Headline:
    """What a kind of team is seen by: category, code, whole of the share, what stands under the
    number, and what is said where there is none.
    """

    category: str
    code: str
    of: str
    what: str
    name: str


OF_TEAM = {
    "clinician": Headline(
        "attendance",
        "attended",
        "part",
        N_("of calls that should have had a clinician got one"),
        N_("share of calls that should have had a clinician and got one"),
    ),
    "worker": Headline(
        "police_role",
        "police_not_on_scene",
        "all",
        N_("of calls had no police recorded on scene"),
        N_("share of calls with no police recorded on scene"),
    ),
}


@dataclass(frozen=True)
class Measure:
    """large: the number, or a step or a reason in its place; or empty. text: what stands under
    it.
    """

    text: str
    large: str = ""
    is_number: bool = False


def of_model(published: Published, code: str, model: dict) -> Measure | None:
    """None where no table tells the model's measure."""
    if model["status"] == "planning":
        return _planned(published)
    chosen = OF_TEAM.get(model.get("team") or "")
    if chosen is None:
        return None
    tables = (
        table
        for table in by_model(published, chosen.category)
        if chosen.code in categories(published, table).codes
    )
    table = next(tables, None)
    return _share(published, table, code, chosen) if table else None


def next_milestone(published: Published) -> dict | None:
    """The first milestone that is not done; one with a planned date before one without."""
    if "milestones" not in published.tables:
        return None
    left = published.tables["milestones"]
    left = left[left["status"] != "done"]
    if left.empty:
        return None
    order = left["planned"].mask(left["planned"] == "", "9999")
    return left.assign(order=order).sort_values("order", kind="stable").iloc[0].to_dict()


def _planned(published: Published) -> Measure:
    step = next_milestone(published)
    if not step:
        return Measure(_("In planning"))
    text = _(
        "Next milestone, planned: {date} ({status})",
        date=words.day(step["planned"]) or _("no date set"),
        status=_(step["status"]),
    )
    return Measure(text, step["milestone"])


def _share(published: Published, table: str, code: str, chosen: Headline) -> Measure:
    slice = {"model": code} if "model" in published.dimensions(table) else None
    last = latest(published, table, chosen.code, chosen.of, slice)
    period = words.period(published.periods(table)[-1])
    if last is None or last.shown is None:
        status = last.share_status if last else "x"
        reason = words.initial(_(words.STATUS_IN_FULL.get(status, "not available")))
        return Measure(_("{what}, {period}", what=_(chosen.name), period=period), reason)
    text = _(
        "{what} ({n} of {of}, {period})",
        what=_(chosen.what),
        n=words.count(last.shown.n),
        of=words.count(last.shown.of),
        period=period,
    )
    return Measure(text, words.percent(last.shown.share), is_number=True)
