"""The site in several languages: each page has its frame in its own, links to the same thing in it,
and a way to the others.

The engines write one navigation for all pages. A page of another language stands under the same
name in that language's folder.
"""

import posixpath
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag

from openresponse import language
from openresponse.language import SOURCE, _

HOME = "index.html"
LINK = re.compile(r'<a\b([^>]*?)\bhref="([^"]*)"([^>]*)>(.*?)</a>', re.S)
MAIN = re.compile(r"(<main\b.*?</main>)", re.S)


def join(folder: Path, frame: dict[str, dict[str, str]], base: str = "") -> None:
    """Write frame, links, alternates and the picker of languages into every page of a rendered
    site; nothing where there is one language.

    base: where the site will stand, for the addresses that search engines read.
    """
    codes = [SOURCE, *(code for code in frame if (folder / code / HOME).is_file())]
    if len(codes) < 2:
        return
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for page in sorted(name for name in there if name.endswith(".html")):
        code = next((code for code in codes[1:] if page.startswith(f"{code}/")), SOURCE)
        path = folder / page
        text = path.read_text(encoding="utf-8")
        with language.speaking(code):
            if code != SOURCE:
                text = _links(_framed(text, frame[code]), page, code, there)
                text = re.sub(r'(<html\b[^>]*?\b(?:xml:)?lang=")[^"]*', rf"\g<1>{code}", text)
            path.write_text(_joined(text, page, code, codes, there, base), encoding="utf-8")


def _framed(text: str, frame: dict[str, str]) -> str:
    """The page with everything outside its main part in its own language, and the site's name in
    its title.
    """

    def put(found: re.Match) -> str:
        before, text, after = found.groups()
        said = frame.get(" ".join(unescape(text).split()))
        return (
            found[0] if said is None else before + text.replace(text.strip(), escape(said)) + after
        )

    head, body = text.split("</head>", 1)
    pieces = MAIN.split(body)
    for at in range(0, len(pieces), 2):
        pieces[at] = language.marked(
            re.sub(
                r'(aria-label=")([^"]*)(")',
                put,
                re.sub(r"(>)([^<>]*[^<>\s][^<>]*)(<)", put, pieces[at]),
            )
        )
    name = next(iter(frame))
    head = head.replace(escape(name, quote=False), escape(language.unmarked(frame[name])))
    return f"{head}</head>{''.join(pieces)}"


def _links(text: str, page: str, code: str, there: set[str]) -> str:
    """Links to the same thing in the page's language where it is there; to a page that is not, it
    says so.
    """

    def put(found: re.Match) -> str:
        before, href, after, said = found.groups()
        name, mark = urldefrag(href)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(name)))
        if not name or ":" in name or target.startswith(f"{code}/"):
            return found[0]
        twin = f"{code}/{target}"
        if twin in there:
            here = ' aria-current="page"' if twin == page else ""
            return f'<a{before}href="{_way(page, twin)}{"#" + mark if mark else ""}"{after}{here}>{said}</a>'
        if not target.endswith(".html"):
            return found[0]
        return (
            f'<a{before}href="{href}"{after} hreflang="{SOURCE}">{said} <span'
            f' class="elsewhere">({escape(_("in English"))})</span></a>'
        )

    return LINK.sub(put, text)


def _joined(text: str, page: str, code: str, codes: list[str], there: set[str], base: str) -> str:
    """The page with its alternates for search engines, and the picker for people."""
    name = page.removeprefix(language.now().folder)
    twins = {one: twin for one in codes if (twin := language.language(one).folder + name) in there}
    if len(twins) > 1:
        told = {**twins, "x-default": twins.get(SOURCE, page)}
        links = "".join(
            f'<link rel="alternate" hreflang="{one}"'
            f' href="{escape((base + twin).removesuffix(HOME) if base else _way(page, twin))}">'
            for one, twin in told.items()
        )
        text = text.replace("</head>", f"{links}</head>", 1)
    items = "".join(
        _choice(one, page, twins.get(one, language.language(one).folder + HOME), one == code)
        for one in codes
    )
    picker = f'<nav class="languages" aria-label="{escape(_("Language"))}"><ul>{items}</ul></nav>'
    return re.sub(
        r'(<header\b[^>]*\bid="quarto-header"[^>]*>)',
        lambda found: found[0] + picker,
        text,
        count=1,
    )


def _choice(code: str, page: str, target: str, chosen: bool) -> str:
    mark = ' aria-current="true"' if chosen else ""
    return (
        f'<li><a href="{_way(page, target)}" lang="{code}"'
        f' hreflang="{code}"{mark}>{escape(language.language(code).name)}</a></li>'
    )


def _way(page: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(page) or ".")
