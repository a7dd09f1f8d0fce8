"""Pieces every page is made of: front matter, sections, cards, help, links."""

from html import escape
from pathlib import Path

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures.figure import Figure
from openresponse.report.figures.png import png
from openresponse.report.html.qmd import page as page
from openresponse.report.html.qmd import quoted as quoted
from openresponse.report.html.qmd import spoken as spoken


def section(title: str, body: str, identifier: str, lead: str = "") -> str:
    said = f"<p>{escape(lead)}</p>" if lead else ""
    return f'<section class="part"><h2 id="{identifier}">{escape(title)}</h2>{said}{body}</section>'


def contents(entries: list[tuple[str, str]]) -> str:
    """Links to the parts of a long page."""
    items = "".join(
        f'<li><a href="#{identifier}">{escape(title)}</a></li>' for identifier, title in entries
    )
    return (
        '<nav class="on-this-page"'
        f' aria-label="{escape(_("On this page"))}"><p>{escape(_("On this page"))}</p><ul>{items}</ul></nav>'
    )


def help_now(published: Published) -> str:
    """Where to get help now."""
    lines = "".join(
        f'<li><a href="tel:{escape(line["contact"])}"><strong>{escape(line["contact"])}</strong> '
        f"<span>{escape(line['label'].removeprefix(line['contact']).strip())}</span></a><p>{escape(line['what'])}</p></li>"
        for line in published.program.get("help", [])
    )
    return (
        '<section class="help-now"><h2'
        f' id="help">{escape(_("Need help now?"))}</h2><ul>{lines}</ul></section>'
        if lines
        else ""
    )


def sentences(texts: list[str], identifier: str = "") -> str:
    mark = f' id="{identifier}"' if identifier else ""
    return (
        f'<ul class="said"{mark}>' + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
    )


def figures(found: list[Figure], root: str = "", level: int = 3) -> str:
    """Figures in a row. What they count is said once for several of one table."""
    html, before = "", ""
    for figure in found:
        html += figure.html(root, level, facts=figure.table != before)
        before = figure.table
    return html


def save(found: list[Figure], out: Path, published: Published, address: str = "") -> list[Path]:
    """The pictures as files of their own, for whoever wants to show one elsewhere: SVG, and PNG
    that says what it is.
    """
    paths = []
    for figure in {figure.name: figure for figure in found if figure.picture}.values():
        path = out / language.now().folder / "figures" / f"{figure.name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(figure.picture, encoding="utf-8")
        path.with_suffix(".png").write_bytes(png(figure, published, address))
        paths += [path, path.with_suffix(".png")]
    return paths


def address(code: str) -> str:
    """A model's code as a page name."""
    return code.replace("_", "-")
