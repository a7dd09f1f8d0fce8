"""Three fictional months as a city lives them: releases, late records, a correction, a retraction;
and what every file says of them.
"""

import csv
import json
import multiprocessing
import shutil
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from openresponse import cli
from openresponse.disclosure import rules
from openresponse.disclosure.system.periods import months
from openresponse.errors import ApprovalError, PlausibilityError, ReleaseError, UsageError
from openresponse.program import load
from openresponse.release.checks.admission import audit
from openresponse.release.history import chain, register
from openresponse.release.publication import settle
from openresponse.release.store import approvals, lock
from openresponse.release.store.public_folder import available
from openresponse.release.store.published import Published
from openresponse.report.pages import brief, site_pages
from openresponse.report.pages.reference import methods_page
from openresponse.workflow import decisions
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import execution
from support import golden, workspace
from support.life import LATE, SHORT, STRAY, SWAPPED

pytestmark = pytest.mark.slow


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_what_was_published_stays_byte_for_byte_through_all_that_follows(life):
    now = files(life.public)
    for step in ("2025-01", "2025-02", "2025-03", "late"):
        for name, content in files(life.steps[step]).items():
            if name.startswith("2025"):
                assert now[name] == content, (step, name)


def test_latest_is_the_newest_release_that_stands(life):
    for step, name in (
        ("2025-02", "2025-02"),
        ("2025-03", "2025-03"),
        ("late", "2025-03-r1"),
        ("swapped", "2025-03-r2"),
        ("withdrawn", "2025-03-r1"),
    ):
        assert Published.load(life.steps[step] / "latest").name == name


def test_every_step_is_chained_and_verified(life):
    for step, folder in life.steps.items():
        assert chain.check(folder)[-1] == {
            "late": "2025-03-r1",
            "swapped": "2025-03-r2",
            "withdrawn": "2025-03-r2",
        }.get(step, step)


def test_all_releases_together_are_attacked_at_the_end_the_withdrawn_one_too(life):
    program = load(life.program_file)
    verdict = audit(program.folders, rules.of(program.privacy))
    assert verdict.releases == 5 and verdict.tried and not verdict.opened


def test_the_lists_tell_releases_corrections_and_the_retraction(life):
    entries = [
        (row["release"], row["state"], row["superseded_by"])
        for row in rows(life.public / "releases.csv")
    ]
    assert entries == [
        ("2025-01", "current", ""),
        ("2025-02", "current", ""),
        ("2025-03", "superseded", "2025-03-r1"),
        ("2025-03-r1", "current", ""),
        ("2025-03-r2", "retracted", ""),
    ]
    corrected = {
        (row["what"], row["release"], row["revision"], row["reason"], row["decided_by"])
        for row in rows(life.public / "corrections.csv")
    }
    assert corrected == {
        ("revision", "2025-03", "2025-03-r1", f"{LATE}.", "Program analyst"),
        ("revision", "2025-03-r1", "2025-03-r2", f"{SWAPPED}.", "Program analyst"),
        ("retraction", "2025-03-r2", "", f"{STRAY}.", "Privacy officer"),
    }
    text = (life.public / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Fictional data" in text and all(reason in text for reason in (LATE, SWAPPED, STRAY))


def test_a_revised_figure_differs_by_at_least_the_threshold_and_the_rest_stand(life):
    changed = Published.load(life.public / "2025-03-r1").tables["revisions"]
    counts = changed[
        (changed["what"] == "revised") & changed["column"].isin(["incidents", "rows", "contacts"])
    ].dropna(subset=["earlier", "now"])
    assert ((counts["now"] - counts["earlier"]).abs() >= 11).all()
    assert changed.loc[changed["what"] == "stands", "now"].isna().all()


def test_an_earlier_figure_never_stands_beside_a_revised_one_of_the_same_months(life):
    tables = Published.load(life.public / "2025-03-r1").tables
    marks = pd.concat(
        frame.set_index("period").filter(regex="_status$").stack().rename("mark").reset_index()
        for name, frame in tables.items()
        if name not in ("data_quality", "spending", "milestones", "revisions")
    )
    spans = {mark: {months(p) for p in rows["period"]} for mark, rows in marks.groupby("mark")}
    assert spans["r"], "the revision revises something"
    assert not [
        (old, new)
        for old in spans.get("e", ())
        for new in spans["r"]
        if old[0] < new[1] and new[0] < old[1]
    ]


def test_of_a_withdrawn_release_manifest_and_reason_are_left_and_its_files_are_kept_in_confidence(
    life,
):
    folder = life.public / "2025-03-r2"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "retraction.json"]
    before = life.steps["swapped"] / "2025-03-r2"
    assert (folder / "manifest.json").read_bytes() == (before / "manifest.json").read_bytes()
    assert files(life.folder / "ledger" / "retracted" / "2025-03-r2") == files(before)


def test_without_the_kept_files_of_a_withdrawn_release_nothing_more_is_published(life, tmp_path):
    shutil.copytree(life.folder, tmp_path / "city", ignore=shutil.ignore_patterns("steps", "build"))
    shutil.rmtree(tmp_path / "city" / "ledger" / "retracted")
    program = load(workspace.program_file(tmp_path / "city", workspace.FEW))
    with pytest.raises(ReleaseError, match="retracted release are missing"):
        audit(program.folders, rules.of(program.privacy))


@pytest.mark.parametrize(
    "name",
    [
        "2025-01/funnel.csv",
        "2025-02/manifest.json",
        "2025-03-r1/manifest.json",
        "2025-03-r2/retraction.json",
        "latest/funnel.csv",
        "latest/manifest.json",
        "releases.csv",
        "corrections.csv",
        "CHANGELOG.md",
        "ledger.jsonl",
    ],
)
def test_one_changed_byte_of_any_published_file_is_found_and_named(life, tmp_path, name):
    public = shutil.copytree(life.public, tmp_path / "public")
    content = bytearray((public / name).read_bytes())
    at = content.rindex(b"20")
    content[at] = ord("3")
    (public / name).write_bytes(content)
    with pytest.raises(ReleaseError) as caught:
        chain.check(public)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    "name", ["2025-01/more.csv", "2025-03-r2/funnel.csv", "other.csv", "2025-04/funnel.csv"]
)
def test_a_file_that_no_release_knows_is_found_and_named(life, tmp_path, name):
    public = shutil.copytree(life.public, tmp_path / "public")
    (public / name).parent.mkdir(exist_ok=True)
    (public / name).write_text("period\n2025-01\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match=name.split("/")[0]):
        chain.check(public)


def test_a_release_left_out_of_the_chain_is_noticed(life, tmp_path):
    public = shutil.copytree(life.public, tmp_path / "public")
    shutil.rmtree(public / "2025-02")
    with pytest.raises(ReleaseError, match="2025-03"):
        chain.check(public)


def test_a_single_release_can_be_verified_alone_and_from_the_command_line(life, capsys):
    assert (
        cli.main(["verify", str(life.public / "2025-02")]) == 0
        and "2025-02" in capsys.readouterr().out
    )
    assert (
        cli.main(["verify", str(life.public)]) == 0
        and "5 releases as published" in capsys.readouterr().out
    )
    assert cli.main(["verify", str(life.folder / "raw")]) == ReleaseError.exit_code


def test_withdrawing_twice_changes_nothing_and_an_unknown_release_is_one_sentence(life, capsys):
    before = files(life.public)
    given = [
        "--reason",
        STRAY,
        "--decided-by",
        "Privacy officer",
        "--program",
        str(life.program_file),
    ]
    assert cli.main(["retract", "2025-03-r2", *given]) == 0 and files(life.public) == before
    assert cli.main(["retract", "2031-01", *given]) == ReleaseError.exit_code
    assert "2025-03-r1" in capsys.readouterr().err and files(life.public) == before


def test_a_withdrawn_month_is_not_released_again_under_its_name(life, tmp_path, capsys):
    shutil.copytree(life.folder, tmp_path / "city", ignore=shutil.ignore_patterns("steps", "build"))
    path = workspace.program_file(tmp_path / "city", workspace.FEW)
    assert (
        cli.main(
            [
                "retract",
                "2025-03",
                "--reason",
                STRAY,
                "--decided-by",
                "Privacy officer",
                "--program",
                str(path),
            ]
        )
        == 0
    )
    assert available(tmp_path / "city" / "public") == ["2025-01", "2025-02", "2025-03-r1"]
    assert (
        cli.main(["release", "--month", "2025-03", "--program", str(path)])
        == ReleaseError.exit_code
    )
    assert "openresponse revise" in capsys.readouterr().err


def test_a_run_that_died_after_the_release_appeared_is_finished_by_the_next(life, tmp_path):
    public = shutil.copytree(life.steps["2025-03"], tmp_path / "public")
    whole = files(public)
    for name in ("releases.csv", "CHANGELOG.md"):
        (public / name).unlink()
    (public / "ledger.jsonl").write_bytes(
        b"".join((public / "ledger.jsonl").read_bytes().splitlines(keepends=True)[:-1])
    )
    shutil.rmtree(public / "latest")
    (public / ".latest.partial").mkdir()
    settle(public)
    assert files(public) == whole


def hold(public: Path, held, free) -> None:
    with lock.held(public, "release of 2025-03"):
        held.set()
        free.wait(30)


def test_the_second_of_two_runs_learns_who_is_at_work_and_changes_nothing(life, tmp_path):
    public = shutil.copytree(life.public, tmp_path / "public")
    before = {name: content for name, content in files(public).items() if name != lock.FILE}
    context = multiprocessing.get_context("spawn")
    held, free = context.Event(), context.Event()
    other = context.Process(target=hold, args=(public, held, free))
    other.start()
    try:
        assert held.wait(60)
        with pytest.raises(ReleaseError, match="release of 2025-03, process "):
            with lock.held(public, "a revision"):
                raise AssertionError("two runs at once")
    finally:
        free.set()
        other.join()
    with lock.held(public, "a revision"):
        pass
    assert {name: content for name, content in files(public).items() if name != lock.FILE} == before


# Real figures wait for the people whom the program file names.


ROLES = ("privacy officer", "program analyst")


def real_program(folder: Path) -> Path:
    """The program file of a city with real figures, and with the keys of its roles."""
    keys = {role: workspace.public_half(folder / "keys" / role) for role in ROLES}
    return workspace.program_file(folder, workspace.FEW, demonstration=False, approvers=keys)


def approve(path: Path, role: str, key: str = "") -> int:
    file = path.parent / "keys" / (key or role)
    return cli.main(["approve", "--as", role, "--key", str(file), "--program", str(path)])


@pytest.fixture(scope="module")
def waiting(tmp_path_factory):
    """The folder of a city with real figures, released once as far as the approval, and what was
    said then.
    """
    folder, said = tmp_path_factory.mktemp("real"), StringIO()
    shutil.copytree(golden.HERE / "raw", folder / "raw")
    for mark in (folder / "raw").rglob("FICTIONAL"):
        mark.unlink()
    for role in ROLES:
        workspace.key(folder / "keys", role)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(workspace.ROOT)
        patch.setattr(execution, "run", workspace.execute)
        arguments = (
            "release",
            "--month",
            "2025-01",
            "--program",
            str(real_program(folder)),
        )
        with redirect_stderr(said):
            assert cli.main([*arguments]) == ApprovalError.exit_code
    return folder, said.getvalue()


@pytest.fixture
def real(waiting, tmp_path, monkeypatch):
    """Its program, the file of that, and the command that would release the month."""
    shutil.copytree(waiting[0], tmp_path, dirs_exist_ok=True)
    path = real_program(tmp_path)
    monkeypatch.chdir(workspace.ROOT)
    monkeypatch.setattr(execution, "run", workspace.execute)
    return (
        load(path),
        path,
        lambda: cli.main(["release", "--month", "2025-01", "--program", str(path)]),
    )


def test_real_figures_are_public_only_when_every_role_approved_this_manifest(waiting, real):
    program, path, release = real
    assert "privacy officer, program analyst" in waiting[1]
    assert not (program.folders.public / "2025-01").exists()
    assert approve(path, "privacy officer") == 0
    assert (
        release() == ApprovalError.exit_code and not (program.folders.public / "2025-01").exists()
    )
    assert approve(path, "program analyst") == 0
    assert release() == 0
    assert register.past(program.folders.public)[0].approved_by == (
        "privacy officer",
        "program analyst",
    )
    assert chain.check(program.folders.public) == ["2025-01"]


def test_an_approval_is_for_these_bytes_and_no_others(real):
    program, path, release = real
    for role in program.release.approvers:
        assert approve(path, role) == 0
    candidate = program.folders.build / "candidate" / "2025-01"
    content = json.loads((candidate / "manifest.json").read_text(encoding="utf-8"))
    (candidate / "manifest.json").write_text(
        json.dumps(content | {"code": "other"}), encoding="utf-8"
    )
    assert approvals.missing(program, candidate) == list(program.release.approvers)


def test_nobody_else_can_approve_and_without_a_candidate_there_is_nothing_to_approve(
    real, life, capsys
):
    program, path, release = real
    assert approve(path, "mayor") == ReleaseError.exit_code
    assert "privacy officer, program analyst" in capsys.readouterr().err
    assert approve(life.program_file, "privacy officer") == ReleaseError.exit_code
    assert "no release waits" in capsys.readouterr().err


def test_the_review_shows_what_waits_for_whom_with_its_hash_and_what_it_will_say(real, capsys):
    program, path, release = real
    assert cli.main(["review", "--program", str(path)]) == 0
    page = program.folders.build / "review" / "2025-01" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert str(page) in capsys.readouterr().out and (page.parent / "styles.css").is_file()
    assert (
        approvals.digest(program.folders.build / "candidate" / "2025-01" / "manifest.json") in text
    )
    assert (
        "It waits for: privacy officer, program analyst." in text
        and "What each table holds" in text
        and "<script" not in text
    )


def test_the_review_of_a_revision_lists_each_changed_figure_and_never_what_may_not_be_shown(life):
    page = life.folder / "build" / "review" / "2025-03-r1" / "index.html"
    assert decisions.review(City(life.program_file)).paths == (page,)
    text = page.read_text(encoding="utf-8")
    assert "(fictional data)" in text and "Figures that change" in text and LATE in text


def test_a_revision_that_stands_makes_its_pages_and_lists_what_it_changed(life, tmp_path):
    revised = Published.load(life.public / "2025-03-r1")
    drawn = site_pages.draw(revised)
    rows = len(revised.tables["revisions"])
    assert rows and site_pages.all_figures(revised, drawn).count('<th scope="row">') >= rows
    assert all(path.is_file() for path in site_pages.write(revised, tmp_path, drawn))
    assert "revision of" in brief.front_matter(revised)


def test_a_stop_that_was_accepted_is_published_with_its_reason(life):
    published = Published.load(life.public / "2025-02")
    assert [(one["check"], one["reason"]) for one in published.accepted] == [
        ("last_days_missing", SHORT)
    ]
    page = methods_page.body(published)
    assert published.accepted[0]["rule"] in page and f"{SHORT}." in page
    assert Published.load(life.public / "2025-01").accepted == []
    assert "though a check stopped it" not in methods_page.body(
        Published.load(life.public / "2025-01")
    )


def test_a_stop_that_is_not_accepted_publishes_nothing(life, tmp_path, monkeypatch, capsys):
    shutil.copytree(golden.HERE / "raw", tmp_path / "raw")
    program = workspace.program_file(tmp_path, workspace.FEW)
    monkeypatch.setattr(execution, "run", workspace.execute)
    given = ["release", "--month", "2025-02", "--program", str(program)]
    assert cli.main(given) == PlausibilityError.exit_code
    said = capsys.readouterr().err
    assert "last_days_missing: 2025-02/incidents.csv, column `Call Received`" in said
    assert "--accept last_days_missing" in said
    assert cli.main([*given, "--accept", "calls", "We looked"]) == UsageError.exit_code
    assert not list((tmp_path / "public").glob("2025*"))
