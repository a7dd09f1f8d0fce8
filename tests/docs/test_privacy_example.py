"""The example worked by hand is what the search and the audit do."""

import pytest
from lxml import html

from openresponse.disclosure.audit.knowledge import KNOWLEDGE
from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.rules import PRESETS
from openresponse.release.checks.evidence.pack import NOT_COVERED
from support.behind import protect
from support.documentation import DOCS, prose, text
from support.tables import grid, hide, publish

RULE = PRESETS["cms-11"].model_copy(update={"reach": 1})  # an example small enough for a pencil
PAGE = DOCS / "privacy.qmd"


def cells(name: str) -> list[list[str]]:
    """The cells of a table of the page, without headings, margins last."""
    (found,) = html.document_fromstring(text(PAGE)).xpath(f"//table[@id='{name}']/tbody")
    return [[cell.text for cell in row.iter("td")] for row in found.iter("tr")]


def numbers(name: str) -> list[list[int]]:
    return [[int(cell) for cell in row] for row in cells(name)]


@pytest.fixture
def table():
    return grid([row[:-1] for row in numbers("true")[:-1]])


def withheld() -> set[tuple[str, str]]:
    return {
        (f"r{i}", f"c{j}")
        for i, row in enumerate(cells("published"))
        for j, cell in enumerate(row)
        if cell == "withheld"
    }


def adds_up(rows: list[list[int]]) -> bool:
    return all(sum(line[:-1]) == line[-1] for line in [*rows, *zip(*rows, strict=True)])


def test_the_tables_add_up():
    assert adds_up(numbers("true"))
    assert adds_up(numbers("witness"))


def test_the_search_withholds_what_the_page_withholds(table):
    status = protect([table], RULE).statuses["t"]
    hidden = table.cells[status == "c"]
    assert set(zip(hidden["row"], hidden["column"], strict=True)) == withheld()


def test_what_is_published_is_the_true_table_without_what_is_withheld():
    for true, published in zip(numbers("true"), cells("published"), strict=True):
        assert all(
            cell in ("withheld", str(count)) for count, cell in zip(true, published, strict=True)
        )


def test_the_witness_agrees_with_everything_published_and_is_large_where_the_count_is_small():
    for true, published, other in zip(
        numbers("true"), cells("published"), numbers("witness"), strict=True
    ):
        for count, cell, seen in zip(true, published, other, strict=True):
            assert cell == "withheld" or cell == str(seen)
            assert seen >= 1
            if cell == "withheld" and count < RULE.threshold:
                assert seen >= RULE.threshold


def test_each_step_before_the_last_is_opened_by_the_audit(table):
    small = ("r0", "c1")
    for pattern in ([small], [small, ("r0", "c2")], [small, ("r1", "c1")]):
        assert audit(publish([table], {"t": hide(table, *pattern)}), RULE).opened
    assert not audit(publish([table], {"t": hide(table, *withheld())}), RULE).opened


def test_the_page_lists_all_that_the_attacker_knows_and_all_that_is_not_covered():
    page = " ".join(prose(PAGE).split())
    assert [one for one in (*KNOWLEDGE, *NOT_COVERED) if one.rstrip(".") not in page] == []


def test_the_two_sums_by_hand_are_right():
    # 9 figures of at least 1 each with the sum 12: one of them is at most 12 less the 8 others.
    assert 12 - 8 * 1 == 4
    assert 2 - 1 == 1
