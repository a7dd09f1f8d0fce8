"""How much of a language's catalogue is translated, and which kinds of pages are complete."""

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from openresponse import language
from openresponse.language import conventions
from openresponse.language.messages import translated

# The folders whose modules and templates each serve a kind of page, and what serves every kind.
PAGES = (PurePosixPath("report/pages"), PurePosixPath("report/html/templates"))
EVERYWHERE = {"before", "figures", "parts", "site_frame", "site_pages", "tables"}
SHARED = ""


@dataclass(frozen=True)
class Completeness:
    """texts: how many the catalogue has; missing: how many of them lack a translation. pages: by
    kind of page, named by its module or template, how many are missing on it; those that every
    page shares are missing on each.
    """

    texts: int
    missing: int
    pages: dict[str, int]

    @property
    def complete(self) -> list[str]:
        """The kinds of pages on which nothing is missing."""
        return [page for page, missing in self.pages.items() if not missing]

    def __str__(self) -> str:
        pages = f"complete: {', '.join(self.complete) or 'no page'}"
        return f"{self.texts} texts, {self.missing} to translate; {pages}"


def completeness(code: str) -> Completeness:
    """That of a language's catalogue as it is."""
    with language.catalogue(code).open("rb") as file:
        return of_catalogue(read_po(file, locale=conventions.locale_of(code)))


def of_catalogue(catalog: Catalog) -> Completeness:
    """That of a catalogue, whose texts say in which modules they stand."""
    messages = [message for message in catalog if message.id]
    missing = [message for message in messages if not translated(message)]
    pages = Counter(page for message in missing for page in _pages(message))
    shared = pages.pop(SHARED, 0)
    kinds = sorted({page for message in messages for page in _pages(message)} - {SHARED})
    return Completeness(len(messages), len(missing), {page: pages[page] + shared for page in kinds})


def _pages(message: Message) -> set[str]:
    """The kinds of pages that have a text; `SHARED` where another kind of module has it."""
    kinds = {_kind(PurePosixPath(path)) for path, _line in message.locations}
    return {SHARED} if SHARED in kinds else kinds


def _kind(path: PurePosixPath) -> str:
    """`methods` of `methods_page.py` and of `methods.html`, in whatever folder of pages."""
    own = not set(PAGES).isdisjoint(path.parents) and path.stem not in EVERYWHERE
    return path.stem.removesuffix("_page") if own else SHARED
