import copy
import re
from html import unescape

import pytest
import yaml
from markdown_it import MarkdownIt

from openresponse.release.store.published import Published
from openresponse.release.tables.rate_intervals import interval
from openresponse.report.charts import tilemap
from openresponse.report.pages import brief, home, places, site_frame, site_pages
from openresponse.report.pages.places import districts, neighborhood_findings, neighborhoods
from openresponse.report.prose import rates
from support import invented


@pytest.fixture
def hidden(published):
    """The release with one neighborhood's figures withheld and one without residents."""
    frame = published.tables["neighborhoods"].copy()
    north, harbor = (frame["neighborhood"] == code for code in ("north", "harbor"))
    values = [
        c
        for c in frame
        if frame[c].dtype in ("Int64", "Float64") and c not in ("residents", "residents_year")
    ]
    frame.loc[north, values] = None
    frame.loc[north, ["incidents_status", "rate_per_10000_status"]] = "c"
    frame.loc[harbor, ["residents", "rate_per_10000"]] = None
    frame.loc[harbor, "rate_per_10000_status"] = "x"
    other = Published(published.folder, published.package)
    other.__dict__["tables"] = published.tables | {"neighborhoods": frame}
    return other


def text(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_every_number_on_the_map_is_in_the_published_table(published):
    frame = (
        published.tables["neighborhoods"]
        .query("period == '2025' and model == 'all'")
        .set_index("neighborhood")
    )
    whole, areas = rates.of_year(published, "neighborhoods", "2025")
    made = tilemap.tiles(published.program["neighborhoods"], areas, whole)
    assert len(made) == 3
    for tile in made:
        assert float(tile.text) == frame.at[tile.code, "rate_per_10000"]


def test_every_tile_leads_to_its_row_in_the_table(published):
    html = neighborhoods.body(published)
    assert len(set(re.findall(r'href="#(place-[a-z-]+)"', html))) == 3
    assert set(re.findall(r'href="#(place-[a-z-]+)"', html)) == set(
        re.findall(r'id="(place-[a-z-]+)"', html)
    )


def test_a_row_says_itself_what_its_columns_are_for_whoever_comes_from_a_tile(published):
    html = neighborhoods.body(published)
    heads = re.findall(
        r'<th scope="col"[^>]*>(.*?)</th>', html.split("<thead>")[1].split("</thead>")[0]
    )
    row = re.search(r'id="place-south">.*?</tr>', html, re.S)[0]
    assert [unescape(head) for head in re.findall(r'data-head="([^"]*)"', row)] == [
        unescape(head) for head in heads[1:]
    ]


def test_a_rate_stands_with_its_calls_residents_and_the_year_they_were_counted(published):
    html = neighborhoods.body(published)
    for column in ("Calls", "Residents (2020)", "Per 10,000 residents", "95% confidence interval"):
        assert f">{column}</th>" in html
    assert re.search(
        r"The whole city had [\d.]+ per 10,000 residents \(\d+ calls, 3,000 residents\)", text(html)
    )


def test_a_withheld_neighborhood_has_no_number_and_is_in_no_rank(hidden):
    said = " ".join(neighborhood_findings.findings(hidden, "neighborhoods", "2025"))
    assert (
        "Withheld for privacy: the rates of 1 of 3 neighborhoods" in said
        and "North Side" not in said
    )
    row = re.search(r'id="place-north">.*?</tr>', neighborhoods.body(hidden), re.S)[0]
    assert [text(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] == [
        *["withheld"] * 4,
        "1,000",
    ]


def test_calls_without_a_neighborhood_are_told_with_their_share(published):
    assert re.search(
        r"For [\d.]+% of mental-health calls \(\d+ of \d+\) no neighborhood was recorded",
        " ".join(neighborhood_findings.findings(published, "neighborhoods", "2025")),
    )


def test_without_tiles_the_table_stands_alone(published):
    other = Published(
        published.folder,
        {
            **published.package,
            "openresponse": {
                **published.package["openresponse"],
                "program": {**published.program, "neighborhoods": {}},
            },
        },
    )
    html = neighborhoods.body(other)
    assert 'class="map"' not in html and "legend" not in html and 'id="place-north"' in html


def test_every_district_has_a_page_and_the_list_leads_to_it(published, tmp_path):
    paths, _ = districts.write(published, tmp_path)
    assert [p.name for p in paths] == ["a-1.qmd", "b-2.qmd", "index.qmd"]
    html = districts.index(published)
    assert (
        'href="a-1.html"' in html
        and 'href="b-2.html"' in html
        and "Not recorded</th>" in html
        and "not-recorded" not in html
    )


def test_a_district_page_tells_quarters_models_hours_and_launch_months(published):
    html, _ = districts.body(published, "A-1")
    for title in (
        "Models in this district",
        "By quarter",
        "By response model",
        "When calls came",
        "What these figures do not say",
    ):
        assert f">{title}</h2>" in html
    for file in ("districts", "district_models", "place_hours"):
        assert f'href="../data/latest/{file}.csv"' in html
    assert (
        "Since May 2025" in html
        and "In the whole city since January 2025" in html
        and "In planning" in html
    )
    assert "which neighborhoods a district holds" in html and "not recorded for" in html
    assert "Not in this district" in districts.body(published, "B-2")[0]


def test_a_share_stands_with_what_it_is_a_share_of(published):
    html, _ = districts.body(published, "A-1")
    by_hour = re.search(r"time of day: A-1 Downtown, 2025.*?</table>", html, re.S)[0]
    head = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", by_hour)
    assert head[-1] == "Share of eligible" and len(head) == 5


def test_the_busiest_time_is_named_only_where_every_time_is_shown(published):
    frame = published.tables["place_hours"]
    every_time = frame["district"].eq("A-1")
    shown = invented.altered(
        published, "place_hours", incidents=frame["incidents"].mask(every_time, frame.index + 100)
    )
    finding = "In 2025, the largest part of the calls"
    assert finding in districts.body(shown, "A-1")[0]
    at_night = every_time & frame["time_band"].eq("night") & frame["service"].eq("calls")
    hidden = invented.altered(
        shown, "place_hours", incidents=shown.tables["place_hours"]["incidents"].mask(at_night)
    )
    assert finding not in districts.body(hidden, "A-1")[0]


def test_what_of_a_district_is_withheld_is_said_in_words(published):
    parted = {
        "quarter": "districts",
        "response model": "district_models",
        "time of day": "place_hours",
    }
    hidden = [
        said
        for said, t in parted.items()
        if len(published.tables[t].query("district == 'A-1' and incidents_status == 'c'"))
    ]
    assert (
        hidden
        and f"withheld for privacy: by {', by '.join(hidden)}. A withheld figure is not zero."
        in districts.body(published, "A-1")[0]
    )


def test_a_release_without_places_has_no_page_and_no_link(real_city, tmp_path):
    names = {str(p.relative_to(tmp_path)) for p in site_pages.write(real_city, tmp_path)}
    assert not [name for name in names if "district" in name or "neighborhood" in name]
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix in (".qmd", ".yml"):
            assert not re.search(
                r"districts/|neighborhoods\.|>Places|\"Places\"", path.read_text(encoding="utf-8")
            ), path


def test_home_menu_and_brief_lead_to_the_places(published, tmp_path):
    site_frame.settings(published, tmp_path)
    assert (
        '"text": "Places"' in (tmp_path / "_program.yml").read_text()
        and places.pages(published)[0][0] == "neighborhoods"
    )
    html, _ = home.body(published)
    assert 'href="districts/index.html"' in html and 'href="neighborhoods.html"' in html
    assert 'href="../districts/index.html"' in brief.html(published)


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        (
            (400, 100, 90),
            (
                "In 2025, A had the highest rate of calls: 400.0 per 10,000 residents (400 calls,"
                " 10,000 residents). Its confidence interval, 361.8 to 441.2, lies above that of"
                " every other."
            ),
        ),
        ((400, 390, 90), "as they overlap each other, no single one is named as the highest."),
        (
            (110, 100, 90),
            "No neighborhood is named as the highest: the confidence intervals of the highest rates"
            " overlap.",
        ),
    ],
)
def test_the_highest_is_named_alone_together_or_not_at_all(calls, said):
    found = [
        rates.Rate(code, code, n, "", 10_000, float(n), "", *interval(n, 10_000))
        for code, n in zip("ABC", calls, strict=False)
    ]
    assert neighborhood_findings._clear(
        rates.standing_clear(found), True, "calls", "every other", "2025"
    ).endswith(said)


def test_a_label_with_signs_of_markdown_is_no_link_in_the_title_of_its_page(published, tmp_path):
    package = copy.deepcopy(published.package)
    table = next(one for one in package["resources"] if one["name"] == "districts")
    node = next(n for n in table["openresponse"]["trees"]["district"] if n["code"] == "A-1")
    node["label"] = "[A-1](https://a.example) *new*"
    districts.write(Published(published.folder, package), tmp_path)
    front = (tmp_path / "districts" / "a-1.qmd").read_text(encoding="utf-8").split("---")[1]
    title = yaml.safe_load(front)["title"]
    assert MarkdownIt("commonmark").renderInline(title) == "[A-1](https://a.example) *new*"


@pytest.mark.parametrize("places_gone", [(-1,), (0,)])
def test_a_district_that_began_or_ended_is_not_applicable_and_never_zero(published, places_gone):
    code, gone = (
        districts.codes(published)[0],
        [published.periods("districts")[n] for n in places_gone],
    )
    other = published
    for table in ("districts", "district_models"):
        if table not in published.tables:
            continue
        frame = published.tables[table].copy()
        rows = frame["period"].isin(gone) & (frame["district"] == code)
        values = [name for name in frame if f"{name}_status" in frame]
        frame.loc[rows, values] = None
        frame.loc[rows, [f"{name}_status" for name in values]] = "z"
        changed = Published(other.folder, other.package)
        vars(changed)["tables"] = {**other.tables, table: frame}
        other = changed
    assert text(districts.index(other))
    html, figures = districts.body(other, code)
    assert figures and "not applicable" in text(html) and "None" not in text(html)
