"""What unknown files have to do with one another: files of one kind, and columns by which rows of
two files find each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, takewhile
from pathlib import Path

from openresponse.drafting.column_profiles import FileProfile, Profile
from openresponse.records.written import record_numbers

LEAST_SHARED = 0.5  # of the numbers of one column that are in the other
SHORTEST = 4  # signs of a number by which rows find each other
FEWEST = 10  # different numbers, before a share of them says anything


@dataclass(frozen=True)
class Link:
    """A column whose numbers are in a column of another file. shared: what share of them."""

    file: str
    column: str
    other: str
    other_column: str
    shared: float


def of_one_kind(files: Sequence[FileProfile]) -> list[list[FileProfile]]:
    """The files with the same headings together, in the order in which they were named."""
    groups: dict[tuple[str, ...], list[FileProfile]] = {}
    for one in files:
        groups.setdefault(one.layout.headings, []).append(one)
    return list(groups.values())


def name_of_all(paths: Sequence[Path]) -> str:
    """The name of a file, or one with `*` that names all of these."""
    names = [path.name for path in paths]
    if len(set(names)) == 1:
        return names[0]
    start = _in_common(names)
    end = _in_common([name[len(start) :][::-1] for name in names])[::-1]
    return f"{start}*{end}"


def _in_common(names: Sequence[str]) -> str:
    """The letters with which all of these begin."""
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    return "".join(letters[0] for letters in same)


def links(files: Sequence[FileProfile]) -> Iterator[Link]:
    """Every pair of columns of two files that share most of their numbers, once; the second is a
    key.
    """
    named: set[frozenset[tuple[str, str]]] = set()
    numbers = {
        (file.layout.path.name, one.heading): set(record_numbers.one_form(file.of(one.heading)))
        for file in files
        for one in file.profiles
        if _is_number(file, one)
    }
    keys = {
        (file.layout.path.name, one.heading)
        for file in files
        for one in file.profiles
        if one.is_key
    }
    for (given, key), (there, other) in permutations(numbers.items(), 2):
        if given[0] == there[0] or there not in keys or len(key) < FEWEST:
            continue
        shared = len(key & other) / len(key)
        if shared >= LEAST_SHARED and {given, there} not in named:
            named.add(frozenset({given, there}))
            yield Link(*given, *there, shared)


def _is_number(file: FileProfile, profile: Profile) -> bool:
    return (
        profile.kind in ("identifier", "text", "number")
        and profile.distinct >= FEWEST
        and file.of(profile.heading).str.len().median() >= SHORTEST
    )
