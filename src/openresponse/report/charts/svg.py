"""A chart as an SVG that stands alone: named, described, marked when fictional, without random
parts.
"""

import re
from html import escape
from importlib.metadata import version
from textwrap import wrap

import vl_convert

from openresponse import language
from openresponse.language import _
from openresponse.media import drawn
from openresponse.media.names import FICTIONAL
from openresponse.report.charts.colors import FAINT, FONT, WIDEST, WIDTH
from openresponse.report.charts.layers import Layers

LARGEST = 40_000  # bytes of one picture
MARK = 16  # height of a line under a chart


def picture(
    chart: Layers, name: str, title: str, description: str, fictional: bool, foot: str = ""
) -> str:
    """The SVG text of a chart. name: an identifier, unique on a page. foot: what is said of
    all of it, beside the mark of fictional data.
    """
    specification = chart.to_dict()
    raw = drawn.once(
        lambda: vl_convert.vegalite_to_svg(specification).encode(),
        version("vl-convert-python"),
        specification,
    ).decode()
    wide, height = (float(n) for n in re.findall(r' (?:width|height)="([\d.]+)"', raw)[:2])
    width = max(wide, WIDTH)  # measured in one typeface; in a reader's own they may be wider
    lines = filter(None, (_(FICTIONAL) if fictional else "", foot))
    below = wrap(" · ".join(lines), int(width / WIDEST))
    mark = "".join(_line(words, height + MARK * at - 3) for at, words in enumerate(below, 1))
    spoken = f' lang="{language.now().code}"' if language.now().folder else ""
    made = (
        f'<svg xmlns="http://www.w3.org/2000/svg"{spoken} role="img" viewBox="0 0 {width:g}'
        f' {height + MARK * len(below):g}" aria-labelledby="{name}-title {name}-desc"><title'
        f' id="{name}-title">{escape(_marked(title, fictional))}</title><desc'
        f' id="{name}-desc">{escape(description)}</desc>{_body(raw)}{mark}</svg>'
    )
    return language.marked(made, "tspan")


def _body(raw: str) -> str:
    """What is drawn, without what no reader needs."""
    body = raw[raw.index(">") + 1 : raw.rindex("</svg>")]
    body = re.sub(r'<path class="(?:background|foreground)"[^>]*?(?:/>|></path>)', "", body)
    body = re.sub(r' (?:class|role|aria-[a-z]+|pointer-events|stroke-miterlimit)="[^"]*"', "", body)
    body = re.sub(r' (?:opacity="1"|stroke-width="0")', "", body)
    body = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", body)
    body = re.sub(
        r'(<text [^>]*)(stroke=")', r'\1paint-order="stroke" \2', body
    )  # the ground of a word lies under it
    while "<g></g>" in body:
        body = body.replace("<g></g>", "")
    return body


def _line(words: str, y: float) -> str:
    return (
        f'<text x="2" y="{y:g}" font-family="{FONT}" font-size="11px"'
        f' font-weight="bold" fill="{FAINT}">{escape(words)}</text>'
    )


def _marked(title: str, fictional: bool) -> str:
    return _("{mark}: {title}", mark=_(FICTIONAL), title=title) if fictional else title
