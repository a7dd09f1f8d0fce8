"""Templates: what is filled in is escaped, and a text is looked up in the language spoken."""

import re
from pkgutil import resolve_name

import pytest
from jinja2 import UndefinedError
from jinja2.ext import extract_from_ast
from jinja2.nodes import Call, Const, Name

from openresponse import language
from openresponse.report.figures.datatable import Cell, Link, Table, dated, value
from openresponse.report.html.environment import ENVIRONMENT
from openresponse.workflow.catalogues import MARKS
from support import markup

TEMPLATES = ENVIRONMENT.list_templates()


def written(template: str, **values) -> str:
    return ENVIRONMENT.from_string(template).render(**values)


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_template_says_it_is_given_exists(template):
    source = ENVIRONMENT.loader.get_source(ENVIRONMENT, template)[0]
    comments = " ".join(re.findall(r"\{#(.*?)#\}", source, re.DOTALL))
    for named in re.findall(r"\b[a-z_]+(?:\.[a-zA-Z_]\w*)+", comments):
        root = "openresponse" if named.startswith("workflow.") else "openresponse.report"
        resolve_name(f"{root}.{named}")


def test_what_is_filled_in_is_escaped():
    assert written("<p>{{ label }}</p>", label="R&D <b>") == "<p>R&amp;D &lt;b&gt;</p>"
    assert (
        written("{{ _('{city}, release {release}.', city=city, release='1') }}", city="<b>")
        == "&lt;b&gt;, release 1."
    )


def test_a_text_with_tags_keeps_its_own_and_escapes_what_is_filled_in():
    assert (
        written("""{{ _markup('<a href="{root}x">page</a> {city}', root="../", city="<b>") }}""")
        == '<a href="../x">page</a> &lt;b&gt;'
    )


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError):
        written("{{ page.titel }}", page=Table("a", [], []))


def test_a_template_is_written_in_the_language_spoken():
    template = ENVIRONMENT.from_string("{{ _('On this page') }}")
    assert template.render() == "On this page"
    with language.speaking("es"):
        assert template.render() == language._("On this page") != "On this page"


@pytest.mark.parametrize("name", TEMPLATES)
def test_only_texts_that_stand_in_a_template_are_looked_up_there(name):
    """Else the catalogues would lack them, and a label of a release could be taken for markup."""
    hierarchy = ENVIRONMENT.parse(ENVIRONMENT.loader.get_source(ENVIRONMENT, name)[0])
    for call in hierarchy.find_all(Call):
        if isinstance(call.node, Name) and call.node.name in MARKS:
            texts = 2 if call.node.name in ("ngettext", "pgettext") else 1
            assert all(isinstance(one, Const) for one in call.args[:texts]), call.lineno
    asked = extract_from_ast(hierarchy, MARKS, babel_style=False)
    plain = [said for _line, mark, said in asked if mark != "_markup"]
    assert not [text for said in plain for text in said if "<" in text or "&" in text]


def test_a_table_has_caption_scopes_and_a_box_that_scrolls_with_the_keyboard():
    view = Table("Calls <b>", ["Month", "Calls"], [["May", value(12, "p")]], frozenset({1}))
    html = markup.table(view)
    for part in (
        'role="region" tabindex="0" aria-label="Calls &lt;b&gt;"',
        '<caption>Calls &lt;b&gt;<span class="marks">[p] provisional</span></caption>',
        '<th scope="col">Month</th>',
        '<th scope="col" class="num">Calls</th>',
        '<th scope="row">May</th>',
        '<td class="num">12 [p]</td>',
    ):
        assert part in html


@pytest.mark.parametrize(
    "cell, html",
    [
        ("R&D", "R&amp;D"),
        (value(float("nan"), "c"), '<span class="status">withheld</span>'),
        (dated("2022-12-01"), '<time datetime="2022-12-01">December 1, 2022</time>'),
        (dated(""), ""),
        (
            Cell("number", "1,200", "1200", "provisional"),
            '<data value="1200">1,200</data> <span class="status">provisional</span>',
        ),
        (Cell("code", "<a>"), "<code>&lt;a&gt;</code>"),
        (Cell("coded", "in `part_of`, or not"), "in <code>part_of</code>, or not"),
        (Cell("depth", "Arrived", "2"), '<span class="depth-2">Arrived</span>'),
        (Cell("place", "North", "place-north"), '<span id="place-north">North</span>'),
        (
            Cell("links", links=(Link("a", "A"), Link("b", "B", "B too", True, "c.zip"))),
            '<a href="a">A</a> <a href="b" download="c.zip">B<span class="hidden">: B'
            " too</span></a>",
        ),
    ],
)
def test_a_cell_is_set_by_its_kind(cell, html):
    assert markup.macro("tables.html", "cell", cell) == html
