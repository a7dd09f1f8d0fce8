"""Every link within the site leads to something that is there: pages, files, parts of pages, and
the addresses in feeds, lists and catalogs.

What lies on another host is not asked for; only the form of its address is checked.
"""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from openresponse.website.inspection.page import Finding, Page, shortened

FROM_ANYWHERE = "404.html"  # is shown at every address that is not there
ATTRIBUTES = (
    "href",
    "src",
    "poster",
    "data",
    "action",
    "{http://www.w3.org/1999/xlink}href",
    "xlink:href",
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
FORMS = {
    "https": re.compile(
        r"https://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#][^\s<>\"{}|\\^`]*)?", re.I
    ),
    "http": re.compile(r"http://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#][^\s<>\"{}|\\^`]*)?", re.I),
    "mailto": re.compile(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+"),
    "tel": re.compile(r"tel:\+?[\d.()-]+"),
}
DEAD = "a link to nothing."
MALFORMED = (
    "an address of no form that a browser follows.",
    "Write it as https://, mailto: or tel:.",
)
NAME = re.compile(r"/data/[^/]+/$")  # a release is called so; it is a folder without a page
LISTS = (".xml", ".json", ".ics", ".txt")  # files that other programs read for addresses


def findings(folder: Path, pages: list[Page], address: str = "") -> list[Finding]:
    """Links that lead nowhere, by page. address: where the site will stand, with a slash at its
    end.
    """
    site = _Site(folder, pages, address)
    wrong = [
        Finding(page.name, shortened(link), *fault)
        for page in pages
        for link in _links(page, address)
        if (fault := site.wrong(page.name, link))
    ]
    for path in sorted(
        path for path in folder.rglob("*") if path.suffix in LISTS and path.is_file()
    ):
        name = path.relative_to(folder).as_posix()
        wrong += [
            Finding(name, shortened(link), *fault)
            for link in _listed(path, address)
            if (fault := site.wrong(name, link))
        ]
    return sorted(set(wrong))


class _Site:
    """What is there, and what a link there means."""

    def __init__(self, folder: Path, pages: Iterable[Page], address: str):
        self.address, self.base = address, urlsplit(address).path or "/"
        self.files = {
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        }
        self.marks = {
            page.name: {
                *page.ids,
                *(e.get("name") for e in page.elements if e.tag == "a" and e.get("name")),
            }
            for page in pages
        }

    def wrong(self, page: str, link: str) -> tuple[str, str] | None:
        """Rule and remedy where the link of a page leads nowhere; None where all is well."""
        name, mark = urldefrag(link)
        own = self.address and (name + "/").startswith(self.address)
        if not own and (SCHEME.match(link) or link.startswith("//")):
            form = FORMS.get(link.split(":")[0].lower())
            return None if form and form.fullmatch(link) else MALFORMED
        name = name.split("?")[0]
        if own:
            target = name[len(self.address) :]
        elif name.startswith("/"):
            if not name.startswith(self.base):
                return (
                    f"leads out of the site, which stands under {self.base}.",
                    "Begin the link there.",
                )
            target = name[len(self.base) :]
        elif name and page == FROM_ANYWHERE:
            return (
                "this page is shown at every address, so its links must begin at the root.",
                f"Begin the link with {self.base}.",
            )
        else:
            target = posixpath.join(posixpath.dirname(page), name) if name else page
        return self._there(posixpath.normpath(unquote(target) or "."), unquote(mark))

    def _there(self, target: str, mark: str) -> tuple[str, str] | None:
        if target not in self.files:
            index = posixpath.normpath(posixpath.join(target, "index.html"))
            if index not in self.files:
                return DEAD, f"There is no {target} in the site: put it there, or correct the link."
            target = index
        if mark and target in self.marks and mark not in self.marks[target]:
            return (
                DEAD,
                f'No part of {target} has the id "{mark}": give it one, or correct the link.',
            )
        return None


def _links(page: Page, address: str) -> Iterator[str]:
    """Every address in a page, also those for search engines."""
    for element in page.elements:
        yield from (
            element.get(name).strip() for name in ATTRIBUTES if element.get(name) is not None
        )
        yield from (
            candidate.split()[0]
            for candidate in (element.get("srcset") or "").split(",")
            if candidate.strip()
        )
        if element.tag == "meta" and address and (element.get("content") or "").startswith(address):
            yield element.get("content")
        if element.tag == "script" and element.text:
            yield from _absolute(element.text, address)


def _listed(path: Path, address: str) -> Iterator[str]:
    """The addresses of this site in a file for programs, and the files that the description of a
    release names beside itself.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ics":
        text = "\n".join(
            re.findall(r"^URL:(.*)$", re.sub(r"\r?\n[ \t]", "", text), flags=re.M)
        )  # long lines are broken; a UID is no link
    yield from _absolute(text, address)
    if path.suffix == ".json":
        content = json.loads(text)
        if isinstance(content, dict):
            yield from (
                one[key]
                for part, key in (("resources", "path"), ("tables", "url"))
                for one in content.get(part, [])
                if isinstance(one, dict) and key in one
            )


def _absolute(text: str, address: str) -> list[str]:
    """Every address of this site in a text for programs. That of a folder is a name, to which no
    page belongs.
    """
    return (
        [
            link
            for link in re.findall(rf"{re.escape(address)}[^\s\"'<>\\]*", text)
            if not NAME.search(link)
        ]
        if address
        else []
    )
