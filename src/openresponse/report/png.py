"""A figure as a picture that says by itself what it is: for whoever copies it into an article or a slide."""

import io
import re
from html import escape
from textwrap import wrap

import vl_convert
from PIL import Image

from openresponse import language
from openresponse.language import _
from openresponse.release.published import Published
from openresponse.report.figure import Figure
from openresponse.report.theme import FAINT, FONT, GRID, INK, PAPER, WIDTH

SCALE = 2  # picture points a chart unit
LARGEST = 60_000  # bytes
SHADES = 4  # of each color towards the paper, for the edges of letters
EDGE, SPACE = 16, 10  # white around everything, between the parts
TITLE, TEXT, SMALL = (15, 19, 43), (12, 16, 56), (10, 13, 66)  # font size, height of a line, letters in a line


def png(figure: Figure, published: Published, address: str = "") -> bytes:
    """The figure with its title, notes, source, release and permanent address, on white; the same bytes every time on one machine.

    address: where the site will stand. The mark of fictional data is part of every picture.
    """
    drawn = sheet(figure, published, address)
    picture, written = Image.open(io.BytesIO(vl_convert.svg_to_png(drawn, scale=SCALE))), io.BytesIO()
    picture.convert("RGB").quantize(palette=_palette(drawn), dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def sheet(figure: Figure, published: Published, address: str) -> str:
    """What is drawn, as SVG."""
    width, height = (float(n) for n in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', figure.picture).groups())
    body = figure.picture[figure.picture.index("</desc>") + len("</desc>"):figure.picture.rindex("</svg>")]
    drawn, y = _text(figure.title, EDGE, TITLE, INK, ' font-weight="bold"')
    said, y = _text(figure.detail, y, TEXT, FAINT)
    drawn += f'{said}<g transform="translate({EDGE},{y + SPACE})">{body}</g>'
    y += height + 2 * SPACE
    said, y = _text(figure.note, y, SMALL, FAINT)
    drawn += f'{said}<path d="M{EDGE},{y + SPACE / 2:g}H{EDGE + WIDTH}" stroke="{GRID}"/>'
    y += SPACE
    for line in (_("Source: {city}, release {release}", city=published.program["city"], release=published.name), f"{address}data/{published.name}/{figure.table}.csv"):
        said, y = _text(line, y, SMALL, INK)
        drawn += said
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{max(WIDTH, width) + 2 * EDGE:g}" height="{y + EDGE:g}" font-family="{FONT}">'
            f'<rect width="100%" height="100%" fill="{PAPER}"/>{drawn}</svg>')


def _text(text: str, y: float, style: tuple[int, int, int], color: str, more: str = "") -> tuple[str, float]:
    """The text in lines from y on, and where it ends."""
    size, high, letters = style
    lines = wrap(language.unmarked(text), letters)
    return "".join(f'<text x="{EDGE}" y="{y + high * n + size:g}" font-size="{size}px" fill="{color}"{more}>{escape(line)}</text>'
                   for n, line in enumerate(lines)), y + high * len(lines)


def _palette(drawn: str) -> Image.Image:
    """The colors of the drawing, each exactly and in shades: a fraction of the size, and no category changes its color."""
    colors = [[255, 255, 255]]
    for color in sorted(set(re.findall(r"#[0-9a-f]{6}", drawn)) - {PAPER}):
        channels = [int(color[n:n + 2], 16) for n in (1, 3, 5)]
        colors += [[round(255 - (255 - c) * shade / SHADES) for c in channels] for shade in range(1, SHADES + 1)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for color in colors for channel in color])
    return palette
