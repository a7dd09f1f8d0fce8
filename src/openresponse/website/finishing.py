"""The finishing step on either engine's output: one style sheet, one frame, scripts only on the
pages for them, no other host, a strict policy, compressed copies.

Both engines bring a whole Bootstrap theme, an icon font and scripts, several hundred kilobytes that
no page here needs. Without them the pages of both look alike and a strict Content-Security-Policy
holds. A page is read once, changed as a hierarchy of elements, and written once.
"""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from openresponse.errors import RenderError
from openresponse.media.names import SOCIAL
from openresponse.website import (
    compression,
    fetching,
    frame,
    leftovers,
    search_engines,
    serving,
    translations,
)

ENGINES_OWN = ("site_libs", "search.json", "listings.json")
SHEET, NOT_FOUND = "styles.css", "404.html"
PARSER = html.HTMLParser()
PARSER.set_element_class_lookup(  # one class for every element: lxml.html asks Python for each
    etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)
)


def finish(folder: Path, address: str = "", texts: dict[str, dict[str, str]] | None = None) -> None:
    """Finish a rendered site in place; RenderError where a page would ask another host.

    address: where the site will be, with a slash at its end; without it there is no sitemap, and no
    page says its own address. texts: the frame's texts in other languages, see `translations`.
    """
    for name in ENGINES_OWN:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    sheet = _named_by_content(folder / SHEET)
    languages = translations.among(folder, texts or {}, address)
    pages = sorted(name for name in languages.files if name.endswith(".html"))
    for name in pages:
        root = read((folder / name).read_text(encoding="utf-8"))
        plain(root, serving.SCRIPTS.get(name, ()))
        _with_sheet(root, sheet)
        _refuse_other_hosts(name, fetching.asked_elsewhere(root))
        translations.join(root, name, languages)
        if name == NOT_FOUND:
            _from_anywhere(root, urlsplit(address).path or "/")
        elif address:
            search_engines.describe(root, name, address, SOCIAL in languages.files)
        (folder / name).write_text(written(root), encoding="utf-8")
    search_engines.list_pages(folder, [name for name in pages if name != NOT_FOUND], address)
    (folder / serving.FILE).write_text(serving.headers(folder), encoding="utf-8")
    compression.compress(folder)


def read(text: str) -> html.HtmlElement:
    """A page as a hierarchy that has a head."""
    root: html.HtmlElement = html.document_fromstring(text, parser=PARSER)
    if root.head is None:
        root.insert(0, root.makeelement("head"))
    return root


def written(root: html.HtmlElement) -> str:
    for picture in root.iter("svg"):  # the parser writes all names small; pictures have some others
        if (box := picture.attrib.pop("viewbox", None)) is not None:
            picture.set("viewBox", box)
    return html.tostring(root, encoding="unicode", doctype="<!doctype html>")


def plain(root: html.HtmlElement, scripts: Iterable[str] = ()) -> None:
    """Make an engine's page one without its scripts and styles, with the frame in its one form, and
    with the policy.

    scripts: the site's own files that the page runs.
    """
    leftovers.remove(root)
    leftovers.unescape(root)
    frame.settle(root)
    policy = f"{serving.POLICY}; {serving.OWN_SCRIPTS}" if scripts else serving.POLICY
    first = [
        etree.Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        etree.Element("meta", {"name": "color-scheme", "content": "light dark"}),
        *(etree.Element("script", {"src": name, "defer": ""}) for name in scripts),
    ]
    root.head[:0] = first


def _named_by_content(sheet: Path) -> str:
    """Name the style sheet by its content, so that a browser may keep it for ever; returns the
    name.
    """
    if not sheet.is_file():
        return sheet.name
    content = sheet.read_bytes()
    _refuse_other_hosts(
        sheet.name, filter(fetching.elsewhere, fetching.styled(content.decode("utf-8")))
    )
    name = f"{sheet.stem}.{hashlib.sha256(content).hexdigest()[:10]}{sheet.suffix}"
    sheet.rename(sheet.with_name(name))
    return name


def _with_sheet(root: html.HtmlElement, sheet: str) -> None:
    for link in root.head.iter("link"):
        if (href := link.get("href", "")).endswith(SHEET):
            link.set("href", href.removesuffix(SHEET) + sheet)


def _refuse_other_hosts(name: str, asked: Iterable[str]) -> None:
    for address in asked:
        raise RenderError(f"{name}: asks another host ({address}); the last site is as it was.")


def _from_anywhere(root: html.HtmlElement, base: str) -> None:
    """The page that is shown at every address that is not there: its links begin with the path
    under which the site is.
    """
    for element in root.iter():
        for name in ("href", "src"):
            link = element.get(name)
            if link and not link.startswith(("#", "//", base)) and not urlsplit(link).scheme:
                element.set(name, urljoin(base, link.lstrip("/")))
