"""What a release says of one of its tables: title, definition, schema, and what its codes mean."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures import spending
from openresponse.measures.counting.counted import Counted
from openresponse.measures.measure import definition
from openresponse.program import Program, Table
from openresponse.release.formats.table_schema import schema
from openresponse.release.tables import incident_rows, incidents, revisions
from openresponse.tables.hierarchy import Hierarchy, flat

# Tables that are not counted by a measure.
DEFINED: dict[str, Callable[..., pd.DataFrame]] = {
    "spending": spending.spending,
    "milestones": spending.milestones,
    "revisions": revisions.changes,
}
KINDS = {"spending": "money", "milestones": "list", "revisions": "list", "times": "times"}
REVISIONS = Table(title=revisions.TITLE, measure="revisions", period="as_it_stands")
SHARED = {"shared": "Shared between models"}  # money that no single model spends


def resource(
    name: str,
    frame: pd.DataFrame,
    content: bytes,
    *,
    counted: Sequence[Counted],
    program: Program,
    rule: Rule,
) -> dict[str, Any]:
    """The table's entry in `datapackage.json`. content: of its file. counted: all counted parts."""
    spec = program.tables.get(name, REVISIONS)
    own = [part for part in counted if part.table == name]
    kind = incidents.KIND if spec.derived_from else KINDS.get(spec.measure or "", "counts")
    hierarchies = (
        incident_rows.columns(hierarchies_of(counted, program, spec.derived_from))
        if spec.derived_from
        else _hierarchies(own, spec, program)
    )
    stated = _stated(own, spec)
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": spec.title,
        "description": stated["counts"],
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema(frame, hierarchies, rule, kind=kind, grain=spec.period),
        "openresponse": {
            **_counted(own, spec, kind),
            "definition": stated,
            "parts": [_part(part) for part in own],
            **({"derived_from": spec.derived_from} if spec.derived_from else {}),
            "exemptions": [e.model_dump() for e in program.privacy.exemptions if e.table == name],
            "trees": {
                column: [asdict(node) for node in hierarchy.nodes]
                for column, hierarchy in hierarchies.items()
            },
        },
    }


def hierarchies_of(
    counted: Sequence[Counted], program: Program, tables: Iterable[str]
) -> dict[str, dict[str, Hierarchy]]:
    """For each of these tables the hierarchies of its columns, the category's last."""
    return {
        name: _hierarchies([p for p in counted if p.table == name], program.tables[name], program)
        for name in tables
    }


def _stated(own: Sequence[Counted], spec: Table) -> dict[str, str]:
    if own:
        return _of_parts(own, spec)
    return definition(incident_rows.derive if spec.derived_from else DEFINED[spec.measure or ""])


def _of_parts(own: Sequence[Counted], spec: Table) -> dict[str, str]:
    """The definition of a table; where its parts differ, each part's own words after its name."""
    names = spec.stack.parts if spec.stack else {}
    return of_parts({names.get(part.part or "", ""): part.definition for part in own})


def of_parts(stated: dict[str, dict[str, str]]) -> dict[str, str]:
    """The definition of a table from those of its parts, by their names: where these differ, each
    part's own words after its name.
    """
    joined: dict[str, str] = {}
    for key in next(iter(stated.values())):
        said = {name: definition[key] for name, definition in stated.items()}
        texts = list(dict.fromkeys(said.values()))
        joined[key] = (
            texts[0]
            if len(texts) == 1
            else " ".join(f"{name}: {text}" for name, text in said.items())
        )
    return joined


def _counted(own: Sequence[Counted], spec: Table, kind: str) -> dict[str, Any]:
    """What the table counts, by what, and at which grain in time."""
    return {
        "kind": kind,
        "title": spec.title,
        "period_grain": spec.period,
        "dimensions": [*spec.by, *([spec.stack.column] if spec.stack else [])],
        "category": (spec.category or own[0].category) if kind == "counts" else None,
        "unit": own[0].counts.universe if own else None,
    }


def _part(part: Counted) -> dict[str, Any]:
    """What the audit and the next release must know of the counts."""
    counts = part.counts
    return {
        "part": part.part,
        "name": counts.name,
        "dimension": part.category,
        "universe": counts.universe,
        "attributes": {d: counts.coarsening(d).attribute for d in counts.hierarchies},
        "where": counts.subset,
        "zeros": counts.zeros,
        "sensitive": counts.sensitive,
        "exempt": [sorted(pairs) for pairs in counts.exempt],
    }


def _hierarchies(own: Sequence[Counted], spec: Table, program: Program) -> dict[str, Hierarchy]:
    """Column name to hierarchy; a stacked table has one category hierarchy for each part, named
    `column:part`.
    """
    hierarchies: dict[str, Hierarchy] = {}
    for part in own:
        for name, hierarchy in part.counts.hierarchies.items():
            if name != part.category:
                hierarchies[name] = hierarchy
            else:
                column = spec.category or name
                hierarchies[column if part.part is None else f"{column}:{part.part}"] = hierarchy
    if spec.stack:
        hierarchies[spec.stack.column] = flat(spec.stack.column, spec.stack.parts, total=None)
    if spec.measure == "spending":
        models = {code: model.label for code, model in program.models.items()} | SHARED
        hierarchies["model"] = flat("model", models)
        hierarchies["category"] = flat("category", program.dimensions.get("spending", {}))
    return hierarchies
