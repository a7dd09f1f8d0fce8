"""From the files of a public folder to tables, codes and figures."""

import json
from pathlib import Path

import pandas as pd

from . import copies
from .publication import Cell, Key, Publication, Rule, Table

WITHHELD = "c"
EARLIER = "e"  # an earlier figure stands; the new one differs by less than the threshold
NO_COUNT = ("x", "z")  # not available, not applicable


def read(folder: Path) -> Publication:
    """Every release of a public folder, in the order in which they were made."""
    packages = [
        (json.loads(path.read_text(encoding="utf-8")), path.parent)
        for path in folder.glob("*/datapackage.json")
        if path.parent.name != "latest"
    ]
    if not packages:
        raise FileNotFoundError(f"{folder} holds no release: no folder with a datapackage.json.")
    packages.sort(key=lambda one: (one[0].get("created", ""), one[1].name))
    publication = Publication(rule(packages[-1][0]), [path.name for _, path in packages])
    for number, (package, path) in enumerate(packages):
        for resource in package["resources"]:
            if has_figures(resource):
                read_table(publication, number, resource, path / resource["path"])
        for resource in package["resources"]:
            if is_record_file(resource):
                copies.read_records(publication, number, path / resource["path"])
    return publication


def rule(package: dict) -> Rule:
    rule = package["openresponse"]["rule"]
    return Rule(rule["threshold"], rule["round_to"] or 1, rule["zeros"] == "public")


def names(resource: dict) -> dict[str, str]:
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def value_columns(resource: dict) -> list[str]:
    """Whole numbers with a status beside them that are no copy of another row's figure."""
    fields = names(resource)
    whole = [
        name for name, kind in fields.items() if kind == "integer" and f"{name}_status" in fields
    ]
    return [
        name
        for name in whole
        if not any(name in (f"part_of_{other}", f"all_{other}") for other in whole)
    ]


def has_figures(resource: dict) -> bool:
    key = resource.get("schema", {}).get("primaryKey") or []
    return resource["path"].endswith(".csv") and "period" in key and bool(value_columns(resource))


def is_record_file(resource: dict) -> bool:
    """A row for each incident: a period, and no key."""
    schema = resource.get("schema", {})
    keyless = resource["path"].endswith(".csv") and not schema.get("primaryKey")
    return keyless and "period" in {field["name"] for field in schema.get("fields", ())}


def hierarchy_lists(described: object) -> list[dict[str, str]]:
    """Every list of codes with parents in the description of a table, as code → parent."""
    if isinstance(described, dict):
        return [one for value in described.values() for one in hierarchy_lists(value)]
    if not (isinstance(described, list) and described):
        return []
    if all(isinstance(node, dict) and {"code", "parent"} <= set(node) for node in described):
        return [{node["code"]: node["parent"] or "" for node in described}]
    return [one for value in described for one in hierarchy_lists(value)]


def described_table(resource: dict, rule: Rule) -> Table:
    described = resource.get("openresponse", {})
    zeros = {part.get("zeros", "public") for part in described.get("parts", ())}
    columns = [name for name in resource["schema"]["primaryKey"] if name != "period"]
    return Table(
        resource["name"],
        columns,
        value_columns(resource),
        hierarchy_lists(described),
        rule.zeros_shown and zeros <= {"public"},
        {group[-1] for part in described.get("parts", ()) for group in part.get("sensitive", ())},
        [{} for _ in columns],
    )


def learn_parents(table: Table, rows: pd.DataFrame) -> None:
    """From `part_of` for the last code column, from the lists of codes for the others."""
    for place, column in enumerate(table.code_columns):
        codes = set(rows[column])
        listed = [one for one in table.hierarchies if codes <= set(one)]
        parents = min(listed, key=len, default={code: "all" for code in codes if "all" in codes})
        last = place == len(table.code_columns) - 1 and "part_of" in rows
        for row, part_of in zip(
            rows[table.code_columns].itertuples(index=False, name=None),
            rows["part_of"] if last else rows[column].map(parents),
            strict=True,
        ):
            if part_of and part_of != row[place]:
                table.parents[place][row] = part_of


def read_table(publication: Publication, release: int, resource: dict, path: Path) -> None:
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    fresh = described_table(resource, publication.rule)
    table = publication.tables.setdefault(fresh.name, fresh)
    learn_parents(table, rows)
    for period, block in rows.groupby("period", sort=False):
        read_block(publication, release, table, str(period), block)


def read_block(
    publication: Publication, release: int, table: Table, period: str, rows: pd.DataFrame
) -> None:
    """The rows of one period; where nothing shown changed they are the cells known before."""
    fresh = {}
    codes = list(rows[table.code_columns].itertuples(index=False, name=None))
    for value in table.values:
        for row, text, status in zip(codes, rows[value], rows[f"{value}_status"], strict=True):
            if status not in NO_COUNT and (text or status == WITHHELD):
                key = (table.name, row, value)
                fresh[key] = limits(key, period, text, status, table, publication, release)
    allow_zeros(table, fresh)
    copies.learn(publication, release, table, period, rows, fresh)
    known = {
        key: versions[-1][1]
        for key in fresh
        if (versions := publication.versions.get((key, period)))
    }
    old = {key: publication.cells[cell] for key, cell in known.items()}
    both = [
        (old[key].shown, fresh[key].shown)
        for key in known
        if old[key].shown is not None and fresh[key].shown is not None
    ]
    unchanged = all(before == after for before, after in both)
    for key, cell in fresh.items():
        if key in known and unchanged:
            tell_more(old[key], cell)
            continue
        if key in known and old[key].withheld and cell.withheld:
            fell = any(after < before for before, after in both)
            publication.succeeded.append((known[key], len(publication.cells), fell))
        publication.versions.setdefault((key, period), []).append((release, len(publication.cells)))
        publication.cells.append(cell)


def allow_zeros(table: Table, fresh: dict[Key, Cell]) -> None:
    """A sensitive group in which most are of one kind is withheld whole: there may be zeros."""
    groups: dict[tuple, list[Key]] = {}
    for key in fresh:
        row = key[1]
        if table.parents and table.parents[-1].get(row) in table.whole_groups:
            above = (*row[:-1], table.parents[-1][row], key[2])
            groups.setdefault(above, []).append(key)
    for keys in groups.values():
        if all(fresh[key].withheld for key in keys):
            for key in keys:
                fresh[key].least = 0


def tell_more(before: Cell, after: Cell) -> None:
    """What two releases say about the same figure."""
    before.least = max(before.least, after.least)
    before.most = min(before.most, after.most)
    before.shown = after.shown if before.shown is None else before.shown
    before.withheld = before.withheld and after.withheld


def limits(
    key: Key,
    period: str,
    text: str,
    status: str,
    table: Table,
    publication: Publication,
    release: int,
) -> Cell:
    """A withheld figure is at least 1 where zeros are shown; a rounded one is near the true one."""
    rule, name = publication.rule, publication.releases[release]
    if not text:
        return Cell(key, period, name, int(table.zeros_shown), float("inf"), None, True)
    value = round(float(text))
    if status == EARLIER:
        near = rule.threshold - 1
        return Cell(key, period, name, max(0, value - near), value + near)
    near = rule.round_to // 2 if value else 0
    return Cell(key, period, name, value - near, value + near, value)
