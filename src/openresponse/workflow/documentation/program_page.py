"""The page on the program file: each key with what it takes, its default, an example, and what it
changes.
"""

from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from openresponse.program.keys import Key, keys
from openresponse.records.schema import FIELDS, Field
from openresponse.workflow.documentation import examples, markdown

# Boston's, and one that does without most sections.
PROGRAMS = ("program.yml", "tests/programs/lincoln.yml")
LISTED = {
    "privacy.preset": "[the rules](figures.qmd#rules)",
    "tables.CODE.measure": "[the measures](figures.qmd#measures)",
    "tables.CODE.by": "[the dimensions](figures.qmd#dimensions)",
    "tables.CODE.stack.parts": "[the intervals](figures.qmd#intervals)",
    "extracts.EXTRACT.columns": "[the fields](#fields)",
}
INTRODUCTION = f"""\
The program file holds everything that differs between cities. It is a YAML file, `program.yml`
unless you name another with `--program`. It is checked before anything is read: a key that is not
listed here, a value that is not allowed and a name that does not exist are refused, and the error
says which key it is and what is allowed. A folder is written from the folder that the program file
is in, wherever the command runs; so is a file that a city keeps in place of one that came with the
code, such as `site/styles.css` or `notebooks/3-brief.ipynb`.

A name that the city chooses is in capitals: `models.CODE.label` is the label of any model. `[]` is
any item of a list. Examples come from {" and ".join(map("`{}`".format, PROGRAMS))} where one of
them uses the key.
"""
NEEDED = "A row without it is set aside."
OPTIONAL = "May be left out."


def text(checkout: Path) -> str:
    """The whole page, with examples from the program files of the checkout."""
    programs = [yaml.safe_load((checkout / name).read_text(encoding="utf-8")) for name in PROGRAMS]
    sections = groupby(keys(), key=lambda key: key.path.split(".")[0])
    parts = [
        markdown.section(f"`{name}`", name, markdown.items(_line(key, programs) for key in members))
        for name, members in sections
    ]
    return markdown.page(
        "The program file, key by key",
        "What a city sets, what each key takes, and what it changes.",
        INTRODUCTION,
        [*parts, _fields(programs)],
    )


def _line(key: Key, programs: list[dict[str, Any]]) -> str:
    example = "" if key.section else examples.of(key, programs)
    return " ".join(
        part
        for part in (
            f"**`{key.path}`**: {key.values}{_default(key)}.",
            key.meaning,
            f"Allowed are {LISTED[key.path]}." if key.path in LISTED else "",
            f"Example: `{example}`" if example else "",
        )
        if part
    )


def _default(key: Key) -> str:
    if key.needed:
        return ", needed"
    if key.section or key.default in (None, "", [], {}):
        return ", may be left out"
    return f", default `{examples.written(key.default)}`"


def _fields(programs: list[dict[str, Any]]) -> str:
    """The fields of each extract, with the codes that the program files give them."""
    lists = [
        f"`extracts.{extract}.columns`:\n\n"
        + markdown.items(_field(extract, name, field, programs) for name, field in fields.items())
        for extract, fields in FIELDS.items()
    ]
    return markdown.section(
        "The fields of each extract",
        "fields",
        "Left of the colon under `columns` is a field of this list, right of it the city's column."
        " Exact times, numbers and free text are read, used to link and to count, and go no"
        " further.",
        *lists,
    )


def _field(extract: str, name: str, field: Field, programs: list[dict[str, Any]]) -> str:
    columns = [program["extracts"].get(extract, {}).get("columns", {}) for program in programs]
    mapped = [one[name] for one in columns if isinstance(one.get(name), dict)]
    codes = dict.fromkeys(code for one in mapped for code in one.get("codes", {}).values())
    facts = [
        f"**`{name}`** ({field.kind}): {field.meaning}.",
        NEEDED if field.essential else OPTIONAL if field.optional else "",
        f"Codes: {markdown.names(list(codes)[:12])}." if codes else "",
    ]
    return " ".join(fact for fact in facts if fact)
