"""Which extract an unknown file is likely to be, and which field each of its columns holds: by the
words of the headings, where the cells are of a kind that the field can have.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openresponse.drafting.column_profiles import FileProfile, Profile
from openresponse.program import ExtractName, nemsis
from openresponse.records.schema import FIELDS, Kind

# What the words of a heading mean, the surest first; compared in lower case, with single spaces.
_NUMBER = r"(?:number|num|nbr|no\.?|#|id|key)"
_CALL = r"(?:incident|cfs|cad|call|event|run|master)"
_CLINICAL = {
    "record_number": (
        rf"(?:contact|encounter|record|visit|chart|report|pcr|form|note) ?{_NUMBER}",
        r"^(?:contact|encounter|record) ?#?$",
    ),
    "incident_number": (rf"cad.*{_NUMBER}", rf"{_CALL}.*{_NUMBER}", r"\bcfs\b|\bcad\b"),
    "started": (
        r"(?:time|start|began|begin).*(?:contact|encounter|visit)",
        r"(?:contact|encounter|visit).*(?:time|start|began|begin|date)",
        r"arriv|start|\btime\b|date",
    ),
    "person": (rf"(?:client|person|patient|consumer|member).*{_NUMBER}", r"\bmrn\b"),
    "age": (r"^age\b", r"\bage\b"),
    "race_ethnicity": (r"race.*ethnic", r"\brace\b", r"ethnic"),
    "gender": (r"gender", r"\bsex\b"),
    "language": (r"language|\blang\b",),
    "contact": (
        r"(?:contact|encounter).*(?:result|status|made|type|outcome)",
        r"end ?point|result|engage",
    ),
    "outcome": (r"dispo", r"outcome"),
    "involuntary_hold": (r"hold|pink slip|section 12|5150|baker|9\.41|involuntar|petition|commit",),
    "referral": (r"referral|referred",),
    "followed_up_on": (r"follow.?up.*(?:date|day|\bon\b)", r"follow.?(?:ed)?.?up"),
    "followup_tracked": (r"follow.?up.*(?:track|needed|status)",),
    "arrest": (r"arrest",),
    "force": (r"\bforce\b|\buof\b|use of force",),
    "injury": (r"injur",),
}
HEADINGS: Mapping[ExtractName, Mapping[str, tuple[str, ...]]] = {
    "incidents": {
        "incident_number": (rf"{_CALL}.*{_NUMBER}", r"case.*number"),
        "received": (
            r"(?:received|create|entered|reported|opened|start)",
            r"(?:call|incident|event).*(?:time|date)",
            r"date.?time|\btime\b|\bdate\b",
        ),
        "code": (
            r"^(?:call|incident|event|cfs) ?type|type ?code|nature",
            r"call.*(?:type|code)|problem|determinant|\bcode\b|\btype\b",
        ),
        "district": (r"\bdist(?:rict)?\b", r"precinct|division|sector|command|zone|beat"),
        "neighborhood": (r"neighbou?rhood", r"community area|\bward\b|planning area"),
        "call_source": (r"call.*source|source.*call", r"\bsource\b|how received"),
        "not_sent_reason": (r"not sent.*reason|reason.*not sent|no.?team.*reason",),
    },
    "units": {
        "incident_number": (rf"{_CALL}.*{_NUMBER}", r"^(?:cfs|cad|incident|event|call)$"),
        "unit": (rf"(?:unit|vehicle|resource|apparatus).*{_NUMBER}", r"call ?sign|\bunit\b|radio"),
        "unit_type": (r"agency|unit.*(?:type|class)|discipline|department",),
        "requested_by": (r"request.*by|requested",),
        "dispatched": (r"dispatch|assign|notified|alert",),
        "arrived": (r"on.?scene|arriv|at scene",),
        "left_scene": (r"left scene|depart|transporting",),
        "cleared": (r"clear|available|back in service",),
        "cancelled_by": (r"cancel.*by",),
    },
    "encounters": _CLINICAL,
    "spending": {
        "month": (r"month|period",),
        "model": (r"model|program|project|fund",),
        "category": (r"category|account|object|type",),
        "amount": (r"amount|spent|cost|total|dollars|actual",),
    },
}
# What is read by no field, whatever its heading seems to say.
NEVER_READ = re.compile(
    r"name|address|location|phone|callback|remark|narrative|comment|\bnotes?\b|birth|\bdob\b|ssn"
)
# Which kinds of columns can hold a field of a kind.
POSSIBLE: Mapping[Kind, tuple[str, ...]] = {
    "identifier": ("identifier", "text", "number", "code"),
    "code": ("code", "text", "identifier"),
    "time": ("moment", "clock"),
    "date": ("day", "moment", "empty"),
    "age": ("number", "code", "text"),
    "month": ("day", "text", "code", "number"),
    "amount": ("number", "text", "code", "identifier"),
}
NEEDED = 3  # what a field is worth without which the rows cannot be counted


@dataclass(frozen=True)
class Role:
    """extract: which the file is likely to be. columns: of each field. dates: of a field whose
    column has the time of day alone, the column of its date.
    """

    extract: ExtractName
    columns: Mapping[str, Profile]
    dates: Mapping[str, Profile]


def role(file: FileProfile) -> Role | None:
    """The likely role of a file; None where it lacks what every extract needs."""
    if file.layout.keys.get("standard") == nemsis.NAME:
        by_heading = {one.heading: one for one in file.profiles}
        there = {field: by_heading[one] for field, one in nemsis.ELEMENT_OF.items()}
        return Role("epcr", there, {})
    roles = (as_extract(file, extract) for extract in HEADINGS)
    return max(filter(None, roles), key=_worth, default=None)


def as_extract(file: FileProfile, extract: ExtractName) -> Role | None:
    """A file as an extract of one kind; None where it lacks what that needs."""
    one = _as(file, extract)
    return one if _is_whole(one) else None


def _as(file: FileProfile, extract: ExtractName) -> Role:
    columns: dict[str, Profile] = {}
    for field, profile in _candidates(file, extract):
        if field not in columns and profile not in columns.values():
            columns[field] = profile
    dates = {}
    for field, profile in columns.items():
        if profile.kind == "clock":
            days = [one for one in file.profiles if one.kind == "day"]
            days = [one for one in days if one not in columns.values()]
            if days:
                dates[field] = min(days, key=lambda one: abs(one.place - profile.place))
    columns = {
        field: one for field, one in columns.items() if one.kind != "clock" or field in dates
    }
    return Role(extract, columns, dates)


def _candidates(file: FileProfile, extract: ExtractName) -> Iterator[tuple[str, Profile]]:
    """Each field with a column that may be it, the surest first."""
    ranked = [
        (rank, profile.place, field, profile)
        for field, patterns in HEADINGS[extract].items()
        for profile in file.profiles
        if profile.kind in POSSIBLE[FIELDS[extract][field].kind]
        for heading in [" ".join(profile.heading.casefold().replace("_", " ").split())]
        if not NEVER_READ.search(heading)
        for rank, pattern in enumerate(patterns)
        if re.search(pattern, heading)
    ]
    for _rank, _place, field, profile in sorted(ranked, key=lambda one: one[:2]):
        yield field, profile


def _is_whole(role: Role) -> bool:
    """Whether the fields are there that rows of the extract cannot be without."""
    return all(
        field in role.columns for field, rule in FIELDS[role.extract].items() if rule.essential
    )


def _worth(role: Role) -> int:
    rules = FIELDS[role.extract]
    return sum(NEEDED if rules[field].essential else 1 for field in role.columns)
