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

Check = Callable[[Path, list[Page]], list[Finding]]
OF_PAGES: tuple[Check, ...] = (
    agreeing_shares.findings,
    described_pictures.findings,
    named_clocks.findings,
    opened_charts.findings,
    plain_words.findings,
    promises.findings,
    same_in_translation.findings,
    translated_labels.findings,
)
# Those that read the files of the newest release too.
OF_FILES: tuple[Check, ...] = (
    claims_of_release.findings,
    meant_and_done.findings,
    one_series.findings,
    provisional_marks.findings,
    public_files.findings,
    publisher.findings,
    whole_claims.findings,
)


def disagreements(folder: Path) -> list[Finding]:
    """Where two statements of the site, its PDFs and its public files disagree; none where it tells
    one story.
    """
    pages = read(folder)
    has_release = (folder / "data" / "latest" / "datapackage.json").is_file()
    checks = (*OF_PAGES, *OF_FILES) if has_release else OF_PAGES
    return sorted({finding for check in checks for finding in check(folder, pages)})
