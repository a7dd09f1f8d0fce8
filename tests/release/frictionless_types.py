"""A CSV read by its Table Schema and nothing else, as a reader's tool would."""

import csv
from pathlib import Path

CASTS = {"integer": int, "number": float, "string": str}


def fits(path: Path, schema: dict) -> None:
    """Header and every cell agree with the schema: names, types, categories, bounds."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    fields = schema["fields"]
    assert rows[0] == [field["name"] for field in fields], path.name
    for number, row in enumerate(rows[1:], start=2):
        assert len(row) == len(fields), (path.name, number)
        for cell, field in zip(row, fields, strict=True):
            if cell in schema["missingValues"]:
                continue
            value = CASTS[field["type"]](cell)
            bounds = field.get("constraints", {})
            assert bounds.get("minimum", value) <= value <= bounds.get("maximum", value), (path.name, number)
            allowed = [category["value"] for category in field.get("categories", [])]
            assert not allowed or cell in allowed, (path.name, number, field["name"])
