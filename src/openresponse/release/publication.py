"""What is published: protected tables, their dictionary and manifest, written whole."""

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from openresponse.disclosure.audit import verdict as auditor
from openresponse.disclosure.audit.verdict import Verdict
from openresponse.disclosure.rules import Rule
from openresponse.errors import ReleaseError
from openresponse.measures import spending
from openresponse.measures.counting.counted import Counted
from openresponse.media.bundle import LOCK, bundled
from openresponse.program import Folders, Program
from openresponse.records.collection import Records
from openresponse.release.checks import evidence, gate, leaks, tripwires  # noqa: F401
from openresponse.release.formats import csvw, derived
from openresponse.release.formats.dictionary import FICTIONAL, data_package
from openresponse.release.formats.resource import hierarchies_of
from openresponse.release.history import ledger, register, release_days
from openresponse.release.history.retraction import ever
from openresponse.release.store import approvals
from openresponse.release.store.published import Published
from openresponse.release.store.write import (
    csv_text,
    digest,
    json_text,
    order,
    point_latest,
    promote,
    published,
    stage,
    verify,
)
from openresponse.release.tables import incidents, revisions
from openresponse.release.tables.cells import count_tables
from openresponse.release.tables.columns import SOURCE
from openresponse.release.tables.protected import protected
from openresponse.release.tables.revisions import Revision


def counted_upto(program: Program, release: str) -> dict[str, str]:
    """Month to the delivery up to which its rows are counted, as earlier releases have it.

    A revision counts what has arrived since for months that are still provisional, so these are
    left out.
    """
    before = earlier(program.folders, release)
    known = dict(before.package["openresponse"]["counted_upto"]) if before else {}
    if order(release)[1]:
        for month in provisional(program, known):
            del known[month]
    return known


def provisional(program: Program, months: Iterable[str]) -> list[str]:
    """The newest of these months, as many as the program file says; records that arrive later may
    revise them.
    """
    newest_first = sorted(months, reverse=True)
    return newest_first[: program.release.provisional_months]


def earlier(folders: Folders, release: str) -> Published | None:
    """The release before this one, or None where it is the first."""
    found = ever(folders, before=release)
    return found[-1] if found else None


def statuses(before: Published | None) -> dict[str, pd.DataFrame] | None:
    """What an earlier release published, cell by cell, keyed by the names of its counted tables."""
    return {table.name: table.cells for table in count_tables(before)} if before else None


def tables(
    program: Program,
    records: Records,
    parts: list[Counted],
    statuses: dict[str, pd.Series],
    rule: Rule,
    before: Published | None = None,
) -> dict[str, pd.DataFrame]:
    """Every public table in catalogue order, checked: shares agree, and what is withheld is empty.

    before: the release before, whose figures stand where the revised ones are withheld.
    """
    source = FICTIONAL if records.fictional else program.program.city
    still = {*records.partial, *provisional(program, records.months)}
    frames = protected(
        parts,
        statuses,
        program,
        rule,
        provisional=still,
        source=source,
        earlier=before.tables if before else None,
    )
    for name, spec in program.tables.items():
        if spec.measure == "spending":
            frames[name] = _with_status(spending.spending(records.spending, program)).assign(
                **{SOURCE: source}
            )
        elif spec.measure == "milestones":
            frames[name] = _dated(spending.milestones(records.milestones)).assign(
                **{SOURCE: source}
            )
    gate.shares_agree(frames, rule)
    gate.withheld_is_empty(frames)
    return {name: frames[name] for name in program.tables if name in frames}


def propose(
    program: Program,
    records: Records,
    parts: list[Counted],
    frames: dict[str, pd.DataFrame],
    rule: Rule,
    release: str,
    early: str = "",
    before: Published | None = None,
    revision: Revision | None = None,
) -> Published:
    """Write a candidate release, not yet public, and read it back as its readers will.

    early: why it comes before its announced day, kept in the manifest. revision: why figures of the
    release `before` change.
    """
    frames, left_out = _with_incidents(frames, parts, program, rule)
    if revision:
        source = next(iter(frames.values()))[SOURCE].iloc[0]
        frames[revisions.TABLE] = revisions.changes(before.tables, frames).assign(
            **{SOURCE: source}
        )
    note = release_days.note(program, release, release_days.today(program), early, bool(revision))
    files = {f"{name}.csv": csv_text(frame) for name, frame in frames.items()}
    package = data_package(
        frames,
        files,
        counted=parts,
        program=program,
        rule=rule,
        release=release,
        published=note["published"],
        fictional=records.fictional,
    )
    upto = counted_upto(program, release)
    package["openresponse"] |= {
        "counted_upto": {month: upto.get(month, release[:7]) for month in records.months},
        "left_out": left_out,
        "revision": revision.facts(before.name, release_days.today(program)) if revision else None,
    }
    files |= {
        "datapackage.json": json_text(package),
        csvw.FILE: json_text(csvw.metadata(package)),
        "README.md": _readme(package),
    }
    files |= derived.of(package, files)
    facts = {
        "release": release,
        "program": program.program.name,
        "fictional": records.fictional,
        "city": program.program.city,
        "rule": package["openresponse"]["rule"],
        "code": version("openresponse"),
        "lock": digest(bundled(LOCK)),
        "rows": _rows_told(frames),
        "revision": package["openresponse"]["revision"],
        **note,
    }
    return Published.load(
        stage(program.folders.build, program.folders.public, release, files, facts)
    )


def _rows_told(frames: dict[str, pd.DataFrame]) -> dict[str, int | None]:
    """Rows delivered, used and set aside in the newest month, as the table of data quality shows
    them; None where it withholds them.
    """
    if "data_quality" not in frames:
        return {}
    newest = frames["data_quality"].loc[
        frames["data_quality"]["period"] == frames["data_quality"]["period"].max()
    ]
    told = newest.set_index("handling")["rows"]
    return {
        code: None if pd.isna(told[code]) else int(told[code])
        for code in ("rows_in", "rows_used", "set_aside")
        if code in told
    }


def check(candidate: Published, folders: Folders, rule: Rule) -> Verdict:
    """The gate: what is in the candidate's files agrees, stands beside all that was published, and
    reveals nothing.

    Returns the audit's verdict over all releases; raises ReleaseError or DisclosureError, and then
    nothing is published.
    """
    verify(candidate.folder)
    cells = count_tables(candidate)
    gate.arithmetic_agrees(cells, rule)
    gate.shares_agree(candidate.tables, rule)
    derived.agree(candidate)
    incidents.check(candidate, rule)
    earlier = ever(folders, before=candidate.name)
    if candidate.revision:
        gate.changes_are_told(candidate, earlier[-1])
    elif earlier:
        gate.earlier_figures_stand(cells, count_tables(earlier[-1]))
    verdict = auditor.audit(
        cells, rule, [count_tables(release) for release in earlier], enough=auditor.NAMED
    )
    verdict.check()
    return verdict


def publish(program: Program, candidate: Path) -> list[str]:
    """Make a checked candidate public, whole; returns the roles whose approval it waits for, and
    then it is not public.
    """
    waits_for = approvals.missing(program, candidate)
    if not waits_for:
        given = approvals.beside(candidate)
        promote(candidate, program.folders.public, given if given.is_file() else None)
        settle(program.folders.public)
    return waits_for


def settle(public: Path) -> None:
    """Bring `latest`, the ledger and the lists of releases up to the releases that are there, also
    after a run that died.
    """
    if published(public):
        point_latest(public)
        ledger.append(public)
        register.write(public)


def audit(folders: Folders, rule: Rule) -> Verdict:
    """Attack everything that was ever published, from the public files and what is kept of
    retracted releases; ReleaseError where a file is not as published."""
    if not published(folders.public):
        raise ReleaseError(
            f"{folders.public}: no release yet. Make one with `openresponse release`."
        )
    for name in published(folders.public):
        verify(folders.public / name)
    ledger.check(folders.public)
    releases = ever(folders)
    if not releases:
        raise ReleaseError(
            f"{folders.public}: every release was retracted, and what they showed is kept"
            " elsewhere. There is nothing to attack here."
        )
    for release in releases:
        incidents.check(release, rule)
    derived.agree(
        releases[-1]
    )  # those of earlier releases were compared before they appeared, and their hashes hold
    *earlier, newest = map(count_tables, releases)
    return auditor.audit(newest, rule, earlier)


def _with_incidents(
    frames: dict[str, pd.DataFrame], parts: list[Counted], program: Program, rule: Rule
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The tables and the files of single incidents told from them; and why a file of these is left
    out, by its title.
    """
    frames, left_out = dict(frames), {}
    for name, spec in program.tables.items():
        if spec.derived_from:
            there = [source for source in spec.derived_from if source in frames]
            rows, reason = incidents.make(
                frames, hierarchies_of(parts, program, there), spec.derived_from, rule
            )
            if reason:
                left_out[spec.title] = reason
            else:
                frames[name] = rows.assign(**{SOURCE: frames[there[0]][SOURCE].iloc[0]})
    return frames, left_out


def _with_status(frame: pd.DataFrame) -> pd.DataFrame:
    """Money is never withheld, but its columns carry a status like all others."""
    for column in ("amount", "total_to_date", "share_of_budget"):
        at = frame.columns.get_loc(column) + 1
        frame.insert(
            at,
            f"{column}_status",
            frame[column].isna().map({True: "x", False: ""}).astype("string"),
        )
    return frame


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        **{c: frame[c].dt.strftime("%Y-%m-%d").astype("string") for c in ("planned", "actual")}
    )


def _readme(package: dict) -> str:
    facts = package["openresponse"]
    fictional = (
        "\n\n**This is fictional data.** No figure here is about a real person or call."
        if facts["fictional"]
        else ""
    )
    listed = "\n".join(f"- `{r['path']}`: {r['title']}" for r in package["resources"])
    one = package["resources"][0]["name"]
    return (
        f"# {package['title']}{fictional}\n\n{listed}\n\nEach table is there as Parquet too"
        f" (`{one}.parquet`), and all of them in the workbook `{derived.WORKBOOK}`;"
        f" `{derived.ARCHIVE}` holds every file.\n\n`datapackage.json` (Frictionless) and"
        f" `{csvw.FILE}` (CSV on the Web) explain every column and code; `manifest.json` holds the"
        " sha256 of every file.\n\nAn empty value has a status beside it: "
        + "; ".join(
            f"`{code}` {label.lower()}" for code, label in facts["statuses"].items() if code
        )
        + ".\n"
    )
