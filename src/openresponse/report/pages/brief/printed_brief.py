"""The council's brief for print: plain values for the template of the PDF (`html/brief.typ`)."""

from dataclasses import asdict

from openresponse import language
from openresponse.language import _
from openresponse.media.names import FICTIONAL
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Table
from openresponse.report.figures.figure import Figure
from openresponse.report.pages.brief.council_brief import Brief
from openresponse.report.pages.home import help_lines
from openresponse.report.prose.invented import invented


def content(published: Published, brief: Brief) -> dict:
    """What the PDF says, and the words of its frame."""
    locale = language.now().locale
    return {
        "language": {"code": locale.language, "region": locale.territory or "US"},
        "says": _frame(published),
        "title": brief.title,
        "lead": brief.lead,
        "program": published.program["name"],
        "city": _(published.publisher),
        "release": published.name,
        "fictional": published.fictional,
        "findings": [asdict(one) for one in brief.findings],
        "trend": _picture(brief.trend),
        "money": _picture(brief.money),
        "models": _table(brief.money_by_model),
        "others": _table(brief.others, first=5),
        "districts": _table(brief.districts, brief.ranking),
        "questions": brief.questions,
        "limits": [*brief.limits, brief.withheld],
        "provisional": brief.provisional,
        "help": [_("{contact}: {label}. {what}", **asdict(line)) for line in help_lines(published)],
    }


def _frame(published: Published) -> dict[str, str]:
    """Headings, and what stands on every page."""
    return {
        "fictional": _(FICTIONAL),
        "invented": invented(published),
        "footer": _(
            "{city}, release {release}.", city=_(published.publisher), release=published.name
        ),
        "page": _("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "findings": _("Findings"),
        "signal": _("Signal or normal variation"),
        "money": _("Where the money went"),
        "others": _("The other measures"),
        "models": _("The money by model"),
        "districts": _("By district"),
        "ask": _("Worth asking"),
        "limits": _("What the figures do not say"),
        "help": _("Need help now?"),
    }


def _picture(figure: Figure | None) -> dict | None:
    if figure is None or not figure.picture:
        return None
    return {
        "title": figure.title,
        "detail": figure.detail,
        "svg": figure.picture,
        "name": figure.name,
    }


def _table(table: Table | None, lead: str = "", first: int = 2) -> dict | None:
    """first: how many times as wide as the others its first column is."""
    if table is None:
        return None
    marks = "; ".join(f"[{status}] {meaning}" for status, meaning in table.marks)
    rows = [[one if isinstance(one, str) else one.text for one in row] for row in table.rows]
    caption = f"{table.caption}. {marks}" if marks else table.caption
    return {
        "caption": caption,
        "columns": table.columns,
        "rows": rows,
        "said": lead,
        "first": first,
    }
