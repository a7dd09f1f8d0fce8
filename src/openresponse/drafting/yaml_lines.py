"""A program file as lines of YAML with comments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

STEP = "  "
LONGEST = 110  # letters of a line that holds several keys
WIDE = 10_000  # no value is broken into lines


@dataclass(frozen=True)
class Noted:
    """A value with a comment behind it."""

    value: Any
    note: str


def lines(tree: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """The keys and values of a tree in its order; what is short and has no comment is one line.
    Empty mappings and lists are left out.
    """
    for key, value in tree.items():
        note = f"  # {value.note}" if isinstance(value, Noted) else ""
        held = value.value if isinstance(value, Noted) else value
        if isinstance(held, Mapping | list) and not held:
            continue
        line = f"{indent}{_written(key)}: {'' if _has_notes(held) else _written(held)}{note}"
        if not isinstance(held, Mapping | list) or (len(line) <= LONGEST and not _has_notes(held)):
            yield line
        elif isinstance(held, list):
            yield f"{indent}{_written(key)}:{note}"
            yield from (f"{indent}{STEP}- {_written(one)}" for one in held)
        else:
            yield f"{indent}{_written(key)}:{note}"
            yield from lines(held, indent + STEP)


def _has_notes(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_notes, value.values()))
    return isinstance(value, Noted)


def _written(value: Any) -> str:
    text: str = yaml.safe_dump(
        value, default_flow_style=True, width=WIDE, allow_unicode=True, sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("...").rstrip("\n")
