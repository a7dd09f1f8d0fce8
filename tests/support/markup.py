"""The HTML of what has no page of its own."""

from openresponse.report.figures.datatable import Table
from openresponse.report.figures.figure import Figure
from openresponse.report.html.environment import ENVIRONMENT


def macro(template: str, name: str, *values: object) -> str:
    """What a macro of a template makes of some values, in the language spoken."""
    return getattr(ENVIRONMENT.get_template(template).make_module(), name)(*values)


def table(view: Table) -> str:
    return macro("tables.html", "table", view)


def figure(view: Figure) -> str:
    return macro("figures.html", "figure", view)


def tables(view: Figure) -> str:
    """The tables of a figure."""
    return macro("figures.html", "data", view)
