"""No page asks another host, by whichever attribute a browser would fetch something."""

import pytest
from lxml import html

from openresponse.website import fetching

# Every element and attribute by which a browser asks for something or sends something (see the
# sources in `fetching`); {} is the address.
ASKING = [
    "<img src={}>",
    "<img srcset={}>",
    "<img lowsrc={}>",
    "<img attributionsrc={}>",
    "<picture><source srcset={}></picture>",
    "<script src={}></script>",
    "<iframe src={}></iframe>",
    "<frame src={}>",
    "<embed src={}>",
    "<audio src={}></audio>",
    "<video src={}></video>",
    "<video poster={}></video>",
    "<video><track src={}></video>",
    "<input type=image src={}>",
    "<input type=submit formaction={}>",
    "<button formaction={}>go</button>",
    "<form action={}></form>",
    "<object data={}></object>",
    "<object classid={}></object>",
    "<object codebase={}></object>",
    "<object archive={}></object>",
    "<applet codebase={}></applet>",
    "<command icon={}>",
    "<table background={}></table>",
    "<table><tr><td background={}>",
    "<a href=index.html ping={}>a</a>",
    "<area href=index.html ping={}>",
    "<link rel=stylesheet href={}>",
    "<link rel=icon href={}>",
    "<link rel=preload as=image imagesrcset={}>",
    "<link rel=prefetch href={}>",
    "<link rel=preconnect href={}>",
    "<link rel=dns-prefetch href={}>",
    "<link rel=modulepreload href={}>",
    "<link rel=manifest href={}>",
    "<link rel='alternate stylesheet' href={}>",
    "<base href={}>",
    "<svg><image href={} /></svg>",
    "<svg><image xlink:href={} /></svg>",
    "<svg><use href={} /></svg>",
    "<svg><use xlink:href={} /></svg>",
    "<svg><feImage href={} /></svg>",
    "<svg><script href={}></script></svg>",
    "<svg><a><animate attributeName=href to={} /></a></svg>",
    "<svg><image><set attributeName=href to={} /></image></svg>",
]
ELSEWHERE = ["//host.example/a.png", "https://host.example/a.png", "HTTP://host.example/a"]
ELSEWHERE += ["wss://host.example/a", r"\\host.example/a", "/\\host.example/a"]
HERE = ["a.png", "../a.png", "/a.png", "#a", "data:image/png;base64,AAAA", "?next=//a"]
QUOTES = ['"{}"', "'{}'", "{}"]
# What holds an address among other text, between quotes alone.
WITHIN = [
    '<img srcset="a.png 1x, {} 2x">',
    '<img srcset="a.png 1x,{} 2x">',
    '<link rel=preload as=image imagesrcset="a.png 1x, {} 2x">',
    '<a href=index.html ping="/a {}">a</a>',
    '<meta http-equiv=refresh content="0; url={}">',
    "<meta http-equiv=Refresh content=\"0;URL='{}'\">",
    '<p style="background: url({})">a</p>',
    "<p style=\"background: url( '{}' )\">a</p>",
    "<p style=\"background: image-set('a.png' 1x, '{}' 2x)\">a</p>",
    '<svg><path fill="url({}#a)" /></svg>',
    '<svg><g filter="URL({}#a)"></g></svg>',
    "<style>p {{ background: url({}) }}</style>",
    '<style>@import "{}";</style>',
    "<style>@import url({});</style>",
    "<style>@font-face {{ src: url('{}') }}</style>",
    '<svg><animate attributeName=href values="a.png;{}" /></svg>',
    '<iframe srcdoc="<img src={}>"></iframe>',
]


def asked(markup):
    return fetching.asked_elsewhere(html.document_fromstring(f"<body>{markup}</body>"))


@pytest.mark.parametrize("quoted", QUOTES)
@pytest.mark.parametrize("markup", ASKING)
def test_every_attribute_by_which_a_browser_fetches_is_seen_quoted_or_not(markup, quoted):
    for address in ELSEWHERE:
        assert asked(markup.format(quoted.format(address))) == [address], address


@pytest.mark.parametrize("markup", WITHIN)
def test_an_address_is_seen_among_others_and_in_styles(markup):
    for address in ("//host.example/a.png", "https://host.example/a.png"):
        assert [one for one in asked(markup.format(address)) if "host.example" in one]


@pytest.mark.parametrize("markup", ASKING + WITHIN)
def test_an_address_of_the_site_itself_is_no_other_host(markup):
    for address in HERE:
        assert asked(markup.format(address)) == [], address


@pytest.mark.parametrize(
    "markup", ["<html manifest=//host.example/a>", "<body background=//host.example/a>"]
)
def test_the_page_itself_asks_no_other_host(markup):
    root = html.document_fromstring(f"{markup}<p>a</p>")
    assert fetching.asked_elsewhere(root) == ["//host.example/a"]


@pytest.mark.parametrize(
    "address",
    [
        " //host.example/a",
        "ht\ntps://host.example/a",
        "\t/\t/host.example/a",
        "https:host.example/a",
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(address):
    assert fetching.elsewhere(address)


def test_a_style_that_hides_its_address_behind_escapes_is_read():
    assert asked(r"<style>p { background: u\72 l(\2f\2fhost.example/a) }</style>")


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="https://host.example/">Read there</a>',
        '<map><area href="https://host.example/" alt="There"></map>',
        '<link rel="canonical" href="https://host.example/">',
        '<link rel="alternate" hreflang="es" href="https://host.example/es/">',
        '<link rel="next" href="https://host.example/2">',
        '<meta property="og:image" content="https://host.example/a.png">',
        '<blockquote cite="https://host.example/">a</blockquote>',
        "<p>https://host.example/ and url(//host.example/)</p>",
    ],
)
def test_what_a_person_follows_or_reads_is_not_fetched(markup):
    assert asked(markup) == []
