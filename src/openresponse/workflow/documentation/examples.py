"""An example for each key of the program file, out of the program files that there are."""

from collections.abc import Iterator
from typing import Any

import yaml

from openresponse.program.keys import Key

LONGEST = 70  # letters of an example


def of(key: Key, programs: list[dict[str, Any]]) -> str:
    """The first short example: from the program files in their order, or else the model's own;
    empty where there is none.
    """
    steps = key.path.replace("[]", ".[]").split(".")
    used = (value for program in programs for value in _at(program, steps))
    return next(filter(None, map(_short, (*used, *key.examples))), "")


def _at(content: Any, steps: list[str]) -> Iterator[Any]:
    """What stands at a path; a step in capitals is any name, and `[]` any item."""
    if not steps:
        yield content
        return
    step, *others = steps
    if isinstance(content, list) and step == "[]":
        inside = content
    elif isinstance(content, dict):
        inside = list(content.values()) if step.isupper() else [content.get(step)]
    else:
        inside = []
    for one in inside:
        if one is not None:
            yield from _at(one, others)


def _short(value: Any) -> str:
    """A value as a program file would have it on one line: of many entries those that fit, of a
    long text its beginning.
    """
    while len(text := written(value)) > LONGEST and isinstance(value, dict | list) and value:
        value = dict(list(value.items())[:-1]) if isinstance(value, dict) else value[:-1]
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} ..."


def written(value: Any) -> str:
    """A value on one line, as YAML has it."""
    text = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=1000)
    return text.removesuffix("...\n").strip()
