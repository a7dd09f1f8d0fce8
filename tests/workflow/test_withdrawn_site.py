"""The site while every release is withdrawn: it says so, helps, keeps every address, and can be
published at once.
"""

import json
import os
import re
import shutil

import pytest

from openresponse import cli
from openresponse.errors import ReleaseError
from openresponse.workflow import decisions, rebuild, sources
from openresponse.workflow.city import City
from openresponse.workflow.web_server import publishing
from openresponse.workflow.web_server.publishing import MARKER
from support import workspace

REASON = "A table named <one> street"


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory):
    """A city whose one release is withdrawn, with the site that `openresponse site` then makes. The
    next month is delivered, and its day has not come: that is no matter of the site.
    """
    folder, before = tmp_path_factory.mktemp("city"), os.getcwd()
    for name in ("program.yml", "requirements.lock"):
        shutil.copy2(workspace.ROOT / name, folder / name)
    shutil.copytree(workspace.ROOT / "notebooks", folder / "notebooks")
    workspace.sources(folder / "site")
    shutil.copytree(
        workspace.ROOT / "tests" / "golden" / "public", folder / "data" / "public" / "2025-03"
    )
    (folder / "data" / "raw" / "2027-11").mkdir(parents=True)
    stale = folder / "build" / "stage" / "models"
    stale.mkdir(parents=True)
    for path in (stale / "co-response.qmd", folder / "site" / "models" / "co-response.qmd"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\ntitle: Old\n---\n\nFigures that were withdrawn.\n")
    (folder / "site" / sources.MADE).write_text('["models/co-response.qmd"]', encoding="utf-8")
    os.chdir(folder)
    city = City(folder / "program.yml")
    decisions.retract(city, "2025-03", REASON, "Privacy officer")
    assert cli.main(["site"]) == 0
    yield city
    os.chdir(before)


def page(city: City, name: str) -> str:
    return (city.program.folders.site / "_site" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "language, said, why",
    [
        ("", "Every release was withdrawn", "These figures were withdrawn on"),
        ("es/", "Se retiraron todas las publicaciones", "Estas cifras se retiraron el"),
    ],
)
def test_the_home_page_says_where_to_get_help_and_why_nothing_is_shown(
    withdrawn, language, said, why
):
    home = page(withdrawn, f"{language}index.html")
    main = home[home.index("<main") : home.index("</main>")]
    assert (
        said in main
        and why in main
        and "A table named &lt;one&gt; street" in main
        and 'href="tel:988"' in main
    )
    assert 'class="fictional"' in home


def test_no_page_of_figures_is_left_and_no_link_leads_to_one(withdrawn):
    site = withdrawn.program.folders.site / "_site"
    names = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    named = (
        "index",
        "about",
        "methods",
        "privacy",
        "glossary",
        "accessibility",
        "calendar",
        "corrections",
        "briefs/2025-03",
    )
    folders = ["", *(f"{code}/" for code in withdrawn.program.program.languages[1:])]
    assert names == {f"{language}{name}.html" for language in folders for name in named} | {
        "404.html",
        "wording.html",
    }
    assert (
        not any(path.suffix == ".csv" for path in (site / "data" / "2025-03").iterdir())
        and not (site / "data" / "latest").exists()
    )


def test_what_programs_read_tells_the_same(withdrawn):
    site = withdrawn.program.folders.site / "_site"
    index, catalog = (
        json.loads((site / name).read_text(encoding="utf-8"))
        for name in ("data/index.json", "data.json")
    )
    assert (
        index["latest"] is None
        and index["tables"] == []
        and index["releases"][0]["state"] == "retracted"
        and index["releases"][0]["files"] == []
    )
    assert [dataset["title"] for dataset in catalog["dataset"]] == [
        "All tables, March 2025 (withdrawn) (fictional data)"
    ]
    assert json.loads((site / "release.json").read_text(encoding="utf-8")) == {
        "release": "",
        "fictional": True,
    }
    assert re.search(
        r"<summary>Withdrawn: A table named &lt;one&gt; street",
        (site / "releases.xml").read_text(encoding="utf-8"),
    )


def test_it_is_made_again_from_the_public_folder_alone_byte_for_byte(withdrawn):
    assert rebuild.unexplained(withdrawn) == []


def test_it_is_published_at_once_and_the_version_with_the_figures_goes(withdrawn, tmp_path):
    www = tmp_path / "www"
    shutil.copytree(
        workspace.ROOT / "tests" / "golden" / "public",
        www / "sites" / "0000000000000000" / "data" / "2025-03",
    )
    (www / "current").symlink_to("sites/0000000000000000")
    (www / MARKER).touch()
    (live,) = publishing.publish(withdrawn, www).paths
    assert "Every release was withdrawn" in (www / "current" / "index.html").read_text(
        encoding="utf-8"
    )
    assert list((www / "sites").iterdir()) == [live] and not (www / "previous").is_symlink()


def test_there_is_nothing_to_review(withdrawn):
    with pytest.raises(ReleaseError, match="nothing to review"):
        decisions.review(withdrawn)


def test_a_language_that_is_taken_out_leaves_no_page_and_a_withdrawal_is_still_shown(withdrawn):
    program = withdrawn.program
    about = program.program.model_copy(update={"languages": ("en",)})
    site = shutil.copytree(program.folders.site, program.folders.home / "english")
    folders = program.folders.model_copy(update={"site": site})
    english = City(withdrawn.file)
    english.__dict__["program"] = program.model_copy(update={"program": about, "folders": folders})
    assert (site / "es" / "index.qmd").is_file()
    sources.gather(english, None)
    assert not list(site.glob("es/**/*.*")) and (site / "index.qmd").is_file()
