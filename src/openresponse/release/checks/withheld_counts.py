"""The true values behind what is withheld, searched for in every published byte. Runs on the
confidential side only.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.release.checks.texts import JOINED, Text
from openresponse.release.checks.tripwires import Search
from openresponse.release.store.published import Published
from openresponse.release.tables import rate_intervals
from openresponse.release.tables.loss import loss

NUMBER = re.compile(r"(?<![\w.#])\d+(?:\.\d+)?(?!\w|\.\d)")
GROUPED = re.compile(r"(?<![\w.])\d{1,3}(?:[,'\u2019 ]\d{3})+(?!\d)")
# Where a picture's shapes and a page's frame are; what a shape says is told by the rebuild, not by
# its coordinates.
GEOMETRY = re.compile(
    r"""\s(?:d|r|[xy][12]?|c[xy]|d[xy]|rx|ry|width|height|viewBox|points|transform|font-size|"""
    r"""stroke-[a-z]+|[a-z]+-opacity|opacity|colspan|rowspan|span|tabindex|version|startOffset|offset)\s*=\s*(?:"[^"]*"|'[^']*')"""
)
CALENDAR = range(
    32
)  # days of a month, and with them every small number that a sentence is likely to hold


def counts(published: Iterable[Published], withheld: Mapping[str, Iterable[int]]) -> Search:
    """Whole numbers in published files that no published table explains and that equal a withheld
    true count.

    published: every release, for what one of them shows may be said anywhere. withheld: what a
    table counts, to the true counts of its withheld cells. A finding names file and table, never
    the number. A number is explained by any published value, by a share as a percentage, by dollars
    without their cents, by the interval of a rate, by the program's constants, by how many rows a
    table, values a dimension and bytes a file has, by how many figures are shown and withheld, and
    by the calendar.

    It finds a true count that was copied where it does not belong, if no published figure happens
    to be the same: counts up to 31 it cannot find, and of those up to a few hundred only some. It
    reads neither coordinates of pictures nor counts hidden in sums, words or code. The proof that
    nothing but the tables stands in the site is the rebuild (`openresponse.rebuild`); this is what
    is searched besides.
    """
    known = set(CALENDAR).union(*(explained(release) for release in published))
    wanted = {table: frozenset(map(int, true)) - known for table, true in withheld.items()}

    def search(text: Text) -> Iterator[str]:
        numbers = set(whole_numbers(text, known))
        return (
            f"a withheld figure of `{table}`" for table, true in wanted.items() if true & numbers
        )

    return search


def remembered(ledger: Path) -> dict[str, list[int]]:
    """The true counts of all that was ever withheld, from the confidential ledger; empty where it
    is not at hand.
    """
    found: dict[str, list[int]] = {}
    for path in sorted(ledger.glob("*.json.gz")):
        try:
            cells = json.loads(gzip.decompress(path.read_bytes()))["cells"]
            for (universe, _, codes), count, reason in cells:
                if reason:
                    found.setdefault(
                        " by ".join([universe, *(dimension for dimension, _ in codes)]), []
                    ).append(count)
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            raise ReleaseError(
                f"{path}: the confidential ledger cannot be read. Restore it from a backup."
            ) from None
    return found


def explained(published: Published) -> set[int]:
    """Every whole number that a release explains."""
    lost = loss(published).drop(columns="table")
    found = (
        {path.stat().st_size for path in published.files}
        | set(lost.to_numpy().ravel())
        | set(lost.sum())
    )
    found |= set(lost["cells"] - lost["withheld"])
    for name, frame in published.tables.items():
        if published.kind(name) == "money":
            found |= {
                round(dollars)
                for column in ("amount", "total_to_date")
                for dollars in frame[column].dropna()
            }
        elif published.kind(name) == "counts":
            found |= {
                int(limit)
                for limit in rate_intervals.derived(frame, published.unit(name))
                if limit.is_integer()
            }
        found.add(len(frame))
        for column in frame.columns:
            found |= set(_numbers(" ".join(frame[column].dropna().astype(str).unique())))
            if column.startswith("share_") and not column.endswith("_status"):
                found |= {round(share * 100) for share in frame[column].dropna().unique()}
            if column.endswith("_status"):
                found |= set(map(int, frame[column].value_counts()))
        found |= {
            number
            for nodes in published.resources[name]["openresponse"]["trees"].values()
            for number in range(1 + len(nodes))
        }
    resources = published.resources.values()
    constants = [
        published.package["openresponse"],
        *(resource["openresponse"]["trees"] for resource in resources),
        *(
            field.get("description")
            for resource in resources
            for field in resource["schema"]["fields"]
        ),
    ]
    return found | rate_intervals.PRINTED | set(_numbers(str(constants)))


def whole_numbers(text: Text, known: set[int]) -> Iterator[int]:
    """The whole numbers of a text. `2,166` is one number where that is known, and otherwise perhaps
    two cells of a row. Of a workbook's parts only what stands between the tags."""
    for reading in text.readings[-1:] if text.markup else text.readings:
        seen = GROUPED.sub(
            lambda group: " " if int(re.sub(r"\D", "", group[0])) in known else group[0],
            GEOMETRY.sub("", reading),
        )
        yield from _numbers(seen)
        yield from _numbers(JOINED.sub("", seen))


def _numbers(text: str) -> Iterator[int]:
    for number in NUMBER.findall(text):
        value = float(number)
        if value.is_integer():
            yield int(value)
