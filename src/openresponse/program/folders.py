"""The section `folders`: where a city keeps its files."""

from pathlib import Path
from typing import Self

from pydantic import PrivateAttr

from openresponse.program.section import Section


class Folders(Section):
    """Where files are kept, from the folder that the program file is in."""

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
    _home: Path = PrivateAttr(Path())

    @property
    def home(self) -> Path:
        """The folder of the program file, where a city keeps notebooks and written pages of its
        own.
        """
        return self._home

    def below(self, home: Path) -> Self:
        """The same folders, found from the folder of the program file."""
        found = self.model_copy(update={name: home / folder for name, folder in self})
        found._home = home
        return found
