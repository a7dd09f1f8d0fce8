"""Who publishes the figures, when, with what money, and how they are made."""

from dataclasses import dataclass

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.html.environment import render
from openresponse.report.prose import words


@dataclass(frozen=True)
class AboutPage:
    """root: the way to the site's first folder. settle_days: how long after a month its figures
    come, None where no day is set. money: what was announced, or empty. has_data: whether there is
    a data page.
    """

    root: str
    fictional: bool
    city: str
    contact: str
    email: str
    note: str
    settle_days: int | None
    money: str
    has_data: bool


def view(published: Published) -> AboutPage:
    program = published.program
    return AboutPage(
        root=language.now().root,
        fictional=published.fictional,
        city=program["city"],
        contact=program["contact"],
        email=program.get("email") or "",
        note=program.get("note", ""),
        settle_days=(program.get("calendar") or {}).get("settle_days"),
        money=_money(program.get("budget") or {}),
        has_data=bool(published.resources),
    )


def body(published: Published) -> str:
    """The page on who publishes, in the language spoken."""
    return render("about.html", page=view(published))


def _money(budget: dict) -> str:
    if not budget:
        return ""
    return _(
        "{amount} for fiscal year {year}. Source: {source}.",
        amount=words.dollars(budget["amount"]),
        year=budget["fiscal_year"],
        source=budget["source"],
    )
