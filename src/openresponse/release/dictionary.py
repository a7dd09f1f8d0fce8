"""What a release says about itself: a Frictionless Data Package with a Table Schema for every file."""

from collections.abc import Iterable
from importlib.metadata import version

import pandas as pd

from openresponse.disclosure.audit import KNOWLEDGE
from openresponse.disclosure.rules import Rule
from openresponse.measures import Counted, spending
from openresponse.measures.measure import definition
from openresponse.program import Program, Table
from openresponse.release import incidents, revisions
from openresponse.release.tables import SOURCE, STATUS
from openresponse.tree import Tree, flat

FICTIONAL = "fictional data"
DEFINED = {"spending": spending.spending, "milestones": spending.milestones, "revisions": revisions.changes}
REVISIONS = Table(title=revisions.TITLE, measure="revisions", period="as_it_stands")
DESCRIPTIONS = {
    "period": "Month (2026-10), quarter (2026-Q3), calendar year (2026) or span of years (2010/2020)",
    "part_of": "The code this row is part of; empty for the whole",
    "share_of_part": "Proportion of the row's `part_of`",
    "share_of_all": "Proportion of the whole",
    "median_minutes": "Half took this long or less",
    "p90_minutes": "Nine in ten took this long or less",
    "residents": "Residents of the area, from the source named in the program",
    "rate_per_10000": "Per 10,000 residents",
    "amount": "Dollars booked in the period",
    "total_to_date": "Dollars booked up to the end of the period",
    "budget": "Dollars announced",
    SOURCE: "Whose figures these are; the words `fictional data` where they are invented",
}


def data_package(frames: dict[str, pd.DataFrame], parts: list[Counted], program: Program, rule: Rule,
                 release: str, fictional: bool) -> dict:
    """The content of `datapackage.json`."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"open-response-{release}",
        "title": f"{program.program.name}, {release}" + (f" ({FICTIONAL})" if fictional else ""),
        "version": release,
        "licenses": [{"name": "ODC-PDDL-1.0", "title": "Open Data Commons Public Domain Dedication and License"}],
        "resources": [_resource(name, frame, parts, program, rule) for name, frame in frames.items()],
        "openresponse": {
            "release": release,
            "fictional": fictional,
            "code": version("openresponse"),
            "program": _program(program),
            "rule": rule_facts(rule),
            "statuses": STATUS,
        },
    }


def rule_facts(rule: Rule) -> dict:
    """The privacy rule in force, as the methods page prints it."""
    return {"preset": rule.preset, "threshold": rule.threshold, "hides": rule.hides_in_words, "zeros": rule.zeros,
            "source": rule.source, "round_to": rule.round_to, "share_decimals": rule.share_decimals, "residents": rule.residents,
            "unstable_upto": rule.unstable_upto, "reliability": rule.reliability, "attacker": list(KNOWLEDGE)}


def _program(program: Program) -> dict:
    about = program.program
    return {
        "name": about.name, "city": about.city, "timezone": about.timezone, "contact": about.contact, "note": about.note,
        "announced": about.announced.isoformat() if about.announced else None,
        "help": [line.model_dump() for line in about.help],
        "models": {code: model.model_dump() for code, model in program.models.items()},
        "agencies": program.agencies,
        "dispatch_codes": {code: d.model_dump() for code, d in program.dispatch_codes.items()},
        "districts": {code: d.model_dump() for code, d in program.areas.districts.items()},
        "neighborhoods": {code: n.model_dump(include={"short", "tile"}) for code, n in program.areas.neighborhoods.items()},
        "residents_year": program.areas.residents_year, "residents_source": program.areas.residents_source,
        "budget": {"amount": float(program.budget.amount), "fiscal_year": program.budget.fiscal_year,
                   "source": program.budget.source} if program.budget else None,
        "calendar": {"settle_days": program.release.settle_days},
    }


def _resource(name: str, frame: pd.DataFrame, parts: list[Counted], program: Program, rule: Rule) -> dict:
    spec, own = program.tables.get(name, REVISIONS), [part for part in parts if part.table == name]
    kind = incidents.KIND if spec.told_from else {"spending": "money", "milestones": "list", "revisions": "list", "times": "times"}.get(spec.measure, "counts")
    trees = incidents.columns(trees_of(parts, program, spec.told_from)) if spec.told_from else _trees(own, spec, program)
    stated = own[0].definition if own else definition(incidents.tell if spec.told_from else DEFINED[spec.measure])
    return {
        "name": name, "path": f"{name}.csv", "title": spec.title, "description": stated["counts"],
        "type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "schema": {"fields": [_field(column, frame[column], trees, rule) for column in frame.columns], "missingValues": [""]},
        "openresponse": {
            "kind": kind, "title": spec.title, "period_grain": spec.period,
            "dimensions": [*spec.by, *([spec.stack.column] if spec.stack else [])],
            "category": (spec.category or own[0].category) if kind == "counts" else None,
            "unit": own[0].counts.universe if own else None,
            "definition": stated,
            "parts": [{"part": part.part, "name": part.counts.name, "dimension": part.category,
                       "universe": part.counts.universe, "where": part.counts.where, "zeros": part.counts.zeros,
                       "sensitive": part.counts.sensitive, "exempt": [sorted(pairs) for pairs in part.counts.exempt]} for part in own],
            **({"told_from": spec.told_from} if spec.told_from else {}),
            "exemptions": [e.model_dump() for e in program.privacy.exemptions if e.table == name],
            "trees": {column: [vars(node) for node in tree.nodes] for column, tree in trees.items()},
        },
    }


def trees_of(parts: list[Counted], program: Program, tables: Iterable[str]) -> dict[str, dict[str, Tree]]:
    """For each of these tables the trees of its columns, the category's last."""
    return {name: _trees([part for part in parts if part.table == name], program.tables[name], program) for name in tables}


def _trees(parts: list[Counted], spec, program: Program) -> dict[str, Tree]:
    """Column name to tree; a stacked table has one category tree for each part, named `column:part`."""
    trees: dict[str, Tree] = {}
    for part in parts:
        for name, tree in part.counts.trees.items():
            if name != part.category:
                trees[name] = tree
            else:
                column = spec.category or name
                trees[column if part.part is None else f"{column}:{part.part}"] = tree
    if spec.stack:
        trees[spec.stack.column] = flat(spec.stack.column, spec.stack.parts, total=None)
    if spec.measure == "spending":
        trees |= _money_trees(program)
    return trees


def _money_trees(program: Program) -> dict[str, Tree]:
    models = {code: model.label for code, model in program.models.items()} | {"shared": "Shared between models"}
    return {"model": flat("model", models), "category": flat("category", program.dimensions.get("spending", {}))}


def _field(column: str, values: pd.Series, trees: dict[str, Tree], rule: Rule) -> dict:
    field = {"name": column, "title": column.replace("_", " ").capitalize(), "type": _type(values)}
    if column.endswith("_status"):
        field |= {"description": f"Why `{column.removesuffix('_status')}` is as it is",
                  "categories": [{"value": code, "label": label} for code, label in STATUS.items() if code]}
    elif column.startswith("share_"):
        field |= {"constraints": {"minimum": 0, "maximum": 1}, "description": f"Proportion, {rule.share_decimals} decimals"}
    nodes = [node for name, tree in trees.items() if name.split(":")[0] == column for node in tree.nodes]
    if nodes:
        field["categories"] = [{"value": code, "label": label} for code, label in {n.code: n.label for n in nodes}.items()]
    if column in DESCRIPTIONS:
        field["description"] = DESCRIPTIONS[column]
    return field


def _type(values: pd.Series) -> str:
    if pd.api.types.is_integer_dtype(values):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(values) else "string"
