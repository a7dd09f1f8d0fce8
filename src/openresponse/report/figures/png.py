"""A figure as a picture that says by itself what it is: for whoever copies it into an article or a
slide.
"""

import io
import re
from importlib.metadata import version
from pathlib import Path

from PIL import Image

from openresponse import language
from openresponse.language import _
from openresponse.media import drawn, fonts, typeset
from openresponse.release.store.published import Published
from openresponse.report.charts.colors import FAINT, FONT, GRID, INK, PAPER, WIDTH
from openresponse.report.figures.figure import Figure

TEMPLATE = Path(__file__).with_name("picture.typ")
EDGE = 16  # white around everything
LARGEST = 60_000  # bytes
SHADES = 4  # of each color towards the paper, for the edges of letters


def png(figure: Figure, published: Published, address: str = "") -> bytes:
    """The figure with its title, notes, source, release and permanent address, on white; the same
    bytes on every machine.

    address: where the site will stand. The mark of fictional data is part of every picture.
    """
    content = sheet(figure, published, address)
    chart = figure.picture.replace(FONT, typeset.FONT)
    return drawn.once(
        lambda: _png(content, chart),
        [version("typst"), version("pillow")],
        [Path(__file__), Path(typeset.__file__), TEMPLATE, *fonts.added(language.now().code)],
        [content, chart],
    )


def _png(content: dict, chart: str) -> bytes:
    made = typeset.png(TEMPLATE, content, {"chart.svg": chart}, sharpness=2)
    picture, written = Image.open(io.BytesIO(made)), io.BytesIO()
    colors = _palette(chart)
    picture.convert("RGB").quantize(palette=colors, dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def save(figures: list[Figure], out: Path, published: Published, address: str = "") -> list[Path]:
    """The pictures as files of their own, for whoever wants to show one elsewhere: SVG, and PNG
    that says what it is.
    """
    paths = []
    folder = out / language.now().folder / "figures"
    for figure in {figure.name: figure for figure in figures if figure.picture}.values():
        path = folder / f"{figure.name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(figure.picture, encoding="utf-8")
        path.with_suffix(".png").write_bytes(png(figure, published, address))
        paths += [path, path.with_suffix(".png")]
    return paths


def sheet(figure: Figure, published: Published, address: str) -> dict:
    """What stands around the chart, for the template."""
    source = [
        _(
            "Source: {city}, release {release}",
            city=_(published.publisher),
            release=published.name,
        ),
        f"{address}data/{published.name}/{figure.table}.csv",
    ]
    return {
        "title": language.unmarked(figure.title),
        "detail": language.unmarked(figure.detail),
        "note": language.unmarked(figure.note),
        "source": source,
        "width": WIDTH + 2 * EDGE,
        "edge": EDGE,
        "font": typeset.FONT,
        "paper": PAPER,
        "ink": INK,
        "faint": FAINT,
        "rule": GRID,
    }


def _palette(chart: str) -> Image.Image:
    """The colors of the chart and of the words around it, each exactly and in shades: a fraction of
    the size, and no category changes its color.
    """
    colors = [[255, 255, 255]]
    for color in sorted({*re.findall(r"#[0-9a-f]{6}", chart), INK, FAINT, GRID} - {PAPER}):
        channels = [int(color[n : n + 2], 16) for n in (1, 3, 5)]
        colors += [
            [round(255 - (255 - c) * shade / SHADES) for c in channels]
            for shade in range(1, SHADES + 1)
        ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for color in colors for channel in color])
    return palette
