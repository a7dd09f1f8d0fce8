"""The officer's pack and the ledger: they tell what was withheld and why, and stop where files and
ledger differ.
"""

import gzip
import json
import shutil
from dataclasses import replace

import pandas as pd
import pikepdf
import pytest
from pypdf import PdfReader

from openresponse.disclosure import cell_suppression, guesses, rules
from openresponse.disclosure.suppression.search import Settings
from openresponse.errors import ReleaseError
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program.privacy import PossiblePair
from openresponse.records import collection
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission
from openresponse.release.checks.evidence import pack, proof
from openresponse.release.checks.evidence.basis import Basis
from openresponse.release.history import confidential_ledger, ledger
from openresponse.release.store.write import promote
from support import golden
from support.workspace import FEW

GIVEN_AWAY = "funnel [period=2025-01]"
PAIR = PossiblePair(
    attribute="district",
    code="B-2",
    other="service",
    other_code="team_not_sent",
    reason="Nothing keeps a team from staying away.",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The golden month with few tables, its pack and both twins of the ledger."""
    work = tmp_path_factory.mktemp("pack")
    city = golden.program(work, FEW)
    privacy = city.privacy.model_copy(update={"could_occur": (PAIR,)})
    city = city.model_copy(update={"privacy": privacy})
    rule = rules.of(city.privacy)
    found = collection.collect(city, golden.MONTH)
    parts = tabulation.count(city, found, golden.MONTH)
    protection = cell_suppression.protect(
        [part.counts for part in parts],
        microdata(city, found, parts),
        rule,
        settings=Settings(seed=golden.SEED),
    )
    tables = public_tables.make(city, found, parts, protection.statuses, rule)
    release = candidate.write(
        city,
        found,
        parts,
        tables,
        rule,
        Occasion(golden.MONTH),
        relations=protection.system.relations,
    )
    verdict = admission.check(release, city.folders, rule)
    basis = Basis(
        program=city,
        records=found,
        counted=parts,
        rule=rule,
        protection=protection,
        guesses=guesses.measure(protection),
        candidate=release,
        verdict=verdict,
    )
    given = replace(basis, verdict=replace(verdict, given_away=(GIVEN_AWAY,)))
    first, again = pack.write(work / "evidence", basis), pack.write(work / "again", basis)
    pack.write(work / "given_away", given)
    confidential_ledger.keep(city.folders.ledger, release.folder, protection)
    (city.folders.ledger / confidential_ledger.SEED).write_text(f"{golden.SEED}\n")
    promote(release.folder, city.folders.public)
    ledger.append(city.folders.public)
    return city, parts, protection, first, again


def test_the_pack_is_a_tagged_pdf_with_title_and_language(made):
    with pikepdf.open(made[3] / "evidence.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "en"
        assert "Evidence on privacy" in str(pdf.open_metadata()["dc:title"])


def test_the_pack_names_what_earlier_releases_give_away(made):
    before, after = (
        made[3].parents[1] / name / golden.MONTH for name in ("evidence", "given_away")
    )
    assert json.loads((before / "evidence.json").read_text())["verdict"]["given_away"] == []
    assert json.loads((after / "evidence.json").read_text())["verdict"]["given_away"] == [
        GIVEN_AWAY
    ]
    words = PdfReader(after / "evidence.pdf").pages[0].extract_text().split()
    assert "Given away already." in " ".join(words) and GIVEN_AWAY in " ".join(words)


def test_the_pack_gives_the_reason_why_a_pair_that_never_occurred_could(made):
    pages = PdfReader(made[3] / "evidence.pdf").pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert f"district = B-2 and service = team_not_sent: {PAIR.reason}" in words.replace(
        "team not sent", "team_not_sent"
    )


def test_the_pack_gives_the_same_bytes_twice(made):
    _, _, _, first, again = made
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {
        p.name: p.read_bytes() for p in again.iterdir()
    }


def test_every_withheld_cell_has_a_reason_and_no_count(made):
    _, parts, protection, pack, _ = made
    cells = pd.read_csv(pack / "cells.csv")
    assert len(cells) == sum((status == "c").sum() for status in protection.statuses.values())
    assert list(cells) == ["table", "period", "codes", "reason", "first_withheld"]
    assert not any(pd.api.types.is_numeric_dtype(cells[column]) for column in cells)
    assert set(cells["first_withheld"]) == {golden.MONTH}


def test_the_pack_says_fictional_and_never_claims_a_law_is_met(made):
    content = json.loads((made[3] / "evidence.json").read_text(encoding="utf-8"))
    assert content["fictional"] and content["verdict"]["opened"] == 0
    assert "compliant" not in json.dumps(content).lower()
    assert content["shown"]["k"] >= content["rule"]["threshold"] and content["shown"]["l"] >= 2


def test_how_many_are_unique_is_counted_for_all_records_and_for_people_met(made):
    everybody, met = json.loads((made[3] / "evidence.json").read_text(encoding="utf-8"))["records"][
        "groups"
    ]
    assert everybody["number"] > met["number"] > 0
    assert met["unique"] / met["number"] > everybody["unique"] / everybody["number"], (
        "what was recorded of people met tells more"
    )


def test_every_small_figure_has_a_witness_that_holds(made):
    witnesses = json.loads((made[3] / "evidence.json").read_text(encoding="utf-8"))["witnesses"]
    assert (
        witnesses["witnessed"] == witnesses["small"] > 0
        and witnesses["holding"] == witnesses["all"]
    )


def content_of(pack):
    return json.loads((pack / "evidence.json").read_text(encoding="utf-8"))


def test_the_pack_counts_the_relations_of_the_published_file(made):
    city, _, _, pack, _ = made
    known = content_of(pack)["relations"]
    listed = pd.read_csv(city.folders.public / golden.MONTH / known["file"], dtype="string")
    assert known["all"] == len(listed) == sum(pair["number"] for pair in known["pairs"]) > 0


def test_each_small_figure_is_counted_once_by_how_far_its_witness_reaches(made):
    content = content_of(made[3])
    reach = content["reach"]
    bands = reach["at_smallest"] + reach["up_to_asked"] + reach["beyond"]
    assert bands == content["witnesses"]["small"] > 0
    assert reach["asked"] == 22 and reach["fell_short"] == 0


def test_the_pack_shows_how_sure_a_guess_may_be_and_the_surest_ten(made):
    content = content_of(made[3])
    sure = content["guesses"]
    assert sum(sure["tenths"]) == sure["measured"]
    assert sure["measured"] + sure["left_out"] == content["witnesses"]["small"]
    percents = [one["percent"] for one in sure["surest"]]
    assert len(percents) == min(10, sure["measured"]) and percents == sorted(percents)[::-1]


def test_the_surest_figures_have_a_name_and_no_count(made):
    _, _, protection, pack, _ = made
    named = content_of(pack)["guesses"]["surest"]
    assert {tuple(one) for one in named} == {("figure", "percent")}
    assert {one["figure"] for one in named} <= set(protection.system.names)


@pytest.mark.parametrize(
    ("shown", "every", "percent"),
    [
        (999, 1_100, 90),
        (1_000, 1_000, 100),
        (100, 109, 75),
        (10, 22, 0),
        (11, 22, 50),
        (21, 21, None),
    ],
)
def test_a_share_in_the_officers_pack_gives_no_small_count_away(shown, every, percent):
    assert proof.inside(shown, every, 11) == percent


def test_the_next_release_remembers_the_witnesses(made):
    city, _, protection, _, _ = made
    memory = confidential_ledger.remember(city.folders.ledger, city.folders.public, "2025-04")
    assert len(memory.witnesses) == len(protection.witnesses) > 0


def test_a_seed_is_drawn_once_and_kept(tmp_path):
    def seed(folder: str) -> int:
        public = tmp_path / "public"
        return confidential_ledger.remember(tmp_path / folder, public, "2025-03").seed

    first = seed("ledger")
    assert first == seed("ledger")
    assert first != seed("other")


def copied(made, tmp_path):
    city = made[0]
    shutil.copytree(city.folders.public, tmp_path / "public")
    shutil.copytree(city.folders.ledger, tmp_path / "ledger")
    return tmp_path / "ledger", tmp_path / "public"


def test_a_ledger_that_does_not_match_the_published_files_stops_the_release(made, tmp_path):
    confidential, public = copied(made, tmp_path)
    manifest = public / golden.MONTH / "manifest.json"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("0.1.0", "0.1.1"), encoding="utf-8"
    )
    with pytest.raises(ReleaseError, match="does not match the files"):
        confidential_ledger.remember(confidential, public, "2025-04")


def test_a_confidential_ledger_of_other_files_stops_the_release(made, tmp_path):
    confidential, public = copied(made, tmp_path)
    path = confidential / f"{golden.MONTH}.json.gz"
    content = json.loads(gzip.decompress(path.read_bytes())) | {"manifest": "0"}
    path.write_bytes(gzip.compress(json.dumps(content).encode()))
    with pytest.raises(ReleaseError, match="other files than those published"):
        confidential_ledger.remember(confidential, public, "2025-04")


def test_a_torn_confidential_ledger_stops_the_release(made, tmp_path):
    confidential, public = copied(made, tmp_path)
    path = confidential / f"{golden.MONTH}.json.gz"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ReleaseError, match="cannot be read"):
        confidential_ledger.remember(confidential, public, "2025-04")


def test_lines_of_the_public_ledger_chain(made):
    city = made[0]
    line = json.loads(
        (city.folders.public / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[0]
    )
    assert (
        line["release"] == golden.MONTH
        and line["previous"] is None
        and len(line["manifest"]) == len(line["schema"]) == 64
    )
    ledger.append(city.folders.public)
    ledger.check(city.folders.public)
