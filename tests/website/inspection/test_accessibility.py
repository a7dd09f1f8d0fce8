"""What of WCAG 2.2 can be decided without a browser: each rule, broken once."""

import pytest

from openresponse.website.inspection import accessibility
from openresponse.website.inspection.page import read

PAGE = (
    "<!doctype html><html"
    " {lang}><head><title>{title}</title>{head}</head><body>{body}</body></html>"
)
GOOD = """<a href="#content">Skip</a>
<header><nav aria-label="Pages"><a href="index.html"><img src="a.png" alt="Home"></a></nav></header>
<main id="content"><h1>First</h1><h2>Second</h2>
<p lang="es">Hola <button aria-label="Close"></button></p>
<svg role="img" aria-labelledby="t"><title id="t">A chart</title></svg>
<svg aria-hidden="true"></svg>
<img src="b.png" alt="" aria-hidden="true">
<div class="scroll" role="region" tabindex="0" aria-label="Calls">
<table><caption>Calls</caption><tr><th scope="col">Month</th></tr>
<tr><td>1</td></tr></table></div>
<label for="which">Figure</label> <select id="which"></select>
<label>Year <input></label><input type="hidden">
<details><summary>More</summary>x</details>
<div hidden><h4></h4><table></table></div></main>"""


@pytest.fixture
def found(tmp_path):
    def make(
        body: str = GOOD,
        lang: str = 'lang="en"',
        title: str = "First",
        head: str = "",
        sheet: str = ".scroll { overflow-x: auto; }",
    ) -> list[str]:
        (tmp_path / "index.html").write_text(
            PAGE.format(lang=lang, title=title, head=head, body=body), encoding="utf-8"
        )
        (tmp_path / "styles.css").write_text(sheet, encoding="utf-8")
        return [
            f"{one.page}: {one.rule}" for one in accessibility.findings(tmp_path, read(tmp_path))
        ]

    return make


def test_a_page_that_keeps_every_rule_is_no_finding(found):
    assert found() == []


@pytest.mark.parametrize(
    "before, after, told",
    [
        ("<h1>First</h1>", "", "1.3.1: the page has 0 headings of the first level"),
        ("<h2>Second</h2>", "<h1>Second</h1>", "1.3.1: the page has 2 headings of the first level"),
        (
            "<h2>Second</h2>",
            "<h3>Second</h3>",
            "1.3.1: a heading of level 3 follows one of level 1",
        ),
        ("<h2>Second</h2>", "<h2> </h2>", "2.4.6: a heading says nothing"),
        ('<p lang="es">', '<p lang="xx">', '3.1.2: "xx" is no language'),
        ('<p lang="es">', '<p id="which">', "4.1.2: 2 elements have this id"),
        ('alt="Home"', 'alt="Home" id="t"', "4.1.2: 2 elements have this id"),
        ('alt="Home"', "", "1.1.1: a picture has no text"),
        ('alt="" aria-hidden="true"', 'alt=""', "1.1.1: a picture has no text"),
        ('<title id="t">A chart</title>', '<title id="t"></title>', "1.1.1: a drawing has no text"),
        ('<svg aria-hidden="true">', "<svg>", "1.1.1: a drawing has no text"),
        (">Skip</a>", "></a>", "2.4.4: a link has no name"),
        (' aria-label="Close"', "", "4.1.2: a button has no name"),
        (
            "<summary>More</summary>",
            "<summary></summary>",
            "4.1.2: a part that unfolds has no name",
        ),
        ('<label for="which">Figure</label>', "", "3.3.2: a field has no label"),
        ("<label>Year <input></label>", "Year <input>", "3.3.2: a field has no label"),
        ("<caption>Calls</caption>", "", "1.3.1: a table has no caption"),
        ('<th scope="col">Month</th>', "<td>Month</td>", "1.3.1: a table has no header cells"),
        (' scope="col"', "", "1.3.1: a header cell does not say"),
        (
            '<main id="content">',
            '<main></main><main id="content">',
            "1.3.1: the page has 2 main parts",
        ),
        ('tabindex="0"', 'tabindex="3"', "2.4.3: it is taken out of the order"),
        (' role="region"', "", "4.1.2: the keyboard stops at it"),
        (' aria-label="Calls"', "", "4.1.2: the keyboard stops at it"),
        (' tabindex="0"', "", "2.1.1: the keyboard cannot reach a part that scrolls"),
        (
            'aria-label="Close"',
            'aria-label="Close" aria-describedby="gone"',
            '1.3.1: its aria-describedby names "gone"',
        ),
        (
            'aria-label="Close"',
            'aria-label="Close" aria-controls="t gone"',
            '1.3.1: its aria-controls names "gone"',
        ),
        (
            '<label for="which">',
            '<label for="gone">x</label><label for="which">',
            '1.3.1: its for names "gone"',
        ),
    ],
)
def test_each_broken_rule_is_found_by_its_number(found, before, after, told):
    assert GOOD.count(before)
    assert any(
        one.startswith(f"index.html: {told}") for one in found(GOOD.replace(before, after, 1))
    )


@pytest.mark.parametrize(
    "given, told",
    [
        ({"lang": ""}, "3.1.1"),
        ({"lang": 'lang=""'}, "3.1.1"),
        ({"lang": 'lang="english please"'}, "3.1.1"),
        ({"title": " "}, "2.4.2"),
        (
            {"head": '<meta name="viewport" content="width=device-width, user-scalable=no">'},
            "1.4.4",
        ),
        ({"head": '<meta name="viewport" content="maximum-scale=1.0">'}, "1.4.4"),
    ],
)
def test_language_title_and_size_of_a_page_are_looked_at(found, given, told):
    assert [one.split(": ")[1] for one in found(**given)] == [told]


@pytest.mark.parametrize(
    "ink, passes", [("#767676", True), ("#777777", False), ("#ffffff", False), ("#000000", True)]
)
def test_text_stands_out_from_the_paper_by_four_and_a_half_to_one(found, ink, passes):
    sheet = (
        ":root { --paper: #ffffff; --ink: #000000; } @media (prefers-color-scheme: dark) {"
        f" :root {{ --paper: #ffffff; --ink-soft: {ink}; }} }}"
    )
    assert [one.split(":")[1] for one in found(sheet=sheet)] == ([] if passes else [" 1.4.3"])
