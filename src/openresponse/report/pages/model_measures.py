"""The one measure a response model is seen by: its big number on the home page, or the next
milestone of a model in planning.
"""

from dataclasses import dataclass

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.prose import sentences, words
from openresponse.report.prose.faces import FACES, Face
from openresponse.report.prose.readings import by_model, categories, latest
from openresponse.tables.hierarchy import ALL


@dataclass(frozen=True)
class Headline:
    """What a kind of team is seen by: the measure's category, what stands under the number, and
    what is said where there is none.
    """

    category: str
    what: str
    name: str

    @property
    def face(self) -> Face:
        return FACES[self.category]


IN_PLACE_OF_POLICE = Headline(
    "police_role",
    N_("of its calls had no police recorded on scene"),
    N_("share of its calls with no police recorded on scene"),
)

OF_TEAM = {
    "clinician": Headline(
        "attendance",
        N_("of calls that should have had a clinician got one"),
        N_("share of calls that should have had a clinician and got one"),
    ),
    "worker": IN_PLACE_OF_POLICE,
    "peer": IN_PLACE_OF_POLICE,
}


WITHOUT_POLICE = (
    (
        "police_role",
        "police_on_scene",
        N_("{when}police were on scene at {share} of its calls ({n} of {of})"),
        N_("the share of its calls with police on scene"),
    ),
    (
        "police_role",
        "sent_by_dispatch",
        N_("{when}dispatch itself sent police to {share} of its calls ({n} of {of})"),
        N_("the share of its calls to which dispatch itself sent police"),
    ),
)

# What says how often a kind of team went as it is meant to: by what, which code, the sentence, and
# what the figure is called.
HOW_OFTEN = {
    "clinician": (
        (
            "attendance",
            "with_police",
            N_(
                "{when}the clinician and police arrived within a minute of one another at {share}"
                " of its calls ({n} of {of})"
            ),
            N_("the share of its calls where the clinician and police arrived within a minute"),
        ),
        (
            "attendance",
            "after_police",
            N_("{when}police arrived before the clinician at {share} of its calls ({n} of {of})"),
            N_("the share of its calls where police arrived before the clinician"),
        ),
    ),
    "worker": WITHOUT_POLICE,
    "peer": WITHOUT_POLICE,
}


@dataclass(frozen=True)
class Measure:
    """large: the number, or a state or a reason in its place; or empty. text: what stands under
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
        if chosen.face.code in categories(published, table).codes
    )
    table = next(tables, None)
    return _share(published, table, code, chosen) if table else None


def how_often(published: Published, code: str, model: dict) -> list[str]:
    """How often a model in operation went as it is meant to, a sentence for each figure; that no
    table has one, where that is so.
    """
    if model["status"] == "planning":
        return []
    said: list[str] = []
    asked = HOW_OFTEN.get(model.get("team") or "", ())
    for category, of_code, text, name in asked:
        # All from one table, so that they are of one period.
        wanted = {code for other, code, *_ in asked if other == category}
        tables = [
            table
            for table in by_model(published, category)
            if "model" in published.dimensions(table)
            and wanted <= set(categories(published, table).codes)
        ]
        if not tables:
            continue
        table = next((one for one in tables if _tells(published, one, wanted, code)), tables[0])
        period = published.periods(table)[-1]
        last = latest(published, table, of_code, ALL, {"model": code})
        if last is None:
            continue
        said.append(
            sentences.missing(last, period, _(name))
            if last.shown is None
            else _(text, when=words.when(period), **sentences.in_words(last.shown))
        )
    said = said or [_("No table of this release says it")] if asked else said
    return [words.sentence(one) for one in said]


def _tells(published: Published, table: str, codes: set[str], model: str) -> bool:
    """Whether a table shows all of these codes of a model in its newest period."""
    readings = [latest(published, table, one, ALL, {"model": model}) for one in codes]
    return all(one is not None and one.shown is not None for one in readings)


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
        "Next milestone: {milestone}, planned for {date} ({status})",
        milestone=step["milestone"],
        date=words.day(step["planned"]) or _("no date set"),
        status=_(step["status"]),
    )
    return Measure(text, _("In planning"))


def _share(published: Published, table: str, code: str, chosen: Headline) -> Measure:
    slice = {"model": code} if "model" in published.dimensions(table) else None
    last = latest(published, table, chosen.face.code, chosen.face.of, slice)
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
