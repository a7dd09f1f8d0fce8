"""The gate before the pages: a finished site is looked at as a whole before it takes the place of
the one that is shown.

Links lead somewhere, pages can be read by everybody, and every number in their sentences is one
that the published tables give. It reads the finished files and the releases among them, needs no
browser, and uses no code that writes the pages.
"""

from pathlib import Path

from openresponse.errors import InspectionError, first
from openresponse.website.inspection import accessibility, links, numbers
from openresponse.website.inspection.page import Finding, read


def inspect(folder: Path, address: str = "", release: str = "") -> list[Finding]:
    """What must not be shown of a finished site.

    address: where it will stand, with a slash at its end; release: the one that its pages tell of.
    Without a release there are no numbers to compare with.
    """
    pages = read(folder)
    every = links.findings(folder, pages, address) + accessibility.findings(folder, pages)
    return sorted(every + (numbers.findings(folder, pages, release) if release else []))


UNFIT = "The finished site is not fit to be shown; the last site is as it was."


def check(findings: list[Finding], what: str = UNFIT) -> None:
    """InspectionError that says what is wrong and names the first findings and how many more there
    are; nothing where there are none.
    """
    if findings:
        raise InspectionError(f"{what}\n" + first(findings, "\n"))
