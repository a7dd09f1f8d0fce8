"""A page in one of several languages: its frame in its own, links to the same thing in it, and a
way to the others.

The engines write one navigation for all pages. A page of another language has the same name in that
language's folder.
"""

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import etree, html

from openresponse import language
from openresponse.language import ENDS, FOREIGN, SOURCE, _
from openresponse.website import frame

HOME = "index.html"
# What the engines write as a day in numbers.
DATES = "(//p[@class='date'] | //div[@class='listing-date'])/descendant-or-self::*"
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Languages:
    """The languages that a finished site has.

    codes: the source first. texts: for each other one, what a text of the frame is in it. files:
    the name of every file of the site. address: where the site will be, with a slash at its end.
    """

    codes: tuple[str, ...]
    texts: dict[str, dict[str, str]]
    files: frozenset[str]
    address: str = ""

    def of(self, page: str) -> str:
        """The language of a page, by its folder."""
        folder = page.split("/")[0]
        return folder if folder in self.codes else SOURCE

    def versions(self, page: str) -> dict[str, str]:
        """The page's name in each language that has it."""
        name = page.removeprefix(language.language(self.of(page)).folder)
        names = {code: language.language(code).folder + name for code in self.codes}
        return {code: name for code, name in names.items() if name in self.files}


def among(folder: Path, texts: dict[str, dict[str, str]], address: str = "") -> Languages:
    """The languages of the site in a folder: those that have texts and a home page."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    codes = (SOURCE, *(code for code in texts if f"{code}/{HOME}" in files))
    return Languages(codes, texts, frozenset(files), address)


def join(root: html.HtmlElement, page: str, languages: Languages) -> None:
    """Write frame, links, dates, alternates and the picker of languages into a page."""
    code = languages.of(page)
    with language.speaking(code):
        _dates(root)
        if code != SOURCE:
            root.set("lang", code)
            _framed(root, languages.texts[code])
            _links(root, page, code, languages.files)
        _here(root, page)
        if len(languages.codes) > 1:
            _alternates(root, page, languages)
            _picker(root, page, languages)


def _dates(root: html.HtmlElement) -> None:
    """Each day as the page's language writes it; an engine knows the months of some languages."""
    for part in root.xpath(DATES):
        if ISO.fullmatch(written := (part.text or "").strip()):
            part.text = language.day(date.fromisoformat(written))


def _framed(root: html.HtmlElement, texts: dict[str, str]) -> None:
    """Everything outside the main part in the page's language, and the site's name in its title."""
    for part in frame.parts(root):
        for element in list(part.iter()):
            if label := texts.get(element.get("aria-label", "")):
                element.set("aria-label", language.unmarked(label))
            if (text := _translated(texts, element.text)) is not None:
                element.text, element[:0] = _marked(text)
            if element is not part and (text := _translated(texts, element.tail)) is not None:
                around, at = element.getparent(), element.getparent().index(element) + 1
                element.tail, around[at:at] = _marked(text)
    name = next(iter(texts))
    for element in root.head:
        if element.tag == "title":
            element.text = (element.text or "").replace(name, language.unmarked(texts[name]))
        elif element.tag == "meta" and name in element.get("content", ""):
            renamed = element.get("content").replace(name, language.unmarked(texts[name]))
            element.set("content", renamed)


def _translated(texts: dict[str, str], text: str | None) -> str | None:
    """The text in the page's language, with the spaces around it; None where there is none."""
    own = texts.get(" ".join(text.split())) if text else None
    return text.replace(text.strip(), own) if text and own is not None else None


def _marked(text: str) -> tuple[str, list[etree._Element]]:
    """A text as nodes: what is in English in another language's page says so."""
    first, *rest = re.split(f"{FOREIGN}([^{ENDS}]*){ENDS}", text)
    spans = []
    for words, after in zip(rest[::2], rest[1::2], strict=True):
        span = etree.Element("span", {"lang": SOURCE})
        span.text, span.tail = words, after
        spans.append(span)
    return first, spans


def _links(root: html.HtmlElement, page: str, code: str, files: frozenset[str]) -> None:
    """Links to the same thing in the page's language where it is there; to a page that is not, it
    says so.
    """
    for link in root.iterfind(".//a[@href]"):
        name, mark = urldefrag(link.get("href"))
        target = _target(page, name)
        if not name or ":" in name or target.startswith(f"{code}/"):
            continue
        if (own := f"{code}/{target}") in files:
            link.set("href", _way(page, own) + (f"#{mark}" if mark else ""))
        elif target.endswith(".html"):
            link.set("hreflang", SOURCE)
            _append(link, f"({_('in English')})")


def _append(link: html.HtmlElement, note: str) -> None:
    if len(link):
        link[-1].tail = f"{link[-1].tail or ''} "
    else:
        link.text = f"{link.text or ''} "
    span = etree.SubElement(link, "span", {"class": "elsewhere"})
    span.text, span[:] = _marked(note)


def _here(root: html.HtmlElement, page: str) -> None:
    """The links of header and footer that lead to the page itself say so."""
    for link in (link for part in frame.parts(root) for link in part.iterfind(".//a[@href]")):
        if _target(page, link.get("href")) == page:
            link.set("aria-current", "page")


def _alternates(root: html.HtmlElement, page: str, languages: Languages) -> None:
    """For search engines, where the page is in each language."""
    versions = languages.versions(page)
    if len(versions) < 2:
        return
    for code, name in {**versions, "x-default": versions.get(SOURCE, page)}.items():
        base = languages.address
        address = (base + name).removesuffix(HOME) if base else _way(page, name)
        etree.SubElement(root.head, "link", rel="alternate", hreflang=code, href=address)


def _picker(root: html.HtmlElement, page: str, languages: Languages) -> None:
    """For people, the way to each language: to its home page where it has not this one."""
    versions = languages.versions(page)
    label = language.unmarked(_("Language"))
    picker = root.makeelement("nav", {"class": "languages", "aria-label": label})
    choices = etree.SubElement(picker, "ul")
    for code in languages.codes:
        one = language.language(code)
        target = _way(page, versions.get(code, one.folder + HOME))
        way = {"href": target, "lang": code, "hreflang": code}
        choice = etree.SubElement(etree.SubElement(choices, "li"), "a", way)
        choice.text = one.name
        if code == languages.of(page):
            choice.set("aria-current", "true")
    for header in root.xpath(frame.HEADER):
        header.insert(0, picker)


def _target(page: str, link: str) -> str:
    """The name in the site of what a page's link leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(link)))


def _way(page: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(page) or ".")
