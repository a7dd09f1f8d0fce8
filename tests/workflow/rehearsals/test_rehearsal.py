"""What a command would do is shown before it is done, and nothing is written."""

import json
import shutil

from openresponse.errors import ReleaseError
from openresponse.release import publication
from openresponse.release.publication import settle
from openresponse.release.store import lock
from openresponse.release.store.files import digest
from openresponse.workflow.web_server import publishing
from support import golden
from support.real_city import MONTH, ROLES

DECIDED = ("--reason", "Two districts were interchanged", "--decided-by", "Program analyst")
LATER = "2025-04"


def publish(city, name: str, **manifest: object) -> None:
    """The golden month as a release of that name."""
    folder = shutil.copytree(golden.HERE / "public", city.folder / "public" / name)
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(content | manifest), encoding="utf-8")
    settle(city.folder / "public")


def files(city) -> dict[str, str]:
    return {str(path): digest(path) for path in city.folder.rglob("*") if path.is_file()}


def rehearsed(city, capsys, *arguments: str) -> dict:
    """What the command says to machines; nothing is written meanwhile."""
    before = files(city)
    capsys.readouterr()
    assert city.run(*arguments, "--dry-run", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert files(city) == before and said["message"].endswith("Nothing was written.")
    return said["counts"]


def test_a_release_is_shown_as_its_figures_and_files_before_it_is_made(city, capsys):
    counts = rehearsed(city, capsys, "release")
    assert counts["figures"]["funnel"]["New"] > 0
    assert counts["files"][f"{MONTH}/"]["Added"] > 0 and "latest/" in counts["files"]


def test_what_waits_is_shown_without_making_it_again(city, capsys):
    city.run("release")
    city.approve(ROLES[0])
    city.refusal = "It was made again."
    assert rehearsed(city, capsys, "release")["figures"]["funnel"]["New"] > 0
    assert city.candidate.missing == ROLES[1:]


def test_a_refusal_names_the_places_of_the_city_and_not_those_of_its_copy(city, capsys):
    city.refusal = "Nothing was published."
    assert city.run("release", "--dry-run") != 0
    assert "rehearsal" not in capsys.readouterr().err


def test_a_rehearsal_of_a_published_month_holds_and_writes_nothing(city, capsys):
    publish(city, MONTH)
    before = files(city)
    with lock.held(city.folder / "public", "another run"):
        assert city.run("release", "--month", MONTH, "--dry-run") == 0
    assert f"{MONTH} is published already" in capsys.readouterr().out
    (city.folder / "public" / lock.FILE).unlink()
    assert files(city) == before


def test_whether_a_month_may_follow_is_asked_again_once_nobody_else_can_publish(
    city, capsys, monkeypatch
):
    monkeypatch.setattr(publication, "settle", lambda public: publish(city, LATER))
    assert city.run("release", "--month", MONTH) == ReleaseError.exit_code
    assert "an older month cannot follow it" in capsys.readouterr().err


def test_a_retraction_for_the_same_reason_again_says_that_nothing_changed(city, capsys):
    publish(city, MONTH)
    assert city.run("retract", MONTH, *DECIDED) == 0
    capsys.readouterr()
    assert city.run("retract", MONTH, *DECIDED, "--json") == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "unchanged"


def test_a_retraction_shows_what_would_go(city, capsys):
    publish(city, MONTH)
    counts = rehearsed(city, capsys, "retract", MONTH, *DECIDED)
    assert counts["figures"]["funnel"]["Gone"] > 0
    assert counts["files"][f"{MONTH}/"]["Removed"] > 0


def test_publishing_shows_which_files_of_the_live_site_change(city, capsys):
    publish(city, MONTH)
    web = city.folder / "web"
    site, live = city.folder / "site" / "_site", web / "sites" / ("0" * 16)
    for place, text in ((site, "new"), (live, "old")):
        shutil.copytree(city.folder / "public", place / "data")
        (place / "release.json").write_text(json.dumps({"release": MONTH}), encoding="utf-8")
        for name in ("index", text):
            (place / f"{name}.html").write_text(text, encoding="utf-8")
    (web / "current").symlink_to(f"sites/{live.name}")
    (web / publishing.MARKER).write_text(publishing.MARK, encoding="utf-8")
    counts = rehearsed(city, capsys, "publish", "--to", str(web))
    assert counts["files"] == {"files beside them": {"Added": 1, "Changed": 1, "Removed": 1}}


def test_two_releases_are_compared_by_figures_and_files(city, capsys):
    publish(city, MONTH)
    manifest = digest(city.folder / "public" / MONTH / "manifest.json")
    publish(city, LATER, previous=MONTH, previous_manifest=manifest)
    capsys.readouterr()
    assert city.run("diff", MONTH, LATER) == 0
    said = capsys.readouterr().out
    assert f"From {MONTH} to {LATER}: 0 figures are new, 0 changed, 0 withheld" in said
    assert city.run("diff", MONTH, "2024-01") == ReleaseError.exit_code
    assert "Those that are there: 2025-03, 2025-04." in capsys.readouterr().err
