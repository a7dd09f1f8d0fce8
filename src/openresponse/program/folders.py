"""The section `folders`: where a city keeps its files."""

from pathlib import Path

from openresponse.program.section import Section


class Folders(Section):
    """Where files are kept, from the folder in which the command runs."""

    raw: Path = Path("data/raw")
    """The confidential extracts, one folder for each month. Nothing in it is ever published."""
    public: Path = Path("data/public")
    """The releases, one folder each."""
    build: Path = Path("build")
    """What can be made again, releases that wait for approval, and the confidential evidence."""
    site: Path = Path("site")
    """The sources of the website; the finished one is in `_site` below it."""
    ledger: Path = Path("data/raw/.ledger")
    """The confidential ledger: what was ever withheld, with its witnesses. Keep a copy of it: a
    later release cannot be protected without it."""
