"""The attacker in `bench` finds what can be guessed from published files, and nothing else.

Every derivation is attacked twice: with guesses, and without the relation that it needs.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

import attack as command
from attack import attack
from support.published import Figures, PublishedTable, publish

FIRST_EDITION = Path(__file__).parent / "fixtures" / "first_edition"
MONTHS = [f"2024-{month:02}" for month in range(1, 13)] + [
    f"2025-{month:02}" for month in range(1, 13)
]
RANDOM = np.random.default_rng(26)

# Issue by issue what was worked out by hand from the first edition's files.
DERIVED = [
    ("districts", "not_recorded/eligible", "2025-Q3", 9, 9),
    ("districts", "not_recorded/not_eligible", "2025-Q4", 7, 7),
    ("model_funnel", "all/area_not_recorded", "2025-Q4", 7, 7),
    ("model_funnel", "standard/area_not_recorded", "2025-Q4", 7, 7),
    ("model_funnel", "all/outside_area", "2025-Q4", 180, 180),
    ("districts", "A-15/team_not_sent", "2025-Q4", 8, 8),
    ("districts", "A-15/not_eligible", "2025-Q3", 41, 41),
    ("districts", "A-15/eligible", "2025-Q3", 27, 27),
    ("districts", "not_recorded/team_sent", "2025-Q3", 1, 8),
    ("districts", "not_recorded/team_not_sent", "2025-Q3", 1, 8),
]


def found(folder: Path, guess: bool = True) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Table, codes and period of every figure with an upper end below twice the threshold."""
    report = attack(folder, guess)
    cells = report.publication.cells
    return {
        (cells[one.cell].key[0], "/".join(cells[one.cell].key[1]), cells[one.cell].period): (
            one.least,
            one.most,
        )
        for one in report.attack.findings
    }


@pytest.fixture(scope="module")
def first_edition() -> dict[tuple[str, str, str], tuple[int, int]]:
    return found(FIRST_EDITION)


@pytest.fixture(scope="module")
def without_guesses() -> dict[tuple[str, str, str], tuple[int, int]]:
    return found(FIRST_EDITION, guess=False)


@pytest.mark.parametrize("table, codes, period, least, most", DERIVED)
def test_what_was_worked_out_by_hand_is_found(
    first_edition, without_guesses, table, codes, period, least, most
):
    assert first_edition[table, codes, period] == (least, most)
    limits = without_guesses.get((table, codes, period))
    assert limits is None or limits[1] > most


def test_five_figures_are_exact_and_two_more_small_in_the_first_edition():
    report = attack(FIRST_EDITION)
    small = [(one.least, one.most) for one in report.small]
    assert sorted(small) == [(1, 8), (1, 8), (7, 7), (7, 7), (7, 7), (8, 8), (9, 9)]
    assert "7 withheld figures are proved to be less than 11." in report.text()
    assert not attack(FIRST_EDITION, guess=False).small


def test_each_derivation_names_what_was_guessed():
    data = attack(FIRST_EDITION).data()
    nine = next(one for one in data["exact"] if one["least"] == 9)
    assert nine["guesses"] == [
        "model_funnel all/area_not_recorded = districts not_recorded/not_eligible "
        "(names agree, 8 bits of equal figures)"
    ]


def run(monkeypatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["attack.py", *arguments])
    return command.main()


def test_the_command_fails_where_something_is_proved_small_and_gives_it_as_data(
    monkeypatch, capsys
):
    assert run(monkeypatch, str(FIRST_EDITION), "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert (len(data["exact"]), len(data["small"]), data["contradictory"]) == (13, 2, False)
    assert run(monkeypatch, str(FIRST_EDITION), "--without-guesses") == 0


def test_the_command_has_nothing_to_attack_before_the_first_release(monkeypatch, capsys, tmp_path):
    assert run(monkeypatch, str(tmp_path)) == 0
    assert "no release yet" in capsys.readouterr().out


@pytest.mark.parametrize("role", ["before_police", "after_police", "order_not_recorded"])
def test_a_narrow_interval_is_found_from_sums_alone(without_guesses, role):
    """97 came too, 18 before, 67 after: what is left are two parts that add to 12."""
    shown = {"before_police", "after_police"}
    narrow = without_guesses.get(("clinician_attendance", role, "2025-04"))
    assert narrow == (None if role in shown else (1, 11))


def table(name: str, codes: dict[str, str | None], figures: Figures) -> PublishedTable:
    return PublishedTable(name, {"kind": codes}, figures)


def monthly(**columns: list[int | None]) -> Figures:
    return {
        (month, code): values[place]
        for place, month in enumerate(MONTHS)
        for code, values in columns.items()
    }


def counts(mean: int) -> list[int]:
    return [int(value) for value in RANDOM.poisson(mean, len(MONTHS))]


def added(*columns: list[int]) -> list[int]:
    return [sum(values) for values in zip(*columns, strict=True)]


def withheld(values: list[int], *places: int) -> list[int | None]:
    return [None if place in places else value for place, value in enumerate(values)]


def arrests() -> list[PublishedTable]:
    """Twelve arrests in 2025; the outcome `arrest` withheld in nine months, zero in three."""
    year = MONTHS[12:]
    outcomes: Figures = {}
    for place, month in enumerate(year):
        arrested = None if place < 9 else 0
        outcomes |= {
            (month, "contacts"): 60 + place,
            (month, "arrest"): arrested,
            (month, "at_home"): None if place < 9 else 60 + place,
        }
    events = {("2025", "arrest", "contacts"): 786, ("2025", "arrest", "yes"): 12}
    events |= {("2025", "arrest", "no"): 774, ("2025", "arrest", "not_recorded"): 0}
    answers = {"contacts": None, "yes": "contacts", "no": "contacts", "not_recorded": "contacts"}
    return [
        PublishedTable(
            "outcomes",
            {"outcome": {"contacts": None, "arrest": "contacts", "at_home": "contacts"}},
            outcomes,
        ),
        PublishedTable("safety", {"event": {"arrest": None}, "answer": answers}, events),
    ]


def test_nine_figures_of_at_least_one_that_add_to_twelve_are_each_at_most_four(tmp_path):
    folder = publish(tmp_path, arrests())
    limits = found(folder)
    months = {key: value for key, value in limits.items() if key[1] == "arrest"}
    assert len(months) == 9
    assert set(months.values()) == {(1, 4)}
    assert not found(folder, guess=False)


def equal_columns() -> list[PublishedTable]:
    """Who was seen is who was met, under another name; in one month the first is withheld."""
    seen, unseen, missed = counts(30), counts(12), counts(25)
    seen[5], unseen[5] = 25, 9
    first = monthly(calls=added(seen, unseen), seen=withheld(seen, 5), unseen=withheld(unseen, 5))
    second = monthly(visits=added(seen, missed), met=seen, missed=missed)
    return [
        table("first", {"calls": None, "seen": "calls", "unseen": "calls"}, first),
        table("second", {"visits": None, "met": "visits", "missed": "visits"}, second),
    ]


def test_columns_that_are_equal_wherever_both_are_shown_are_taken_to_be_equal(tmp_path):
    folder = publish(tmp_path, equal_columns())
    limits = found(folder)
    assert limits["first", "unseen", MONTHS[5]] == (9, 9)
    assert not found(folder, guess=False)


def never_larger() -> list[PublishedTable]:
    """Very late is hardly ever less than late; in one month 93 were very late, of 100 at all."""
    very, more, rest, other = counts(60), [1, 0, 0, 1] * 6, counts(30), counts(40)
    late = added(very, more)
    very[7], late[7], rest[7] = 93, 94, 6
    first = monthly(calls=added(late, rest), late=withheld(late, 7), soon=withheld(rest, 7))
    second = monthly(runs=added(very, other), hours=very, minutes=other)
    return [
        table("first", {"calls": None, "late": "calls", "soon": "calls"}, first),
        table("second", {"runs": None, "hours": "runs", "minutes": "runs"}, second),
    ]


def test_a_column_that_was_never_the_larger_is_taken_never_to_be(tmp_path):
    folder = publish(tmp_path, never_larger())
    assert found(folder)["first", "soon", MONTHS[7]] == (1, 7)
    assert not found(folder, guess=False)


def difference_of_tables() -> list[PublishedTable]:
    """A whole without one of its three parts is a figure of another table."""
    by_car, on_foot, by_bus, other = counts(40), counts(30), counts(20), counts(50)
    by_bus[3] = 8
    modes = {"trips": None, "car": "trips", "foot": "trips", "bus": "trips"}
    first = monthly(
        trips=added(by_car, on_foot, by_bus),
        car=withheld(by_car, 3),
        foot=withheld(on_foot, 3),
        bus=withheld(by_bus, 3),
    )
    moved = added(by_car, on_foot)
    second = monthly(people=added(moved, other), moving=moved, still=other)
    return [
        table("first", modes, first),
        table("second", {"people": None, "moving": "people", "still": "people"}, second),
    ]


def test_a_difference_of_two_figures_is_compared_with_other_tables(tmp_path):
    folder = publish(tmp_path, difference_of_tables())
    assert found(folder)["first", "bus", MONTHS[3]] == (8, 8)
    assert not found(folder, guess=False)


def quarter_and_months() -> list[PublishedTable]:
    """A month withheld, the other two and the quarter shown, in tables with the same codes."""
    met, missed = counts(30), counts(60)
    met[0], met[1], met[2] = 3, 12, 20
    quarters: Figures = {}
    for start in range(0, len(MONTHS), 3):
        period = f"{MONTHS[start][:4]}-Q{start % 12 // 3 + 1}"
        seen, not_seen = sum(met[start : start + 3]), sum(missed[start : start + 3])
        quarters[period, "calls"], quarters[period, "met"] = seen + not_seen, seen
        quarters[period, "missed"] = not_seen
    codes = {"calls": None, "met": "calls", "missed": "calls"}
    months = monthly(calls=added(met, missed), met=withheld(met, 0), missed=withheld(missed, 0))
    return [table("monthly", codes, months), table("quarterly", codes, quarters)]


def test_months_add_up_to_the_quarter_of_another_table(tmp_path):
    folder = publish(tmp_path, quarter_and_months())
    assert found(folder)["monthly", "met", MONTHS[0]] == (3, 3)
    assert not found(folder, guess=False)


def unrelated() -> list[PublishedTable]:
    met, missed, hot, cold = counts(30), counts(25), counts(30), counts(25)
    first = monthly(calls=added(met, missed), met=withheld(met, 4), missed=withheld(missed, 4))
    second = monthly(days=added(hot, cold), hot=hot, cold=cold)
    return [
        table("first", {"calls": None, "met": "calls", "missed": "calls"}, first),
        table("second", {"days": None, "hot": "days", "cold": "days"}, second),
    ]


def test_nothing_is_found_where_nothing_is_related(tmp_path):
    report = attack(publish(tmp_path, unrelated()))
    assert not report.attack.findings
    assert not report.attack.contradictory
    assert not report.small


def test_a_guess_that_contradicts_what_is_shown_is_given_up(tmp_path):
    """Equal in 23 months, and in the 24th the equality would leave less than nothing."""
    first, second = equal_columns()
    first.figures[MONTHS[5], "calls"] = 20
    report = attack(publish(tmp_path, [first, second]))
    given_up = [one.label.partition(" (")[0] for one in report.attack.given_up]
    assert set(given_up) == {"second met ≤ first seen", "first seen = second met"}
    assert not report.small


def test_a_figure_shown_again_beside_another_row_is_no_secret(tmp_path):
    figures: Figures = {("2025-01", "calls"): None, ("2025-01", "met"): 12}
    copy = table("first", {"calls": None, "met": "calls"}, figures)
    copy.further = {("2025-01", "met"): {"part_of_incidents": "19"}}
    assert found(publish(tmp_path, [copy]), guess=False)["first", "calls", "2025-01"] == (19, 19)


def test_a_share_tells_the_count_behind_it(tmp_path):
    figures: Figures = {("2025-01", "calls"): 90, ("2025-01", "met"): None}
    share = table("first", {"calls": None, "met": "calls"}, figures)
    share.further = {("2025-01", "met"): {"share_of_part": "0.089"}}
    assert found(publish(tmp_path, [share]), guess=False)["first", "met", "2025-01"] == (8, 8)


def test_what_an_earlier_release_showed_stays_known(tmp_path):
    codes = {"calls": None, "met": "calls", "missed": "calls"}
    before: Figures = {("2025-01", "calls"): None, ("2025-01", "met"): 12}
    after: Figures = {("2025-01", "calls"): 20, ("2025-01", "met"): None}
    before["2025-01", "missed"] = after["2025-01", "missed"] = None
    publish(tmp_path, [table("first", codes, before)], "2025-01")
    assert not found(tmp_path)
    publish(tmp_path, [table("first", codes, after)], "2025-02")
    assert found(tmp_path)["first", "missed", "2025-01"] == (8, 8)


def test_where_zeros_are_withheld_a_figure_may_be_zero(tmp_path):
    folder = publish(tmp_path, arrests(), zeros="hidden")
    limits = [value for key, value in found(folder).items() if key[1] == "arrest"]
    assert set(limits) == {(0, 12)}


def test_the_whole_of_one_topic_is_not_taken_for_the_whole_of_a_table(tmp_path):
    """All rows delivered, and the rows of one extract: the same codes, and not the same rows."""
    codes = {"rows": None, "used": "rows", "set_aside": "rows"}
    all_rows: Figures = {("2025-01", "rows"): 100}
    one: Figures = {("2025-01", "calls", "rows"): None, ("2025-01", "units", "rows"): None}
    for code in ("used", "set_aside"):
        all_rows["2025-01", code] = None
        one |= {("2025-01", extract, code): None for extract in ("calls", "units")}
    by_extract = PublishedTable(
        "by_extract", {"extract": {"calls": None, "units": None}, "kind": codes}, one
    )
    limits = found(publish(tmp_path, [table("rows", codes, all_rows), by_extract]))
    assert not any(name == "by_extract" for name, _, _ in limits)
