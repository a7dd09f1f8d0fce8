"""Everything that a finished site says twice, and where the two disagree."""

from collections.abc import Callable
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page, read
from openresponse.website.inspection.story import (
    agreeing_shares,
    described_pictures,
    named_clocks,
    one_series,
    opened_charts,
    plain_words,
    public_files,
    same_in_translation,
    translated_labels,
)
from openresponse.website.inspection.story.claims import (
    claims_of_release,
    meant_and_done,
    promises,
    provisional_marks,
    publisher,
    whole_claims,
)

CHECKS: tuple[Callable[[Path, list[Page]], list[Finding]], ...] = (
    agreeing_shares.findings,
    claims_of_release.findings,
    described_pictures.findings,
    meant_and_done.findings,
    named_clocks.findings,
    one_series.findings,
    opened_charts.findings,
    plain_words.findings,
    promises.findings,
    provisional_marks.findings,
    public_files.findings,
    publisher.findings,
    same_in_translation.findings,
    translated_labels.findings,
    whole_claims.findings,
)


def disagreements(folder: Path) -> list[Finding]:
    """Where two statements of the site, its PDFs and its public files disagree; none where it tells
    one story.
    """
    pages = read(folder)
    return sorted({finding for check in CHECKS for finding in check(folder, pages)})
