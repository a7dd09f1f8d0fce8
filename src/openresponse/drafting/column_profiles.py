"""What a column of an unknown file is like, without showing one of its cells."""

from dataclasses import dataclass

import pandas as pd

from openresponse.drafting import cell_forms
from openresponse.drafting.cell_forms import Form
from openresponse.drafting.file_layouts import Layout

# What systems write where nothing was recorded.
NOTHING = ("null", "n/a", "na", "none recorded", "-", "--", "?", "#n/a", "nan")
MOST_CODES = 60  # different spellings of a list of codes
CODE_REPEATS = 5  # how often a spelling of a list of codes is there on average


@dataclass(frozen=True)
class Profile:
    """heading: as the file has it. place: counted from 1. missing: the share of cells that say
    nothing. nothing: the words found that mean so. distinct: how many different cells there are.
    is_key: whether no cell is there twice.
    """

    heading: str
    place: int
    rows: int
    missing: float
    nothing: tuple[str, ...]
    distinct: int
    is_key: bool
    form: Form

    @property
    def is_code(self) -> bool:
        """Whether its cells are of a short list."""
        given = self.rows * (1 - self.missing)
        return 0 < self.distinct <= MOST_CODES and given >= CODE_REPEATS * self.distinct

    @property
    def kind(self) -> str:
        """In a word: `empty`, `moment`, `day`, `clock`, `code`, `number`, `identifier`, `text`."""
        if not self.distinct:
            return "empty"
        if self.form.kind in ("moment", "day", "clock"):
            return self.form.kind
        if self.is_code:
            return "code"
        if self.form.kind == "number":
            return "number"
        return "identifier" if self.is_key else "text"


@dataclass(frozen=True)
class FileProfile:
    """cells: confidential; the profiles say all that may be shown."""

    layout: Layout
    profiles: tuple[Profile, ...]
    cells: pd.DataFrame

    def of(self, heading: str) -> pd.Series:
        """The cells of a column that say something."""
        place = next(one.place for one in self.profiles if one.heading == heading)
        return _given(self.cells[place])[0]


def profile(layout: Layout) -> FileProfile:
    """Every column of a file."""
    cells = layout.read().cells
    cells = cells.set_axis(range(1, cells.shape[1] + 1), axis="columns")
    profiles = tuple(
        _column(heading, place, cells[place])
        for place, heading in enumerate(layout.headings, start=1)
    )
    return FileProfile(layout, profiles, cells)


def _column(heading: str, place: int, cells: pd.Series) -> Profile:
    given, nothing = _given(cells)
    return Profile(
        heading.strip().lstrip("\ufeff"),
        place,
        len(cells),
        1 - len(given) / len(cells) if len(cells) else 1.0,
        nothing,
        int(given.nunique()),
        bool(len(given) and given.is_unique),
        cell_forms.form(given) if len(given) else Form("text"),
    )


def _given(cells: pd.Series) -> tuple[pd.Series, tuple[str, ...]]:
    """The cells that say something, and the words of those that do not."""
    filled = cells[cells != ""]
    without = filled.str.casefold().isin(NOTHING)
    return filled[~without], tuple(sorted(filled[without].unique()))
