"""The section `folders`: where a city keeps its files."""

from itertools import permutations
from pathlib import Path
from typing import Self

from pydantic import Field, PrivateAttr

from openresponse.program.section import Section

IN_RAW = (("ledger", "raw"), ("run_log", "raw"))


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
    run_log: Path = Field(default=Path("data/raw/.run-log"), examples=["/srv/confidential/run-log"])
    """The confidential log of every run: who, when, which command, from which files, and what came
    of it."""
    _home: Path = PrivateAttr(Path())

    @property
    def home(self) -> Path:
        """The folder of the program file, where a city keeps notebooks and written pages of its
        own.
        """
        return self._home

    def below(self, home: Path) -> Self:
        """The same folders, found from the folder of the program file.

        ValueError where one is that folder, or lies in another: a public folder would then hold
        what is confidential, or a clean-up would remove what people made. Only the ledger and the
        run log may lie in `raw`.
        """
        found = self.model_copy(update={name: home / folder for name, folder in self})
        found._home = home
        places = {name: Path(folder).resolve() for name, folder in found}
        for name, place in places.items():
            if home.resolve().is_relative_to(place):
                raise ValueError(f"{name}`: holds the program file. Give it a folder of its own")
        for (one, inner), (other, outer) in permutations(places.items(), 2):
            if inner.is_relative_to(outer) and (one, other) not in IN_RAW:
                raise ValueError(f"{one}`: lies in `folders.{other}`. Give it a folder of its own")
        return found
