"""Every number in the prose of a page is a published figure, or follows from such by arithmetic
that the sentence states.

Nothing here is shared with the code that writes the sentences, but for the catalogues of the
languages, the reading of published files, and the definitions of the interval of a rate and of how
much is withheld (`release.tables`). A test lists these.
"""

import re
from pathlib import Path

from openresponse import language
from openresponse.website.inspection.blocks import Block, blocks
from openresponse.website.inspection.page import Finding, Page, shortened
from openresponse.website.inspection.reader import Reader
from openresponse.website.inspection.spoken_figures import Figures

WITH_FIGURES = re.compile(
    r"(?:index|outcomes|neighborhoods)\.html|(?:models|districts|briefs|questions)/.*\.html"
)
BRIEF, BRIEFS = re.compile(r"briefs/(\d.*)\.html"), "briefs/index.html"
PACKAGE = "datapackage.json"
REMEDY = (
    "Correct the sentence; one that tells something in a new way needs a rule in"
    " website/inspection/reading/wording.py."
)


class Inspection:
    """The readers of one site, by release and language."""

    def __init__(self, folder: Path, release: str):
        there = sorted((folder / "data").glob(f"*/{PACKAGE}"))
        self._figures = {
            path.parent.name: Figures.load(path.parent)
            for path in there
            if path.parent.name != "latest"
        }
        self._release = release
        self._readers: dict[tuple[str, str], Reader] = {}

    def findings(self, page: Page) -> list[Finding]:
        """Sentences of a page with a number that its release does not give."""
        code, name = _language(page.name)
        if not WITH_FIGURES.fullmatch(name):
            return []
        readers = [self._reader(release, code) for release in self._releases(name)]
        return [
            Finding(
                page.name,
                f"“{shortened(sentence)}”",
                f"no published figure gives {number} here.",
                REMEDY,
            )
            for block in blocks(page)
            for sentence, number in _unsupported(block, readers)
        ]

    def _releases(self, name: str) -> list[str]:
        """The releases that a page tells of: the list of briefs of every one, a brief of its own.
        Of one that was withdrawn no figures are left to tell.
        """
        if name == BRIEFS:
            return list(self._figures)
        brief = BRIEF.fullmatch(name)
        return [one for one in [brief[1] if brief else self._release] if one in self._figures]

    def _reader(self, release: str, code: str) -> Reader:
        if (release, code) not in self._readers:
            self._readers[release, code] = Reader(self._figures[release], code)
        return self._readers[release, code]


def findings(folder: Path, pages: list[Page], release: str) -> list[Finding]:
    """Sentences with a number that is not published, by page. release: the one of every page but
    the briefs, which name theirs.
    """
    site = Inspection(folder, release)
    return sorted({finding for page in pages for finding in site.findings(page)})


def _unsupported(block: Block, readers: list[Reader]) -> list[tuple[str, str]]:
    """What no release gives; of several, one must."""
    left = [
        reader.unsupported(block.text, block.context, block.table, block.markable)
        for reader in readers
    ]
    return left[-1] if left and all(left) else []


def _language(name: str) -> tuple[str, str]:
    """The language of a page, by the folder it is in, and its name there."""
    for code in language.available()[1:]:
        if name.startswith(f"{code}/"):
            return code, name.removeprefix(f"{code}/")
    return language.SOURCE, name
