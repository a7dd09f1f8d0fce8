"""Which figures a table makes."""

import re

from openresponse.release.store.published import Published
from openresponse.report.figures import table_figures
from support import golden

DEFINITIONS = (
    "Clinician or mental-health worker sent",
    "Team sent and not cancelled",
    "Dispatch sent no police",
    "No police from beginning to end",
    "No police, in calls they took before",
)
NOT_DEFINITIONS = "Cancelled on the way"


def test_definitions_in_use_are_drawn_side_by_side_and_the_table_has_every_row():
    published = Published.load(golden.PUBLIC)
    (figure,) = table_figures.of_table(published, "diverted")
    drawn = " ".join(re.sub(r"<[^>]+>", " ", figure.picture).split())
    assert all(label in drawn for label in DEFINITIONS)
    assert NOT_DEFINITIONS not in drawn
    listed = [str(getattr(row[0], "text", row[0])) for row in figure.tables[0].rows]
    assert {*DEFINITIONS, NOT_DEFINITIONS} < set(listed)
    assert len(listed) == len(published.tables["diverted"])
