"""The finishing step on either engine's output: one style sheet, nothing that runs but on the pages
for it, no other host, a strict policy, compressed copies.

Both engines bring a whole Bootstrap theme, an icon font and scripts, several hundred kilobytes that
no page here needs. Without them the pages of both look alike and a strict Content-Security-Policy
can stand.
"""

import gzip
import hashlib
import json
import re
import shutil
from html import escape
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import brotli

from openresponse.errors import RenderError
from openresponse.media.names import SOCIAL
from openresponse.website import serving, translations

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>\s*", re.S | re.I)
DESCRIPTION = (  # a data block, which no browser runs: no policy needs to permit it
    ' type="application/ld+json"'
)
LEFT_OVER = ("site_libs", "search.json", "listings.json")
SHEET, NOT_FOUND = "styles.css", "404.html"
BROTLI = 9  # the best one takes five times as long for a tenth less
# Attributes by which a page would make the browser fetch something.
FETCHING = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|link)\b[^>]*?\b(?:src|data|href)\s*=\s*["']((?:https?:)?//[^"']+)""",
    re.I,
)
SPOKEN_OF = re.compile(r'<link[^>]+rel="(?:canonical|alternate|next|prev)"[^>]*>', re.I)


def finish(folder: Path, address: str = "", frame: dict[str, dict[str, str]] | None = None) -> None:
    """Finish a rendered site in place; RenderError where a page would ask another host.

    address: where the site will stand; without it there is no sitemap, and pages tell no address of
    their own.
    frame: what stands around pages of other languages, see `editions`.
    """
    for name in LEFT_OVER:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    sheet = _by_content(folder / SHEET)
    pages = sorted(folder.rglob("*.html"))
    for path in pages:
        content = page(
            path.read_text(encoding="utf-8"), serving.SCRIPTS.get(str(path.relative_to(folder)), ())
        )
        text = re.sub(rf'(<link\b[^>]*href="[^"]*){re.escape(SHEET)}"', rf'\1{sheet}"', content)
        if asked := FETCHING.findall(SPOKEN_OF.sub("", text)):
            raise RenderError(
                f"{path.relative_to(folder)}: asks another host ({asked[0]}); the last site is as"
                " it was."
            )
        path.write_text(text, encoding="utf-8")
    translations.join(folder, frame or {}, address)
    for path in pages:
        text = path.read_text(encoding="utf-8")
        if path == folder / NOT_FOUND:
            text = _from_anywhere(text, urlsplit(address).path or "/")
        elif address:
            text = _told(text, address, path.relative_to(folder), (folder / SOCIAL).is_file())
        path.write_text(text, encoding="utf-8")
    _for_robots(folder, pages, address)
    (folder / serving.FILE).write_text(serving.headers(folder), encoding="utf-8")
    _compress(folder)


def page(text: str, scripts: tuple[str, ...] = ()) -> str:
    """One page without the engine's styles, without any script but a description in JSON-LD, and
    with the policy.

    scripts: the site's own files that it runs.
    """
    text = SCRIPT.sub(_data_alone, text)
    text = re.sub(r"<style\b.*?</style>\s*", "", text, flags=re.S | re.I)
    text = re.sub(r'<link\b[^>]*href="[^"]*site_libs/[^"]*"[^>]*>\s*', "", text)
    text = re.sub(r'<button\b[^>]*class="[^"]*navbar-toggler.*?</button>', "", text, flags=re.S)
    text = re.sub(r"<a\b[^>]*></a>", "", text)  # of a listing's field that an entry does not have
    text = re.sub(r'<meta name="(?:generator|smalldocs:offset|quarto:offset)"[^>]*>\s*', "", text)
    text = re.sub(
        r"<[a-z][^<>]*>", lambda tag: re.sub(r' (?:style|on[a-z]+)="[^"]*"', "", tag[0]), text
    )
    policy = f"{serving.POLICY}; {serving.OWN_SCRIPTS}" if scripts else serving.POLICY
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="color-scheme"'
        ' content="light dark">'
    )
    head += "".join(f'<script src="{name}" defer></script>' for name in scripts)
    return re.sub(r"(<head\b[^>]*>)", rf"\1{head}", text, count=1)


def _data_alone(script: re.Match) -> str:
    """A description for search engines stays, if it is one; whatever a browser could run goes."""
    if script[1] != DESCRIPTION:
        return ""
    try:
        json.loads(script[2])
    except ValueError:
        return ""
    return script[0]


def _by_content(sheet: Path) -> str:
    """Name the style sheet by its content, so that a browser may keep it for ever; returns the
    name.
    """
    if not sheet.is_file():
        return sheet.name
    name = f"{sheet.stem}.{hashlib.sha256(sheet.read_bytes()).hexdigest()[:10]}{sheet.suffix}"
    sheet.rename(sheet.with_name(name))
    return name


def _from_anywhere(text: str, base: str) -> str:
    """The page for addresses that are not there, which stands under every one of them: its links
    begin at the site's root.
    """
    return re.sub(
        r'\b(href|src)="(?![a-z]+:|[#/])([^"]*)"',
        lambda link: f'{link[1]}="{urljoin(base, link[2])}"',
        text,
    )


def _told(text: str, address: str, name: Path, pictured: bool) -> str:
    """What search engines and messengers read: the page's one address, and the picture they show of
    the site.
    """
    here = address + quote(str(name).removesuffix("index.html"))
    told = (
        f'<link rel="canonical" href="{escape(here)}"><meta property="og:url"'
        f' content="{escape(here)}"><meta property="og:type" content="website">'
    )
    if pictured:
        told += (
            f'<meta property="og:image" content="{escape(address + SOCIAL)}"><meta'
            ' name="twitter:card" content="summary_large_image">'
        )
    return text.replace("</head>", f"{told}</head>", 1)


def _for_robots(folder: Path, pages: list[Path], address: str) -> None:
    """The list of pages, without the times of this run that an engine writes there, and the file
    that says where it is.
    """
    (folder / "sitemap.xml").unlink(missing_ok=True)
    allowed = "User-agent: *\nAllow: /\n"
    if address:
        names = [
            quote(str(p.relative_to(folder)).removesuffix("index.html"))
            for p in pages
            if p.name != NOT_FOUND
        ]
        rows = "".join(f"<url><loc>{escape(address + name)}</loc></url>\n" for name in names)
        (folder / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset'
            f' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n',
            encoding="utf-8",
        )
        allowed += f"Sitemap: {address}sitemap.xml\n"
    (folder / "robots.txt").write_text(allowed, encoding="utf-8")


def _compress(folder: Path) -> None:
    """Beside every text its copies as gzip and Brotli, for servers that send those; the same text
    gives the same bytes.
    """
    done: dict[bytes, tuple[bytes, bytes]] = {}  # the newest release lies in two folders
    for path in sorted(p for p in folder.rglob("*") if p.suffix in serving.TEXTS and p.is_file()):
        content = path.read_bytes()
        if content not in done:
            done[content] = (
                gzip.compress(content, mtime=0),
                brotli.compress(content, quality=BROTLI),
            )
        for suffix, compressed in zip(serving.COMPRESSED, done[content], strict=True):
            if len(compressed) < len(content):
                path.with_name(path.name + suffix).write_bytes(compressed)
