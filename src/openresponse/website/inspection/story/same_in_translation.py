"""A page in another language has the figures of the page it is a translation of."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page, text

SOURCE = "en"
NUMBER = r"\d[\d.,]*(?: \d{3})*"  # spaces of any width have become one
PAIR = re.compile(rf"\(({NUMBER}) (?:of|de) ({NUMBER})")
REMEDY = "Write both from one published row."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Numerators and denominators that a translation lacks, or has beyond the original."""
    there = {page.name: page for page in pages}
    return [finding for page in pages for finding in _of_page(there, page)]


def _of_page(there: dict[str, Page], page: Page) -> Iterator[Finding]:
    code = page.root.get("lang") or SOURCE
    source = there.get(page.name.removeprefix(f"{code}/"))
    if code == SOURCE or source is None or source is page:
        return
    ours, theirs = _pairs(source), _pairs(page)
    for pair in (ours - theirs) + (theirs - ours):
        place = f"“{pair[0]} of {pair[1]}”"
        rule = "stands in one language and not in the other."
        yield Finding(page.name, place, rule, REMEDY)


def _pairs(page: Page) -> Counter[tuple[int, int]]:
    main = next(page.root.iter("main"), page.root)
    return Counter(
        (int(re.sub(r"\D", "", n)), int(re.sub(r"\D", "", of)))
        for n, of in PAIR.findall(text(main))
    )
