"""Patient care records in XML, as agencies send them by the EMS standard, are read as they are."""

import gzip

import pandas as pd
import pytest
from pydantic import ValidationError

from openresponse.errors import ExtractError, ProgramError
from openresponse.measures import planned_tables
from openresponse.measures.tabulation import count
from openresponse.program import Extract, Table, nemsis
from openresponse.records import collection, delivery, vocabulary
from openresponse.records.dialects import care_records
from openresponse.records.written import diagnoses
from support.extract import deliver, described
from support.workspace import ROOT

SAMPLES = ROOT.parent / "shared" / "data" / "nemsis"
NAMESPACES = 'xmlns="http://www.nemsis.org" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
ELEMENTS = {
    "record_number": "eRecord.01",
    "incident_number": "eResponse.03",
    "started": "eTimes.07",
    "person": "ePatient.01",
    "age": "ePatient.15",
    "age_unit": "ePatient.16",
    "race_ethnicity": "ePatient.14",
    "gender": "ePatient.13",
    "contact": "eDisposition.27",
    "declined": "eDisposition.28",
    "outcome": "eDisposition.21",
    "primary_symptom": "eSituation.09",
    "other_symptoms": "eSituation.10",
    "primary_impression": "eSituation.11",
    "secondary_impressions": "eSituation.12",
    "cause_of_injury": "eInjury.01",
}
MET = {
    "eRecord.01": "R1",
    "eResponse.03": "P260000001",
    "eTimes.07": "2026-01-05T10:12:00-05:00",
    "ePatient.15": "30",
    "ePatient.16": "2516009",
    "eSituation.11": "F41.9",
    "eDisposition.27": "4227001",
    "eDisposition.28": "4228001",
    "eDisposition.21": "4221003",
}


def nil(name, **why):
    reasons = "".join(f' {key}="{code}"' for key, code in why.items())
    return f'<{name} xsi:nil="true"{reasons}/>'


def report(*more, **other):
    """A report; more: elements as they are written. other: text by element, None without it."""
    values = MET | {name.replace("_", "."): text for name, text in other.items()}
    lines = [f"<{name}>{text}</{name}>" for name, text in values.items() if text is not None]
    return f"<PatientCareReport><eSome>{''.join([*lines, *more])}</eSome></PatientCareReport>"


def document(*reports, before=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f"<EMSDataSet {NAMESPACES}><Header>{''.join(reports)}</Header></EMSDataSet>"
    )


@pytest.fixture
def folder(boston):
    folder = deliver(boston.folders.raw, "2026-01", incidents=[{}])
    (folder / "epcr.csv").unlink()
    return folder


@pytest.fixture
def city(boston):
    extract = Extract(file="epcr.xml", standard="nemsis-3.5", columns=ELEMENTS)
    return boston.model_copy(update={"extracts": boston.extracts | {"epcr": extract}})


@pytest.fixture
def read(city, folder):
    """What is read of a document with these reports."""

    def read(*reports):
        (folder / "epcr.xml").write_text(document(*reports), encoding="utf-8")
        return delivery.read(city, "epcr", ["2026-01"])

    return read


def test_each_report_is_a_row_of_the_elements_that_the_program_file_maps(read):
    rows = read(report(), report(eRecord_01="R2", eDisposition_21="4221031"))
    assert list(rows["row"]) == [1, 2]
    assert list(rows["record_number"]) == ["R1", "R2"]
    assert list(rows["outcome"]) == ["emergency_department", "crisis_or_respite"]
    assert (rows["handling"] == "").all()


def test_an_offset_says_which_moment_it_was_whatever_the_clock_of_the_city(read):
    rows = read(report(), report(eTimes_07="2026-01-05T08:12:00.5-07:00"))
    assert (rows["started"].dt.floor("s") == pd.Timestamp("2026-01-05 15:12", tz="UTC")).all()


@pytest.mark.parametrize(
    ("element", "field", "expected"),
    [
        (nil("eDisposition.21", NV="7701001"), "outcome", "remained_in_community"),
        (nil("eDisposition.21", NV="7701003"), "outcome", None),
        (nil("eDisposition.21", NV="7701005"), "outcome", None),
        (nil("eDisposition.28", NV="7701001"), "declined", "no"),
        (nil("ePatient.14", PN="8801019"), "race_ethnicity", None),
        (nil("eSituation.11", NV="7701001"), "primary_impression", "7701001"),
        ('<eSituation.11 PN="8801031">F41.9</eSituation.11>', "primary_impression", "8801031"),
        ('<eSituation.11 PN="8801029">F41.9</eSituation.11>', "primary_impression", "F41.9"),
    ],
)
def test_not_applicable_not_recorded_and_not_present_stay_apart(read, element, field, expected):
    name = element[1:].split()[0]
    rows = read(report(element, **{name.replace(".", "_"): None}))
    assert rows[field].item() is pd.NA if expected is None else rows[field].item() == expected
    assert (rows["handling"] == "").all()


def test_a_moment_that_is_absent_for_a_reason_is_empty_and_not_unreadable(city, folder):
    absent = nil("eTimes.07", NV="7701001") + nil("ePatient.01", PN="8801019")
    (folder / "epcr.xml").write_text(document(report(absent, eTimes_07=None)))
    columns = {one.field: one for one in delivery.reading(city, "epcr", ["2026-01"]).columns}
    for field in ("started", "person"):
        assert (columns[field].empty, columns[field].unreadable) == (1, 0)
    assert delivery.identifiers(city, ["2026-01"]).isdisjoint(nemsis.ABSENT)


@pytest.mark.parametrize(
    ("races", "expected"),
    [
        (["2514005"], "black"),
        (["2514001", "2514009"], "other"),  # both are read as the same
        (["2514005", "2514011"], "other"),
        (["2514005", "9999999"], None),
    ],
)
def test_a_repeated_element_has_one_code_or_that_for_more_than_one(read, races, expected):
    rows = read(report(*(f"<ePatient.14>{one}</ePatient.14>" for one in races)))
    assert rows["race_ethnicity"].item() is pd.NA or rows["race_ethnicity"].item() == expected
    assert (rows["race_ethnicity"].notna() == (expected is not None)).all()


def test_a_folder_is_read_as_one_extract_whatever_its_documents_hold(city, folder):
    (folder / "epcr").mkdir()
    (folder / "epcr" / "b.xml.gz").write_bytes(
        gzip.compress(document(report(eRecord_01="R3")).encode())
    )
    (folder / "epcr" / "a.XML").write_text(document(report(), report(eRecord_01="R2")))
    in_folder = described(city, "epcr", file="epcr")
    reading = delivery.reading(in_folder, "epcr", ["2026-01"])
    assert list(reading.rows["record_number"]) == ["R1", "R2", "R3"]
    assert [file.file for file in reading.files] == ["2026-01/epcr"]
    assert [path.name for path in delivery.not_read(in_folder, ["2026-01"])] == []
    counted = collection.gather(in_folder, "2026-01")
    assert counted.files.set_index("file").loc["2026-01/epcr", "rows"] == 3


def test_with_an_asterisk_each_document_is_a_file_of_its_own(city, folder):
    for name in ("a", "b"):
        (folder / f"{name}.xml").write_text(document(report(eRecord_01=name)))
    reading = delivery.reading(described(city, "epcr", file="*.xml"), "epcr", ["2026-01"])
    assert [file.rows for file in reading.files] == [1, 1]


BILLION = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)


@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE EMSDataSet>",
        f"<!DOCTYPE EMSDataSet [{BILLION}]>",
        '<!DOCTYPE EMSDataSet [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE EMSDataSet SYSTEM "http://127.0.0.1:1/e.dtd">',
    ],
)
def test_a_document_that_declares_entities_or_refers_elsewhere_is_refused(city, folder, before):
    text = document(report(eRecord_01="&l9;" if "l9" in before else "R1"), before=before)
    (folder / "epcr.xml").write_text(text)
    with pytest.raises(ExtractError, match=r"epcr\.xml: declares a document type"):
        delivery.read(city, "epcr", ["2026-01"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (document(report()) + "<", "not readable as XML after report 1"),
        (document(), "holds no patient care report"),
        (document(report(eDisposition_27=None)), "no report has the element `eDisposition.27`"),
        (document(report(eRecord_01="&unknown;")), "not readable as XML after report 0"),
    ],
)
def test_a_document_that_cannot_be_used_is_one_sentence(city, folder, text, problem):
    (folder / "epcr.xml").write_text(text)
    with pytest.raises(ExtractError, match=problem):
        delivery.read(city, "epcr", ["2026-01"])


def test_a_folder_without_a_document_is_one_sentence(city, folder):
    (folder / "epcr").mkdir()
    with pytest.raises(ExtractError, match="this is a folder without a document"):
        delivery.read(described(city, "epcr", file="epcr"), "epcr", ["2026-01"])


def test_memory_holds_no_more_reports_than_are_read_at_a_time(tmp_path):
    path = tmp_path / "large.xml"
    filling = f"<eNarrative.01>{'x' * 10_000}</eNarrative.01>"
    path.write_text(document(*[report(filling)] * 100))
    assert max(len(one.getparent()) for one in care_records.reports(path)) < 10


def test_codes_that_a_program_file_lists_come_before_those_of_the_standard():
    columns = ELEMENTS | {"outcome": {"column": "eDisposition.21", "codes": {"4221003": "detox"}}}
    extract = Extract(file="epcr.csv", standard="nemsis-3.5", columns=columns)
    assert extract.columns["outcome"].codes == {"4221003": "detox"}
    assert extract.columns["contact"].codes["4227009"] == "person_not_found"


def test_a_city_without_the_words_of_the_standard_is_told_which(program):
    with pytest.raises(ProgramError, match=r"gender.codes.*another_gender is no code"):
        vocabulary.check(
            program.model_copy(
                update={"dimensions": program.dimensions | {"gender": {"woman": "W", "man": "M"}}}
            )
        )
    with pytest.raises(ValidationError):
        Extract(file="epcr.csv", standard="nemsis-9", columns=ELEMENTS)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"primary_impression": "F32.9"}, "meets"),
        ({"primary_symptom": "R45.851"}, "meets"),
        ({"other_symptoms": "I10 + R46.2"}, "meets"),
        ({"secondary_impressions": "T14.91"}, "meets"),
        ({"primary_impression": "T39.012A"}, "meets"),
        ({"primary_impression": "T39.011A"}, "does not"),
        ({"primary_impression": "T43.92XA"}, "meets"),  # has its intent in the fifth sign
        ({"primary_impression": "T43.62"}, "does not"),  # says no intent
        ({"primary_impression": "T71.222A"}, "meets"),
        ({"primary_impression": "T71.221A"}, "does not"),
        ({"primary_impression": "T69.022A"}, "does not"),  # a left foot
        ({"primary_impression": "S72.0", "cause_of_injury": "X80"}, "meets"),
        ({"primary_impression": "S72.0", "cause_of_injury": "X84"}, "does not"),
        ({"primary_impression": "S72.0", "cause_of_injury": "F10"}, "does not"),
        ({"other_symptoms": "8801031", "primary_impression": "R51"}, "does not"),
        ({"primary_impression": "7701001"}, "does not"),
        ({"primary_impression": "7701003", "cause_of_injury": "7701001"}, "not coded"),
        ({}, "not coded"),
    ],
)
def test_a_record_meets_the_definition_of_the_standard_or_not(codes, expected):
    record = pd.DataFrame([{field: codes.get(field) for field in diagnoses.FIELDS}])
    words = {
        "meets": diagnoses.MEETS,
        "does not": diagnoses.DOES_NOT,
        "not coded": diagnoses.NOT_CODED,
    }
    assert diagnoses.of_records(record.astype("string")).item() == words[expected]


def test_one_record_of_a_call_that_meets_the_definition_is_enough(city, folder):
    other = report(eRecord_01="R2", eSituation_11="R51")
    (folder / "epcr.xml").write_text(document(other, report()))
    rows = collection.collect(city, "2026-01").rows
    assert list(rows["case_definition"]) == ["meets_definition"]


def test_a_record_of_a_call_with_another_code_is_counted_by_the_other_definition(city, boston):
    code = city.extracts["incidents"].columns["code"].model_copy(update={"not_ours": ("FALL*",)})
    with_others = described(city, "incidents", {"code": code})
    calls = [{}, {"Incident Number": "P260000002", "Type Code": "FALL"}]
    folder = deliver(boston.folders.raw, "2026-01", incidents=calls)
    (folder / "epcr.csv").unlink()
    fall = report(eRecord_01="R2", eResponse_03="P260000002", eSituation_11="S72.0")
    despair = report(eRecord_01="R3", eResponse_03="P260000002", eSituation_11="R45.851")
    (folder / "epcr.xml").write_text(document(report(), fall, despair))
    handling = collection.collect(with_others, "2026-01").handling.query("extract == 'epcr'")
    assert sorted(handling["handling"]) == ["by_standard_only", "not_ours", "used"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the standard's samples are not part of this")
def test_the_standards_own_test_cases_are_read_and_classed(city, folder):
    program = described(city, "epcr", file="epcr")
    (folder / "epcr").mkdir()
    for path in sorted(SAMPLES.glob("*.xml")):
        (folder / "epcr" / path.name).write_bytes(path.read_bytes())
    reading = delivery.reading(program, "epcr", ["2026-01"])
    rows = reading.rows.set_index(pd.Index([p.stem for p in sorted(SAMPLES.glob("*.xml"))]))
    assert sum(column.unreadable for column in reading.columns) == 0
    found = dict(zip(rows.index.str.split("_").str[0], diagnoses.of_records(rows), strict=True))
    meets = {name for name, one in found.items() if one == diagnoses.MEETS}
    assert meets == {"2025-EMS-1-Overdose", "2025-EMS-2-Suicide"}
    suicide = rows.loc["2025-EMS-2-Suicide_v351"]
    assert (suicide["race_ethnicity"], suicide["age"]) == ("other", 32)
    assert suicide["started"] == pd.Timestamp("2024-10-09T10:37:45Z")
    assert list(rows["outcome"].value_counts().sort_index().items()) == [
        ("detox", 1),
        ("emergency_department", 3),
        ("other_outcome", 1),
        ("remained_in_community", 3),
    ]


def test_the_two_definitions_are_compared_in_a_public_table(city, folder):
    plain = report(eRecord_01="R2", eResponse_03="P260000002", eSituation_11="R51")
    (folder / "epcr.xml").write_text(document(report(), plain))
    calls = [{"Incident Number": f"P26000000{number}"} for number in (1, 2, 3)]
    deliver(city.folders.raw, "2026-01", incidents=calls)
    (folder / "epcr.csv").unlink()
    table = Table(title="Two definitions", measure="case_definition", period="month")
    compared = city.model_copy(update={"tables": {"definitions": table}})
    planned_tables.check(compared)
    (counted,) = count(compared, collection.collect(compared, "2026-01"), "2026-01")
    assert dict(
        zip(counted.counts.cells["by_standard"], counted.counts.cells["count"], strict=True)
    ) == {
        "calls": 3,
        "ems_record": 2,
        "meets_definition": 1,
        "does_not_meet": 1,
        "codes_not_recorded": 0,
        "no_ems_record": 1,
    }
