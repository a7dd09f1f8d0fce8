"""What is withheld, by which rule, how much that costs, and what never leaves the confidential
side.
"""

from dataclasses import dataclass
from typing import Any

from openresponse import language
from openresponse.language import N_, _, pgettext
from openresponse.release.formats.rule_in_words import rule_in_words
from openresponse.release.store.published import Published
from openresponse.release.tables.incidents import KIND
from openresponse.release.tables.loss import loss
from openresponse.report.figures.datatable import Link, Table
from openresponse.report.html.environment import render
from openresponse.report.prose import words

ZEROS = {"public": N_("Shown"), "hidden": N_("Withheld like a small count")}


@dataclass(frozen=True)
class PrivacyPage:
    """facts: the rule in pairs of name and text. loss: how much is withheld, by table. attacker:
    what one is assumed to know. records: the files with a row an incident. left_out: by their
    title, why others are not published. threshold: how many rows of such a file are alike.
    """

    facts: list[tuple[str, str]]
    loss: Table | None
    attacker: list[str]
    records: list[Link]
    left_out: dict[str, str]
    threshold: int


def view(published: Published) -> PrivacyPage:
    data = f"{language.now().root}data.html"
    return PrivacyPage(
        facts=_facts(published.rule),
        loss=_loss(published),
        attacker=published.rule["attacker"],
        records=[
            Link(f"{data}#{table}", published.title(table))
            for table in published.tables
            if published.kind(table) == KIND
        ],
        left_out=published.left_out,
        threshold=published.rule["threshold"],
    )


def body(published: Published) -> str:
    """The page on privacy, in the language spoken."""
    return render("privacy.html", page=view(published))


def _facts(rule: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("Rule"), str(rule["preset"])),
        (_("Withheld"), words.initial(rule_in_words(rule))),
        (_("Smallest count shown"), str(rule["threshold"])),
        (_("Zero"), _(ZEROS.get(rule["zeros"], str(rule["zeros"])))),
        (_("Source"), str(rule["source"])),
    ]


def _loss(published: Published) -> Table | None:
    rows = [
        [
            published.title(row["table"]),
            words.count(row["values"] - row["withheld"]),
            words.count(row["withheld"]),
            _in_full(published.kind(row["table"]) == "times", row["inside"], row["counted"]),
        ]
        for row in loss(published).to_dict("records")
    ]
    columns = [
        _("Table"),
        pgettext("figures", "Shown"),
        pgettext("figures", "Withheld"),
        _("Share of what is counted that is shown in full detail"),
    ]
    title = _("Values shown and withheld in the files of counts and times")
    return Table(title, columns, rows, frozenset({1, 2, 3})) if rows else None


def _in_full(is_times: bool, inside: int, counted: int) -> str:
    if not counted:
        return _("nothing counted")
    text = (
        N_("{share} ({n} of {of}), in groups whose median is shown")
        if is_times
        else N_("{share} ({n} of {of})")
    )
    return _(
        text,
        share=words.percent(inside / counted),
        n=words.count(inside),
        of=words.count(counted),
    )
