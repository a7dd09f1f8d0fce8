"""Every number in prose is a published figure of its period and place, or follows from such; a
sentence that tells anything else is found.
"""

import re
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from openresponse import language
from openresponse.release.store.published import Published
from openresponse.tables.hierarchy import flat
from openresponse.website.inspection import examination
from openresponse.website.inspection.reader import Reader
from openresponse.website.inspection.spoken_figures import Figures
from support.workspace import ROOT

POLICE = [("2025-10", 484, 329), ("2026-09", 1512, 910), ("2026-10", 1470, 982)]
DISTRICTS = [
    ("2026-Q2", "A-1", 150, 125),
    ("2026-Q2", "B-2", 138, 108),
    ("2026-Q3", "A-1", 138, 116),
    ("2026-Q3", "B-2", 139, 107),
]
TIMES = [("2026-10", "first", 811, 0.018, 14.6, 26.8), ("2026-10", "team", 700, 0.04, 26.2, 51.0)]
SPENT = [("2026-10", 118006.6, 1559454.2, 0.891)]
RATES = [
    ("2025", "all", 4000, 300_000, 133.3),
    ("2025", "north", 1000, 50_000, 200.0),
    ("2025", "south", 900, 100_000, 90.0),
    ("2025", "harbor", 2100, 150_000, 140.0),
]


def parted(period: str, category: str, code: str, n: int, of: int, **by: str) -> dict:
    whole = code == "calls"
    return {
        "period": period,
        **by,
        category: code,
        "part_of": "" if whole else "calls",
        "incidents": n,
        "incidents_status": "",
        "part_of_incidents": pd.NA if whole else of,
        "share_of_part": pd.NA if whole else round(n / of, 3),
        "all_incidents": of,
        "share_of_all": pd.NA if whole else round(n / of, 3),
    }


TABLES = {
    "responders": (
        "counts",
        "responders",
        [],
        [
            parted(p, "responders", code, n, of)
            for p, of, police in POLICE
            for code, n in (("calls", of), ("police_on_scene", police))
        ],
        [flat("responders", {"police_on_scene": "Police on scene"}, total="Calls")],
    ),
    "outcomes": (
        "counts",
        "outcome",
        [],
        [
            parted("2026-10", "outcome", "calls", 756, 756),
            parted("2026-10", "outcome", "stayed", 212, 756)
            | {
                "part_of_incidents": 338,
                "share_of_part": 0.627,
            },
        ],
        [flat("outcome", {"stayed": "Stayed in the community"}, total="Calls")],
    ),
    "districts": (
        "counts",
        "service",
        ["district"],
        [
            parted(p, "service", code, n, of, district=d)
            for p, d, of, sent in DISTRICTS
            for code, n in (("calls", of), ("team_sent", sent))
        ],
        [flat("district", {"A-1": "A-1 Downtown", "B-2": "B-2 Roxbury"})],
    ),
    "times": (
        "times",
        None,
        ["interval"],
        [
            {
                "period": p,
                "interval": i,
                "timed": n,
                "share_not_timed": share,
                "median_minutes": half,
                "p90_minutes": most,
            }
            for p, i, n, share, half, most in TIMES
        ],
        [
            flat(
                "interval",
                {"first": "Call to first arrival", "team": "Call to arrival of the team"},
                total=None,
            )
        ],
    ),
    "spending": (
        "money",
        None,
        [],
        [
            {
                "period": p,
                "model": "all",
                "category": "all",
                "amount": n,
                "total_to_date": to_date,
                "budget": 1_750_000.0,
                "share_of_budget": share,
            }
            for p, n, to_date, share in SPENT
        ],
        [flat("model", {}), flat("category", {})],
    ),
    "neighborhoods": (
        "counts",
        "neighborhood",
        [],
        [
            parted(p, "neighborhood", code, n, 4000)
            | {
                "part_of": "" if code == "all" else "all",
                "residents": people,
                "rate_per_10000": rate,
                "rate_per_10000_status": "",
            }
            for p, code, n, people, rate in RATES
        ],
        [flat("neighborhood", {"north": "North Side", "south": "South Side", "harbor": "Harbor"})],
    ),
}


@dataclass(frozen=True)
class InMemory(Published):
    """A release without files."""

    tables: dict[str, pd.DataFrame] = field()


@pytest.fixture(scope="module")
def figures() -> Figures:
    """Small tables in memory."""
    resources = [
        {
            "name": name,
            "title": name,
            "openresponse": {
                "kind": kind,
                "category": category,
                "dimensions": dimensions,
                "unit": "incidents",
                "trees": {
                    hierarchy.dimension: [asdict(node) for node in hierarchy.nodes]
                    for hierarchy in hierarchies
                },
            },
        }
        for name, (kind, category, dimensions, _rows, hierarchies) in TABLES.items()
    ]
    tables = {name: pd.DataFrame(rows) for name, (*_about, rows, _trees) in TABLES.items()}
    package = {"openresponse": {"program": {"neighborhoods": {}}}, "resources": resources}
    return Figures(InMemory(Path(), package, tables))


def unsupported(
    figures, text: str, *context: str, table: str | None = None, code: str = "en"
) -> list[str]:
    return [number for _sentence, number in Reader(figures, code).unsupported(text, context, table)]


TRUE = [
    (
        "en",
        (
            "In October 2026, police were on scene at 66.8% of mental-health calls (982 of 1,470)."
            " That is 6.6 percentage points more than in September 2026 (60.2%): within normal"
            " variation. Compared with October 2025 (68.0%), it is 1.2 percentage points less."
        ),
    ),
    (
        "es",
        (
            "En octubre de 2026, la policía estuvo en el lugar en el 66.8% de las llamadas (982 de"
            " 1,470). Supone 6.6 puntos porcentuales más que en septiembre de 2026 (60.2%): dentro"
            " de la variación normal. Frente a octubre de 2025 (68.0%), hay 1.2 puntos porcentuales"
            " menos."
        ),
    ),
    (
        "en",
        (
            "There were 1,470 mental-health calls. That is 42 fewer than in September 2026 (1,512)."
            " Compared with October 2025 (484), there were 986 more."
        ),
    ),
    (
        "es",
        (
            "Hubo 1,470 llamadas. Supone 42 menos que en septiembre de 2026 (1,512). Frente a"
            " octubre de 2025 (484), hubo 986 más."
        ),
    ),
    (
        "en",
        (
            "A-1 Downtown: from July to September 2026, a team was sent to 84.1% of calls (116 of"
            " 138). That is 0.8 percentage points more than from April to June 2026 (83.3%)."
        ),
    ),
    (
        "es",
        (
            "A-1 Downtown: de julio a septiembre de 2026, se envió un equipo al 84.1% de las"
            " llamadas (116 de 138). Supone 0.8 puntos porcentuales más que de abril a junio de"
            " 2026 (83.3%)."
        ),
    ),
    (
        "en",
        (
            "In October 2026, the person stayed in the community after 62.7% of contacts (212 of"
            " 338), which is 28.0% of all calls a team was sent to (212 of 756)."
        ),
    ),
    (
        "es",
        (
            "En octubre de 2026, la persona se quedó en la comunidad tras el 62.7% de los contactos"
            " (212 de 338), es decir, el 28.0% de todas las llamadas a las que se envió un equipo"
            " (212 de 756)."
        ),
    ),
    (
        "en",
        (
            "In October 2026, the time from call to arrival of the team was at most 26.2 minutes"
            " for half of the 700 incidents timed, and at most 51.0 minutes for nine in ten. 4.0%"
            " could not be timed."
        ),
    ),
    (
        "en",
        (
            "By the end of October 2026, $1,559,454 had been spent, 89.1% of the $1,750,000"
            " announced; $118,007 of it in that month."
        ),
    ),
    (
        "en",
        (
            "In 2025, North Side had the highest rate of calls: 200.0 per 10,000 residents (1,000"
            " calls, 50,000 residents). Its interval, 187.8 to 212.8, lies above that of every"
            " other neighborhood."
        ),
    ),
    (
        "en",
        (
            "The highest rates were those of North Side (200.0 per 10,000 residents; 1,000 calls,"
            " 50,000 residents) and Harbor (140.0 per 10,000 residents; 2,100 calls, 150,000"
            " residents)."
        ),
    ),
    (
        "en",
        (
            "The whole city had 133.3 per 10,000 residents (4,000 calls, 300,000 residents). Of 3"
            " neighborhoods, 2 have a higher rate, 1 a lower one, and 0 are too close to the"
            " city's rate to say."
        ),
    ),
]


@pytest.mark.parametrize("code, text", TRUE)
def test_what_the_tables_give_is_no_finding(figures, code, text):
    assert unsupported(figures, text, code=code) == []


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("quarters", [1, 2])
def test_how_many_quarters_there_are_is_known_in_the_singular_too(figures, code, quarters):
    frame = figures.published.tables["districts"]
    shown = frame[frame["period"] >= ("2026-Q3", "2026-Q2")[quarters - 1]]
    tables = figures.published.tables | {"districts": shown}
    other = InMemory(Path(), figures.published.package, tables)
    with language.speaking(code):
        said = [
            language.ngettext(
                "There is {n} quarter so far. With fewer than {fewest} no signal is looked for in a"
                " district.",
                "There are {n} quarters so far. With fewer than {fewest} no signal is looked for in"
                " a district.",
                n,
                n=n,
                fewest=12,
            )
            for n in (quarters, quarters + 2)
        ]
    assert (
        unsupported(Figures(other), said[0], code=code)
        == []
        != unsupported(Figures(other), said[1], code=code)
    )


def mutations(text: str) -> list[str]:
    """The text with the last digit of one number changed by one; what is fixed (periods, the 10,000
    of a rate, the name of a district) is left.
    """
    kept = re.compile(r"20\d\d\b|per 10,000|A-1")
    found = []
    for number in re.finditer(r"\d[\d,]*(?:\.\d+)?", text):
        if any(one.start() <= number.start() < one.end() for one in kept.finditer(text)):
            continue
        end = len(number[0].rstrip(",")) + number.start() - 1
        found += [
            f"{text[:end]}{(int(text[end]) + step) % 10}{text[end + 1 :]}" for step in (1, -1)
        ]
    return found


@pytest.mark.parametrize("code, text", TRUE)
def test_any_number_that_is_changed_by_one_is_found(figures, code, text):
    changed = mutations(text)
    assert (
        len(changed) >= 6
        and [one for one in changed if not unsupported(figures, one, code=code)] == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "In September 2026, police were on scene at 66.8% of mental-health calls (982 of 1,470).",
        (
            "In October 2026, police were on scene at 66.8% of mental-health calls (982 of 1,470)."
            " That is 6.6 percentage points more than in September 2026 (68.0%)."
        ),
        (
            "In October 2026, police were on scene at 60.2% of mental-health calls (910 of 1,512)."
            " That is 6.6 percentage points more than in September 2026 (60.2%)."
        ),
        "In October 2027, police were on scene at 66.8% of mental-health calls (982 of 1,470).",
        "There were 1,512 mental-health calls.",
        "From April to June 2026, a team was sent to 84.1% of calls in A-1 Downtown (116 of 138).",
    ],
)
def test_a_number_of_another_month_is_found(figures, text):
    assert unsupported(figures, text)


def test_a_number_of_another_place_is_found(figures):
    said = "From July to September 2026, a team was sent to 84.1% of calls (116 of 138)."
    assert (
        unsupported(figures, said, "A-1 Downtown") == []
        and unsupported(figures, said, "B-2 Roxbury")
        and unsupported(figures, said)
    )


def test_a_number_of_another_table_is_found_under_the_file_of_this_one(figures):
    said = "In October 2026, police were on scene at 66.8% of mental-health calls (982 of 1,470)."
    assert unsupported(figures, said, table="responders") == [] and unsupported(
        figures, said, table="times"
    )


@pytest.mark.parametrize("before, after", [("more", "less"), ("more", "fewer"), ("less", "more")])
def test_a_change_in_the_other_direction_is_found(figures, before, after):
    assert before in TRUE[0][1] and unsupported(figures, TRUE[0][1].replace(before, after, 1))


def test_numerator_and_denominator_are_those_of_the_share(figures):
    assert unsupported(
        figures, "In October 2026, police were on scene at 66.8% of calls (910 of 1,512)."
    ) == ["66.8% of calls (910 of 1,512"]


def test_median_and_percentile_do_not_change_places(figures):
    assert unsupported(
        figures,
        "In October 2026, the time from call to first arrival was at most 26.8 minutes for half,"
        " and at most 14.6 minutes for nine in ten.",
    )


def test_a_share_stands_with_what_it_is_a_share_of(figures):
    assert unsupported(figures, "In October 2026, police were on scene at 66.8% of calls.") == [
        "66.8%"
    ]


def test_a_number_alone_is_that_of_the_whole(figures):
    assert unsupported(figures, "In October 2026, there were 1,470 calls.") == [] and unsupported(
        figures, "In October 2026, there were 982 calls."
    ) == ["982"]


def test_a_sentence_without_a_period_tells_of_its_heading_s_or_else_of_the_last(figures):
    assert unsupported(
        figures, "There were 1,512 calls.", "Page", "September 2026"
    ) == [] and unsupported(figures, "There were 1,512 calls.", "Page", "Calls")


def test_a_change_from_nothing_is_found(figures):
    assert unsupported(figures, "That is 42 fewer than in September 2026 (1,512).") == ["42"]


def test_what_cannot_be_told_is_found(figures):
    assert unsupported(figures, "Seven in ten were helped, or 71%.") == ["71%"] and unsupported(
        figures, "The team has 12 cars."
    ) == ["12"]


@pytest.mark.parametrize(
    "text",
    [
        "They count 911 calls and responses, not people's lives.",
        "On 3 Nov 2026, October 31, 2026 and 2026-10-31 nothing happened.",
        "Release 2026-10-r1 of October 2026.",
        "A-1 Downtown and B-2 Roxbury.",
    ],
)
def test_dates_and_names_are_no_figures(figures, text):
    assert unsupported(figures, text) == []


# ---- pages

PAGE = (
    "<html lang='{code}'><head><title>x</title></head><body><main><h1>Who"
    " answers</h1>{body}</main></body></html>"
)
SAID = {
    "en": "<p>In March 2025, police were on scene at <b>{share}</b> of calls (257 of 407).</p>",
    "es": "<p>En marzo de 2025, la policía estuvo en el {share} de las llamadas (257 de 407).</p>",
}


@pytest.fixture
def site(tmp_path):
    """A site of the golden month, and what is found where one of its pages says this."""
    shutil.copytree(ROOT / "tests" / "golden" / "public", tmp_path / "data" / "2025-03")

    def found(name: str, body: str) -> list[str]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            PAGE.format(code=name[:2] if name.startswith("es/") else "en", body=body),
            encoding="utf-8",
        )
        return [
            str(one) for one in examination.inspect(tmp_path, "https://city.example/", "2025-03")
        ]

    return found


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "es/index.html",
        "briefs/2025-03.html",
        "es/briefs/2025-03.html",
        "briefs/index.html",
        "models/co-response.html",
        "districts/a-1.html",
        "neighborhoods.html",
        "outcomes.html",
    ],
)
def test_every_page_that_tells_figures_is_read(site, name):
    said = SAID["es" if name.startswith("es/") else "en"]
    assert site(name, said.format(share="63.1%")) == []
    (finding,) = site(name, said.format(share="66.5%"))
    assert finding.startswith(f"{name}: “") and "no published figure gives 66.5%" in finding


@pytest.mark.parametrize(
    "body",
    [
        "<table><caption>x</caption><tr><th scope='col'>66.5%</th></tr></table>",
        "<pre>66.5%</pre>",
        "<aside><p>Revised: 66.5% was wrong.</p></aside>",
        "<ul><li><a href='tel:911'><b>911</b> Emergency</a></li></ul>",
        "<dl class='facts'><dt>Counts</dt><dd>66.5% of all</dd></dl>",
    ],
)
def test_tables_code_notices_definitions_and_numbers_to_call_are_no_prose(site, body):
    assert site("index.html", body) == []


@pytest.mark.parametrize(
    "body",
    [
        "<h2>It was 63.1%</h2>",
        "<ul><li>It was 63.1%</li></ul>",
        "<div>It was <strong>66.5%</strong></div>",
        "<svg role='img' aria-labelledby='t'><title id='t'>It was 63.1%</title></svg>",
        "<svg role='img' aria-label='x'><desc>It was 63.1%</desc></svg>",
    ],
)
def test_headings_lists_and_descriptions_of_pictures_are_prose(site, body):
    assert len(site("index.html", body)) == 1


def test_a_brief_is_read_beside_its_own_release_and_one_without_figures_beside_none(site):
    assert (
        site(
            "briefs/2024-12.html",
            "<p>These figures were withdrawn: 12 test calls were counted.</p>",
        )
        == []
    )


@pytest.mark.parametrize(
    ("code", "said", "false"),
    [
        ("en", "police came to {} about mental health", "7 in 10 calls"),
        ("es", "la policía acudió a {} de salud mental", "7 de cada 10 llamadas"),
    ],
)
def test_a_share_in_words_is_near_the_exact_one_that_follows(figures, code, said, false):
    exact = {"en": "(66.8%, 982 of 1,470)", "es": "(66.8%, 982 de 1,470)"}[code]
    when = {"en": "In October 2026, ", "es": "En octubre de 2026, "}[code]
    true = {"en": "2 in 3 calls", "es": "2 de cada 3 llamadas"}[code]
    assert unsupported(figures, f"{when}{said.format(true)} {exact}.", code=code) == []
    assert unsupported(figures, f"{when}{said.format(false)} {exact}.", code=code) == [false]
    assert unsupported(figures, f"{when}{said.format(true)}.", code=code) == [true]


@pytest.mark.parametrize(
    ("said", "is_true"),
    [
        ("more than 6 in 10 calls", True),
        ("more than 2 in 3 calls", True),
        ("more than 7 in 10 calls", False),
        ("more than half of the calls", True),
        ("fewer than 7 in 10 calls", True),
        ("1 in 20 calls", False),
    ],
)
def test_more_and_fewer_than_a_fraction_are_checked(figures, said, is_true):
    text = f"In October 2026, police came to {said} (66.8%, 982 of 1,470)."
    assert (unsupported(figures, text) == []) is is_true
