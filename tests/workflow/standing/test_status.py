"""Six lines say where a city stands, and the last of them can be typed."""

import json
import re
import shlex
import shutil

import pytest

from openresponse.errors import ReleaseError
from openresponse.release import publication
from openresponse.workflow import commands, deliveries
from openresponse.workflow.standing import rejections
from openresponse.workflow.web_server import live_site
from support import golden
from support.real_city import MONTH, ROLES

LINES = ["Published", "Waiting", "Due", "Website", "Wrong", "Next"]


def lines(city, capsys) -> dict[str, str]:
    capsys.readouterr()
    assert city.run("status") == 0
    said = capsys.readouterr().out.splitlines()
    return {name: line.strip() for name, _, line in (one.partition(":") for one in said)}


def files(city) -> dict[str, bytes]:
    paths = (path for path in city.folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in paths}


def test_six_lines_say_where_a_city_stands_and_nothing_is_written(city, capsys):
    before = files(city)
    said = lines(city, capsys)
    assert list(said) == LINES
    assert said["Published"] == said["Waiting"] == "nothing"
    assert said["Due"] == f"{MONTH} on 2025-04-21, delivered"
    assert said["Website"] == "nothing; live: nothing"
    assert said["Next"].startswith(f"`openresponse release --month {MONTH} --program ")
    assert files(city) == before


def test_the_next_command_can_be_typed_at_every_stage_of_a_release(city, capsys):
    for step in (
        lambda: None,
        lambda: city.run("release"),
        lambda: city.approve(ROLES[0]),
        lambda: city.approve(ROLES[1]),
        lambda: city.change("release", provisional_months=1),
    ):
        step()
        (command,) = re.findall(r"^`openresponse (.*?)`", lines(city, capsys)["Next"])
        commands.parser().parse_args(shlex.split(command))


def test_it_says_who_has_not_approved_and_who_said_no(city, capsys):
    city.run("release")
    city.approve(ROLES[0])
    said = lines(city, capsys)
    assert said["Waiting"] == f"{MONTH} waits for the approval of: {ROLES[1]}."
    assert f"`openresponse approve {MONTH} --as '{ROLES[1]}'" in said["Next"]
    city.run("approve", "--as", ROLES[1], "--reject", "two districts look wrong")
    assert "by the program analyst on" in lines(city, capsys)["Waiting"]


@pytest.mark.parametrize(
    ("rejected", "is_shown"),
    [(f"{MONTH}-r1", True), ("2025-04", True), (MONTH, False), ("2025-02-r1", False)],
)
def test_a_rejection_is_shown_until_what_was_rejected_is_published_or_overtaken(
    city, capsys, rejected, is_shown
):
    shutil.copytree(golden.HERE / "public", city.folder / "public" / MONTH)
    given = {"role": ROLES[0], "date": "2025-05-02", "reason": "Two districts look wrong."}
    rejections.keep(city.program.folders, release=rejected, **given)
    assert (f"{rejected} was rejected" in lines(city, capsys)["Waiting"]) is is_shown


def test_a_damaged_line_of_the_rejections_is_named(city, capsys):
    path = city.program.folders.ledger / rejections.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    for line in ("no entry", "{}", "[1]"):
        path.write_text(f"{line}\n", encoding="utf-8")
        with pytest.raises(ReleaseError, match=rf"{rejections.FILE}, line 1: cannot be read"):
            rejections.kept(city.program.folders)


def test_what_is_wrong_is_named_and_comes_first(city, capsys):
    release = shutil.copytree(golden.HERE / "public", city.folder / "public" / MONTH)
    publication.settle(city.folder / "public")
    (release / "funnel.csv").write_text("changed", encoding="utf-8")
    said = lines(city, capsys)
    assert f"{release / 'funnel.csv'}" in said["Wrong"]
    assert said["Next"].startswith("`openresponse verify --program")


def test_the_last_month_of_a_revision_is_its_month_also_where_no_raw_data_are_at_hand(city):
    for name in (MONTH, f"{MONTH}-r1"):
        shutil.copytree(golden.HERE / "public", city.folder / "public" / name)
    shutil.rmtree(city.folder / "raw" / MONTH)
    assert deliveries.newest_month(city.program) == MONTH


def test_the_live_site_is_the_one_in_the_folder_it_was_put_into(city, capsys):
    live = city.folder / "web" / "sites" / "one"
    live.mkdir(parents=True)
    (live / "release.json").write_text(json.dumps({"release": "2025-02"}), encoding="utf-8")
    (city.folder / "web" / live_site.CURRENT).symlink_to("sites/one")
    live_site.remember(city.folder / "build", city.folder / "web")
    assert f"live: 2025-02 (outdated) in {city.folder / 'web'}" in lines(city, capsys)["Website"]


def test_the_same_is_said_to_machines(city, capsys):
    city.run("release")
    capsys.readouterr()
    city.run("status", "--json")
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert counts["candidates"] == {MONTH: {"state": "waiting", "waits_for": list(ROLES)}}
    assert counts["due"] == {MONTH: "2025-04-21"} and counts["wrong"] == []
    assert counts["next"][:3] == ["openresponse", "approve", MONTH]
