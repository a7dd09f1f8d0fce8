"""What changed in the wording, as a page in English: labels and definitions, old and new.

What this edition changed is listed here. What differs between two releases is read from their data
packages, so that a new edition of the program shows it by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from openresponse.release.history.register import Past
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Table
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.prose import words
from openresponse.tables.definition import PARTS

PAGE = "wording"
Change = tuple[str, str, str]  # where it stands, before, and since
CALLS, MET = "Tables of calls", "Tables of people met"
# By the day of the edition that changed them.
EDITIONS: dict[str, tuple[Change, ...]] = {
    "2026-11-28": (
        (CALLS, "All mental-health calls", "Mental-health calls"),
        ("funnel", "Arrived", "Clinician or mental-health worker arrived"),
        (
            "clinician_attendance",
            "Calls that should have had the team",
            "Eligible for a pilot",
        ),
        ("clinician_attendance", "The team came", "Clinician or mental-health worker arrived"),
        (
            "clinician_attendance",
            "Police came too",
            "Police with the clinician or mental-health worker",
        ),
        (
            "clinician_attendance",
            "The team came first",
            "The clinician or mental-health worker came first",
        ),
        (
            "clinician_attendance",
            "Police did not come",
            "Clinician or mental-health worker, no police recorded",
        ),
        ("clinician_attendance", "The team was sent but did not arrive", "Sent but not arrived"),
        (
            "clinician_attendance",
            "The team was not sent",
            "No clinician or mental-health worker sent",
        ),
        (
            "responders",
            "Clinician or mental-health worker, without police",
            "Clinician or mental-health worker, no police recorded",
        ),
        ("police_role", "Police not on scene", "No police recorded on scene"),
        (
            "outcomes",
            "Runs: calls a team was sent to",
            "Clinician or mental-health worker sent",
        ),
        ("outcomes", "Team did not arrive", "Sent but not arrived"),
        (
            "outcomes",
            "Crisis center, detox, arrest, other or not recorded",
            "Crisis center, detox, arrest, another outcome or not recorded",
        ),
        ("outcomes", "Arrested", "Contact ended in an arrest"),
        (MET, "Contacts made", "Contact made"),
        (MET, "Incidents (as the head of a column)", "Contacts; Runs"),
        ("data_quality_reasons", "Clinician encounters", "Encounter records of clinicians"),
        (
            "data_quality_reasons",
            "EMS patient care records",
            "Encounter records of EMS (patient care records)",
        ),
        ("response_times", "Interval", "Time measured"),
        ("response_times", "Call to first dispatch", "Call to dispatch of the first unit"),
        (
            "response_times",
            "First dispatch to first arrival",
            "Dispatch to arrival of the first unit",
        ),
        (
            "response_times",
            "Call to first arrival",
            "Call to arrival of the first unit of any kind",
        ),
        (
            "team_times",
            "Call to arrival of the team",
            "Call to arrival of the clinician or mental-health worker",
        ),
        ("Statistics", "Interval", "Confidence interval"),
        ("Glossary", "Clinician attendance", "Attendance"),
        ("Statuses", "Provisional: records may still arrive", "Provisional: a revision may still"
         " change it"),
        ("Map", "Near the city's rate", "Three quarters of the city's rate to a third more"),
        ("Spending", "All models", "Spending in all"),
        ("Brief, districts", "All districts", "Whole city"),
        ("Tables under pictures", "Share of all", "Share of the whole, by its name"),
        (
            "Definitions",
            "911 incidents whose dispatch code is not a mental-health code",
            "Calls to 911 whose dispatch code is not a mental-health code",
        ),
        (
            "Definitions",
            "Share of: one whole, where a column has several",
            "Share of: the group above, whose name stands beside the share",
        ),
        (
            "safety",
            "One definition, that of arrests",
            "A definition for arrest, force and injury each",
        ),
        (
            "Home, a model in planning",
            "The name of the next milestone, large",
            "In planning, and the next milestone with its day",
        ),
        (
            "Home, time",
            "Call to arrival of the first unit of any kind",
            "Call to arrival of the clinician or mental-health worker",
        ),
        ("Definitions under figures", "Names of columns and codes", "The labels of codes"),
        ("incidents_public", "not_told", "withheld"),
    ),
}  # fmt: skip


def write(past: Sequence[Past], public: Path, site: Path) -> Path:
    """Write the page, in English alone."""
    names = [one.release for one in past if not one.retraction]
    between = [
        (f"Between {before} and {now}", list(changes(*_loaded(public, before, now))))
        for before, now in pairwise(names)
    ]
    editions = [
        (f"In every release that was made on {words.day(day)} or later", list(changed))
        for day, changed in EDITIONS.items()
    ]
    tables = [
        Table(caption, ["Where", "Before", "Since"], rows)
        for caption, rows in (*between[::-1], *editions)
        if rows
    ]
    return qmd.page(
        site,
        f"{PAGE}.qmd",
        "What changed in the wording",
        "Labels and definitions that changed: what they were, and what they are now.",
        render("wording.html", tables_shown=tables),
    )


def changes(before: Published, now: Published) -> Iterator[Change]:
    """The titles, labels and lines of definitions that differ, of the tables that both have."""
    for table in (name for name in now.resources if name in before.resources):
        if before.title(table) != now.title(table):
            yield table, before.title(table), now.title(table)
        was, is_now = (_labels(one, table) for one in (before, now))
        for where in sorted(was.keys() & is_now.keys()):
            if was[where] != is_now[where]:
                yield f"{table}, {where}", was[where], is_now[where]
        said, says = before.definition(table), now.definition(table)
        for key, name in PARTS.items():
            if key in said and key in says and said[key] != says[key]:
                yield f"{table}, {name}", said[key], says[key]


def _labels(published: Published, table: str) -> dict[str, str]:
    """By column and code."""
    hierarchies = published.resources[table]["openresponse"]["trees"]
    return {
        f"{column} {node['code']}": node["label"]
        for column, nodes in hierarchies.items()
        for node in nodes
    }


def _loaded(public: Path, *names: str) -> list[Published]:
    return [Published.load(public / name) for name in names]
