"""The words that a code field may hold: what the cells of an extract are mapped to."""

from collections.abc import Iterable

from openresponse.program import Column, Extract, ExtractName, Program
from openresponse.records.precedence import LEFT_OUT
from openresponse.records.schema import FIELDS
from openresponse.records.written.ages import A_YEAR
from openresponse.tables.hierarchy import NOT_RECORDED

YES_NO = ("yes", "no")
AND = " + "  # between the unit types of one car
SHARED = "shared"  # money that several models share
# By field, in every city.
FIXED = {
    "call_source": (
        "call_911",
        "call_988",
        "call_311",
        "on_view",
        "walk_in",
        "other_source",
    ),
    "call_result": ("resolved_by_phone", "transferred_to_988"),
    "not_sent_reason": ("no_team_on_duty", "all_teams_busy", "scene_not_safe", "caller_declined"),
    "unit_type": ("police", "ems", "clinician", "worker", "peer", "other"),
    "requested_by": ("dispatch", "team"),
    "cancelled_by": ("dispatch", "caller", "team"),
    "contact": (
        "contact_made",
        "person_not_found",
        "person_declined",
        "unsafe_to_approach",
        "no_contact_other",
    ),
    "outcome": (
        "remained_in_community",
        "emergency_department",
        "crisis_or_respite",
        "detox",
        "arrest",
        "other_outcome",
    ),
    "involuntary_hold": ("no_hold", "by_clinician", "by_police", "by_physician"),
    "referral": ("not_offered", "declined", "not_completed", "completed"),
    "leave_out": tuple(LEFT_OUT),
    "declined": YES_NO,
    "age_unit": tuple(A_YEAR),
    "followup_tracked": YES_NO,
    "arrest": YES_NO,
    "force": YES_NO,
    "injury": YES_NO,
    "status": ("done", "on track", "late", "not started"),
}


def words(field: str, program: Program) -> tuple[str, ...] | None:
    """The words of a field; None where any will do."""
    chosen: dict[str, Iterable[str]] = {
        "code": program.dispatch_codes,
        "district": program.areas.districts,
        "neighborhood": program.areas.neighborhoods,
        "model": (*program.models, SHARED),
        "category": program.dimensions.get("spending", ()),
        **program.dimensions,
    }
    return tuple(FIXED.get(field) or chosen.get(field, ())) or None


def check(program: Program) -> None:
    """ProgramError where the columns of an extract name a field that there is not, leave out one
    that is needed, or map a cell to a word that is counted nowhere.
    """
    for name, extract in program.extracts.items():
        key = f"extracts.{name}"
        _check_extract(f"{key}.columns", name, extract, program)
        for number, earlier in enumerate(extract.earlier):
            _check_extract(f"{key}.earlier.{number}.columns", name, earlier, program)


def _check_extract(key: str, name: ExtractName, extract: Extract, program: Program) -> None:
    for field, column in extract.columns.items():
        if field not in FIELDS[name]:
            allowed = ", ".join(FIELDS[name])
            raise program.error(f"{key}.{field}", f"is no field; allowed are {allowed}.")
        _check_column(f"{key}.{field}", name, field, column, program)
        for number, earlier in enumerate(column.earlier):
            _check_column(f"{key}.{field}.earlier.{number}", name, field, earlier, program)
    for field, rule in FIELDS[name].items():
        if not rule.optional and field not in extract.columns:
            raise program.error(f"{key}.{field}", "is missing; name the column of this field.")


def _check_column(
    key: str, name: ExtractName, field: str, column: Column, program: Program
) -> None:
    kind = FIELDS[name][field].kind
    if column.after is not None and FIELDS[name][column.after].kind != "time":
        raise program.error(f"{key}.after", f"{column.after} is not a time.")
    if kind == "code":
        _check_codes(key, field, column, program)
    elif column.codes or column.otherwise:
        raise program.error(key, f"is a {kind}; only a code has `codes` and `otherwise`.")


def _check_codes(key: str, field: str, column: Column, program: Program) -> None:
    allowed = words(field, program)
    if allowed is None:
        return
    mapped = {f"{key}.codes.{spelling}": code for spelling, code in column.codes.items()}
    for at, code in (mapped | {f"{key}.otherwise": column.otherwise}).items():
        several = code.split(AND) if code and field == "unit_type" else [code]
        if not {None, NOT_RECORDED, *allowed}.issuperset(several):
            raise program.error(at, f"{code} is no code; allowed are {', '.join(allowed)}.")
