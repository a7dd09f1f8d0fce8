"""What is wrong in a program file is found when it is loaded, by line and key, in one sentence."""

import pytest

from openresponse.errors import ProgramError
from openresponse.program import load
from openresponse.workflow.city import City
from support.workspace import ROOT

TEXT = (ROOT / "program.yml").read_text(encoding="utf-8")


def refused(tmp_path, text):
    path = tmp_path / "program.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProgramError) as caught:
        assert City(path).program
    return str(caught.value)


def changed(old, new):
    """Boston's program file with one change, and the line where it is."""
    assert old in TEXT
    return TEXT.replace(old, new, 1), TEXT[: TEXT.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("timezone: America/New_York", "timezone: Boston", "`program.timezone`"),
        (
            "unknown_code_limit: 0.02",
            "unknown_code_limits: 0.02",
            "`unknown_code_limits` is not a key",
        ),
        (
            "eligible: co_response}",
            "eligible: coresponse}",
            "allowed are co_response, alternative_response, peer_led",
        ),
        ("city: City of Boston", "cities: City of Boston", "`program.cities` is not a key"),
        ("status: planning", "status: planed", "'operating' or 'planning'"),
        (
            "tile: [5, 1]",
            "tile: [4, 1]",
            "neighborhoods.east_boston.tile: [4, 1] is the tile of charlestown",
        ),
        (
            "East Boston, residents: 43066, tile: [5, 1]",
            "East Boston, residents: 43066",
            "neighborhoods.east_boston.tile: missing; give every neighborhood a tile, or none",
        ),
        (
            "incident_number: Incident Number\n      received",
            "incident_number: {column: Number, earlier: [{column: Incident Number}]}\n"
            "      received",
            "`extracts.incidents.columns.incident_number`: earlier.0.valid_to: is missing",
        ),
        (
            "incident_number: Incident Number\n      received",
            "incident_number: {column: Number, valid_from: 2026-01-02,"
            " earlier: [{column: Incident Number, valid_to: 2026-01-02}]}\n      received",
            "valid_from: 2026-01-02 is before 2026-01-03, so that two hold on the days to",
        ),
        (
            "incident_number: Incident Number\n      received",
            "incident_number: {column: Number, valid_from: 2026-01-04,"
            " earlier: [{column: Incident Number, valid_to: 2026-01-02}]}\n      received",
            "valid_from: 2026-01-04 is after 2026-01-03, so that none holds on the days between",
        ),
        (
            "incident_number: Incident Number\n      received",
            "incident_number: {column: Number, valid_from: 2026-01-04, valid_to: 2026-01-03}\n"
            "      received",
            "valid_to: 2026-01-03 is before 2026-01-04, valid_from",
        ),
        (
            'A-7: {label: "A-7',
            'a-1: {label: "A-7',
            "districts.a-1: differs from A-1 only in capitals",
        ),
        (
            'A-7: {label: "A-7 East Boston"',
            'A-7: {label: "A-7 East Boston", was: [A-1]',
            "valid_from: is missing; write the month in which it came from `was`",
        ),
        (
            'A-7: {label: "A-7 East Boston"',
            'A-7: {label: "A-7 East Boston", valid_from: "2026-01", was: [A-2]',
            "districts.A-7.was: A-2 is no other code; list the old one too",
        ),
        (
            'A-1: {label: "A-1 Downtown, Charlestown"',
            'Z-1: {label: Z, valid_from: "2026-03", was: [A-1]}\n'
            '    A-1: {valid_to: "2026-01", label: "A-1 Downtown, Charlestown"',
            "districts.Z-1.valid_from: A-1 ends with 2026-01, before 2026-02",
        ),
        ("tile: [5, 1]", "tile: [9, 1]", "`areas.neighborhoods.east_boston.tile.0`"),
        ("residents: 43066", "residents: 0", "`areas.neighborhoods.east_boston.residents`"),
        # A key that is there twice: the last one would win.
        ("EDP3: {label", "EDP2: {label", "`dispatch_codes.EDP2`: is there twice, first in line"),
        ("EDP-2: EDP2,", "EDP2: EDP3,", "`extracts.incidents.columns.code.codes.EDP2`: is there"),
        ("EDP-2: EDP2,", "' edp2 ': EDP3,", "is there twice, with two codes"),
        # Words that YAML takes for something else than text.
        ('{Y: "yes", N: "no"}', "{Y: yes, N: no}", "codes.Y`: put quotes around it"),
        ("announced: 2021-08-05", "announced: 2021-02-30", "`program.announced`: no such day"),
        ("amount: 1750000", "amount: !!int abc", "`budget.amount`: not a whole number"),
        ("amount: 1750000", "amount: !!python/object:os.system x", "`budget.amount`: cannot be"),
        ("amount: 1750000", "amount: {? [a, b] : 1}", "a key must be one word or text"),
        # Names that there are not.
        ("neighborhood:\n", "neighbourhood:\n", "columns.neighbourhood`: is no field; allowed"),
        (
            "      unit: Unit\n",
            "      units: Unit\n",
            "`extracts.units.columns.units`: is no field",
        ),
        ("CALLER DECLINED: caller_declined", "CALLER DECLINED: refused", "refused is no code"),
        ("EDP-3: EDP3", "EDP-3: EDP4", "EDP4 is no code; allowed are EDP2, EDP3"),
        ("A7: A-7", "A7: A-70", "A-70 is no code; allowed are A-1"),
        ('N: "no"}}', 'N: "never"}}', "never is no code; allowed are yes, no"),
        (
            "otherwise: other_language",
            "otherwise: others",
            "others is no code; allowed are english",
        ),
        ("measure: outcomes\n", "measure: outcome\n", "`tables.outcomes.measure`: outcome is no"),
        ("upto: [no_police_on_scene]", "upto: [no_police]", "`tables.responders.upto`: no_police"),
        ("by: [district, model]", "by: [precinct]", "`tables.district_models.by`: precinct is no"),
        ("call_to_arrival: Call", "call_to_door: Call", "call_to_door`: is no interval"),
        # Columns that cannot be read as they say.
        (
            "age: Age",
            "age: {column: Age, pattern: '(['}",
            "not a regular expression with one group",
        ),
        ("age: Age", "age: {column: Age, pattern: '^\\d+'}", "not a regular expression with one"),
        ("age: Age", "age: {column: Age, pattern: '(?=a)(b)'}", "looks ahead"),
        ("age: Age", "age: {column: Age, codes: {a: b}}", "only a code has `codes`"),
        ("age: Age", "age: {column: 0}", "`extracts.encounters.columns.age.column"),
        ("arrived: Arrived", "arrived: {column: A, format: '%q'}", "not a form of dates or times"),
        ("arrived: Arrived", "arrived: {column: A, format: iso}", "not a form of dates or times"),
        ("arrived: Arrived", "arrived: {column: A, format: '%H:%M'}", "format: says no day"),
        ("arrived: Arrived", "arrived: {column: A, format: 'mm:ss'}", "needs `after`"),
        (
            "arrived: Arrived",
            "arrived: {column: A, after: arrived}",
            "arrived.after: arrived is not",
        ),
        ("arrived: Arrived", "arrived: {column: A, after: unit}", "unit is not a time"),
        ("file: units.csv", "file: ../units.csv", "write the name of a file, without folders"),
        ("file: units.csv", "file: units.csv\n    encoding: ebcdic-9", "not a known encoding"),
        ("file: units.csv", "file: units.csv\n    encoding: base64", "not a known encoding"),
        (
            "file: units.csv",
            "file: units.csv\n    delimiter: colon",
            "'semicolon', 'tab' or 'pipe'",
        ),
        ("file: units.csv", "file: units.csv\n    skip_rows: -1", "`extracts.units.skip_rows`"),
        (
            "file: units.csv",
            "file: units.csv\n    several: {columns: [A], equals: '='}",
            "together",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_line_and_key(tmp_path, old, new, said):
    text, line = changed(old, new)
    message = refused(tmp_path, text)
    assert said in message
    lines = range(line - 1, line + new.count("\n") + 2)
    assert any(f"line {one}" in message for one in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("program: [\n", "line 2: not valid YAML"),
        ("a: " + "[" * 5000, "line 1: more than a program file can hold"),
        ("a: &a [*a]", "line 1: more than a program file can hold"),
        (
            "\n".join(
                ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
                + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
            ),
            "more than a program file can hold",
        ),
        ("- a\n- b\n", "expected keys such as `program`"),
        ("", "expected keys such as `program`"),
        ("\x00", "not valid YAML"),
        ("a: !!timestamp x", "`a`: no such day or time"),
        ("<<: 3", "`<<` takes in keys"),
    ],
)
def test_a_text_that_is_no_program_file_is_one_sentence(tmp_path, text, said):
    assert said in refused(tmp_path, text)


def test_a_key_is_text_whatever_yaml_would_make_of_it(tmp_path):
    text, _ = changed("codes: &yes_no {Y:", 'codes: &yes_no {ON: "yes", 01: "yes", Y:')
    text = text.replace(', N: "no"}', ', NO: "no"}', 1)
    path = tmp_path / "program.yml"
    path.write_text(text, encoding="utf-8")
    codes = load(path).extracts["encounters"].columns["arrest"].codes
    assert codes == {"ON": "yes", "01": "yes", "Y": "yes", "NO": "no"}


def test_a_mapping_may_take_in_another_and_change_it(tmp_path):
    text, _ = changed("arrest: {column: Arrest,", "arrest: {<<: {column: x}, column: Arrest,")
    path = tmp_path / "program.yml"
    path.write_text(text, encoding="utf-8")
    assert load(path).extracts == load(ROOT / "program.yml").extracts


@pytest.mark.parametrize(
    ("folders", "key"),
    [
        ("{build: .}", "build"),
        ("{build: ..}", "build"),
        ("{build: data}", "raw"),
        ("{build: site/_site/b}", "build"),
        ("{ledger: data/public/l}", "ledger"),
        ("{raw: data/public/raw}", "raw"),
        ("{public: data/raw}", "raw"),
        ("{public: build}", "public"),
        ("{site: data/raw}", "raw"),
    ],
)
def test_no_folder_lies_in_another_or_holds_the_program_file(tmp_path, folders, key):
    assert f"`folders.{key}`" in refused(tmp_path, f"{TEXT}\nfolders: {folders}\n")


def test_the_run_log_may_lie_beside_the_extracts_and_not_in_what_is_public(tmp_path):
    for place, allowed in (
        ("data/raw/.log", True),
        ("data/public/log", False),
        ("site/log", False),
    ):
        text = f"{TEXT}\nfolders: {{run_log: {place}}}\n"
        (tmp_path / "program.yml").write_text(text, encoding="utf-8")
        if allowed:
            assert load(tmp_path / "program.yml").folders.run_log == tmp_path / place
        else:
            with pytest.raises(ProgramError, match="folders.run_log"):
                load(tmp_path / "program.yml")


def test_the_ledger_may_lie_beside_the_extracts_or_apart(tmp_path):
    for ledger in ("data/raw/.ledger", "safe/ledger"):
        text = f"{TEXT}\nfolders: {{ledger: {ledger}}}\n"
        (tmp_path / "program.yml").write_text(text, encoding="utf-8")
        assert load(tmp_path / "program.yml").folders.ledger == tmp_path / ledger
