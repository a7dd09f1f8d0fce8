"""A draft of the program file for extracts that nobody has described yet."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from openresponse.drafting import (
    columns_drafted,
    files_together,
    likely_roles,
    measures_chosen,
    yaml_lines,
)
from openresponse.drafting.column_profiles import FileProfile
from openresponse.drafting.columns_drafted import Columns
from openresponse.drafting.likely_roles import Role
from openresponse.drafting.yaml_lines import Noted
from openresponse.program import ExtractName
from openresponse.records.schema import FIELDS
from openresponse.tables.months import is_month

HEAD = """\
# A draft. Lines that say `decide` are for a person to decide. What each key means is in the
# documentation, on the page `The program file, key by key`.
"""
HELP = [
    {
        "label": "988 Suicide and Crisis Lifeline",
        "contact": "988",
        "what": "Call or text at any hour to talk with someone. Free and confidential.",
    },
    {"label": "Emergency", "contact": "911", "what": "When someone is in danger now."},
]
WIDE: tuple[tuple[ExtractName, ExtractName], ...] = (
    ("incidents", "units"),
    ("units", "incidents"),
)
CONTACTS: tuple[ExtractName, ...] = ("encounters", "epcr")
APPROVER = "privacy officer"
TEAMS = ("clinician", "worker", "peer")
MODEL = "crisis_team"


@dataclass(frozen=True)
class About:
    """What no file says. Each is left for a person to decide where it is empty."""

    city: str = ""
    timezone: str = ""
    contact: str = ""
    email: str = ""
    model: str = ""
    help: tuple[Mapping[str, str], ...] = ()
    public_key: str = ""

    def section(self, undecided: list[str]) -> dict[str, Any]:
        """The section `program`."""

        def given(key: str, value: str, otherwise: str) -> Any:
            if value:
                return value
            undecided.append(f"`program.{key}`")
            return Noted(otherwise, "decide")

        section = {
            "name": f"{self.city or 'The city'}: {self.model or 'crisis response'}",
            "city": given("city", self.city, "The city"),
            "timezone": given("timezone", self.timezone, "America/New_York"),
            "contact": given("contact", self.contact, "The office that answers for the figures"),
            "help": [dict(one) for one in self.help or HELP],
        }
        return section | ({"email": self.email} if self.email else {})

    def release(self, undecided: list[str]) -> dict[str, Any]:
        """The section `release`: who approves what is published."""
        if self.public_key:
            return {"approvers": {APPROVER: self.public_key}}
        undecided.append("`release.approvers`: the public SSH key of each who approves a release")
        return {"approvers": {APPROVER: Noted(None, "decide: `ssh-ed25519 AAAA...`")}}


@dataclass
class Draft:
    """tree: of the program file. undecided: what a person must still decide, a sentence each.
    unused: files that no extract of the program is like.
    """

    tree: dict[str, Any]
    undecided: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return HEAD + "\n".join(yaml_lines.lines(self.tree)) + "\n"


@dataclass(frozen=True)
class Kind:
    """Files of one kind, what they are likely to be, and their columns as drafted."""

    files: Sequence[FileProfile]
    role: Role
    columns: Columns


def kinds(files: Sequence[FileProfile], roles: Mapping[Path, Role | None]) -> Iterator[Kind]:
    """The files that are like an extract, those of one kind together."""
    for group in files_together.of_one_kind(files):
        role = roles[group[0].layout.path]
        if role is not None:
            yield Kind(group, role, columns_drafted.columns(role, group))


def of_the_same_file(described: Mapping[ExtractName, Kind]) -> Kind | None:
    """What else a wide file holds, with a call and its unit in one row: the units of its calls, or
    the calls of its units where no call is there twice.
    """
    for have, lacking in WIDE:
        if have in described and lacking not in described:
            files = described[have].files
            role = likely_roles.as_extract(files[0], lacking)
            if role is not None and (lacking == "units" or role.columns["incident_number"].is_key):
                return Kind(files, role, columns_drafted.columns(role, files))
    return None


def draft(
    files: Sequence[FileProfile], roles: Mapping[Path, Role | None], about: About, home: Path
) -> Draft:
    """The program file for these files. home: the folder that it will be in."""
    undecided: list[str] = []
    section = about.section(undecided)
    described: dict[ExtractName, Kind] = {}
    for kind in kinds(files, roles):
        first = described.setdefault(kind.role.extract, kind)
        if first is not kind:
            names = (first.files[0].layout.path.name, kind.files[0].layout.path.name)
            undecided.append(f"`extracts.{kind.role.extract}`: {' or '.join(names)}")
    if (further := of_the_same_file(described)) is not None:
        described[further.role.extract] = further
        undecided.append(f"`extracts.{further.role.extract}`: read from the same file, one a row")
    for kind in described.values():
        undecided += kind.columns.undecided
    codes = _codes(described.values())
    model = _model(described, about, undecided)
    tree: dict[str, Any] = {"program": section}
    if home.resolve() != (raw := _raw(files)):
        tree["folders"] = {"raw": os.path.relpath(raw, home.resolve())}
    else:
        undecided.append("`folders.raw`: move the extracts into a folder of their own, as data/raw")
    tree["models"] = {MODEL: model} if model else {}
    eligible = {"eligible": MODEL} if model else {}
    tree["dispatch_codes"] = {
        code: {"label": label} | eligible for code, label in codes.pop("code", {}).items()
    }
    tree["areas"] = {
        name: {code: {"label": label} for code, label in found.items()}
        for name, found in (
            ("districts", codes.pop("district", {})),
            ("neighborhoods", codes.pop("neighborhood", {})),
        )
        if found
    }
    tree["dimensions"] = codes
    if "units" in described and "incidents" not in described:
        tree["universe"] = Noted("unit_responses", "no file is like `extracts.incidents`")
    tree["extracts"] = {name: _extract(described[name]) for name in FIELDS if name in described}
    tree["release"] = about.release(undecided)
    tree["tables"] = measures_chosen.tables(
        {name: kind.columns.columns for name, kind in described.items()},
        models=bool(model),
        districts="districts" in tree["areas"],
        contacts_a_month=max(
            (_a_month(kind) for name, kind in described.items() if name in CONTACTS), default=0
        ),
    )
    if "incidents" not in described:
        undecided.append("`extracts.incidents`: no file is like it")
    unused = [one.layout.path.name for one in files if roles[one.layout.path] is None]
    return Draft(tree, undecided, unused)


def _codes(described: Any) -> dict[str, dict[str, str]]:
    """The city's own codes with their labels, of all extracts together."""
    every: dict[str, dict[str, str]] = {}
    for kind in described:
        for name, found in kind.columns.codes.items():
            every[name] = found | every.get(name, {})
    return every


def _model(
    described: Mapping[ExtractName, Kind], about: About, undecided: list[str]
) -> dict[str, Any] | None:
    """The response model of the teams that are in the unit log; None where there are none."""
    if (units := described.get("units")) is None or "incidents" not in described:
        return None
    types = units.columns.columns.get("unit_type")
    codes = types.get("codes", {}) if isinstance(types, dict) else {}
    team = next((one for one in TEAMS if one in codes.values()), None)
    if team is None:
        undecided.append("`models`: no unit type of the unit log is a crisis team")
        return None
    undecided.append(f"`models.{MODEL}`: what it does, when it is sent, and where it began")
    ours = [spelling for spelling, word in codes.items() if word == team]
    return {
        "label": about.model or Noted("Crisis team", "decide"),
        "status": "operating",
        "team": team,
        "launched": _first_month(units, ours),
        "purpose": Noted("A crisis team goes.", "decide"),
        "when": Noted("The call is about mental health.", "decide"),
    }


def _first_month(units: Kind, ours: Sequence[str]) -> Any:
    """The month in which the first unit of these types was sent."""
    type_of = units.role.columns["unit_type"]
    found = [
        _months(units.role, "dispatched", file.cells[file.cells[type_of.place].isin(ours)])
        for file in units.files
    ]
    first = pd.concat(found).min()
    return Noted(str(first), "of the first unit sent") if pd.notna(first) else None


def _a_month(kind: Kind) -> float:
    """How many records of contacts there are in a month."""
    months = pd.concat([_months(kind.role, "started", file.cells) for file in kind.files])
    return len(months) / max(months.nunique(), 1)


def _months(role: Role, moment: str, cells: pd.DataFrame) -> pd.Series:
    """The month of each moment that can be read."""
    column = role.columns.get(moment)
    if column is None:
        return pd.Series(dtype="string")
    day = role.dates.get(moment, column)
    form, texts = day.form.format or "ISO8601", cells[day.place]
    if "%" not in form and form != "ISO8601":
        return pd.Series(dtype="string")
    read = pd.to_datetime(texts[texts != ""], format=form, errors="coerce", utc=True).dropna()
    return read.dt.strftime("%Y-%m")


def _raw(files: Sequence[FileProfile]) -> Path:
    """The raw folder: the one above folders of months, or that which the files are in."""
    folder = files[0].layout.path.resolve().parent
    return folder.parent if is_month(folder.name) else folder


def _extract(kind: Kind) -> dict[str, Any]:
    paths = [file.layout.path for file in kind.files]
    monthly = is_month(paths[0].resolve().parent.name)
    return {
        "file": files_together.name_of_all(paths),
        **({} if monthly else {"layout": "single"}),
        **kind.files[0].layout.keys,
        "columns": kind.columns.columns,
    }
