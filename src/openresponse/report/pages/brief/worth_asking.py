"""Three questions worth asking, each from a published figure."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.pages.brief import unwelcome
from openresponse.report.prose import words
from openresponse.report.prose.readings import breakdown, by_model, latest
from openresponse.report.prose.sentences.phrases import in_words
from openresponse.tables.hierarchy import ALL

MOST = 3


def questions(published: Published) -> list[str]:
    """Those that this release raises first, then those that any does."""
    asked = [
        *unwelcome.questions(published),
        *_of_funnel(published),
        *_of_police(published),
        _(
            "Which figures here are withheld or not recorded, and what would it take to publish or"
            " record them?"
        ),
        _("Which change here is a signal, and what was done differently before it?"),
        _("What do the people who were met say about it?"),
    ]
    return [words.initial(question) for question in asked[:MOST]]


def _of_funnel(published: Published) -> list[str]:
    """The reason that most often kept a team from an eligible call."""
    if "funnel" not in published.tables:
        return []
    rows = {row["code"]: row for row in breakdown(published, "funnel").to_dict("records")}
    reasons = [
        rows[code]
        for code in published.hierarchy("funnel", "stage").children("team_not_sent")
        if code in rows and not pd.isna(rows[code]["count"]) and rows[code]["count"] > 0
    ]
    if not reasons:
        return []
    top = max(reasons, key=lambda row: row["count"])
    values = {
        "when": words.when(published.periods("funnel")[-1]),
        "reason": top["label"].lower(),
        "n": words.count(top["count"]),
    }
    without_team = rows["team_not_sent"]
    if pd.isna(without_team["count"]):
        return [
            _(
                "{when}some eligible calls got no team; how many is {status}. For {n} of them the"
                " reason was “{reason}”. What would it take to halve that?",
                status=words.status(without_team["status"]),
                **values,
            )
        ]
    return [
        _(
            "{when}no team was sent to {of} eligible calls; for {n} of them the reason was"
            " “{reason}”. What would it take to halve that?",
            of=words.count(without_team["count"]),
            **values,
        )
    ]


def _of_police(published: Published) -> list[str]:
    """Co-response includes an officer; police are a question where the model does without."""
    model = "alternative_response"
    tables = [
        table
        for table in by_model(published, "police_role")
        if "model" in published.dimensions(table)
    ]
    if not tables or model not in published.program["models"]:
        return []
    reading = latest(published, tables[0], "police_on_scene", ALL, {"model": model})
    if reading is None or reading.shown is None:
        return []
    return [
        _(
            "{when}police were on scene at {share} of alternative-response calls ({n} of {of})."
            " Who asked for them, and why?",
            when=words.when(reading.period),
            **in_words(reading.shown),
        )
    ]
