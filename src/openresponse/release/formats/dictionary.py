"""What a release says of itself: a Frictionless Data Package with a Table Schema for every file."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures.counting.counted import Counted
from openresponse.media.names import DEMONSTRATION
from openresponse.program import Program
from openresponse.release.formats.program_facts import program_facts, rule_facts
from openresponse.release.formats.resource import resource
from openresponse.release.tables.columns import STATUS

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FICTIONAL = "fictional data"
ABOUT = (
    "Who answers mental-health crisis calls, what happened to people, how long it took and what it"
    " cost. A withheld value is empty, never zero; the column beside it says why."
)
INVENTED = f"This is {FICTIONAL}: no figure is about a real person or call. "
LICENSE = {
    "name": "ODC-PDDL-1.0",
    "path": "https://opendatacommons.org/licenses/pddl/1-0/",
    "title": "Open Data Commons Public Domain Dedication and License",
}
KEYWORDS = ("mental health", "crisis response", "911", "emergency calls", "police", "public health")


def data_package(
    frames: Mapping[str, pd.DataFrame],
    files: Mapping[str, str],
    *,
    counted: Sequence[Counted],
    program: Program,
    rule: Rule,
    release: str,
    published: str,
    fictional: bool,
) -> dict[str, Any]:
    """The content of `datapackage.json`.

    files: the text of each table's file. published: the day of publication.
    """
    about = program.program
    return {
        "$schema": PROFILE,
        "name": f"open-response-{release}",
        "title": f"{about.name}, {release}" + (f" ({FICTIONAL})" if fictional else ""),
        "description": (INVENTED if fictional else "") + ABOUT,
        "version": release,
        "created": f"{published}T00:00:00Z",
        "keywords": list(KEYWORDS),
        "contributors": [
            {"title": DEMONSTRATION if fictional else about.city, "roles": ["publisher"]}
        ],
        "licenses": [LICENSE],
        "resources": [
            resource(
                name,
                frame,
                files[f"{name}.csv"].encode(),
                counted=counted,
                program=program,
                rule=rule,
            )
            for name, frame in frames.items()
        ],
        "openresponse": {
            "release": release,
            "fictional": fictional,
            "code": version("openresponse"),
            "program": program_facts(program),
            "rule": rule_facts(rule),
            "statuses": STATUS,
        },
    }


def without_figures(program: Program, rule: Rule, day: str, fictional: bool) -> dict[str, Any]:
    """The same where every release was withdrawn: what is known of the program, and no table. day:
    of the last withdrawal.
    """
    package = data_package(
        {},
        {},
        counted=[],
        program=program,
        rule=rule,
        release="",
        published=day,
        fictional=fictional,
    )
    package["openresponse"] |= {"left_out": {}, "revision": None}
    return package
