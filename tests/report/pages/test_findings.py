"""Which findings come first."""

import copy

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.report.pages import findings


def with_another_interval(published: Published) -> Published:
    """The release with one more interval, the last of its table of times."""
    package = copy.deepcopy(published.package)
    times = next(one for one in package["resources"] if one["name"] == "response_times")
    hierarchies = times["openresponse"]["trees"]
    hierarchies["interval"].append(
        hierarchies["interval"][0] | {"code": "call_to_dispatch", "label": "Late"}
    )
    frame = published.tables["response_times"]
    added = frame.assign(interval="call_to_dispatch", median_minutes=1.5)
    other = Published(published.folder, package)
    vars(other)["tables"] = published.tables | {"response_times": pd.concat([frame, added])}
    return other


def test_an_interval_more_changes_no_finding(published):
    other = with_another_interval(published)
    assert findings.on_home(other) == findings.on_home(published)
    assert findings.in_brief(other) == findings.in_brief(published)


def test_home_and_brief_give_the_time_of_the_team(published):
    for found in (findings.on_home(published), findings.in_brief(published).values()):
        assert any("call to arrival of the team" in str(one) for one in found)


def test_there_are_at_most_four_findings_on_the_home_page_and_in_the_brief(published):
    assert len(findings.on_home(published)) == len(findings.in_brief(published)) == 4
