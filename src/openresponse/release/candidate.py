"""A candidate: a release that is made whole and not yet public."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.errors import REVISE, ReleaseError
from openresponse.measures.counting.counted import Counted
from openresponse.media.bundle import LOCK, bundled
from openresponse.program import Program
from openresponse.records.collection import Records
from openresponse.records.plausibility.judgement import Accepted
from openresponse.release.formats import csvw, derived
from openresponse.release.formats.dictionary import data_package
from openresponse.release.formats.resource import hierarchies_of
from openresponse.release.history import ends, release_days
from openresponse.release.store.files import csv_text, digest, json_text
from openresponse.release.store.published import Published
from openresponse.release.store.write import stage
from openresponse.release.tables import incidents, restated, revisions
from openresponse.release.tables.cells import RELATIONS
from openresponse.release.tables.columns import SOURCE
from openresponse.release.tables.revisions import Revision

Tables = dict[str, pd.DataFrame]
ROWS = ("rows_in", "rows_used", "set_aside")  # codes of the table of data quality


@dataclass(frozen=True)
class Occasion:
    """Which release it is. early: why it comes before its announced day, kept in the manifest.
    before: the release before that was not withdrawn. counted_upto: month to the delivery up to
    which its rows are counted, see `predecessor`. revision: why figures change that were published.
    accepted: checks of the deliveries that were overruled.
    """

    release: str
    early: str = ""
    before: Published | None = None
    counted_upto: Mapping[str, str] = field(default_factory=dict)
    revision: Revision | None = None
    accepted: tuple[Accepted, ...] = ()


def write(
    program: Program,
    records: Records,
    counted: list[Counted],
    tables: Tables,
    rule: Rule,
    occasion: Occasion,
    *,
    relations: pd.DataFrame,
) -> Published:
    """Write a candidate into the build folder and read it back as its readers will.

    relations: what the search took for known of the records.
    """
    day = release_days.today(program)
    tables, left_out = _with_incidents(tables, counted, program, rule)
    tables = _with_revisions(tables, occasion)
    note = release_days.note(
        program, occasion.release, day, occasion.early, bool(occasion.revision)
    )
    texts = {f"{name}.csv": csv_text(frame) for name, frame in tables.items()}
    package = data_package(
        tables,
        texts,
        counted=counted,
        program=program,
        rule=rule,
        release=occasion.release,
        published=note["published"],
        fictional=records.fictional,
    )
    package["openresponse"] |= {
        "counted_upto": _counted_upto(records, occasion),
        "left_out": left_out,
        "revision": occasion.revision.facts(day) if occasion.revision else None,
    }
    if ended := ends.ended(occasion.release, occasion.before, set(tables), occasion.revision):
        package["openresponse"]["ended"] = ended
    if occasion.accepted:
        package["openresponse"]["accepted"] = [asdict(one) for one in occasion.accepted]
    texts |= {
        "datapackage.json": json_text(package),
        csvw.FILE: json_text(csvw.metadata(package)),
        RELATIONS: csv_text(_signed(relations, tables)),
        "README.md": _readme(package),
    }
    facts = _facts(program, records, tables, package) | note | _restated(occasion, day)
    files: dict[str, str | bytes] = {**texts, **derived.of(package, texts)}
    folders = program.folders
    return Published.load(stage(folders.build, folders.public, occasion.release, files, facts))


def _with_incidents(
    tables: Tables, counted: list[Counted], program: Program, rule: Rule
) -> tuple[Tables, dict[str, str]]:
    """The tables and the files of single incidents made from them; and why a file of these is left
    out, by its title.
    """
    tables, left_out = dict(tables), {}
    for name, spec in program.tables.items():
        if spec.derived_from:
            there = [source for source in spec.derived_from if source in tables]
            hierarchies = hierarchies_of(counted, program, there)
            rows, reason = incidents.make(tables, hierarchies, spec.derived_from, rule)
            if reason:
                left_out[spec.title] = reason
            else:
                tables[name] = rows.assign(**{SOURCE: tables[there[0]][SOURCE].iloc[0]})
    return tables, left_out


def _with_revisions(tables: Tables, occasion: Occasion) -> Tables:
    """The tables, and for a revision the list of what it changed."""
    if not occasion.revision:
        return tables
    before = occasion.before.tables if occasion.before else {}
    changed = revisions.changes(before, tables, occasion.revision.edition)
    if changed.empty and tables.keys() <= before.keys():  # none ended, and none is new
        _refuse_unchanged(occasion)
    return {**tables, revisions.TABLE: _signed(changed, tables)}


def _refuse_unchanged(occasion: Occasion) -> None:
    """ReleaseError where a revision changes no figure. A change of edition may change none, and one
    that takes the place of a withdrawn release has no other to be compared with.
    """
    revision, before = occasion.revision, occasion.before
    if revision and not revision.edition and before and before.name == revision.of:
        raise ReleaseError(
            f"{occasion.release}: the extracts give the figures that are published, so there is"
            " nothing to revise and nothing was published. Put corrected files into the folders of"
            " their months, or name the month for which a later delivery brought rows:"
            f" `{REVISE} --month YYYY-MM`. Without it"
            " such rows count in the newest months, as many as `release.provisional_months` says."
        )


def _signed(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Rows that say whose they are, as those of the tables do."""
    return rows.assign(**{SOURCE: next(iter(tables.values()))[SOURCE].iloc[0]})


def _counted_upto(records: Records, occasion: Occasion) -> dict[str, str]:
    """Month to the delivery up to which its rows are counted."""
    newest = occasion.release[release_days.MONTH]
    return {month: occasion.counted_upto.get(month, newest) for month in records.months}


def _facts(
    program: Program, records: Records, tables: Tables, package: dict[str, Any]
) -> dict[str, Any]:
    """What the manifest says beside hashes and days."""
    about = package["openresponse"]
    return {
        "release": about["release"],
        "program": program.program.name,
        "fictional": records.fictional,
        "city": program.program.city,
        "rule": about["rule"],
        "code": version("openresponse"),
        "lock": digest(bundled(LOCK, program.folders.home)),
        "rows": _rows(tables),
        "revision": about["revision"],
    }


def _restated(occasion: Occasion, day: date) -> dict[str, Any]:
    """Why money of earlier months is other than published, for the list of corrections."""
    reasons = [one.reason for one in occasion.accepted if one.check == restated.CHECK]
    if occasion.revision or not reasons:
        return {}
    return {"restated": {"date": str(day), "reason": reasons[0]}}


def _rows(tables: Tables) -> dict[str, int | None]:
    """Rows delivered, used and set aside in the newest month, as the table of data quality shows
    them; None where it withholds them.
    """
    if "data_quality" not in tables:
        return {}
    quality = tables["data_quality"]
    newest = quality[quality["period"] == quality["period"].max()].set_index("handling")["rows"]
    return {
        code: None if pd.isna(newest[code]) else int(newest[code])
        for code in ROWS
        if code in newest
    }


def _readme(package: dict[str, Any]) -> str:
    facts = package["openresponse"]
    fictional = (
        "\n\n**This is fictional data.** No figure here is about a real person or call."
        if facts["fictional"]
        else ""
    )
    listed = "\n".join(f"- `{r['path']}`: {r['title']}" for r in package["resources"])
    one = package["resources"][0]["name"]
    ended = "".join(
        f"The table “{one['title']}” (`{name}`) ended with the release {one['release']}:"
        f" {one['reason']}\n\n"
        for name, one in facts.get("ended", {}).items()
    )
    statuses = [f"`{code}` {label.lower()}" for code, label in facts["statuses"].items() if code]
    return (
        f"# {package['title']}{fictional}\n\n{listed}\n\n{ended}Each table is there as Parquet too"
        f" (`{one}.parquet`), and all of them in the workbook `{derived.WORKBOOK}`;"
        f" `{derived.ARCHIVE}` holds every file but the manifest.\n\n`datapackage.json`"
        f" (Frictionless) and `{csvw.FILE}` (CSV on the Web) explain every column and code;"
        f" `manifest.json` holds the sha256 of every other file. `{RELATIONS}` lists which codes"
        " never occur together, or only from a `first` to a `last` month: what the release's own"
        " audit takes an attacker to know; an empty code is that of a record to which the attribute"
        " does not apply.\n\nThe status beside a value says why it is empty, or what to know of"
        " it: " + "; ".join(statuses) + ".\n"
    )
