"""The page that lists the briefs; that of the source feeds them."""

from pathlib import Path

from openresponse import language
from openresponse.language import _
from openresponse.report.html import qmd
from openresponse.report.html.environment import render

# Each engine writes the months of some languages alone, so a day is in numbers here; the finishing
# step writes it in the language of the page.
LISTING = """listing:
  id: all-briefs
  contents: "*.ipynb"
  type: default
  date-format: YYYY-MM-DD
  sort: "date desc"
  fields: [date, title, description]
  sort-ui: false
  filter-ui: false
"""
FEED = """  feed:
    items: 24
"""


def write(out: Path) -> Path:
    """Write the page in the language spoken."""
    is_source = not language.now().folder
    front = (
        f"title: {qmd.quoted(_('Briefs'))}\n"
        f"description: {qmd.quoted(_('Two pages a month for council members, newest first.'))}\n"
        f"{qmd.spoken()}{LISTING}"
    )
    items = f"\n## {language.unmarked(_('All briefs'))}\n\n::: {{#all-briefs}}\n:::\n"
    if not is_source:
        return qmd.write(out, "briefs/index.qmd", front, items)
    return qmd.write(
        out, "briefs/index.qmd", front + FEED, qmd.block(render("subscribe.html")) + items
    )
