"""The catalogues brought up to date with what the site says: `make messages`.

Texts come from the code, where they are marked, and from what a release can say: measures, rules
and the program file.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from openresponse import language
from openresponse.demo.plan import STEPS
from openresponse.disclosure import rules
from openresponse.disclosure.audit.verdict import KNOWLEDGE
from openresponse.language.translation import DOMAIN
from openresponse.measures import data_quality, response_times
from openresponse.measures.dimensions import FIXED, POLICE
from openresponse.measures.measure import definition
from openresponse.measures.registry import MEASURES
from openresponse.program import Program, load
from openresponse.records.intervals import INTERVALS
from openresponse.release.formats.program_facts import program_facts, rule_facts
from openresponse.release.formats.resource import DEFINED
from openresponse.release.history.register import STATES
from openresponse.release.tables import incident_rows
from openresponse.release.tables.columns import STATUS
from openresponse.report.prose import localized

CODE = Path(__file__).parents[1]
# Without days and names, so that the same texts give the same file.
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain;'
    ' charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
)
# What a release calls things without a table of its own to say so.
NAMES = (
    "All",
    "Not recorded",
    "Standard response",
    "Shared between models",
    "done",
    "on track",
    "late",
    "not started",
    "Milestone",
    "Planned",
    "Actual",
    "Owner",
    "Note",
)


def template(program: Program) -> Catalog:
    """Every text that a catalogue should have, in the order of the files."""
    found = Catalog(domain=DOMAIN, project="Open Response", version="1", charset="utf-8")
    for path in sorted(CODE.rglob("*.py")):
        for message, context in of_code(path.read_text(encoding="utf-8")):
            found.add(message, locations=[(str(path.relative_to(CODE)), 0)], context=context)
    for text in sorted(of_releases(program)):
        found.add(text, locations=[("program.yml and measures", 0)])
    return found


def of_code(code: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """The texts marked in a module, also within f-strings, where babel's own extraction does not
    look: message and context.
    """
    for call in ast.walk(ast.parse(code)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        said = [
            one.value
            for one in call.args
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        match call.func.id, said:
            case (("_" | "N_"), [text]):
                yield text, None
            case "ngettext", [one, many]:
                yield (one, many), None
            case "pgettext", [context, text]:
                yield text, context


def of_releases(program: Program) -> set[str]:
    """The texts that any release of a program may hold."""
    facts = {
        "program": program_facts(program),
        "rule": rule_facts(rules.of(program.privacy)),
        "statuses": STATUS,
    }
    found = (
        localized.texts({"openresponse": facts})
        | set(NAMES)
        | set(KNOWLEDGE)
        | {table.title for table in program.tables.values()}
    )
    defined = [
        *(measure.classify for measure in MEASURES.values()),
        *DEFINED.values(),
        incident_rows.derive,
        data_quality.data_quality,
    ]
    for function in defined:
        found |= {
            text
            for universe in ("incidents", "unit_responses")
            for text in definition(function, universe).values()
        }
    for interval in INTERVALS.values():
        found |= {
            text
            for universe in ("incidents", "unit_responses")
            for text in response_times.stated(interval, universe).values()
        }
    for measure in MEASURES.values():
        found |= set(measure.hierarchy(program).labels.values())
    for labels in (*FIXED.values(), *program.dimensions.values(), POLICE.labels):
        found |= set(labels.values())
    for table in program.tables.values():
        found |= {table.stack.label, *table.stack.parts.values()} if table.stack else set()
    found |= {
        area.label
        for area in (*program.areas.districts.values(), *program.areas.neighborhoods.values())
    }
    found |= {
        STATES["current"],
        *program.release.approvers,
        *map(str.capitalize, program.release.approvers),
    }  # the second is how decisions are signed
    if program.calendar:
        found |= {program.calendar.rule} | {
            text for one in program.calendar.access for text in (one.role, one.reason)
        }
    found |= {
        text for name, _planned, _actual, *others in STEPS for text in (name, *others)
    }  # of the fictional extract
    return found - {""}


def update(code: str, program: Program) -> tuple[int, int]:
    """Bring a language's catalogue up to date; how many texts it has and how many of them lack a
    translation.
    """
    path = language.catalogue(code)
    locale = code.replace("-", "_")
    known = (
        read_po(io.BytesIO(path.read_bytes()), locale=locale)
        if path.is_file()
        else Catalog(locale=locale, domain=DOMAIN, charset="utf-8")
    )
    known.update(template(program), no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(code=locale, plurals=known.plural_forms).encode())
        write_po(
            file, known, ignore_obsolete=True, omit_header=True, include_lineno=False, width=140
        )
    texts = [message for message in known if message.id]
    return len(texts), sum(not translated(message) for message in texts)


def translated(message: Message) -> bool:
    """Whether a catalogue has it, in all its forms and beyond doubt."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(message.string) and all(forms) and not message.fuzzy


def main(program_file: str, *codes: str) -> None:
    program = load(program_file)
    for code in codes or language.available()[1:]:
        texts, missing = update(code, program)
        print(
            f"{language.catalogue(code).relative_to(CODE)}: {texts} texts, {missing} to translate"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
