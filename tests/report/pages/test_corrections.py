"""What became of each release, on its own brief and on the page of corrections."""

import json
import os
from pathlib import Path

import pytest

from openresponse.release.history.register import Past
from openresponse.report.pages.notices import past_briefs

DAY = 1_790_812_800  # 1 October 2026


def past(release, **known):
    kept = {"state": "current", "superseded_by": "", "approved_by": (), "early": None}
    kept |= {"revision": None, "retractions": (), "manifest": "a" * 64, "previous": ""}
    return Past(release=release, published="2026-11-23", source="", **kept | known)


FRONT = {"cell_type": "raw", "metadata": {}, "source": ["---\n", "title: Brief\n", "---\n"]}


@pytest.fixture
def brief(tmp_path) -> Path:
    """The brief of a release that was replaced, with the notice; it dates from its release."""
    path = tmp_path / "briefs" / "2026-10.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": [FRONT]}), encoding="utf-8")
    os.utime(path, (DAY, DAY))
    revision = {"of": "2026-10", "date": "2026-12-01", "reason": "Calls came late."}
    past_briefs.mark(
        [
            past("2026-10", state="superseded", superseded_by="2026-10-r1"),
            past("2026-10-r1", revision=revision),
        ],
        tmp_path,
    )
    return path


def test_the_notice_on_a_replaced_brief_is_a_cell_of_lines_after_the_front_matter(brief):
    """Quarto reads front matter of a notebook whose sources are lists of lines alone."""
    first, notice = json.loads(brief.read_text(encoding="utf-8"))["cells"]
    assert first == FRONT
    assert notice["source"][0] == "```{=html}\n" and notice["source"][-1] == "```\n"
    assert "Calls came late." in "".join(notice["source"])


def test_a_replaced_brief_keeps_its_day_and_is_the_same_in_a_listing_when_made_again(brief):
    assert brief.stat().st_mtime == DAY
