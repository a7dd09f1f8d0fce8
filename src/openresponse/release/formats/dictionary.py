"""What a release says about itself: a Frictionless Data Package with a Table Schema for every file."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version

import pandas as pd

from openresponse.disclosure.audit.verdict import KNOWLEDGE
from openresponse.disclosure.rules import Rule
from openresponse.measures import spending
from openresponse.measures.counting.counted import Counted
from openresponse.measures.measure import definition
from openresponse.program import Program, Table
from openresponse.release.formats.table_schema import schema
from openresponse.release.tables import incidents, revisions
from openresponse.release.tables.protected import STATUS
from openresponse.tables.hierarchy import Tree, flat

FICTIONAL = "fictional data"
DEFINED = {
    "spending": spending.spending,
    "milestones": spending.milestones,
    "revisions": revisions.changes,
}
REVISIONS = Table(title=revisions.TITLE, measure="revisions", period="as_it_stands")
LICENSE = {
    "name": "ODC-PDDL-1.0",
    "path": "https://opendatacommons.org/licenses/pddl/1-0/",
    "title": "Open Data Commons Public Domain Dedication and License",
}
KEYWORDS = ("mental health", "crisis response", "911", "emergency calls", "police", "public health")


def data_package(
    frames: dict[str, pd.DataFrame],
    files: dict[str, str],
    parts: list[Counted],
    program: Program,
    rule: Rule,
    release: str,
    published: str,
    fictional: bool,
) -> dict:
    """The content of `datapackage.json`.

    files: the text of each table's file. published: the day of publication.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"open-response-{release}",
        "title": f"{program.program.name}, {release}" + (f" ({FICTIONAL})" if fictional else ""),
        "description": (
            (
                f"This is {FICTIONAL}: no figure is about a real person or call. "
                if fictional
                else ""
            )
            + "Who answers mental-health crisis calls, what happened to people, how long it took"
            " and what it cost. A withheld value is empty, never zero; the column beside it says"
            " why."
        ),
        "version": release,
        "created": f"{published}T00:00:00Z",
        "keywords": list(KEYWORDS),
        "contributors": [{"title": program.program.city, "roles": ["publisher"]}],
        "licenses": [LICENSE],
        "resources": [
            _resource(name, frame, files[f"{name}.csv"].encode(), parts, program, rule)
            for name, frame in frames.items()
        ],
        "openresponse": {
            "release": release,
            "fictional": fictional,
            "code": version("openresponse"),
            "program": _program(program),
            "rule": rule_facts(rule),
            "statuses": STATUS,
        },
    }


def without_figures(program: Program, rule: Rule, day: str, fictional: bool) -> dict:
    """The same where every release was withdrawn: what is known of the program, and no table. day:
    of the last withdrawal.
    """
    package = data_package({}, {}, [], program, rule, "", day, fictional)
    package["openresponse"] |= {"left_out": {}, "revision": None}
    return package


def rule_facts(rule: Rule) -> dict:
    """The privacy rule in force, as the methods page prints it."""
    return {
        "preset": rule.preset,
        "threshold": rule.threshold,
        "hides": rule.hides_in_words,
        "zeros": rule.zeros,
        "source": rule.source,
        "round_to": rule.round_to,
        "share_decimals": rule.share_decimals,
        "residents": rule.residents,
        "unstable_upto": rule.unstable_upto,
        "reliability": rule.reliability,
        "attacker": list(KNOWLEDGE),
    }


def _program(program: Program) -> dict:
    about = program.program
    return {
        "name": about.name,
        "city": about.city,
        "timezone": about.timezone,
        "contact": about.contact,
        "email": about.email,
        "note": about.note,
        "announced": about.announced.isoformat() if about.announced else None,
        "help": [line.model_dump() for line in about.help],
        "models": {code: model.model_dump() for code, model in program.models.items()},
        "agencies": program.agencies,
        "dispatch_codes": {code: d.model_dump() for code, d in program.dispatch_codes.items()},
        "districts": {code: d.model_dump() for code, d in program.areas.districts.items()},
        "neighborhoods": {
            code: n.model_dump(include={"short", "tile"})
            for code, n in program.areas.neighborhoods.items()
        },
        "residents_year": program.areas.residents_year,
        "residents_source": program.areas.residents_source,
        "budget": (
            {
                "amount": float(program.budget.amount),
                "fiscal_year": program.budget.fiscal_year,
                "source": program.budget.source,
            }
            if program.budget
            else None
        ),
        "calendar": {"settle_days": program.release.settle_days},
    }


def _resource(
    name: str,
    frame: pd.DataFrame,
    content: bytes,
    parts: list[Counted],
    program: Program,
    rule: Rule,
) -> dict:
    spec, own = program.tables.get(name, REVISIONS), [part for part in parts if part.table == name]
    kind = (
        incidents.KIND
        if spec.told_from
        else {"spending": "money", "milestones": "list", "revisions": "list", "times": "times"}.get(
            spec.measure, "counts"
        )
    )
    trees = (
        incidents.columns(trees_of(parts, program, spec.told_from))
        if spec.told_from
        else _trees(own, spec, program)
    )
    stated = (
        own[0].definition
        if own
        else definition(incidents.tell if spec.told_from else DEFINED[spec.measure])
    )
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
        "schema": schema(frame, trees, rule, kind, spec.period),
        "openresponse": {
            "kind": kind,
            "title": spec.title,
            "period_grain": spec.period,
            "dimensions": [*spec.by, *([spec.stack.column] if spec.stack else [])],
            "category": (spec.category or own[0].category) if kind == "counts" else None,
            "unit": own[0].counts.universe if own else None,
            "definition": stated,
            "parts": [
                {
                    "part": part.part,
                    "name": part.counts.name,
                    "dimension": part.category,
                    "universe": part.counts.universe,
                    "where": part.counts.where,
                    "zeros": part.counts.zeros,
                    "sensitive": part.counts.sensitive,
                    "exempt": [sorted(pairs) for pairs in part.counts.exempt],
                }
                for part in own
            ],
            **({"told_from": spec.told_from} if spec.told_from else {}),
            "exemptions": [e.model_dump() for e in program.privacy.exemptions if e.table == name],
            "trees": {
                column: [vars(node) for node in tree.nodes] for column, tree in trees.items()
            },
        },
    }


def trees_of(
    parts: list[Counted], program: Program, tables: Iterable[str]
) -> dict[str, dict[str, Tree]]:
    """For each of these tables the trees of its columns, the category's last."""
    return {
        name: _trees([part for part in parts if part.table == name], program.tables[name], program)
        for name in tables
    }


def _trees(parts: list[Counted], spec, program: Program) -> dict[str, Tree]:
    """Column name to tree; a stacked table has one category tree for each part, named
    `column:part`.
    """
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
    models = {code: model.label for code, model in program.models.items()} | {
        "shared": "Shared between models"
    }
    return {
        "model": flat("model", models),
        "category": flat("category", program.dimensions.get("spending", {})),
    }
