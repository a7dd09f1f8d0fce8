"""The section `folders`: where a city keeps its files."""

from pathlib import Path

from openresponse.program.section import Section


class Folders(Section):
    raw: Path = Path("data/raw")
    public: Path = Path("data/public")
    build: Path = Path("build")
    site: Path = Path("site")
    ledger: Path = Path("data/raw/.ledger")
