import pytest

# The plain value of each cell of a column, in the order the rows stand; none where a figure is not
# shown.
VALUES = (
    "(table, column) => [...table.tBodies[0].rows].map(row =>"
    " row.cells[column].querySelector('data')?.value ?? null)"
)
# A table and a column of numbers in which some figures are not shown, some are, and those are of
# different lengths.
MIXED = """() => { for (const table of document.querySelectorAll("table.preview"))
  for (const head of table.querySelectorAll("th.num")) {
    const shown = [...table.tBodies[0].rows].map(row =>
        row.cells[head.cellIndex].querySelector("data")?.value);
    const lengths = new Set(shown.filter(Boolean).map(value => value.length));
    if (shown.includes(undefined) && lengths.size > 1)
      return [table.closest("section").id, head.cellIndex];
  } }"""


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(address + "data.html")
    yield page
    context.close()
    assert page.said == []


def column(page):
    """A table of the page, one of its columns, and how to read that."""
    section, at = page.evaluate(MIXED)
    table = page.locator(f"#{section} table.preview")
    return table.locator("thead th").nth(at), lambda: table.evaluate(
        VALUES.replace("(table, column)", "table").replace("[column]", f"[{at}]")
    )


def test_a_click_sorts_numbers_as_numbers_and_puts_what_is_withheld_last_in_both_directions(page):
    head, values = column(page)
    before = values()
    numbers, hidden = sorted(float(value) for value in before if value), [None] * before.count(None)
    for direction, expected in (
        ("ascending", numbers),
        ("descending", numbers[::-1]),
        ("ascending", numbers),
    ):
        head.get_by_role("button").click()
        found = values()
        assert (
            [float(value) for value in found if value] == expected
            and found[len(numbers) :] == hidden
            and head.get_attribute("aria-sort") == direction
        )


def test_a_keyboard_sorts_keeps_its_place_and_is_told(page):
    head, values = column(page)
    button = head.get_by_role("button")
    button.focus()
    name = button.inner_text()
    for key, direction in (("Enter", "ascending"), ("Space", "descending")):
        page.keyboard.press(key)
        assert head.get_attribute("aria-sort") == direction and button.evaluate(
            "one => one === document.activeElement"
        )
        assert (
            page.get_by_role("status").inner_text()
            == f"Sorted by {name}, {direction}. What has no value stands last."
        )
    assert (
        button.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
        and button.bounding_box()["height"] >= 24
    )


def test_one_column_of_a_table_is_marked_as_sorted_and_other_tables_stay(page):
    tables = page.locator("table.preview")
    other = tables.nth(1).text_content()
    heads = tables.first.locator("thead th")
    for at in (0, 1):
        heads.nth(at).get_by_role("button").click()
        assert (
            tables.first.locator("[aria-sort]").count() == 1
            and heads.nth(at).get_attribute("aria-sort") == "ascending"
        )
    assert tables.nth(1).text_content() == other


def test_words_are_sorted_as_words(page):
    table = page.locator("#funnel table.preview")
    table.get_by_role("button", name="stage").click()
    said = table.locator("tbody th").all_inner_texts()
    assert said == sorted(said, key=str.lower) and len(said) > 2


def test_without_scripts_every_row_is_there_and_nothing_looks_as_if_it_sorted(
    browser, address, page
):
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(address + "data.html")
    assert (
        still.locator("table.preview tbody tr").count()
        == page.locator("table.preview tbody tr").count()
        > 0
    )
    assert (
        still.locator("main button").count() == 0
        and still.locator("table.preview tbody tr").first.is_visible()
    )
    context.close()
