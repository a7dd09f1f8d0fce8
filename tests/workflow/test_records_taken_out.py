"""One person's records are taken out of every delivery, as a law may ask: a count changes by one,
no release shows that, and the next month is published without them.
"""

import csv

import pytest

from openresponse.errors import DisclosureError
from openresponse.release.store.files import digest
from support.walks import CALLS, Walk, calls

pytestmark = pytest.mark.slow
REVISE = ("revise", "--reason", "Records were taken out", "--decided-by", "Privacy officer")
NUMBER = calls("2026-01")[3]["Incident Number"]


def take_out(walk: Walk) -> int:
    """Remove the rows of the call from every file; returns how many."""
    removed = 0
    for path in walk.raw.rglob("*.csv"):
        with path.open(newline="", encoding="utf-8") as handle:
            head, *rows = csv.reader(handle)
        kept = [row for row in rows if NUMBER not in row]
        removed += len(rows) - len(kept)
        with path.open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows([head, *kept])
    return removed


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    walk = Walk(tmp_path_factory.mktemp("city"), ("responders",))
    step = walk.step
    for month in ("2026-01", "2026-02"):
        walk.delivery(month)
        step(month, "release", "--month", month)
    before = {path: digest(path) for path in walk.public.glob("2026*/*")}
    assert take_out(walk) == 2  # the call and its unit
    walk.delivery("2026-03")
    step("without a revision", "release", "--month", "2026-03")
    step("revision", *REVISE)
    step("2026-03", "release", "--month", "2026-03")
    step("audit", "audit")
    step("verify", "verify")
    assert {path: digest(path) for path in before} == before  # earlier releases stay as they were
    return walk


def test_a_release_without_the_revision_is_refused_and_names_it(walk):
    assert walk.codes["without a revision"] == DisclosureError.exit_code
    assert "`openresponse revise" in walk.said["without a revision"]


def test_the_revision_and_the_next_month_are_published(walk):
    assert [walk.codes[name] for name in ("revision", "2026-03", "audit", "verify")] == [0] * 4


def test_no_file_of_the_city_holds_the_number_any_more_and_no_release_shows_that_one_is_gone(walk):
    held = [path for path in walk.raw.rglob("*.csv") if NUMBER in path.read_text(encoding="utf-8")]
    assert not held
    for name in ("2026-02-r1", "2026-03"):
        frame = walk.published(name).tables["responders"]
        rows = (frame["period"] == "2026-01") & (frame["responders"] == "calls")
        assert list(frame.loc[rows, "incidents"].dropna()) in ([CALLS], [])
