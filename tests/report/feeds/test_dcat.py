"""What data portals and search engines are told: by the rules of DCAT-US 3, and about files that
are there.
"""

import hashlib
import json
import re

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from openresponse.release.history.register import Past
from openresponse.report.feeds import dcat, schema_org
from openresponse.report.pages.reference import data_page
from openresponse.website import finishing
from support import invented

ADDRESS = "https://city.example/"
REVISION = {
    "of": "2026-09",
    "date": "2026-10-30",
    "reason": "Late records came.",
    "decided_by": "Data steward",
}
RETRACTION = {
    "date": "2026-09-30",
    "reason": "A street was named.",
    "decided_by": "Privacy officer",
}
# What https://github.com/GSA/dcat-us demands (Catalog, Dataset, Distribution, Kind, Organization,
# PeriodOfTime, Checksum), of what we use.
TEXT, ADDRESS_OF, DAY = (
    {"type": "string", "minLength": 1},
    {"type": "string", "pattern": "^https://[^ ]+$"},
    {"type": "string", "format": "date"},
)


def an(kind, required=(), **properties):
    return {
        "type": "object",
        "required": ["@type", *required],
        "properties": {"@type": {"const": kind}, **properties},
        "additionalProperties": False,
    }


def many(of):
    return {"type": "array", "items": of, "minItems": 1}


AGENT = an("Organization", ["name"], name=TEXT)
PAGE = an("Document", ["title"], title=TEXT, accessURL=ADDRESS_OF)
CONTACT = an(
    "Kind",
    ["fn", "hasEmail"],
    fn=TEXT,
    hasEmail={"type": "string", "pattern": r"^mailto:[\w.+-]+@[\w.-]+\.[\w.-]+$"},
)
CHECKSUM = an(
    "Checksum",
    ["algorithm", "checksumValue"],
    algorithm={"const": "SHA-256"},
    checksumValue={"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
DISTRIBUTION = an(
    "Distribution",
    ["downloadURL", "mediaType", "checksum"],
    title=TEXT,
    downloadURL=ADDRESS_OF,
    mediaType=TEXT,
    format=TEXT,
    byteSize={"type": "string", "pattern": r"^\d+$"},
    checksum=CHECKSUM,
    license=ADDRESS_OF,
)
DATASET = an(
    "Dataset",
    ["title", "description", "publisher", "contactPoint", "identifier"],
    title=TEXT,
    description=TEXT,
    publisher=AGENT,
    contactPoint=CONTACT,
    identifier=ADDRESS_OF,
    keyword=many(TEXT),
    language=many({"type": "string", "maxLength": 2}),
    accessRights=TEXT,
    rights=many(TEXT),
    issued=DAY,
    modified=DAY,
    version=TEXT,
    versionNotes=TEXT,
    accrualPeriodicity={"type": "string", "pattern": "^(R/P.+|irregular|notPlanned)$"},
    landingPage=PAGE,
    describedBy=DISTRIBUTION,
    spatial=many(an("Location", prefLabel=TEXT)),
    temporal=many(an("PeriodOfTime", startDate=DAY, endDate=DAY)),
    distribution=many(DISTRIBUTION),
)
CATALOG = an(
    "Catalog",
    ["dataset"],
    **{"@id": ADDRESS_OF},
    title=TEXT,
    description=TEXT,
    publisher=AGENT,
    language=many(TEXT),
    issued=DAY,
    modified=DAY,
    conformsTo=an("Standard", title=TEXT),
    homepage=PAGE,
    dataset=many(DATASET),
)


def past(
    release,
    published,
    state="current",
    by="",
    revision=None,
    retractions=(),
    source="fictional data",
):
    return Past(
        release, published, state, by, (), None, revision, retractions, "0" * 64, "", source
    )


PAST = [
    past("2026-08", "2026-09-28", "retracted", retractions=(RETRACTION,)),
    past("2026-09", "2026-10-26", "superseded", "2026-09-r1"),
    past("2026-09-r1", "2026-10-30", revision=REVISION),
    past("2026-10", "2026-11-23"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    public = tmp_path_factory.mktemp("public")
    return {
        name: invented.write(public / name, name, only=("responders", "districts", "milestones"))
        for name in ("2026-09", "2026-09-r1", "2026-10")
    }


@pytest.fixture(scope="module")
def content(found):
    return dcat.dcat(found["2026-10"], PAST, found, ADDRESS)


def titled(content):
    return {dataset["title"]: dataset for dataset in content["dataset"]}


def test_the_catalog_keeps_the_rules_of_dcat_us_3(content):
    said = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(CATALOG, format_checker=FormatChecker()).iter_errors(
            content
        )
    ]
    assert not said


def test_the_catalog_is_the_same_text_twice(content, found):
    assert json.dumps(dcat.dcat(found["2026-10"], PAST, found, ADDRESS)) == json.dumps(content)


def test_every_table_and_every_release_is_a_dataset_that_says_it_is_fictional(content, found):
    assert list(titled(content)) == [
        f"{title} (fictional data)"
        for title in (
            "Who came",
            "Calls by police district",
            "Milestones of the peer-led model",
            "All tables, October 2026",
            "All tables, September 2026, revision 1",
            "All tables, September 2026 (replaced)",
            "All tables, August 2026 (withdrawn)",
        )
    ]
    assert len({dataset["identifier"] for dataset in content["dataset"]}) == len(content["dataset"])


def test_every_file_is_there_with_the_size_and_hash_that_are_told(content, found):
    listed = [
        one
        for dataset in content["dataset"]
        for one in [
            *dataset.get("distribution", []),
            *([dataset["describedBy"]] if "describedBy" in dataset else []),
        ]
    ]
    for one in listed:
        release, name = one["downloadURL"].removeprefix(f"{ADDRESS}data/").split("/")
        held = (found[release].folder / name).read_bytes()
        assert (one["byteSize"], one["checksum"]["checksumValue"]) == (
            str(len(held)),
            hashlib.sha256(held).hexdigest(),
        )
    kinds = {one["mediaType"] for one in listed}
    assert {
        "text/csv",
        "application/vnd.apache.parquet",
        "application/zip",
    } <= kinds and "application/octet-stream" not in kinds


def test_a_withdrawn_release_has_its_reason_and_no_file(content):
    dataset = titled(content)["All tables, August 2026 (withdrawn) (fictional data)"]
    assert (
        "distribution" not in dataset
        and dataset["versionNotes"].startswith("Withdrawn on 2026-09-30: A street was named.")
        and dataset["modified"] == "2026-09-30"
    )


def test_a_replaced_release_says_by_what_and_a_revision_why(content):
    assert (
        titled(content)["All tables, September 2026 (replaced) (fictional data)"]["versionNotes"]
        == "Replaced by the revision 2026-09-r1."
    )
    assert (
        titled(content)["All tables, September 2026, revision 1 (fictional data)"]["versionNotes"]
        == "Revises 2026-09: Late records came."
    )


def test_a_table_covers_the_days_of_its_periods_and_comes_as_often_as_they_do(content):
    dataset = titled(content)["Calls by police district (fictional data)"]
    assert (
        dataset["temporal"]
        == [{"@type": "PeriodOfTime", "startDate": "2026-01-01", "endDate": "2026-06-30"}]
        and dataset["accrualPeriodicity"] == "R/P3M"
    )
    assert "temporal" not in titled(content)["Milestones of the peer-led model (fictional data)"]


def test_a_real_city_is_not_called_fictional(real_city):
    text = json.dumps(
        dcat.dcat(
            real_city,
            [past("2026-10", "2026-11-23", source="City of Boston")],
            {"2026-10": real_city},
            ADDRESS,
        )
    ) + json.dumps(schema_org.dataset(real_city, ADDRESS))
    assert "fictional" not in text.lower()


def test_the_description_on_the_data_page_is_json_ld_and_stays_where_other_scripts_go(published):
    html = data_page.body(published, ADDRESS)
    page = finishing.read(f"<html><head></head><body>{html}<script>run()</script></body></html>")
    finishing.plain(page)
    text = finishing.written(page)
    (script,) = re.findall(r"<script([^>]*)>(.*?)</script>", text, flags=re.S)
    told = json.loads(script[1])
    assert (
        script[0] == ' type="application/ld+json"'
        and told["@context"] == "https://schema.org/"
        and told["@type"] == "Dataset"
    )
    assert told["description"] == published.package["description"]
    assert (
        "fictional data" in told["name"]
        and told["temporalCoverage"] == "2024-11-01/2026-10-31"
        and told["license"].startswith("https://")
    )
    assert {one["contentUrl"] for one in told["distribution"]} == {
        f"{ADDRESS}data/2026-10/{name}"
        for name in ("release.zip", "tables.xlsx", "datapackage.json", "manifest.json")
    }


def test_nothing_in_the_description_can_end_it(published):
    package = {**published.package, "description": "</script><script>run()</script>"}
    page = data_page.body(type(published)(published.folder, package), ADDRESS)
    (text,) = re.findall(r"<script[^>]*>(.*?)</script>", page)
    assert json.loads(text)["description"] == package["description"]


def test_the_data_page_names_every_file_of_every_table(published):
    html = data_page.body(published, ADDRESS)
    links = set(re.findall(r'href="data/latest/([^"]+)"', html))
    assert links == {path.name for path in published.files if path.name != "csv-metadata.json"}
    assert "data/2026-10/funnel.csv" in html and "corrections.html#releases" in html
