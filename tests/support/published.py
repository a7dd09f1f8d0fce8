"""A public folder written by hand: the files an outsider starts from, and nothing else.

A table is typed as its code columns with their hierarchies, and its figures as
{(period, code, …): count}, with `None` where a figure is withheld.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

Figures = dict[tuple[str, ...], int | None]


@dataclass
class PublishedTable:
    """`hierarchies`: by code column, the code that each code is part of; None for the whole."""

    name: str
    hierarchies: dict[str, dict[str, str | None]]
    figures: Figures
    further: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    """Further columns of single rows, such as a share."""

    def rows(self) -> pd.DataFrame:
        last = list(self.hierarchies)[-1]
        rows = []
        for key, count in self.figures.items():
            row = dict(zip(("period", *self.hierarchies), key, strict=True))
            row["part_of"] = self.hierarchies[last][key[-1]] or ""
            row["incidents"] = "" if count is None else str(count)
            row["incidents_status"] = "c" if count is None else ""
            rows.append(row | self.further.get(key, {}))
        return pd.DataFrame(rows).fillna("")

    def resource(self) -> dict:
        key = ["period", *self.hierarchies]
        fields = [{"name": name, "type": "string"} for name in (*key, "part_of")]
        fields += [
            {"name": "incidents", "type": "integer"},
            {"name": "incidents_status", "type": "string"},
        ]
        described = {
            column: [{"code": code, "parent": parent} for code, parent in codes.items()]
            for column, codes in self.hierarchies.items()
        }
        return {
            "name": self.name,
            "path": f"{self.name}.csv",
            "schema": {"fields": fields, "primaryKey": key},
            "openresponse": {"codes": described},
        }


def publish(
    folder: Path,
    tables: list[PublishedTable],
    release: str = "2025-12",
    round_to: int = 1,
    zeros: str = "public",
) -> Path:
    """Write a release into a public folder; the folder."""
    place = folder / release
    place.mkdir(parents=True)
    for table in tables:
        table.rows().to_csv(place / f"{table.name}.csv", index=False)
    rule = {"threshold": 11, "round_to": round_to, "zeros": zeros}
    package = {
        "created": f"{release}-28",
        "resources": [table.resource() for table in tables],
        "openresponse": {"rule": rule},
    }
    (place / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder
