"""The columns of a drafted extract, as the program file writes them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from openresponse.drafting import code_words
from openresponse.drafting.column_profiles import FileProfile, Profile
from openresponse.drafting.likely_roles import Role
from openresponse.drafting.yaml_lines import Noted
from openresponse.program import nemsis
from openresponse.records.schema import FIELDS
from openresponse.tables.hierarchy import NOT_RECORDED

FEWEST = 5  # rows that a spelling must be in to be written: rarer ones are typing errors, or worse
SHORT = 3  # letters of a spelling that is a code however rare it is
LONGEST = 60  # letters of a spelling that is a code
A_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
OF_THE_CITY = ("code", "district", "neighborhood", "race_ethnicity", "language")
LABELS = {"man": "Man", "woman": "Woman", "another_gender": "Another gender"}


@dataclass
class Columns:
    """columns: by field. codes: those that the city's own fields stand for, each with its label.
    undecided: what a person must still decide, a sentence each.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    undecided: list[str] = field(default_factory=list)


def columns(role: Role, files: Sequence[FileProfile]) -> Columns:
    """The columns of files of one kind."""
    drafted = Columns()
    for name in FIELDS[role.extract]:
        if name in role.columns:
            profile = role.columns[name]
            written = _column(name, profile, role, files, drafted)
            if written is not None:
                drafted.columns[name] = written
    return drafted


def _column(
    name: str, profile: Profile, role: Role, files: Sequence[FileProfile], drafted: Columns
) -> Any:
    key = f"extracts.{role.extract}.columns.{name}"
    heading = _heading(profile, files[0])
    if role.extract == "epcr":
        needs_city = name in ("race_ethnicity", "gender") and nemsis.ELEMENT_OF[name]
        if needs_city:
            _standard_codes(name, drafted)
        return heading
    written: dict[str, Any] = {"column": heading}
    if profile.nothing and FIELDS[role.extract][name].kind != "identifier":
        written["missing"] = list(profile.nothing)
    if FIELDS[role.extract][name].kind == "code":
        if not profile.is_code and profile.distinct > FEWEST and name != "code":
            return None
        written |= _codes(name, key, _spellings(profile, files), drafted)
    elif FIELDS[role.extract][name].kind in ("time", "date"):
        written |= _format(profile, role.dates.get(name), key, drafted)
    return heading if list(written) == ["column"] else written


def _heading(profile: Profile, file: FileProfile) -> str | int:
    same = [one for one in file.profiles if one.heading.casefold() == profile.heading.casefold()]
    return profile.heading if profile.heading and len(same) == 1 else profile.place


def _format(profile: Profile, date: Profile | None, key: str, drafted: Columns) -> dict[str, Any]:
    form = profile.form.format
    if date is not None:
        day = date.form.format or "%Y-%m-%d"
        return {"date": date.heading, "format": f"{day} {form}"}
    if form is None:
        return {}
    if profile.form.other is None:
        return {"format": form}
    drafted.undecided.append(f"`{key}.format`: {form}, or {profile.form.other}")
    return {"format": Noted(form, f"decide: or {profile.form.other}")}


def _spellings(profile: Profile, files: Sequence[FileProfile]) -> pd.Series:
    """How often each spelling is there, the most frequent first."""
    return pd.concat([file.of(profile.heading) for file in files]).value_counts()


def _codes(name: str, key: str, spellings: pd.Series, drafted: Columns) -> dict[str, Any]:
    often = [
        str(one)
        for one, rows in spellings.items()
        if len(str(one)) <= (LONGEST if rows >= FEWEST else SHORT)
    ]
    rare = spellings[~spellings.index.isin(often)]
    if len(rare):
        drafted.undecided.append(
            f"`{key}.codes`: {len(rare)} rare spellings, in {rare.sum()} rows, are not written here"
        )
    if name == "code":
        return _dispatch_codes(key, often, drafted)
    if name in OF_THE_CITY:
        return {"codes": dict(_own(name, often, drafted))}
    codes: dict[str, Any] = {}
    for spelling in often:
        word = code_words.word(name, spelling)
        unknown = "other" if name == "unit_type" else NOT_RECORDED
        codes[spelling] = word or Noted(unknown, "decide")
        if name == "gender" and word in LABELS:
            drafted.codes.setdefault(name, {})[word] = LABELS[word]
    if unsure := sum(isinstance(one, Noted) for one in codes.values()):
        drafted.undecided.append(f"`{key}.codes`: what {unsure} of {len(codes)} codes mean")
    return {"codes": codes} if codes else {}


def _dispatch_codes(key: str, often: Sequence[str], drafted: Columns) -> dict[str, Any]:
    codes: dict[str, Any]
    ours = [one for one in often if code_words.MENTAL_HEALTH.search(one.casefold())]
    if not ours:
        drafted.undecided.append(f"`{key}`: which of the codes mean a mental-health call")
        ours = list(often)
    others = [one for one in often if one not in ours]
    codes = {"codes": dict(_own("code", ours, drafted))}
    return codes | ({"not_ours": others} if others else {})


def _own(name: str, often: Sequence[str], drafted: Columns) -> Iterator[tuple[str, str]]:
    """Each spelling with the code that the city gives it."""
    for spelling in often:
        if name in ("race_ethnicity", "language") and code_words.NOT_SAID.match(
            spelling.casefold()
        ):
            yield spelling, NOT_RECORDED
            continue
        code = spelling if A_CODE.match(spelling) and name != "language" else ""
        code = code or code_words.slug(spelling)
        drafted.codes.setdefault(name, {}).setdefault(code, spelling)
        yield spelling, code


def _standard_codes(name: str, drafted: Columns) -> None:
    """The words that the standard's codes of a field stand for, which the city has to know."""
    element: Mapping[str, nemsis.Code] = nemsis.ELEMENTS[nemsis.ELEMENT_OF[name]].codes
    for _standard, word in element.values():
        if word != NOT_RECORDED:
            drafted.codes.setdefault(name, {})[word] = word.replace("_", " ").capitalize()
