"""The gate before the pages: the whole real site passes it, and each thing that is broken on one of
its pages is found.
"""

import re
import shutil

import pytest

from openresponse.errors import InspectionError
from openresponse.website import engines
from openresponse.website.inspection import blocks, examination, page, reader, spoken_figures
from support.cities import NEWEST

ADDRESS = "https://openresponse.example/"


@pytest.fixture(scope="module")
def copied(whole_city, tmp_path_factory):
    """The site as it was rendered, to be broken."""
    return shutil.copytree(
        whole_city.folder / "site" / "_site", tmp_path_factory.mktemp("broken") / "site"
    )


def test_nothing_is_found_on_the_real_site(site):
    assert examination.inspect(site, ADDRESS, engines.release(site)) == []


BROKEN = [
    (
        "index.html",
        r'href="outcomes\.html"',
        'href="outcome.html"',
        "a link to nothing. There is no outcome.html",
    ),
    (
        f"briefs/{NEWEST}.html",
        r"#districts-a-1|index\.html",
        "index.html#gone",
        'has the id "gone"',
    ),
    (
        "models/co-response.html",
        r"<h2 ",
        "<h4 ",
        "1.3.1: a heading of level 4 follows one of level 1",
    ),
    (
        "models/co-response-figures.html",
        r'(<svg[^>]*aria-labelledby=")[^"]*',
        r"\1gone",
        '1.3.1: its aria-labelledby names "gone"',
    ),
    ("data.html", r' scope="col"', "", "1.3.1: a header cell does not say"),
    (
        "es/index.html",
        r'<html([^>]*) lang="es"',
        r"<html\1",
        "3.1.1: the page does not say its language",
    ),
    (
        "districts/a-1.html",
        r'(<div class="scroll"[^>]*) tabindex="0"',
        r"\1",
        "2.1.1: the keyboard cannot reach",
    ),
]


@pytest.fixture(scope="module")
def broken(copied):
    """What is found where all of it is broken at once."""
    kept = {name: (copied / name).read_text(encoding="utf-8") for name, *_ in BROKEN}
    for name, before, after, _told in BROKEN:
        text = (copied / name).read_text(encoding="utf-8")
        changed = re.sub(before, after, text, count=1)
        assert changed != text
        (copied / name).write_text(changed, encoding="utf-8")
    found = examination.inspect(copied, ADDRESS)
    for name, text in kept.items():
        (copied / name).write_text(text, encoding="utf-8")
    return found


@pytest.mark.parametrize(("name", "told"), [(name, told) for name, _, _, told in BROKEN])
def test_what_is_broken_on_a_page_is_found_there(broken, name, told):
    assert any(told in str(one) for one in broken if one.page == name)


def test_nothing_is_found_on_other_pages_than_those_that_are_broken(broken):
    assert {one.page for one in broken} == {name for name, *_ in BROKEN}


@pytest.mark.parametrize(
    "name", ["index.html", f"briefs/{NEWEST}.html", f"es/briefs/{NEWEST}.html"]
)
@pytest.mark.parametrize("step", [1, -1])
def test_each_number_of_the_findings_changed_by_one_is_found(copied, name, step):
    path = copied / name
    text = path.read_text(encoding="utf-8")
    kept = [
        one.span()
        for one in re.finditer(
            r"(?:[A-Za-z]+|de) 20\d\d|<[^>]*>|\b(?:los|the last|últimos|last|within) \d+", text
        )
    ]
    answers = r'<p><strong class="answer">.*?</p>|<ul class="questions">.*?</ul>'
    said = [one.span() for one in re.finditer(answers, text, flags=re.S)]
    said = said or [next(re.finditer(r'<[ou]l class="said">.*?</[ou]l>', text, re.S)).span()]
    written = [
        one
        for one in re.finditer(r"\d[\d,]*(?:\.\d+)?", text)
        if any(start < one.start() < end for start, end in said)
        and not any(a <= one.start() < b for a, b in kept)
    ]
    assert len(written) > 15
    figures = spoken_figures.Figures.load(copied / "data" / NEWEST)
    read = reader.Reader(figures, "es" if name.startswith("es/") else "en")
    for number in written:
        at = number.start() + len(number[0].rstrip(",")) - 1
        changed = f"{text[:at]}{(int(text[at]) + step) % 10}{text[at + 1 :]}"
        found = [
            one
            for block in blocks.blocks(page.parsed(name, changed.encode()))
            for one in read.unsupported(block.text, block.context, block.table, block.markable)
        ]
        assert found, changed[number.start() - 60 : number.end() + 20]


def test_the_error_names_the_first_findings_and_how_many_more_there_are():
    found = [
        examination.Finding(f"page-{n:02}.html", "<h1>", "1.3.1: a rule.", "A remedy.")
        for n in range(13)
    ]
    with pytest.raises(InspectionError) as error:
        examination.check(found)
    lines = str(error.value).splitlines()
    assert (
        lines[1] == "page-00.html: <h1>: 1.3.1: a rule. A remedy."
        and len(lines) == 12
        and lines[-1] == "and 3 more"
        and error.value.exit_code == 10
    )
    examination.check([])
