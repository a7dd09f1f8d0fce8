"""The true values behind what is withheld, searched for in every published byte. Runs on the
confidential side only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from openresponse.language import written_texts
from openresponse.release.checks.plain_text import JOINED
from openresponse.release.checks.readable import Text
from openresponse.release.checks.tripwires import Search
from openresponse.release.history import confidential_ledger
from openresponse.release.store.published import Published
from openresponse.release.tables import rate_intervals
from openresponse.release.tables.columns import keys
from openresponse.release.tables.loss import loss

NUMBER = re.compile(r"(?<![\w.#])\d+(?:\.\d+)?(?!\w|\.\d)")
GROUPED = re.compile(r"(?<![\w.])\d{1,3}(?:[,'\u2019 ]\d{3})+(?!\d)")
# A share, and the size of a file: never a count.
MEASURED = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?(?:%|kB\b)")
# Where a picture's shapes and a page's frame are. What a shape shows is proved by making the
# picture again, not by its coordinates.
GEOMETRY = re.compile(
    r"""\s(?:d|r|[xy][12]?|c[xy]|d[xy]|rx|ry|width|height|viewBox|points|transform|font-size|"""
    r"""stroke-[a-z]+|[a-z]+-opacity|opacity|colspan|rowspan|span|tabindex|version|startOffset|offset|data-listing-[a-z-]+)\s*=\s*(?:"[^"]*"|'[^']*')"""
)
# What looks like a number and is none: names of vocabularies of the web, of ways to make a hash and
# of files; days; and how long a page is, as listings of the engines have it.
NAMES = re.compile(
    r"https?://(?:www\.w3\.org|purl\.org)/[\w./-]*|(?i:\bsha-?\d+)|[\w-]+\.(?:html|qmd|ipynb|svg|png)\b"
    r'|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|"(?:reading-time|word-count|file-modified)":\s*[\d.]+'
)
# What an axis may say: one digit that counts, or a step between two (d3-array's `ticks`).
LEADING = (1, 1.2, 1.4, 1.5, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9)
TICKS = frozenset(round(leading * 10**power) for power in range(1, 7) for leading in LEADING)
# Days of a month, and with them every small number that a sentence is likely to hold.
CALENDAR = range(32)


def counts(
    published: Iterable[Published], withheld: Mapping[str, Iterable[int]], said: object = ""
) -> Search:
    """Whole numbers in published files that no published table explains and that equal a withheld
    true count.

    published: every release, for what one of them shows may be said anywhere. withheld: what a
    table counts, to the true counts of its withheld cells. said: what the program file says that
    stands on pages and in no release. A finding names file and table, never the number.

    A number is explained by any published value, by a share as a percentage, by dollars without
    their cents, by the interval of a rate, by how much the newest counts changed, by the program's
    constants, by how many rows a table, values a dimension and bytes a file has, by how many
    figures are shown and withheld, and by the calendar; by what an axis up to the greatest
    published count may say; and by what the texts of the pages name, as laws and telephone numbers.
    What a file is called is no figure.

    It finds a true count that was copied where it does not belong, if no published figure happens
    to be the same: counts up to 31 it cannot find, and of those up to a few hundred only some. It
    reads neither coordinates of pictures, shares and sizes of files nor counts hidden in sums,
    words or code. The proof that the site holds nothing but the tables is that it can be made again
    from them, byte by byte; this search comes on top of that.
    """
    known = set(CALENDAR).union(*(explained(release) for release in published))
    known |= set(_numbers(written_texts())) | set(_numbers(JOINED.sub("", written_texts())))
    known |= set(_numbers(str(said)))
    wanted = {table: frozenset(map(int, true)) - known for table, true in withheld.items()}

    def search(text: Text) -> Iterator[str]:
        if text.name:
            return
        numbers = set(whole_numbers(text, known))
        yield from (
            f"a withheld figure of `{table}`" for table, true in wanted.items() if true & numbers
        )

    return search


def remembered(folder: Path) -> dict[str, list[int]]:
    """The true counts of all that was ever withheld, by the table, from the confidential ledger;
    empty where it is not at hand.
    """
    counts: dict[str, list[int]] = {}
    for (table, *_), count in confidential_ledger.withheld_counts(folder):
        counts.setdefault(table, []).append(count)
    return counts


def explained(published: Published) -> set[int]:
    """Every whole number that a release explains."""
    numbers = {path.stat().st_size for path in published.files} | _cell_counts(published)
    for name, frame in published.tables.items():
        numbers |= _in_columns(frame) | _derived(published, name) | {len(frame)}
        hierarchies = published.resources[name]["openresponse"]["trees"]
        numbers |= {number for nodes in hierarchies.values() for number in range(1 + len(nodes))}
    return numbers | rate_intervals.PRINTED | set(_numbers(str(_constants(published))))


def _cell_counts(published: Published) -> set[int]:
    """How many cells there are, shown and withheld, and of how many incidents."""
    lost = loss(published).drop(columns="table")
    shown = set((lost["values"] - lost["withheld"]).tolist())
    return set(lost.to_numpy().ravel().tolist()) | set(lost.sum().tolist()) | shown


def _in_columns(frame: pd.DataFrame) -> set[int]:
    """What the columns of a table say: values, shares as percentages, how many have each status."""
    numbers: set[int] = set()
    for column in frame.columns:
        values = frame[column].dropna()
        numbers |= set(_numbers(" ".join(values.astype(str).unique())))
        if column.endswith("_status"):
            numbers |= set(map(int, frame[column].value_counts()))
        elif column.startswith("share_"):
            numbers |= {round(share * 100) for share in values.unique()}
    return numbers


def _derived(published: Published, name: str) -> set[int]:
    """What follows from a table: dollars without their cents and what is left of the budget, the
    limits of rates, the ticks of an axis.
    """
    frame = published.tables[name]
    if published.kind(name) == "money":
        dollars = pd.concat([frame["amount"], frame["total_to_date"]]).dropna()
        announced = (published.program.get("budget") or {}).get("amount")
        left = announced - frame["total_to_date"].dropna() if announced else dollars[:0]
        return {round(value) for value in [*dollars, *left]}
    if published.kind(name) == "counts":
        unit = str(published.unit(name))
        limits = rate_intervals.derived(frame, unit)
        greatest = frame[unit].max() if unit in frame else pd.NA
        ticks = {tick for tick in TICKS if pd.notna(greatest) and tick <= greatest}
        return (
            {int(limit) for limit in limits if limit.is_integer()} | ticks | _changes(frame, unit)
        )
    return set()


def _changes(frame: pd.DataFrame, unit: str) -> set[int]:
    """By how much the newest counts of a table differ from those of the period before and of a year
    before, as sentences say it.
    """
    periods = sorted(frame["period"].unique())
    if unit not in frame or len(periods) < 2:
        return set()
    year_before = f"{int(periods[-1][:4]) - 1}{periods[-1][4:]}"
    by_period = frame.set_index(keys(frame))[unit]
    newest = by_period.loc[periods[-1]]
    earlier = [by_period.loc[one] for one in {periods[-2], year_before}.intersection(periods)]
    return {abs(int(n)) for one in earlier for n in (newest - one).dropna()}


def _constants(published: Published) -> list[object]:
    """What a release says of itself and of its columns."""
    resources = published.resources.values()
    fields = [field for resource in resources for field in resource["schema"]["fields"]]
    return [
        published.package["openresponse"],
        *(resource["openresponse"]["trees"] for resource in resources),
        *(field.get("description") for field in fields),
    ]


def whole_numbers(text: Text, known: set[int]) -> Iterator[int]:
    """The whole numbers of a text. `2,166` is one number where that is known, and otherwise perhaps
    two cells of a row. Of a workbook's parts only what is between the tags.
    """
    for reading in text.readings[-1:] if text.markup else text.readings:
        seen = GROUPED.sub(
            lambda group: " " if int(re.sub(r"\D", "", group[0])) in known else group[0],
            MEASURED.sub(" ", NAMES.sub(" ", GEOMETRY.sub("", reading))),
        )
        yield from _numbers(seen)
        yield from _numbers(JOINED.sub("", seen))


def _numbers(text: str) -> Iterator[int]:
    for number in NUMBER.findall(text):
        value = float(number)
        if value.is_integer():
            yield int(value)
