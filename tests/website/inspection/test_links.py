"""Every link within the site leads to something that is there."""

import pytest

from openresponse.website.inspection import links
from openresponse.website.inspection.page import read

ADDRESS = "https://city.example/boston/"


@pytest.fixture
def found(tmp_path):
    """What is found where a page of a small site, or one of its other files, says this."""

    def make(
        said: str, page: str = "index.html", address: str = ADDRESS, **files: str
    ) -> list[str]:
        for name, text in {
            "index.html": '<main id="top"><h2 id="help">Help</h2></main>',
            "models/index.html": '<h2 id="all">All</h2>',
            "data/latest/funnel.csv": "period\n",
            "two words.html": "",
            page: said,
            **files,
        }.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                f"<html><body>{text}</body></html>" if name.endswith(".html") else text,
                encoding="utf-8",
            )
        return [str(one) for one in links.findings(tmp_path, read(tmp_path), address)]

    return make


@pytest.mark.parametrize(
    "link",
    [
        "models/index.html",
        "models/",
        "models/#all",
        "data/latest/funnel.csv",
        "/boston/models/index.html",
        "two%20words.html",
        "#here",
        "?print=1",
        "https://city.example/boston/",
        "https://city.example/boston/models/index.html#all",
        "https://elsewhere.example/a?b=c#d",
        "tel:988",
        "mailto:a@city.example",
    ],
)
def test_a_link_to_what_is_there_is_no_finding(found, link):
    assert found(f'<p id="here"><a href="{link}">x</a></p>') == []


@pytest.mark.parametrize(
    "link, told",
    [
        ("gone.html", "There is no gone.html in the site"),
        ("data/latest/gone.csv", "There is no data/latest/gone.csv"),
        ("data/latest/", "There is no data/latest in the site"),
        ("models/index.html#gone", 'No part of models/index.html has the id "gone"'),
        ("#gone", 'No part of index.html has the id "gone"'),
        ("../gone.html", "There is no ../gone.html"),
        ("/models/index.html", "leads out of the site, which stands under /boston/"),
        ("https://city.example/boston/gone.html", "There is no gone.html"),
        ("https://city.example/boston/models/index.html#gone", 'has the id "gone"'),
        ("https:/elsewhere.example", "an address of no form"),
        ("https://else where.example", "an address of no form"),
        ("//elsewhere.example/x", "an address of no form"),
        ("javascript:run()", "an address of no form"),
        ("tel:nine", "an address of no form"),
    ],
)
def test_a_link_to_nothing_is_found_with_its_page(found, link, told):
    (finding,) = found(f'<a href="{link}">x</a>')
    assert finding.startswith("index.html: ") and told in finding


@pytest.mark.parametrize(
    "said",
    [
        '<img src="gone.png" alt="x">',
        '<img srcset="two%20words.html 1x, gone.png 2x" alt="x">',
        '<svg><use href="#gone"></use></svg>',
        '<video poster="gone.png"></video>',
        '<link rel="canonical" href="https://city.example/boston/gone.html">',
        f'<meta property="og:image" content="{ADDRESS}gone.png">',
        f'<script type="application/ld+json">{{"url": "{ADDRESS}gone.json"}}</script>',
    ],
)
def test_pictures_meta_data_and_descriptions_are_links_too(found, said):
    assert len(found(said)) == 1


def test_the_page_for_what_is_not_there_has_links_from_the_root(found):
    assert (
        found(
            '<a href="/boston/models/index.html">x</a><a href="#here" id="here">y</a>', "404.html"
        )
        == []
    )


def test_a_link_of_that_page_that_begins_elsewhere_is_found(found):
    (finding,) = found('<a href="models/index.html">x</a>', "404.html")
    assert "its links must begin at the root" in finding


@pytest.mark.parametrize(
    "name, text",
    [
        ("sitemap.xml", f"<urlset><url><loc>{ADDRESS}gone.html</loc></url></urlset>"),
        ("releases.xml", f'<feed><link href="{ADDRESS}gone.html"/></feed>'),
        ("robots.txt", f"Sitemap: {ADDRESS}gone.html\n"),
        ("data/index.json", f'{{"tables": [{{"latest": "{ADDRESS}gone.html"}}]}}'),
        ("data/2026-10/datapackage.json", '{"resources": [{"path": "gone.html"}]}'),
        ("data/2026-10/csv-metadata.json", '{"tables": [{"url": "gone.html"}]}'),
        ("calendar.ics", f"UID:{ADDRESS}data/2027-01/\r\nURL:{ADDRESS}gone.h\r\n tml\r\n"),
    ],
)
def test_addresses_in_feeds_lists_and_descriptions_are_links_too(found, name, text):
    (finding,) = found("x", **{name: text})
    assert finding.startswith(f"{name}: ") and "gone.html in the site" in finding


def test_a_release_may_be_called_by_the_address_of_its_folder(found):
    assert found("x", **{"releases.xml": f"<feed><id>{ADDRESS}data/2026-10/</id></feed>"}) == []


def test_a_site_without_an_address_is_looked_at_too(found):
    assert (
        len(
            found(
                '<a href="gone.html">x</a><a href="/models/index.html">y</a><a'
                ' href="https://city.example/boston/gone.html">z</a>',
                address="",
            )
        )
        == 1
    )
