"""A withheld count in a page is found, and what merely looks like one is not."""

import pytest

from openresponse.release.checks import withheld_counts
from openresponse.release.checks.readable import Text
from openresponse.release.store.published import Published
from support import golden


@pytest.mark.parametrize(
    ("sentence", "is_trace"),
    [
        ("Police came to 4567 calls.", True),
        ("Section 12 of chapter 123 of the General Laws.", False),  # as the glossary has it
    ],
)
def test_a_number_that_the_texts_of_the_site_name_is_no_trace_of_a_count(sentence, is_trace):
    search = withheld_counts.counts([], {"funnel": [123, 4567]})
    assert bool(list(search(Text("glossary.html", f"<p>{sentence}</p>")))) is is_trace


@pytest.mark.parametrize(
    ("text", "is_trace"),
    [
        (Text("", "404.qmd", name=True), False),
        (Text("", "404 calls"), True),
        (Text("feed.xml", '<feed xmlns="http://www.w3.org/2005/Atom"/>'), False),
        (Text("data.json", "a sha-256 hash"), False),
        (Text("index.html", '<div data-listing-word-count-sort="1325"></div>'), False),
        (Text("index.html", '"reading-time": 1325, "word-count": 1325'), False),
        (Text("index.html", "1325 calls"), True),
        (Text("404.html", '<a href="es/404.html">Español</a>'), False),
        (Text("brief.pdf", "1970-01-01T00:00:00"), False),
        (Text("glossary.html", "of every 10,000 residents"), False),
        (Text("index.html", "Call 911 or 988."), False),
    ],
)
def test_names_and_sizes_are_no_figures(text, is_trace):
    numbers = [404, 1970, 2005, 256, 1325, 10000, 911, 988]
    assert bool(list(withheld_counts.counts([], {"funnel": numbers})(text))) is is_trace


def test_what_an_axis_says_is_explained_as_far_as_published_counts_go():
    release = Published.load(golden.HERE / "public")
    explained = withheld_counts.explained(release)
    units = ((frame, release.unit(name)) for name, frame in release.tables.items())
    greatest = max(frame[unit].max() for frame, unit in units if unit in frame)
    assert {tick for tick in withheld_counts.TICKS if tick <= greatest} <= explained
    assert not {tick for tick in withheld_counts.TICKS if tick > 100 * greatest} & explained
