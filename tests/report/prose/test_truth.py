"""Whatever the table, and in each language: every number in a sentence is in the table or follows
from it, and every word on a change is true.
"""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openresponse import language
from openresponse.measures.responders import RESPONDERS
from openresponse.measures.volumes import SERVICE
from openresponse.release.store.published import Published
from openresponse.report.prose import sentences, signals, wilson
from openresponse.report.prose.localized import localized
from openresponse.report.prose.readings import series
from openresponse.tables.hierarchy import flat
from openresponse.website.inspection.reader import Reader
from openresponse.website.inspection.reading import Paragraphs, unwrapped
from openresponse.website.inspection.spoken_figures import Figures
from support import invented

CODES = language.available()
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)]
# One month: calls, how many with police on scene, and whether that is withheld.
MONTH = st.integers(1, 3000).flatmap(
    lambda of: st.tuples(
        st.just(of), st.integers(0, of), st.sampled_from((False, False, False, True))
    )
)


def release(frames: dict[str, tuple], program: dict = invented.PROGRAM) -> Published:
    """Tables in memory: name to frame, hierarchies, category, dimensions."""
    resources = [
        {
            "name": name,
            "title": name.capitalize(),
            "openresponse": {
                "kind": "counts",
                "period_grain": "month",
                "unit": "incidents",
                "category": category,
                "dimensions": dimensions,
                "definition": invented.DEFINITION,
                "trees": {
                    d: [vars(node) for node in hierarchy.nodes]
                    for d, hierarchy in hierarchies.items()
                },
            },
        }
        for name, (_frame, hierarchies, category, dimensions) in frames.items()
    ]
    made = Published(None, {"openresponse": {"program": program}, "resources": resources})
    made.__dict__["tables"] = {name: frame for name, (frame, *_others) in frames.items()}
    return made


def rows(period: str, category: str, code: str, count: int | None, of: int, **by: str) -> dict:
    share = pd.NA if count is None or not of else round(count / of, 3)
    status = "c" if count is None else ""
    return {
        "period": period,
        **by,
        category: code,
        "part_of": "" if code == "calls" else "calls",
        "incidents": pd.NA if count is None else count,
        "incidents_status": status,
        "part_of_incidents": of,
        "share_of_part": share,
        "share_of_part_status": status,
        "all_incidents": of,
        "all_incidents_status": status,
        "share_of_all": share,
        "share_of_all_status": status,
    }


def framed(found: list[dict]) -> pd.DataFrame:
    return pd.DataFrame(found).astype(
        {
            "incidents": "Int64",
            "part_of_incidents": "Int64",
            "all_incidents": "Int64",
            "share_of_part": "Float64",
            "share_of_all": "Float64",
        }
    )


def monthly(months: list[tuple[int, int, bool]]) -> Published:
    found = []
    for period, (of, count, hidden) in zip(MONTHS[-len(months) :], months, strict=True):
        found += [
            rows(period, "responders", "calls", of, of),
            rows(period, "responders", "police_on_scene", None if hidden else count, of),
        ]
    return release({"responders": (framed(found), {"responders": RESPONDERS}, "responders", [])})


def unsupported(published: Published, code: str, *said: str) -> list[tuple[str, str]]:
    """The numbers that the inspection does not find in the table."""
    return Reader(Figures(published), code).unsupported(" ".join(said))


def direction(code: str, said: str) -> int:
    """1 where a text says that something is more, -1 less, 0 neither."""
    sentences = Paragraphs(code).read(*unwrapped(said))
    return sum(direction for sentence in sentences for direction in sentence.directions)


def points(a: float, b: float) -> str:
    return f"{abs(round(a - b, 3)) * 100:.1f}"


@pytest.mark.parametrize("code", CODES)
@given(months=st.lists(MONTH, min_size=1, max_size=26))
def test_what_is_said_of_a_share_is_true(code, months):
    published = monthly(months)
    found = {r.period: r for r in series(published, "responders", "police_on_scene")}
    last, before, year = found[MONTHS[-1]], found.get(MONTHS[-2]), found.get(MONTHS[-13])
    with language.speaking(code):
        spoken = localized(published)
        level, change, compared = (
            one(spoken, "responders", "police_on_scene")
            for one in (sentences.level, sentences.change, sentences.year_before)
        )
    assert unsupported(published, code, level, change, compared) == []
    if last.share is None:
        assert not re.search(r"[%(]", level) and not change and not compared
    for said, other in ((change, before), (compared, year)):
        if other is None or None in (last.share, other.share):
            assert direction(code, said) == 0
        else:
            more, less = last.share > other.share, last.share < other.share
            assert direction(code, said) == more - less, said
            one = points(last.share, other.share) == "1.0"
            assert not re.search(
                r"point |point\.|punto porcentual\b" if not one else r"points|puntos", said
            ), said
    chart = signals.chart([r.share for r in found.values()], ceiling=1.0)
    judged = bool(
        before
        and before.share is not None
        and last.share is not None
        and chart
        and chart.last_is_signal
    )
    with language.speaking(code):
        words = language._("{moved}. The level shows a signal ({why}).", moved="", why="|")
    assert (language.unmarked(words).split("|")[0].strip(" .(") in change) == judged


@pytest.mark.parametrize("code", CODES)
@given(months=st.lists(MONTH, min_size=1, max_size=26))
def test_what_is_said_of_a_number_is_true(code, months):
    published = monthly(months)
    found = {r.period: r.value for r in series(published, "responders", "calls")}
    last, before, year = found[MONTHS[-1]], found.get(MONTHS[-2]), found.get(MONTHS[-13])
    with language.speaking(code):
        spoken = localized(published)
        count = sentences.counted(spoken, "responders", "calls", noun="calls")
        change, compared = (
            one(spoken, "responders", "calls")
            for one in (sentences.counted_change, sentences.counted_year_before)
        )
    assert unsupported(published, code, count, change, compared) == []
    for said, other in ((change, before), (compared, year)):
        if other is None:
            assert not said
        else:
            assert direction(code, said) == (last > other) - (last < other), said


@pytest.mark.parametrize("code", CODES)
@given(places=st.lists(MONTH, min_size=1, max_size=5))
def test_a_place_is_ranked_first_only_where_no_interval_of_another_reaches_its_own(code, places):
    names = {f"d{k}": f"Place {chr(65 + k)}" for k in range(len(places))}
    district = flat("district", names)
    found = [
        rows("2026-10", "service", "team_sent", None if hidden else count, of, district=place)
        for place, (of, count, hidden) in zip(names, places, strict=False)
    ]
    published = release(
        {
            "districts": (
                framed(found),
                {"district": district, "service": SERVICE},
                "service",
                ["district"],
            )
        }
    )
    with language.speaking(code):
        said = sentences.rank(localized(published), "districts", "district", "team_sent")
    shown = {
        place: (count, of)
        for place, (of, count, hidden) in zip(names, places, strict=False)
        if not hidden
    }
    named = [place for place in names if names[place] in said]
    if len(shown) < 2:
        assert said == ""
    elif named:
        (first,) = named
        lower = wilson.wilson(*shown[first])[0]
        assert all(
            wilson.wilson(*other)[1] < lower for place, other in shown.items() if place != first
        )
        assert unsupported(published, code, said) == []
    else:
        top = max(shown.values(), key=lambda one: one[0] / one[1])
        assert any(
            wilson.wilson(*other)[1] >= wilson.wilson(*top)[0]
            for other in shown.values()
            if other is not top
        )


@pytest.mark.parametrize(
    "count, of, lower, upper",
    [
        (0, 10, 0.0, 0.278),
        (5, 10, 0.237, 0.763),
        (10, 10, 0.722, 1.0),
        (1, 29, 0.006, 0.172),
        (81, 263, 0.255, 0.366),
    ],
)
def test_intervals_are_those_of_newcombe(count, of, lower, upper):
    """Newcombe 1998, Statistics in Medicine 17:857, table I, method 3, for 81/263 and 1/29; the
    others worked out by hand.
    """
    found = wilson.wilson(count, of)
    assert (round(found[0], 3), round(found[1], 3)) == (lower, upper)
