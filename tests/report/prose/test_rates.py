import re

import pytest
from scipy.stats import poisson

from openresponse.release.checks.withheld_counts import explained
from openresponse.release.tables.rate_intervals import derived, interval
from openresponse.report.pages.places import neighborhoods
from openresponse.report.prose import rates
from openresponse.report.prose.rates import Rate


def rate(code, calls, residents=10_000):
    """A shown rate; of calls None: withheld."""
    if calls is None:
        return Rate(code, code, None, "c", residents, None, "c", None, None)
    low, high = interval(calls, residents)
    return Rate(
        code, code, calls, "", residents, round(calls / residents * 10_000, 1), "", low, high
    )


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.7), (1, 0.0, 5.6), (11, 5.5, 19.7), (100, 81.4, 121.6)]
)
def test_the_interval_is_that_of_the_published_tables_of_the_poisson(count, low, high):
    assert interval(count, 10_000) == (low, high)


@pytest.mark.parametrize("count", [1, 12, 623])
def test_beyond_each_limit_such_a_count_would_be_rarer_than_one_in_forty(count):
    low, high = (limit / 1000 for limit in interval(count, 10))
    assert poisson.sf(count - 1, low) == pytest.approx(0.025, rel=0.01) and poisson.cdf(
        count, high
    ) == pytest.approx(0.025, rel=0.01)


@pytest.mark.parametrize(
    ("calls", "first"),
    [
        ({"a": 400, "b": 200, "c": 190}, ["a"]),
        ({"a": 400, "b": 390, "c": 190}, ["a", "b"]),
        ({"a": 210, "b": 200, "c": 190}, []),
        ({"a": 400}, []),
        ({"a": 400, "b": None}, []),
        ({"a": 400, "b": 390, "c": 380, "d": 370, "e": 100}, []),
    ],
)
def test_rank_is_said_only_where_intervals_do_not_overlap(calls, first):
    assert [
        r.code for r in rates.standing_clear([rate(code, n) for code, n in calls.items()])
    ] == first


def test_the_lowest_is_found_by_the_same_rule():
    found = [rate("a", 400), rate("b", 390), rate("c", 100)]
    assert [r.code for r in rates.standing_clear(found, highest=False)] == ["c"]


@pytest.mark.parametrize(
    ("calls", "said"), [(400, "higher"), (50, "lower"), (110, "too close to say"), (None, "")]
)
def test_a_rate_is_higher_or_lower_only_where_its_whole_interval_is(calls, said):
    assert rate("a", calls).against(rate("all", 100)) == said


def test_every_rate_is_as_published(published):
    table = rates.table_of(published)
    whole, areas = rates.of_year(published, table, "2025")
    frame = published.tables[table].query("model == 'all'").set_index("neighborhood")
    assert [area.code for area in areas] == ["north", "south", "harbor"] and whole.code == "all"
    for one in [whole, *areas]:
        assert (one.calls, one.rate, one.status) == (
            frame.at[one.code, "incidents"],
            frame.at[one.code, "rate_per_10000"],
            "",
        )
        assert one.low < one.rate < one.high


def test_the_search_for_withheld_counts_knows_every_limit_and_bound_that_a_page_tells(published):
    whole = {
        limit
        for limit in derived(published.tables["neighborhoods"], "incidents")
        if limit.is_integer()
    }
    assert whole <= explained(published) and whole
    told = {
        float(n)
        for n in re.findall(
            r"\d+\.\d", re.sub("<[^>]+>", " ", neighborhoods.body(published)).replace(",", "")
        )
    }
    shares = {
        round(float(s) * 100, 1)
        for c in ("share_of_part", "share_of_all")
        for s in published.tables["neighborhoods"][c].dropna()
    }
    assert (
        told
        <= derived(published.tables["neighborhoods"], "incidents")
        | set(published.tables["neighborhoods"]["rate_per_10000"].dropna())
        | shares
    )
