"""What became of each release, on its own brief and on the page of corrections."""

import json

from openresponse.release.history.register import Past
from openresponse.report.pages.notices import past_briefs


def past(release, **known):
    kept = {"state": "current", "superseded_by": "", "approved_by": (), "early": None}
    kept |= {"revision": None, "retractions": (), "manifest": "a" * 64, "previous": ""}
    return Past(release=release, published="2026-11-23", source="", **kept | known)


def test_the_notice_on_a_replaced_brief_is_a_cell_of_lines_after_the_front_matter(tmp_path):
    """Quarto reads front matter of a notebook whose sources are lists of lines alone."""
    brief = tmp_path / "briefs" / "2026-10.ipynb"
    brief.parent.mkdir()
    front = {"cell_type": "raw", "metadata": {}, "source": ["---\n", "title: Brief\n", "---\n"]}
    brief.write_text(json.dumps({"cells": [front]}), encoding="utf-8")
    revision = {"of": "2026-10", "date": "2026-12-01", "reason": "Calls came late."}
    past_briefs.mark(
        [
            past("2026-10", state="superseded", superseded_by="2026-10-r1"),
            past("2026-10-r1", revision=revision),
        ],
        tmp_path,
    )
    first, notice = json.loads(brief.read_text(encoding="utf-8"))["cells"]
    assert first == front
    assert notice["source"][0] == "```{=html}\n" and notice["source"][-1] == "```\n"
    assert "Calls came late." in "".join(notice["source"])
