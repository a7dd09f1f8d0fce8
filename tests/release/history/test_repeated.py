"""Which releases have to be read again: those of which the next one does not say everything."""

from pathlib import Path

import pytest

from openresponse.release.history.repeated import without_repeated
from openresponse.release.store.published import Published

NODE = {"code": "b2", "parent": None}
PART = {"name": "districts", "zeros": "public", "exempt": [["period", "2026-01"]]}
RULE = {"preset": "cms-11", "threshold": 11}


def release(name, *, revision=None, rule=RULE, nodes=(NODE,), table="districts", **part):
    described = {"parts": [PART | part], "trees": {"district": list(nodes)}}
    about = {"release": name, "revision": revision, "rule": rule}
    tables = [{"name": table, "openresponse": described}]
    return Published(Path(name), {"openresponse": about, "resources": tables})


def kept(*releases):
    return [one.name for one in without_repeated(releases)]


def test_of_months_that_follow_one_another_the_newest_says_everything():
    more = release(
        "2026-03", nodes=(NODE, {"code": "c6", "parent": None}), exempt=PART["exempt"] * 2
    )
    assert kept(release("2026-01"), release("2026-02"), more) == ["2026-03"]
    assert kept() == []


def test_a_revision_and_the_release_before_it_are_read_again():
    revised = release("2026-02-r1", revision={"of": "2026-02"})
    months = release("2026-01"), release("2026-02"), revised, release("2026-03")
    assert kept(*months) == ["2026-02", "2026-02-r1", "2026-03"]


@pytest.mark.parametrize(
    "other",
    [
        {"rule": RULE | {"threshold": 16}},
        {"nodes": ({"code": "b2", "parent": "all"},)},
        {"nodes": ()},
        {"table": "places"},
        {"name": "funnel"},
        {"zeros": "hidden"},
        {"exempt": []},
    ],
)
def test_a_release_before_one_that_describes_its_tables_otherwise_is_read_again(other):
    part = {"name": "districts"} | other
    assert kept(release("2026-01"), _named("2026-02", part)) == ["2026-01", "2026-02"]


def _named(month, part):
    own = {name: part.pop(name) for name in ("rule", "nodes", "table") if name in part}
    made = release(month, **own)
    made.package["resources"][0]["openresponse"]["parts"][0] |= part
    return made
