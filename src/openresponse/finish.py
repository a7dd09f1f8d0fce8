"""The finishing step on either engine's output: one style sheet, no scripts but on the one page for them, no other host, a strict policy.

Both engines bring a whole Bootstrap theme, an icon font and scripts, several hundred kilobytes that no page
here needs. Without them the pages of both look alike and a strict Content-Security-Policy can stand.
"""

import re
import shutil
from html import escape
from pathlib import Path
from urllib.parse import quote

from openresponse import serving
from openresponse.errors import RenderError

LEFT_OVER = ("site_libs", "search.json", "listings.json")
# Attributes by which a page would make the browser fetch something.
FETCHING = re.compile(r"""<(?:script|img|iframe|source|video|audio|embed|object|link)\b[^>]*?\b(?:src|data|href)\s*=\s*["']((?:https?:)?//[^"']+)""", re.I)
SPOKEN_OF = re.compile(r'<link[^>]+rel="(?:canonical|alternate|next|prev)"[^>]*>', re.I)


def finish(folder: Path) -> None:
    """Finish every page of a rendered site in place; RenderError where one would ask another host."""
    for name in LEFT_OVER:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    pages = sorted(folder.rglob("*.html"))
    for path in pages:
        text = page(path.read_text(encoding="utf-8"), serving.SCRIPTS.get(str(path.relative_to(folder)), ()))
        if asked := FETCHING.findall(SPOKEN_OF.sub("", text)):
            raise RenderError(f"{path.relative_to(folder)}: asks another host ({asked[0]}); the last site is as it was.")
        path.write_text(text, encoding="utf-8")
    _sitemap(folder, pages)
    (folder / serving.FILE).write_text(serving.headers(folder), encoding="utf-8")


def page(text: str, scripts: tuple[str, ...] = ()) -> str:
    """One page without the engine's scripts and styles, and with the policy. scripts: the site's own files that it runs."""
    text = re.sub(r"<script\b.*?</script>\s*", "", text, flags=re.S | re.I)
    text = re.sub(r"<style\b.*?</style>\s*", "", text, flags=re.S | re.I)
    text = re.sub(r'<link\b[^>]*href="[^"]*site_libs/[^"]*"[^>]*>\s*', "", text)
    text = re.sub(r'<button\b[^>]*class="[^"]*navbar-toggler.*?</button>', "", text, flags=re.S)
    text = re.sub(r'<meta name="(?:generator|smalldocs:offset|quarto:offset)"[^>]*>\s*', "", text)
    text = re.sub(r"<[a-z][^<>]*>", lambda tag: re.sub(r' (?:style|on[a-z]+)="[^"]*"', "", tag[0]), text)
    policy = f"{serving.POLICY}; {serving.OWN_SCRIPTS}" if scripts else serving.POLICY
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="color-scheme" content="light dark">'
    head += "".join(f'<script src="{name}" defer></script>' for name in scripts)
    return re.sub(r"(<head\b[^>]*>)", rf"\1{head}", text, count=1)


def _sitemap(folder: Path, pages: list[Path]) -> None:
    """The engine's sitemap again, without the times of this run."""
    found = folder / "sitemap.xml"
    base = re.search(r"<loc>(https?://[^/]+/)", found.read_text(encoding="utf-8")) if found.is_file() else None
    if base is None:
        return
    names = [quote(str(p.relative_to(folder))) for p in pages if p.name != "404.html"]
    rows = "".join(f"<url><loc>{escape(base[1] + name)}</loc></url>\n" for name in names)
    found.write_text('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + rows + "</urlset>\n", encoding="utf-8")
