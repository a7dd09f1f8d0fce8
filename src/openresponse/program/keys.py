"""Every key of the program file, as its models declare it: what the documentation is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openresponse.program.loader import Program

Schema = dict[str, Any]
CODE, MONTH, EXTRACT, NAME = "CODE", "MONTH", "EXTRACT", "NAME"  # in a path, what a city chooses
YEAR = r"\d{4}"  # how the pattern of a month begins, and no other
WORDS = {
    "boolean": "`true` or `false`",
    "date": "a day such as `2026-11-23`",
    "integer": "a whole number",
    "number": "a number",
    "path": "a path",
    "string": "text",
}
LIMITS = (
    ("minimum", "at least {}"),
    ("exclusiveMinimum", "above {}"),
    ("maximum", "at most {}"),
    ("minLength", "at least {} letters"),
)


@dataclass(frozen=True)
class Key:
    """One key of the program file.

    path: where it is, from the top, such as `areas.districts.CODE.label`; a name that the city
    chooses is in capitals, an item of a list is `[]`. values: what may be written, in words.
    default: None where the key must be there. section: whether it holds further keys. examples:
    those that its model gives.
    """

    path: str
    meaning: str
    values: str
    default: Any
    needed: bool
    section: bool
    examples: tuple[Any, ...] = ()


def keys() -> list[Key]:
    """Every key that a program file may have, in the order of the models."""
    schema = Program.model_json_schema()
    return list(_of_section(schema, "", schema["$defs"]))


def _of_section(
    section: Schema, prefix: str, sections: dict[str, Schema], above: tuple[str, ...] = ()
) -> Iterator[Key]:
    """above: the names of the sections that this one is in; one within itself is listed once."""
    for name, field in section["properties"].items():
        path = f"{prefix}{name}"
        inner, steps = _inside(field, sections)
        yield Key(
            path,
            " ".join(field.get("description", (inner or {}).get("description", "")).split()),
            _values(field),
            field.get("default"),
            name in section.get("required", ()),
            inner is not None,
            tuple(field.get("examples", ())),
        )
        if inner is not None and inner["title"] not in above:
            yield from _of_section(inner, f"{path}{steps}.", sections, (*above, inner["title"]))


def _inside(field: Schema, sections: dict[str, Schema]) -> tuple[Schema | None, str]:
    """The section that a field holds, and the steps from the field to it in a path."""
    field = _filled(field)
    if "$ref" in field:
        return sections[field["$ref"].rpartition("/")[2]], ""
    if "items" in field:
        inner, steps = _inside(field["items"], sections)
        return inner, f"[]{steps}"
    if field.get("type") == "object":
        name, value = _entry(field)
        inner, steps = _inside(value, sections)
        return inner, f".{name}{steps}"
    return None, ""


def _choices(field: Schema) -> list[Schema]:
    """What a field may hold when it is not left empty."""
    return [one for one in field.get("anyOf", ()) if one.get("type") != "null"]


def _filled(field: Schema) -> Schema:
    """The first of these."""
    return next(iter(_choices(field)), field)


def _entry(field: Schema) -> tuple[str, Schema]:
    """What the names in a field look like, and what each holds."""
    if "patternProperties" in field:
        ((pattern, value),) = field["patternProperties"].items()
        return MONTH if YEAR in pattern else CODE, value
    return EXTRACT if "propertyNames" in field else NAME, field["additionalProperties"]


def _values(field: Schema) -> str:
    if len(choices := [_values(one) for one in _choices(field)]) > 1:
        return " or ".join(choices)
    field = _filled(field)
    if "enum" in field:
        return "one of " + ", ".join(f"`{one}`" for one in field["enum"])
    if "prefixItems" in field:
        return "a list: " + "; ".join(_values(one) for one in field["prefixItems"])
    if "items" in field:
        return "a list of entries" if "$ref" in field["items"] else "a list"
    if field.get("type") == "object":
        return "entries by name"
    word = _word(field)
    limits = [text.format(field[key]) for key, text in LIMITS if key in field]
    return f"{word}, {' and '.join(limits)}" if limits else word


def _word(field: Schema) -> str:
    if "$ref" in field:
        return "a section"
    if YEAR in field.get("pattern", ""):
        return "a month such as `2026-10`"
    return WORDS[field["format"] if "format" in field else field["type"]]
