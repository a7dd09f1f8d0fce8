"""A published release, read from its public folder and from nothing else."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from openresponse.errors import ReleaseError
from openresponse.media.names import DEMONSTRATION
from openresponse.release.store.public_folder import manifest
from openresponse.tables.hierarchy import Hierarchy, Node

Described = dict[str, Any]  # a part of a data package
T = TypeVar("T")
_TYPES = {"integer": "Int64", "number": "Float64", "string": "string", "date": "string"}


def types(resource: Described) -> dict[str, str]:
    """Column to pandas type, as a resource of a data package gives them."""
    return {field["name"]: _TYPES[field["type"]] for field in resource["schema"]["fields"]}


def read(source: Path | StringIO, resource: Described) -> pd.DataFrame:
    """A table from its CSV file, each number as it is written there; an empty cell is missing, in a
    column of text too.
    """
    kinds = types(resource)
    # pandas reads a Float64 to the last digit only by way of float64.
    exact = {name: kind.replace("Float64", "float64") for name, kind in kinds.items()}
    return pd.read_csv(source, dtype=exact, keep_default_na=False, na_values=[""]).astype(kinds)


@dataclass(frozen=True)
class Published:
    """One release: its tables as pandas frames and what its data package says of them."""

    folder: Path
    package: Described

    @classmethod
    def load(cls, folder: Path | str) -> "Published":
        """Read a release folder; ReleaseError where it is not one."""
        folder = Path(folder)
        path = folder / "datapackage.json"
        if not path.is_file():
            raise ReleaseError(
                f"{folder}: not a release, for it has no datapackage.json. Make one with `make"
                " release`."
            )
        return cls(folder, json.loads(path.read_text(encoding="utf-8")))

    @property
    def _facts(self) -> Described:
        return dict(self.package["openresponse"])

    @property
    def name(self) -> str:
        return str(self._facts["release"])

    @property
    def fictional(self) -> bool:
        return bool(self._facts["fictional"])

    @property
    def publisher(self) -> str:
        """Who publishes: the city; of invented figures nobody but the demonstration itself."""
        return DEMONSTRATION if self.fictional else str(self.program["city"])

    @property
    def program(self) -> Described:
        return dict(self._facts["program"])

    @property
    def rule(self) -> Described:
        return dict(self._facts["rule"])

    @property
    def accepted(self) -> list[dict[str, str]]:
        """The checks of the deliveries that were overruled: `check`, `rule` and `reason`."""
        return list(self._facts.get("accepted", []))

    @property
    def statuses(self) -> dict[str, str]:
        return dict(self._facts["statuses"])

    @property
    def month(self) -> str:
        """Its newest month."""
        return self.name[:7]

    @property
    def revision(self) -> dict[str, str] | None:
        """`of`, `date`, `reason` and `decided_by`, where it revises an earlier release."""
        revision = self._facts["revision"]
        return dict(revision) if revision else None

    @property
    def counted_upto(self) -> dict[str, str]:
        """Month to the delivery up to which its rows are counted."""
        return dict(self._facts["counted_upto"])

    @property
    def left_out(self) -> dict[str, str]:
        """Titles of the files that could not be published, and why."""
        return dict(self._facts["left_out"])

    @property
    def manifest(self) -> Described:
        return manifest(self.folder)

    @property
    def ended(self) -> dict[str, dict[str, str]]:
        """Name to `title`, `release` and `reason` of each table that is published no more."""
        return dict(self._facts.get("ended", {}))

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    @cached_property
    def resources(self) -> dict[str, Described]:
        return {resource["name"]: resource for resource in self.package["resources"]}

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Table name to frame: counts Int64, shares Float64, codes and statuses strings ('' where
        empty).
        """
        return {name: self._read(resource) for name, resource in self.resources.items()}

    def _read(self, resource: Described) -> pd.DataFrame:
        frame = read(self.folder / resource["path"], resource)
        texts = [name for name, kind in types(resource).items() if kind == "string"]
        return frame.assign(**{name: frame[name].fillna("") for name in texts})

    def title(self, table: str) -> str:
        return str(self.resources[table]["title"])

    def kind(self, table: str) -> str:
        """`counts`, `times`, `money` or `list`."""
        return str(self._about(table)["kind"])

    def grain(self, table: str) -> str:
        return str(self._about(table)["period_grain"])

    def unit(self, table: str) -> str:
        """What is counted; empty where nothing is."""
        return self._about(table)["unit"] or ""

    def category(self, table: str) -> str:
        """The column of what is counted apart; empty where nothing is."""
        return self._about(table)["category"] or ""

    def dimensions(self, table: str) -> list[str]:
        return list(self._about(table)["dimensions"])

    def definition(self, table: str) -> dict[str, str]:
        """`counts`, `denominator`, `excludes`, `missing`; and `exempt`, where small counts are
        shown for a stated reason.
        """
        exempt = [
            f"{', '.join(f'{d} = {c}' for d, c in e['where'].items()) or 'all'}: {e['reason']}"
            f" Approved by {e['approver']}."
            for e in self._about(table).get("exemptions", [])
        ]
        definition = dict(self._about(table)["definition"])
        return definition | ({"exempt": " ".join(exempt)} if exempt else {})

    def hierarchy(self, table: str, dimension: str, part: str | None = None) -> Hierarchy:
        """The codes of a column; `part` chooses among those of a stacked table's category."""
        return self.once(_hierarchy, table, dimension, part)

    def label(self, table: str, dimension: str, code: str, part: str | None = None) -> str:
        return self.hierarchy(table, dimension, part).labels[code]

    def periods(self, table: str) -> list[str]:
        return (
            sorted(self.tables[table]["period"].unique()) if "period" in self.tables[table] else []
        )

    def once(self, make: Callable[..., T], *of: Any) -> T:
        """What `make(release, *of)` gives, made when it is first asked for and kept as long as the
        release.
        """
        key = (make, *of)
        if key not in self._made:
            self._made[key] = make(self, *of)
        made: T = self._made[key]
        return made

    @cached_property
    def _made(self) -> dict[tuple[Any, ...], Any]:
        return {}

    def _about(self, table: str) -> Described:
        return self.resources[table]["openresponse"]


def _hierarchy(published: Published, table: str, dimension: str, part: str | None) -> Hierarchy:
    hierarchies = published.resources[table]["openresponse"]["trees"]
    nodes = hierarchies[dimension if part is None else f"{dimension}:{part}"]
    return Hierarchy(
        dimension,
        tuple(Node(**{**n, **{k: tuple(n[k]) for k in ("means", "span") if n[k]}}) for n in nodes),
    )
