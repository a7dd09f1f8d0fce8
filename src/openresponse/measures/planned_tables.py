"""The tables that a program file plans: whether each can be counted, before anything is read."""

from openresponse.errors import ProgramError
from openresponse.measures import data_quality, dimensions
from openresponse.measures.registry import MEASURES
from openresponse.measures.tabulation import BY_ANY_DIMENSION, NOT_BY_CODES
from openresponse.program import ExtractName, Program, Table
from openresponse.records import contact_records
from openresponse.records.intervals import timed_by
from openresponse.records.written import diagnoses
from openresponse.tables.hierarchy import Hierarchy

NOT_COUNTED = {"spending", "milestones"}  # copied from their extracts, without codes
AS_IT_STANDS = "as_it_stands"
WITHOUT_UNITS = {"volumes", "case_definition"}  # the other measures ask who was sent, or met
OF_UNIT_RESPONSES = {"volumes", "times", "data_quality"}
# What a measure is counted from: one of the extracts, with one of the fields, where it needs any.
NEEDS: dict[str, tuple[tuple[ExtractName, ...], tuple[str, ...]]] = {
    "spending": (("spending",), ()),
    "milestones": (("milestones",), ()),
    "contacts": (contact_records.EXTRACTS, ()),
    "outcomes": (contact_records.EXTRACTS, ("outcome",)),
    "results": (contact_records.EXTRACTS, ("outcome",)),
    "followup": (contact_records.EXTRACTS, ("followed_up_on",)),
    "referrals": (contact_records.EXTRACTS, ("referral",)),
    "repeat_contacts": (contact_records.EXTRACTS, ("person",)),
    "involuntary_hold": (contact_records.EXTRACTS, ("involuntary_hold",)),
    "arrest": (contact_records.EXTRACTS, ("arrest",)),
    "force": (contact_records.EXTRACTS, ("force",)),
    "injury": (contact_records.EXTRACTS, ("injury",)),
    "case_definition": (("epcr",), diagnoses.SITUATION),
}


def check(program: Program) -> None:
    """ProgramError where a table names a measure, a dimension, an interval or a code that there is
    not, or where no extract stands behind it.
    """
    for name, table in program.tables.items():
        _check_extracts(name, table, program)
        if table.derived_from or table.period == AS_IT_STANDS or table.measure in NOT_COUNTED:
            continue
        key = f"tables.{name}"
        for part in _parts(table):
            hierarchy = _hierarchy(key, table, part, program)
            for code in table.upto:
                if hierarchy is not None and code not in hierarchy.codes:
                    allowed = ", ".join(hierarchy.codes)
                    raise program.error(f"{key}.upto", f"{code} is no code; allowed are {allowed}.")
        for dimension in table.by:
            _dimension(f"{key}.by", dimension, program)


def _check_extracts(name: str, table: Table, program: Program) -> None:
    for part in _parts(table):
        measure = table.measure or part or ""
        key = f"tables.{name}.measure" if table.measure else f"tables.{name}.stack.parts.{part}"
        if program.universe == "unit_responses" and measure in MEASURES.keys() - OF_UNIT_RESPONSES:
            raise program.error(
                key,
                f"{measure} counts incidents, and `universe` is unit_responses; allowed are"
                f" {', '.join(sorted(OF_UNIT_RESPONSES))}.",
            )
        extracts, fields = NEEDS.get(measure, ((), ()))
        if measure in MEASURES.keys() - WITHOUT_UNITS and "units" not in program.extracts:
            raise program.error(
                key,
                f"{measure} is counted from `extracts.units`, which the program file does not"
                " describe. Describe it, or take the table out.",
            )
        there = [program.extracts[one] for one in extracts if one in program.extracts]
        if extracts and not there:
            raise program.error(
                key,
                f"{measure} is counted from {' or '.join(f'`extracts.{one}`' for one in extracts)},"
                " which the program file does not describe. Describe it, or take the table out.",
            )
        if fields and not any(field in extract.columns for extract in there for field in fields):
            wanted = " or ".join(f"`extracts.{extracts[0]}.columns.{field}`" for field in fields)
            raise program.error(
                key,
                f"{measure} needs the column of {wanted}, which the program file does not name."
                " Name it, or take the table out.",
            )


def _parts(table: Table) -> list[str | None]:
    return list(table.stack.parts) if table.stack else [None]


def _hierarchy(key: str, table: Table, part: str | None, program: Program) -> Hierarchy | None:
    """What a part of a table is counted by; ProgramError where there is no such thing."""
    if table.measure == "data_quality":
        return data_quality.HANDLING
    if table.measure == "times":
        intervals = [one.name for one in timed_by(program)]
        if part not in intervals:
            raise program.error(
                f"{key}.stack.parts.{part}" if part else f"{key}.stack",
                f"is no interval that the extracts give; allowed are {', '.join(intervals)}.",
            )
        return None
    wanted = table.measure or part
    if wanted not in MEASURES:
        allowed = ", ".join(sorted({*MEASURES, *NOT_BY_CODES}))
        at = f"{key}.measure" if table.measure else f"{key}.stack.parts.{part}"
        raise program.error(at, f"{wanted} is no measure; allowed are {allowed}.")
    if table.measure in BY_ANY_DIMENSION:
        column = part or table.category
        if column is None:
            raise program.error(f"{key}.category", "is missing; name the dimension to count by.")
        return _dimension(
            f"{key}.stack.parts.{part}" if part else f"{key}.category", column, program
        )
    return MEASURES[wanted].hierarchy(program)


def _dimension(key: str, name: str, program: Program) -> Hierarchy | None:
    if name == "extract":
        return None
    try:
        return dimensions.dimension(name, program)
    except ProgramError as error:
        raise program.error(key, f"{name} is no dimension: {error}") from error
