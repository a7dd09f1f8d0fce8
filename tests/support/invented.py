"""A small invented release in the layout of a real one: counts on the leaves of real hierarchies,
margins added up.
"""

import copy
import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd

from openresponse.measures.attendance import ATTENDANCE
from openresponse.measures.funnel import STAGE
from openresponse.measures.outcomes import OUTCOME
from openresponse.measures.responders import POLICE_ROLE, RESPONDERS
from openresponse.measures.safety import applicants, yes_no
from openresponse.measures.volumes import SERVICE
from openresponse.release.formats import derived
from openresponse.release.store.published import Published
from openresponse.tables.hierarchy import Hierarchy, flat
from support import workspace

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)][10:34]
MODEL = flat(
    "model",
    {
        "co_response": "Co-response",
        "alternative_response": "Alternative response",
        "standard": "Standard response",
    },
)
NEIGHBORHOOD = flat(
    "neighborhood",
    {
        "north": "North Side",
        "south": "South Side and Islands",
        "harbor": "Harbor",
        "not_recorded": "Not recorded",
    },
)
RESIDENTS = {"all": 3000, "north": 1000, "south": 1500, "harbor": 500}
BAND = flat("time_band", {"night": "Night (0 to 6)", "evening": "Evening (18 to 24)"})
DISTRICT = flat(
    "district", {"A-1": "A-1 Downtown", "B-2": "B-2 Roxbury", "not_recorded": "Not recorded"}
)
DEFINITION = {
    "counts": "incidents, each once.",
    "denominator": "all calls.",
    "excludes": "other 911 calls.",
    "missing": "stands as not recorded.",
}
SOURCE = "fictional data"
PROGRAM = {
    "name": "Boston crisis response pilots",
    "city": "City of Boston",
    "timezone": "America/New_York",
    "contact": "Health and Human Services",
    "email": "data@city.example",
    "note": "Everything here is invented.",
    "announced": "2021-08-05",
    "help": [
        {
            "label": "988 Suicide and Crisis Lifeline",
            "contact": "988",
            "what": "Call or text at any hour.",
        },
        {"label": "Emergency", "contact": "911", "what": "When someone is in danger now."},
    ],
    "models": {
        "co_response": {
            "label": "Co-response",
            "status": "operating",
            "team": "clinician",
            "launched": "2024-11",
            "purpose": "A police officer and a clinician go together.",
            "when": "The call involves an imminent safety risk.",
        },
        "alternative_response": {
            "label": "Alternative response",
            "status": "operating",
            "team": "worker",
            "launched": "2025-01",
            "purpose": "EMS and a mental-health worker go.",
            "when": "The call involves no imminent safety risk.",
        },
        "peer_led": {
            "label": "Peer-led response",
            "status": "planning",
            "team": None,
            "launched": None,
            "purpose": "Someone with lived experience takes the lead.",
            "when": "Not yet in operation.",
        },
    },
    "agencies": {},
    "dispatch_codes": {"EDP2": {"label": "EMS and police respond", "eligible": "co_response"}},
    "districts": {
        "A-1": {"label": "A-1 Downtown", "launched": {"co_response": "2025-05"}},
        "B-2": {"label": "B-2 Roxbury", "launched": {}},
    },
    "neighborhoods": {
        "north": {"short": "", "tile": [2, 1]},
        "south": {"short": "South Side", "tile": [1, 2]},
        "harbor": {"short": "", "tile": [3, 1]},
    },
    "residents_year": 2020,
    "residents_source": "the census",
    "calendar": {"settle_days": 21},
    "budget": {"amount": 1750000.0, "fiscal_year": 2022, "source": "City of Boston"},
}
RULE = {
    "share_decimals": 3,
    "attacker": ["Every figure ever published."],
    "preset": "cms-11",
    "threshold": 11,
    "hides": "counts from 1 to 10",
    "zeros": "public",
    "round_to": 1,
    "residents": None,
    "source": "CMS cell size suppression policy",
}
STATUSES = {
    "": "Shown",
    "c": "Withheld for privacy",
    "x": "Not available",
    "z": "Not applicable",
    "p": "Provisional",
    "r": "Revised since an earlier release",
    "u": "Low reliability",
}


def counts(
    periods,
    by: dict[str, Hierarchy],
    category: str,
    hierarchy: Hierarchy,
    mean: float,
    seed: int,
    fixed: dict | None = None,
) -> pd.DataFrame:
    """Every cell of the cross, small ones withheld, in the published columns."""
    random, rows = np.random.default_rng(seed), []
    hierarchies = [*by.values(), hierarchy]
    below = [
        {code: [leaf for leaf in t.leaves if code in t.ancestors(leaf)] for code in t.codes}
        for t in hierarchies
    ]
    for period in periods:
        leaves = {
            key: random.poisson(mean) for key in itertools.product(*(t.leaves for t in hierarchies))
        }
        for key in itertools.product(*(t.codes for t in hierarchies)):
            parts = itertools.product(*(b[code] for b, code in zip(below, key, strict=True)))
            rows.append((period, *key, sum(leaves[part] for part in parts)))
    names = [*by, category]
    frame = pd.DataFrame(rows, columns=["period", *names, "incidents"])
    frame["incidents"] = frame["incidents"].astype("Int64").mask(frame["incidents"].between(1, 10))
    frame["part_of"] = frame[category].map(hierarchy.parents).fillna("")
    keyed = frame.set_index(["period", *names])["incidents"]
    for name, code in (
        ("part_of_incidents", frame["part_of"]),
        ("all_incidents", pd.Series(hierarchy.roots[0], frame.index)),
    ):
        keys = pd.MultiIndex.from_frame(frame[["period", *by]].assign(code=code))
        frame[name] = keyed.reindex(keys).to_numpy()
        frame[f"{name}_status"] = (
            frame[name].isna().map({True: "c", False: ""}).mask(code == "", "z")
        )
    frame["incidents_status"] = frame["incidents"].isna().map({True: "c", False: ""})
    for share, of in (("share_of_part", "part_of_incidents"), ("share_of_all", "all_incidents")):
        frame[share] = (frame["incidents"] / frame[of].replace(0, pd.NA)).astype("Float64").round(3)
        frame[f"{share}_status"] = frame[share].isna().map({True: "c", False: ""})
        frame.loc[frame["part_of"] == "", [share, f"{share}_status"]] = [pd.NA, "z"]
    values = [
        f"{n}{s}"
        for n in (
            "incidents",
            "part_of_incidents",
            "share_of_part",
            "all_incidents",
            "share_of_all",
        )
        for s in ("", "_status")
    ]
    return frame.assign(source=SOURCE, **(fixed or {}))[
        ["period", *by, *(fixed or {}), category, "part_of", *values, "source"]
    ]


def rated(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts by neighborhood with residents and rates, in the published columns."""
    residents = frame["neighborhood"].map(RESIDENTS).astype("Int64")
    rate = (frame["incidents"] / residents * 10_000).astype("Float64").round(1)
    status = frame["incidents_status"].mask(
        residents.isna() & (frame["incidents_status"] == ""), "x"
    )
    return frame.drop(columns="source").assign(
        residents=residents,
        residents_year=2020,
        rate_per_10000=rate,
        rate_per_10000_status=status,
        source=SOURCE,
    )


TIMED = "call_to_team_arrival_timed:call_to_team_arrival"


def times(seed: int) -> pd.DataFrame:
    random, rows = np.random.default_rng(seed), []
    for period, model in itertools.product(MONTHS, MODEL.codes):
        n = int(random.integers(120, 400))
        rows.append(
            [
                period,
                model,
                "call_to_team_arrival",
                n,
                "",
                n - 20,
                "",
                20,
                "",
                round(20 / n, 3),
                "",
                14.5,
                "",
                pd.NA if model == "standard" else 31.2,
                "c" if model == "standard" else "",
                SOURCE,
            ]
        )
    values = [
        f"{n}{s}"
        for n in (
            "incidents",
            "timed",
            "not_timed",
            "share_not_timed",
            "median_minutes",
            "p90_minutes",
        )
        for s in ("", "_status")
    ]
    return pd.DataFrame(rows, columns=["period", "model", "interval", *values, "source"]).astype(
        {"p90_minutes": "Float64"}
    )


def spending() -> pd.DataFrame:
    rows = [
        [
            month,
            model,
            category,
            5000.5 * k,
            "",
            5000.5 * k * (i + 1),
            "",
            1750000.0,
            round(5000.5 * k * (i + 1) / 1750000, 3),
            "",
            SOURCE,
        ]
        for i, month in enumerate(MONTHS)
        for model, category, k in (
            ("all", "all", 12),
            ("co_response", "all", 8),
            ("co_response", "salaries", 8),
            ("peer_led", "all", 4),
            ("peer_led", "training", 4),
            ("all", "salaries", 8),
            ("all", "training", 4),
        )
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "period",
            "model",
            "category",
            "amount",
            "amount_status",
            "total_to_date",
            "total_to_date_status",
            "budget",
            "share_of_budget",
            "share_of_budget_status",
            "source",
        ],
    )


DAYS = ("planned", "actual")  # columns of dates


def milestones() -> pd.DataFrame:
    rows = [
        [
            "Design group reports",
            "2022-12-01",
            "2022-12-15",
            "Health and Human Services",
            "done",
            "",
        ],
        ["Provider chosen", "2027-02-01", "", "Health and Human Services", "on track", ""],
        ["First call", "", "", "To be named", "not started", "No date set"],
    ]
    return pd.DataFrame(
        rows, columns=["milestone", "planned", "actual", "owner", "status", "note"]
    ).assign(source=SOURCE)


def altered(published: Published, table: str, **columns) -> Published:
    """The release with other values in columns of one table."""
    other = Published(published.folder, published.package)
    vars(other)["tables"] = {**published.tables, table: published.tables[table].assign(**columns)}
    return other


def repackaged(published: Published) -> Published:
    """The release with a data package of its own, to be changed."""
    other = Published(published.folder, copy.deepcopy(published.package))
    vars(other)["tables"] = published.tables
    return other


def parts(table: str, kind: str, category: str | None) -> list[dict]:
    """What is counted in a table, as the dictionary tells it."""
    names = {"safety": ["arrest", "force"], "response_times": ["call_to_team_arrival"]}.get(
        table, [None]
    )
    dimension = TIMED.split(":")[0] if kind == "times" else category
    return (
        [
            {
                "part": part,
                "name": f"{table}/{part}" if part else table,
                "dimension": dimension,
                "universe": "incidents",
                "where": [],
                "zeros": "public",
                "sensitive": [],
                "exempt": [],
            }
            for part in names
        ]
        if kind in ("counts", "times")
        else []
    )


def write(
    folder: Path, name: str = "2026-10", fictional: bool = True, only: tuple[str, ...] | None = None
) -> Published:
    """Write the invented release into `folder` and read it back."""
    folder.mkdir(parents=True, exist_ok=True)
    safety = pd.concat(
        [
            counts(["2025"], {}, "answer", yes_no(event), 40 * k, k, {"event": event})
            for k, event in enumerate(("arrest", "force"), 1)
        ]
    )
    event = flat("event", {"arrest": "Arrest", "force": "Force"}, total=None)
    money = {
        "model": flat("model", {"co_response": "Co-response", "peer_led": "Peer-led response"}),
        "category": flat("category", {"salaries": "Salaries", "training": "Training"}),
    }
    tables = {
        "funnel": (
            "What happened to every call",
            "month",
            counts(MONTHS, {"model": MODEL}, "stage", STAGE, 14, 1),
            {"model": MODEL, "stage": STAGE},
        ),
        "responders": (
            "Who came",
            "month",
            counts(MONTHS, {"model": MODEL}, "responders", RESPONDERS, 30, 2),
            {"model": MODEL, "responders": RESPONDERS},
        ),
        "police_role": (
            "Police sent or requested",
            "month",
            counts(MONTHS, {"model": MODEL}, "police_role", POLICE_ROLE, 60, 3),
            {"model": MODEL, "police_role": POLICE_ROLE},
        ),
        "clinician_attendance": (
            "Clinician attendance",
            "month",
            counts(MONTHS, {}, "attendance", ATTENDANCE, 30, 4),
            {"attendance": ATTENDANCE},
        ),
        "outcomes": (
            "How runs ended",
            "month",
            counts(MONTHS, {"model": MODEL}, "outcome", OUTCOME, 15, 5),
            {"model": MODEL, "outcome": OUTCOME},
        ),
        "response_times": (
            "Response times",
            "month",
            times(6),
            {
                "model": MODEL,
                "interval": flat(
                    "interval", {"call_to_team_arrival": "Call to arrival of the team"}, total=None
                ),
                TIMED: flat("timed", {"timed": "Timed", "not_timed": "Not timed"}),
            },
        ),
        "spending": ("Spending against the budget", "month", spending(), money),
        "districts": (
            "Calls by police district",
            "quarter",
            counts(["2026-Q1", "2026-Q2"], {"district": DISTRICT}, "service", SERVICE, 12, 7),
            {"district": DISTRICT, "service": SERVICE},
        ),
        "district_models": (
            "Calls by police district and model",
            "year",
            counts(["2025"], {"district": DISTRICT, "model": MODEL}, "service", SERVICE, 20, 9),
            {"district": DISTRICT, "model": MODEL, "service": SERVICE},
        ),
        "place_hours": (
            "Calls by police district and time of day",
            "year",
            counts(["2025"], {"district": DISTRICT, "time_band": BAND}, "service", SERVICE, 13, 10),
            {"district": DISTRICT, "time_band": BAND, "service": SERVICE},
        ),
        "neighborhoods": (
            "Calls by neighborhood",
            "year",
            rated(counts(["2025"], {"model": MODEL}, "neighborhood", NEIGHBORHOOD, 13, 11)),
            {"model": MODEL, "neighborhood": NEIGHBORHOOD},
        ),
        "involuntary_hold": (
            "Involuntary holds",
            "year",
            counts(["2025"], {}, "applicant", applicants(), 30, 8),
            {"applicant": applicants()},
        ),
        "safety": (
            "Arrest, force and injury",
            "year",
            safety,
            {"event": event, "answer:arrest": yes_no("arrest"), "answer:force": yes_no("force")},
        ),
        "milestones": ("Milestones of the peer-led model", "as_it_stands", milestones(), {}),
    }
    mark = f"{SOURCE}: " if fictional else ""
    package = {
        "title": PROGRAM["name"],
        "description": f"{mark}who answers calls.",
        "created": "2026-11-23T00:00:00Z",
        "keywords": ["911"],
        "contributors": [{"title": "City of Boston"}],
        "licenses": [
            {
                "name": "ODC-PDDL-1.0",
                "title": "Public domain",
                "path": "https://opendatacommons.org/licenses/pddl/1-0/",
            }
        ],
        "openresponse": {
            "release": name,
            "fictional": fictional,
            "code": "0.1.0",
            "program": PROGRAM,
            "rule": RULE,
            "statuses": STATUSES,
            "left_out": {},
            "revision": None,
        },
        "resources": [],
    }
    for table, (title, grain, frame, hierarchies) in tables.items():
        if only and table not in only:
            continue
        frame.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
        kind = {"response_times": "times", "spending": "money", "milestones": "list"}.get(
            table, "counts"
        )
        category = next(
            (
                c
                for c in frame.columns
                if c in hierarchies and frame.columns[list(frame.columns).index(c) + 1] == "part_of"
            ),
            "answer" if table == "safety" else None,
        )
        package["resources"].append(
            {
                "name": table,
                "path": f"{table}.csv",
                "title": title,
                "description": "Invented.",
                "schema": {
                    "fields": [
                        {
                            "name": c,
                            "title": c,
                            "type": (
                                "date"
                                if c in DAYS
                                else "integer"
                                if pd.api.types.is_integer_dtype(frame[c])
                                else "number"
                                if pd.api.types.is_float_dtype(frame[c])
                                else "string"
                            ),
                        }
                        for c in frame
                    ]
                },
                "openresponse": {
                    "kind": kind,
                    "title": title,
                    "period_grain": grain,
                    "category": category if kind == "counts" else None,
                    "unit": "incidents" if kind in ("counts", "times") else None,
                    "definition": DEFINITION,
                    "parts": parts(table, kind, category),
                    "dimensions": (
                        [d for d in hierarchies if d != category and ":" not in d]
                        if kind in ("counts", "times")
                        else []
                    ),
                    "trees": {
                        d: [n.__dict__ for n in hierarchy.nodes]
                        for d, hierarchy in hierarchies.items()
                    },
                },
            }
        )
    (folder / "datapackage.json").write_text(json.dumps(package, default=str), encoding="utf-8")
    files = {
        path.name: path.read_text(encoding="utf-8")
        for path in folder.iterdir()
        if path.suffix in (".csv", ".json")
    }
    for file, content in derived.of(package, files).items():
        (folder / file).write_bytes(content)
    (folder / "manifest.json").write_text(workspace.manifest(name), encoding="utf-8")
    return Published.load(folder)
