"""The catalogues brought up to date with what the site says: `make messages`.

Texts come from the code, where they are marked, and from what a release can say: measures, rules
and the program file.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import extract_from_ast

from openresponse import language
from openresponse.language import conventions
from openresponse.language.completeness import Completeness, of_catalogue
from openresponse.language.translation import DOMAIN
from openresponse.program import Program, load
from openresponse.report.html.environment import ENVIRONMENT
from openresponse.workflow.release_texts import of_releases

CODE = Path(__file__).parents[1]
MARKS = ("_", "N_", "_markup", "ngettext", "pgettext")  # what marks a text
RELEASES = "program.yml and measures"  # the place of what a release can say
# Without days and names, so that the same texts give the same file.
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n{draft}"Content-Type: text/plain;'
    ' charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
)
DRAFT = '"X-Draft: yes\\n"\n'  # the line in the head of a catalogue that is not finished


def template(program: Program) -> Catalog:
    """Every text that a catalogue should have, in the order of the files."""
    wanted = Catalog(domain=DOMAIN, project="Open Response", version="1", charset="utf-8")
    for path in sorted(CODE.rglob("*.py")):
        for message, context in of_code(path.read_text(encoding="utf-8")):
            wanted.add(message, locations=[(str(path.relative_to(CODE)), 0)], context=context)
    for path in sorted(CODE.rglob("*.html")):
        for message, context in of_template(path.read_text(encoding="utf-8")):
            wanted.add(message, locations=[(str(path.relative_to(CODE)), 0)], context=context)
    for text in sorted(of_releases(program)):
        wanted.add(text, locations=[(RELEASES, 0)])
    return wanted


def of_code(code: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """The texts marked in a module, also within f-strings, where babel's own extraction does not
    look: message and context.
    """
    for call in ast.walk(ast.parse(code)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        given = [
            one.value
            for one in call.args
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        yield from _message(call.func.id, given)


def of_template(text: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """The texts marked in a template, as `of_code` gives those of a module."""
    asked = extract_from_ast(ENVIRONMENT.parse(text), MARKS, babel_style=False)
    for _line, mark, said in asked:
        yield from _message(mark, [text for text in said or () if text])


def _message(mark: str, said: list[str]) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    match mark, said:
        case (("_" | "N_" | "_markup"), [text]):
            yield text, None
        case "ngettext", [one, many]:
            yield (one, many), None
        case "pgettext", [context, text]:
            yield text, context


def update(code: str, program: Program) -> Completeness:
    """Bring a language's catalogue up to date, or begin it; how much of it is translated.

    A new catalogue is a draft, and stays one until nothing is missing.
    """
    path, locale = language.catalogue(code), conventions.locale_of(code)
    begun = path.is_file()
    unfinished = is_draft(code) if begun else True
    text = path.read_text(encoding="utf-8") if begun else ""
    known = read_po(io.StringIO(text), locale=locale) if begun else Catalog(locale=locale)
    wanted = template(program)
    for context, texts in conventions.contexts().items():
        if conventions.is_borrowed(locale) or any(known.get(text, context) for text in texts):
            for text in texts:
                wanted.add(text, context=context)
    known.update(wanted, no_fuzzy_matching=True)
    reached = of_catalogue(known)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        draft = DRAFT if unfinished and reached.missing else ""
        plurals = known.plural_forms
        file.write(HEADER.format(code=path.parts[-3], draft=draft, plurals=plurals).encode())
        write_po(
            file, known, ignore_obsolete=True, omit_header=True, include_lineno=False, width=140
        )
    return reached


def is_draft(code: str) -> bool:
    """Whether a catalogue says of itself that it is not finished."""
    return DRAFT in language.catalogue(code).read_text(encoding="utf-8")


def main(program_file: str, *codes: str) -> None:
    program = load(program_file)
    for code in codes or language.available()[1:]:
        print(f"{language.catalogue(code).relative_to(CODE)}: {update(code, program)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
