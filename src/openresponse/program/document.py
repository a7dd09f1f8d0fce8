"""The text of a program file: what it holds, and in which line each key is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from openresponse.errors import ProgramError

Place = tuple[str | int, ...]
DEEPEST = 20  # a program file is never as deep as that, and a file made to fill the memory is
MOST = 50_000  # keys and values
MERGE = "tag:yaml.org,2002:merge"
WORDS = {
    "tag:yaml.org,2002:timestamp": "no such day or time",
    "tag:yaml.org,2002:int": "not a whole number",
    "tag:yaml.org,2002:float": "not a number",
}
# What a tag such as `!!int` in front of a value raises where the value is none.
NONE = (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, OverflowError)


@dataclass(frozen=True)
class Document:
    """content: of the whole file. lines: of each key and item, by its place in the content."""

    content: Any
    lines: dict[Place, int]


def read(path: Path) -> Document:
    """The document in a file; ProgramError with the line where it cannot be read as YAML.

    Every key is text, so that `NO` and `01` are keys as they are written; one that is there twice
    is refused.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProgramError(
            f"{path}: the program file cannot be read ({type(error).__name__}). "
            "Give the path of a YAML file, such as program.yml."
        ) from error
    try:
        _check_depth(path, text)
        loader = yaml.CSafeLoader(text)  # ten times as fast as the one in Python
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "somewhere"
        raise ProgramError(
            f"{path}, {where}: not valid YAML. Check indentation and quotes there."
        ) from error
    reader = _Reader(path, loader, {})
    return Document(None if node is None else reader.value(node, ()), reader.lines)


def _check_depth(path: Path, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _too_much(path, event.start_mark.line + 1 if event.start_mark else 1)


def _too_much(path: Path, line: int) -> ProgramError:
    return ProgramError(
        f"{path}, line {line}: more than a program file can hold. Look for a list or a reference"
        " (`*name`) that holds itself."
    )


@dataclass
class _Reader:
    """The values of a document, whose keys are checked on the way."""

    path: Path
    loader: yaml.CSafeLoader
    lines: dict[Place, int]

    def value(self, node: yaml.Node, place: Place) -> Any:
        if len(place) > DEEPEST or len(self.lines) > MOST:
            raise _too_much(self.path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(one, (*place, number)) for number, one in enumerate(node.value)]
        try:
            return self.loader.construct_object(node)
        except NONE as error:
            problem = WORDS.get(node.tag, "cannot be read as what it says to be")
            raise self._error(node, place, f"{problem}; put quotes around a text") from error

    def _item(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        return self.value(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        content: dict[str, Any] = {}
        first: dict[str, int] = {}
        # What is taken in from another mapping comes first: keys of its own take its place.
        for key, value in sorted(node.value, key=lambda pair: pair[0].tag != MERGE):
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise self._error(key, place, "a key must be one word or text")
            if key.tag == MERGE:
                content.update(self._merge(value, place))
                continue
            here = (*place, key.value)
            if key.value in first:
                raise self._error(key, here, f"is there twice, first in line {first[key.value]}")
            first[key.value] = line
            self.lines[here] = line
            content[key.value] = self.value(value, here)
        return content

    def _merge(self, node: yaml.Node, place: Place) -> dict[str, Any]:
        taken = self.value(node, place)
        parts = taken[::-1] if isinstance(taken, list) else [taken]
        if not all(isinstance(one, dict) for one in parts):
            raise self._error(node, place, "`<<` takes in keys and values only")
        return {key: one for part in parts for key, one in part.items()}

    def _error(self, node: yaml.Node, place: Place, problem: str) -> ProgramError:
        key = ".".join(map(str, place))
        return ProgramError(f"{self.path}, line {node.start_mark.line + 1}: `{key}`: {problem}.")
