"""The texts that any release of a program may hold, which a catalogue has beside the code's."""

from collections.abc import Callable, Iterator

from openresponse.demo.plan import STEPS
from openresponse.disclosure import rules
from openresponse.disclosure.audit.knowledge import KNOWLEDGE
from openresponse.measures import data_quality, response_times
from openresponse.measures.dimensions import FIXED, POLICE
from openresponse.measures.measure import definition, fitted
from openresponse.measures.registry import MEASURES
from openresponse.program import Program
from openresponse.records.intervals import INTERVALS
from openresponse.release.formats.program_facts import program_facts, rule_facts
from openresponse.release.formats.resource import DEFINED, of_parts
from openresponse.release.history.register import STATES
from openresponse.release.tables import incident_rows
from openresponse.release.tables.columns import STATUS
from openresponse.report.prose import localized

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


def of_releases(program: Program) -> set[str]:
    """Every text of a release that people read, in English."""
    facts = {
        "program": program_facts(program),
        "rule": rule_facts(rules.of(program.privacy)),
        "statuses": STATUS,
    }
    return {
        *localized.texts({"openresponse": facts}),
        *NAMES,
        *KNOWLEDGE,
        *_definitions(),
        *_fitted(program),
        *_labels(program),
        *_approvals(program),
        *(text for name, _planned, _actual, *others in STEPS for text in (name, *others)),
    } - {""}


def _definitions() -> Iterator[str]:
    """What each figure counts and leaves out."""
    defined: list[Callable[..., object]] = [
        *(measure.classify for measure in MEASURES.values()),
        *DEFINED.values(),
        incident_rows.derive,
        data_quality.data_quality,
    ]
    for function in defined:
        for universe in ("incidents", "unit_responses"):
            yield from definition(function, universe).values()
    for interval in INTERVALS.values():
        for universe in ("incidents", "unit_responses"):
            yield from response_times.stated(interval, universe).values()


def _fitted(program: Program) -> Iterator[str]:
    """The same where a table cuts codes away, or stacks measures with definitions of their own."""
    for spec in program.tables.values():
        parts = spec.stack.parts if spec.stack else {}
        names = {spec.measure: ""} if spec.measure else parts
        chosen = {
            label: fitted(definition(MEASURES[name].classify), whole, whole.cut(spec.upto))
            for name, label in names.items()
            if name in MEASURES
            for whole in [MEASURES[name].hierarchy(program)]
        }
        if chosen:
            yield from of_parts(chosen).values()
        if spec.measure == "data_quality":
            cut = data_quality.HANDLING.cut(spec.upto)
            stated = definition(data_quality.data_quality)
            yield from fitted(stated, data_quality.HANDLING, cut).values()


def _labels(program: Program) -> Iterator[str]:
    """What tables, their rows and columns, and areas are called."""
    for measure in MEASURES.values():
        yield from measure.hierarchy(program).labels.values()
    for labels in (*FIXED.values(), *program.dimensions.values(), POLICE.labels):
        yield from labels.values()
    for table in program.tables.values():
        yield table.title
        if table.stack:
            yield from (table.stack.label, *table.stack.parts.values())
    yield from (district.label for district in program.areas.districts.values())
    yield from (neighborhood.label for neighborhood in program.areas.neighborhoods.values())


def _approvals(program: Program) -> Iterator[str]:
    """Who signs a release and who may see it early. Decisions are signed with a capital letter."""
    yield STATES["current"]
    for approver in program.release.approvers:
        yield from (approver, approver.capitalize())
    if program.calendar:
        yield program.calendar.rule
        for access in program.calendar.access:
            yield from (access.role, access.reason)
