"""The program file of a city that exports its files in the words of the program itself: a heading
is the name of its field, and a cell of a code is its word.
"""

from typing import Any

from openresponse.drafting import measures_chosen
from openresponse.drafting.draft import MODEL, About, Draft
from openresponse.drafting.yaml_lines import Noted
from openresponse.program import ExtractName
from openresponse.records.schema import FIELDS

EXTRACTS: tuple[ExtractName, ...] = ("incidents", "units", "encounters")
# What only a city with such codes has.
OF_SOME_CITIES = {
    "district",
    "neighborhood",
    "race_ethnicity",
    "gender",
    "language",
    "priority",
    "condition",
}


def draft_of_own_words(about: About) -> Draft:
    """The program file without any extract to look at."""
    undecided: list[str] = []
    section = about.section(undecided)
    undecided += [
        f"`models.{MODEL}`: what it does, when it is sent, and where it began",
        "`dispatch_codes`: which codes mean a mental-health call",
        "`extracts`: which file and which column hold what; `openresponse inspect FILE...` helps",
    ]
    columns = {name: _columns(name) for name in EXTRACTS}
    tree: dict[str, Any] = {
        "program": section,
        "models": {
            MODEL: {
                "label": about.model or Noted("Crisis team", "decide"),
                "status": "operating",
                "team": "worker",
                "launched": Noted("2026-01", "decide"),
                "purpose": Noted("A crisis team goes.", "decide"),
                "when": Noted("The call is about mental health.", "decide"),
            }
        },
        "dispatch_codes": {
            "MENTAL_HEALTH": Noted({"label": "Mental-health call", "eligible": MODEL}, "decide")
        },
        "extracts": {
            name: {"file": f"{name}.csv", "columns": fields} for name, fields in columns.items()
        },
        "release": about.release(undecided),
        "tables": measures_chosen.tables(columns, models=True, districts=False, contacts_a_month=0),
    }
    return Draft(tree, undecided)


def _columns(name: ExtractName) -> dict[str, str]:
    return {field: field for field in FIELDS[name] if field not in OF_SOME_CITIES}
