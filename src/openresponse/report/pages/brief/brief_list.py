"""The page that lists the briefs; that of the source feeds them."""

from pathlib import Path

from openresponse import language
from openresponse.language import _
from openresponse.report.html import qmd
from openresponse.report.html.environment import render

# The engines write dates in English, so only there they are shown.
SOURCE = """  sort: "date desc"
  fields: [date, title, description]
  sort-ui: false
  filter-ui: false
  feed:
    items: 24
"""
OTHER = """  sort: "filename desc"
  fields: [title, description]
  sort-ui: false
  filter-ui: false
"""


def write(out: Path) -> Path:
    """Write the page in the language spoken."""
    is_source = not language.now().folder
    front = (
        f"title: {qmd.quoted(_('Briefs'))}\n"
        f"description: {qmd.quoted(_('Two pages a month for council members, newest first.'))}\n"
        f"{qmd.spoken()}"
        'listing:\n  id: all-briefs\n  contents: "*.ipynb"\n  type: default\n'
        '  date-format: "MMMM D, YYYY"\n'
    )
    listing = f"\n## {language.unmarked(_('All briefs'))}\n\n::: {{#all-briefs}}\n:::\n"
    return qmd.write(
        out,
        "briefs/index.qmd",
        front + (SOURCE if is_source else OTHER),
        qmd.block(render("subscribe.html") if is_source else "") + listing,
    )
