"""A district, a table or the shape of a table ends: in a revision, for a reason, and said to be."""

import pytest
import yaml

from openresponse.errors import ReleaseError
from support.walks import Walk

pytestmark = pytest.mark.slow
REASON = "The districts were merged"
REVISE = ("revise", "--reason", REASON, "--decided-by", "Program analyst")
MONTHS = ("2026-01", "2026-02", "2026-03")
MERGED, INTO = "A-1", "B-2"


def merge(walk: Walk) -> None:
    """One district is part of another from now on, and its calls are counted there."""
    content = yaml.safe_load(walk.program.read_text(encoding="utf-8"))
    content["areas"]["districts"].pop(MERGED)
    for extract in content["extracts"].values():
        codes = extract["columns"].get("district", {}).get("codes", {})
        codes |= {code: INTO for code, district in codes.items() if district == MERGED}
    walk.program.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    walk = Walk(tmp_path_factory.mktemp("city"), ("funnel", "responders", "districts"))
    step = walk.step
    for month in MONTHS:
        walk.delivery(month)
        step(month, "release", "--month", month)
    walk.delivery("2026-04")
    merge(walk)
    step("district gone", "release", "--month", "2026-04")
    step("district ends", *REVISE)
    tables = yaml.safe_load(walk.program.read_text(encoding="utf-8"))["tables"]
    kept = {name: tables[name] for name in ("funnel", "districts")}
    walk.replace("tables", kept | {"responders": tables["responders"] | {"period": "quarter"}})
    step("other shape", "release", "--month", "2026-04")
    walk.replace("tables", kept)
    step("table gone", "release", "--month", "2026-04")
    step("table ends", *REVISE)
    step("2026-04", "release", "--month", "2026-04")
    step("audit", "audit")
    step("verify", "verify")
    return walk


def test_what_ends_is_refused_in_a_release_and_the_sentence_names_what_leads_on(walk):
    for step, names in (
        ("district gone", f"districts: its rows of district {MERGED}"),
        ("other shape", "responders: counts by other periods"),
        ("table gone", "responders: published before"),
    ):
        assert walk.codes[step] == ReleaseError.exit_code
        assert names in walk.said[step] and "`openresponse revise" in walk.said[step]


def test_the_rows_of_a_district_that_ended_are_listed_with_what_they_were(walk):
    assert walk.codes["district ends"] == 0
    listed = walk.published("2026-03-r1").tables["revisions"]
    ended = listed[listed["what"] == "ended"]
    before = walk.published("2026-03").tables["districts"]
    gone = before[(before["district"] == MERGED) & before["incidents"].notna()]
    assert len(gone) and sorted(ended["earlier"]) == sorted(gone["incidents"])
    assert set(ended["now_status"]) == {"z"} and ended["row"].str.contains(MERGED).all()


def test_a_table_that_ended_is_named_in_the_list_the_dictionary_and_the_readme(walk):
    assert walk.codes["table ends"] == 0
    ends = walk.published("2026-03-r2")
    listed = ends.tables["revisions"]
    assert list(listed.loc[listed["what"] == "ended", "table"]) == ["responders"]
    for release in (ends, walk.published("2026-04")):
        assert release.ended["responders"]["reason"] == f"{REASON}."
        assert release.ended["responders"]["release"] == "2026-03-r2"
        assert "ended with the release 2026-03-r2" in (release.folder / "README.md").read_text()


def test_after_that_the_next_month_is_published_and_the_audit_holds(walk):
    assert [walk.codes[name] for name in ("2026-04", "audit", "verify")] == [0] * 3
