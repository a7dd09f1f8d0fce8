"""The file of single incidents: told from published tables alone, in groups that hide nobody, or
not at all.
"""

import itertools
import json
import shutil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openresponse.disclosure.rules import Rule
from openresponse.errors import ProgramError, ReleaseError
from openresponse.release.checks import gate
from openresponse.release.store.published import Published
from openresponse.release.tables import incident_rows, incidents
from openresponse.tables.hierarchy import Hierarchy, Node, flat

MODEL = flat("model", {"a": "A", "b": "B"})
DISTRICT = flat("district", {"north": "North", "south": "South"})
RESULT = Hierarchy(
    "result",
    (
        Node("calls", ""),
        Node("not_sent", "", "calls"),
        Node("sent", "", "calls"),
        Node("contact_made", "", "sent"),
        Node("home", "", "contact_made"),
        Node("hospital", "", "contact_made"),
        Node("nobody", "", "sent"),
    ),
)
SERVICE = RESULT.cut(("sent",))
HIERARCHIES = {
    "groups": {"model": MODEL, "result": RESULT},
    "places": {"district": DISTRICT, "service": Hierarchy("service", SERVICE.nodes)},
}
SOURCES = {"groups": ["sent"], "places": ["not_sent"]}
RULE = Rule("typed", 11, "typed in")


def published(
    hierarchies: dict[str, Hierarchy], leaves: dict[tuple, int], hidden: set[tuple]
) -> pd.DataFrame:
    """A table in its published columns, from the counts of its finest cells."""
    *_, category = hierarchies
    rows = []
    for codes in itertools.product(*(hierarchy.codes for hierarchy in hierarchies.values())):
        within = [
            n
            for leaf, n in leaves.items()
            if all(
                c in t.ancestors(x)
                for c, x, t in zip(codes, leaf, hierarchies.values(), strict=True)
            )
        ]
        rows.append(
            (
                "2025",
                *codes,
                hierarchies[category].parents[codes[-1]] or "",
                pd.NA if codes in hidden else sum(within),
            )
        )
    frame = pd.DataFrame(rows, columns=["period", *hierarchies, "part_of", "incidents"]).astype(
        {"incidents": "Int64"}
    )
    return frame.assign(incidents_status=frame["incidents"].isna().map({True: "c", False: ""}))


def year(
    groups: dict[tuple, int], places: dict[tuple, int], hidden: set[tuple] = frozenset()
) -> dict[str, pd.DataFrame]:
    """Both tables of a year; what one of them does not tell apart is made up so that they agree."""
    unsent, sent = sum(places.values()), sum(groups.values())
    return {
        "groups": published(HIERARCHIES["groups"], groups | {("a", "not_sent"): unsent}, hidden),
        "places": published(HIERARCHIES["places"], places | {("north", "sent"): sent}, hidden),
    }


GROUPS = {
    ("a", "home"): 30,
    ("a", "hospital"): 12,
    ("a", "nobody"): 20,
    ("b", "home"): 40,
    ("b", "hospital"): 5,
    ("b", "nobody"): 25,
}
PLACES = {("north", "not_sent"): 50, ("south", "not_sent"): 60}
SHOWN = year(GROUPS, PLACES, {("a", "hospital"), ("b", "hospital")})


def derived(frames):
    return incident_rows.derive(frames, HIERARCHIES, SOURCES)


def classes(rows):
    return {
        codes: int(n)
        for codes, n in rows.drop(columns=["period", "part_of"]).value_counts().items()
    }


def test_an_incident_has_the_codes_of_its_shown_cell_and_says_what_a_withheld_one_does_not_tell():
    assert classes(derived(SHOWN)) == {
        ("a", "withheld", "home"): 30,
        ("b", "withheld", "home"): 40,
        ("a", "withheld", "nobody"): 20,
        ("b", "withheld", "nobody"): 25,
        ("withheld", "withheld", "hospital"): 17,
        ("withheld", "north", "not_sent"): 50,
        ("withheld", "south", "not_sent"): 60,
    }


def test_what_no_finer_total_tells_is_told_by_the_year_alone():
    frames = year(
        GROUPS,
        PLACES,
        {
            ("a", "hospital"),
            ("b", "hospital"),
            ("all", "hospital"),
            ("a", "nobody"),
            ("b", "nobody"),
            ("all", "nobody"),
        },
    )
    assert classes(derived(frames))[("withheld", "withheld", "withheld")] == 5 + 12 + 20 + 25


def test_a_year_whose_total_is_withheld_is_left_out():
    assert derived(year(GROUPS, PLACES, {("all", "calls")})).empty


@given(
    st.lists(st.integers(0, 40), min_size=8, max_size=8),
    st.sets(
        st.sampled_from(
            [(m, r) for m in MODEL.codes for r in RESULT.leaves]
            + [(d, "not_sent") for d in DISTRICT.codes]
        )
    ),
)
def test_every_incident_is_told_once_and_nothing_but_shown_figures(numbers, hidden):
    groups, places = (
        dict(zip(GROUPS, numbers, strict=False)),
        dict(zip(PLACES, numbers[6:], strict=True)),
    )
    rows = derived(year(groups, places, hidden))
    assert len(rows) == sum(numbers)
    for (model, result), n in groups.items():
        told = int(((rows["model"] == model) & (rows["result"] == result)).sum())
        assert told == (0 if (model, result) in hidden else n)


@pytest.mark.parametrize(("count", "refused"), [(10, True), (11, False), (12, False)])
def test_a_group_of_fewer_than_the_threshold_is_refused(count, refused):
    assert (
        bool(
            incidents.reason_to_withhold(
                derived(year(GROUPS | {("a", "hospital"): count, ("b", "hospital"): 30}, PLACES)),
                RULE,
            )
        )
        == refused
    )


def test_a_group_in_which_all_have_one_result_is_refused():
    rows = derived(year(GROUPS | {("a", "hospital"): 0, ("b", "hospital"): 30}, PLACES))
    assert "same result" in incidents.reason_to_withhold(rows, RULE)
    masked = derived(
        year(
            GROUPS | {("a", "hospital"): 0, ("b", "hospital"): 30},
            PLACES,
            {("a", "hospital"), ("b", "hospital")},
        )
    )
    assert not incidents.reason_to_withhold(masked, RULE), (
        "a person of `a` may be among those whose model is not told"
    )


@pytest.mark.parametrize(
    ("frames", "rule", "said"),
    [
        ({}, RULE, "No calendar year is complete yet in groups, places."),
        (SHOWN, Rule("typed", 11, "typed in", round_to=5), "Rounded figures do not add up"),
    ],
)
def test_why_there_is_no_such_file_is_said(frames, rule, said):
    assert incidents.make(frames, HIERARCHIES, SOURCES, rule)[1].startswith(said)


def test_codes_that_a_table_does_not_have_are_an_error_of_the_program_file():
    with pytest.raises(
        ProgramError,
        match="`derived_from.groups`: missing is no code of result; allowed are calls,",
    ):
        incidents.make(SHOWN, HIERARCHIES, {"groups": ["missing"], "places": ["not_sent"]}, RULE)


def test_tables_that_do_not_add_up_are_an_error():
    frames = {
        **SHOWN,
        "places": (
            SHOWN["places"].assign(
                incidents=SHOWN["places"]["incidents"].mask(SHOWN["places"]["district"] == "all", 1)
            )
        ),
    }
    with pytest.raises(ReleaseError, match="do not add up"):
        derived(frames)


@pytest.fixture
def release(whole_city, tmp_path) -> Published:
    """The city's release, to be tampered with."""
    return Published.load(
        shutil.copytree(whole_city.folder / "data" / "public" / "latest", tmp_path / "release")
    )


def threshold(published: Published) -> Rule:
    return Rule("typed", published.rule["threshold"], "typed in")


def test_the_citys_file_says_what_its_tables_say_in_groups_of_at_least_the_threshold(release):
    incidents.check(release, threshold(release))
    rows = release.tables["incidents_public"]
    counted = release.tables["model_results"].set_index(["period", "model", "result"])["incidents"]
    assert len(rows) == counted["2025", "all", "calls"]
    assert rows.value_counts().min() >= release.rule["threshold"]
    assert (rows["result"] != incident_rows.WITHHELD_CODE).mean() > 0.95


def test_a_release_with_the_file_can_be_followed_by_another(release):
    gate.other_figures_are_unchanged(release, release)


def without_a_row(rows):
    return rows.drop(rows.index[0])


def a_row_with_a_finer_code(rows):
    at = rows.index[rows["model"] == incident_rows.WITHHELD_CODE][0]
    return rows.assign(model=rows["model"].where(rows.index != at, "co_response"))


def a_row_of_another_result(rows):
    at = rows.index[rows["result"] == "remained_in_community"][0]
    return rows.assign(result=rows["result"].where(rows.index != at, "emergency_department"))


@pytest.mark.parametrize(
    "changed", [without_a_row, a_row_with_a_finer_code, a_row_of_another_result]
)
def test_a_file_that_tells_anything_of_its_own_is_refused(release, changed):
    changed(release.tables["incidents_public"]).to_csv(
        release.folder / "incidents_public.csv", index=False
    )
    with pytest.raises(ReleaseError, match="not those that the published tables tell"):
        incidents.check(Published.load(release.folder), threshold(release))


def test_a_file_that_leaves_too_small_a_group_is_refused(release):
    with pytest.raises(
        ReleaseError, match="incidents_public: Some incidents would stand in a group"
    ):
        incidents.check(release, Rule("typed", 60, "typed in"))


def test_the_dictionary_explains_every_code_of_the_file(release):
    package = json.loads((release.folder / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(r for r in package["resources"] if r["name"] == "incidents_public")
    codes = {
        f["name"]: {c["value"] for c in f.get("categories", [])}
        for f in resource["schema"]["fields"]
    }
    for column in ("model", "district", "time_band", "result"):
        assert set(release.tables["incidents_public"][column]) <= codes[column]
