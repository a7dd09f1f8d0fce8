"""Notebooks as they are run: typed parameters, whole runs, nothing half done."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from openresponse.demo import extract
from openresponse.errors import ExtractError, NotebookError
from openresponse.workflow import candidates, sources
from openresponse.workflow.notebooks import execution
from support import golden
from support.workspace import ROOT

NAMES = (candidates.ANONYMIZE, sources.OUTCOMES, sources.BRIEF)


@pytest.fixture
def here(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"release": "x", "out": "y", "relase": "z"}, "unknown relase"),
        ({"release": "x"}, "missing out"),
        ({}, "missing out, missing release"),
    ],
)
def test_an_unknown_or_missing_parameter_fails_before_anything_runs(here, tmp_path, given, said):
    with pytest.raises(NotebookError, match=said):
        execution.run(sources.OUTCOMES, given, tmp_path / "out.ipynb")
    assert not (tmp_path / "out.ipynb").exists()


def notebook(folder, code):
    """A notebook with one parameter and one cell."""
    import nbformat

    book = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        }
    )
    book.cells = [
        nbformat.v4.new_code_cell("x: str = ''", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code),
    ]
    folder.mkdir()
    nbformat.write(book, folder / "broken.ipynb")


def test_a_failing_notebook_shows_the_cell_and_the_error(tmp_path, monkeypatch):
    notebook(tmp_path / "notebooks", "1 / 0")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        NotebookError, match=r"broken.ipynb, cell \d: ZeroDivisionError: division by zero"
    ):
        execution.run("broken", {"x": "1"}, tmp_path / "out.ipynb")


def test_a_failing_confidential_notebook_tells_the_kind_of_error_and_never_its_text(
    tmp_path, monkeypatch
):
    notebook(tmp_path / "notebooks", "raise ValueError('could not read Ada Invented')")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotebookError) as caught:
        execution.run("broken", {"x": "1"}, tmp_path / "out.ipynb", confidential=True)
    assert "ValueError" in str(caught.value) and "Ada" not in str(caught.value)


def test_an_error_made_for_people_passes_through_a_notebook_as_it_is(tmp_path, monkeypatch):
    notebook(
        tmp_path / "notebooks",
        "from openresponse.errors import ExtractError\nraise ExtractError('units.csv: the file is"
        " empty.')",
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExtractError, match="^units.csv: the file is empty.$"):
        execution.run("broken", {"x": "1"}, tmp_path / "out.ipynb", confidential=True)


@pytest.mark.parametrize("has_home", [True, False], ids=["a home folder", "none"])
def test_nothing_of_the_machine_reaches_a_notebook(tmp_path, monkeypatch, has_home):
    tmp_path = tmp_path / "Été à la ville"
    tmp_path.mkdir()
    home, marks = tmp_path / "home", tmp_path / "marks"
    marks.mkdir()
    profile = home / ".ipython" / "profile_default"
    kernel = home / ".local" / "share" / "jupyter" / "kernels" / "python3"
    for folder in (profile / "startup", kernel):
        folder.mkdir(parents=True)
    plant = "open({!r}, 'w').close()\n".format
    (profile / "startup" / "00-mine.py").write_text(plant(str(marks / "start-up file")))
    settings = f"c.InteractiveShellApp.exec_lines = [{plant(str(marks / 'settings'))!r}]\n"
    (profile / "ipython_config.py").write_text(settings)
    (home / "start.py").write_text(plant(str(marks / "PYTHONSTARTUP")))
    (kernel / "kernel.json").write_text(
        json.dumps({"argv": ["false"], "display_name": "Mine", "language": "python"})
    )
    monkeypatch.setenv("HOME", str(home))
    if not has_home:
        monkeypatch.delenv("HOME")
    monkeypatch.setenv("PYTHONSTARTUP", str(home / "start.py"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")  # as where there is no virtual environment
    notebook(tmp_path / "notebooks", "import sys\nopen(x, 'w').write(sys.executable)")
    run = (
        "import sys, pathlib; from openresponse.workflow.notebooks import execution;"
        " execution.run('broken', {'x': sys.argv[1]}, pathlib.Path('out.ipynb'))"
    )
    subprocess.run(
        [sys.executable, "-c", run, tmp_path / "interpreter"],
        cwd=tmp_path,
        env=os.environ | golden.ODD,
        check=True,
    )
    assert (tmp_path / "interpreter").read_text() == sys.executable
    assert not list(marks.iterdir())


def test_no_notebook_sees_what_another_one_left(tmp_path, monkeypatch):
    notebook(
        tmp_path / "notebooks",
        "import json, os, pandas\n"
        "assert not hasattr(json, 'left') and 'LEFT' not in os.environ\n"
        "assert pandas.get_option('display.max_rows') != 7 and 'y' not in globals()\n"
        "json.left = os.environ['LEFT'] = y = x\n"
        "pandas.set_option('display.max_rows', 7)\n"
        "os.chdir('notebooks')",
    )
    monkeypatch.chdir(tmp_path)
    for name in ("first", "second"):
        execution.run("broken", {"x": name}, tmp_path / f"{name}.ipynb")


def test_imports_are_paid_once_for_all_notebooks(tmp_path, monkeypatch):
    notebook(
        tmp_path / "notebooks",
        "import sys, os\n"
        "assert 'openresponse.report.pages.site_pages' in sys.modules\n"
        "open(x, 'w').write(str(os.getppid()))",
    )
    monkeypatch.chdir(tmp_path)
    for name in ("first", "second"):
        execution.run("broken", {"x": name}, tmp_path / f"{name}.ipynb")
    assert (tmp_path / "first").read_text() == (tmp_path / "second").read_text()


def test_a_run_that_is_killed_leaves_no_kernel(tmp_path):
    notebook(
        tmp_path / "notebooks",
        "import os, time\nopen('kernel', 'w').write(str(os.getpid()))\n"
        "os.rename('kernel', 'begun')\ntime.sleep(600)",
    )
    run = (
        "import pathlib; from openresponse.workflow.notebooks import execution;"
        " execution.run('broken', {'x': ''}, pathlib.Path('out.ipynb'))"
    )
    with subprocess.Popen([sys.executable, "-c", run], cwd=tmp_path) as process:
        while not (tmp_path / "begun").exists():
            time.sleep(0.05)
        process.kill()
    kernel = int((tmp_path / "begun").read_text())
    while _is_there(kernel):
        time.sleep(0.05)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_each_heading_is_heard_as_its_cells_begin(tmp_path, monkeypatch):
    import nbformat

    notebook(tmp_path / "notebooks", "pass")
    path = tmp_path / "notebooks" / "broken.ipynb"
    book = nbformat.read(path, as_version=4)
    book.cells.insert(1, nbformat.v4.new_markdown_cell("## Records\n\nMore."))
    nbformat.write(book, path)
    monkeypatch.chdir(tmp_path)
    headings: list[str] = []
    execution.run("broken", {"x": "1"}, tmp_path / "out.ipynb", part=headings.append)
    assert headings == ["Records"]


def test_ctrl_c_while_a_notebook_runs_is_one_sentence(tmp_path):
    shutil.copytree(golden.HERE / "raw", tmp_path / "data" / "raw")
    shutil.copy2(ROOT / "program.yml", tmp_path)
    book = json.loads((ROOT / "notebooks" / f"{candidates.ANONYMIZE}.ipynb").read_text())
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    code[1]["source"] = ["import time\n", "open('begun', 'w').close()\n", "time.sleep(600)\n"]
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / f"{candidates.ANONYMIZE}.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "openresponse", "release", "--month", "2025-01"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        while not (tmp_path / "begun").exists():
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate()
    assert run.returncode == 130
    assert said == (
        "openresponse: stopped. What is public is whole. Run the same command again: it finishes"
        " what was begun.\n"
    )


def test_a_page_made_of_a_notebook_has_each_source_as_a_list_of_lines(tmp_path):
    """Quarto finds front matter in a list of lines alone."""
    executed, page = tmp_path / "run.ipynb", tmp_path / "2026-10.ipynb"
    cells = [
        {"cell_type": "raw", "metadata": {}, "source": ["---\n", "title: Brief\n", "---"]},
        {"cell_type": "markdown", "metadata": {}, "source": "One line\nand another"},
    ]
    book = {"cells": cells, "metadata": {"kernelspec": {"name": "python3"}}}
    executed.write_text(json.dumps(book), encoding="utf-8")
    page.with_suffix(".yml").write_text('title: "Brief for October 2026"\n', encoding="utf-8")
    execution.publishable(executed, page, "2026-10")
    assert [cell["source"] for cell in json.loads(page.read_text(encoding="utf-8"))["cells"]] == [
        ["---\n", 'title: "Brief for October 2026"\n', "---\n"],
        ["One line\n", "and another"],
    ]


def test_a_failing_notebook_leaves_the_site_as_it_was(small_city, tmp_path):
    folder = tmp_path / "city"
    shutil.copytree(small_city.folder, folder)
    path = folder / "notebooks" / "3-brief.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    book["cells"][-1]["source"] = "1 / 0"
    path.write_text(json.dumps(book), encoding="utf-8")
    before = {p: p.read_bytes() for p in (folder / "site").rglob("*") if p.is_file()}
    result = subprocess.run(
        [sys.executable, "-m", "openresponse", "site"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (
        result.returncode == NotebookError.exit_code
        and "ZeroDivisionError" in result.stderr
        and "Traceback" not in result.stderr
    )
    assert {p: p.read_bytes() for p in (folder / "site").rglob("*") if p.is_file()} == before


def test_bad_raw_data_is_one_sentence_and_leaves_release_and_site_as_they_were(
    small_city, tmp_path
):
    folder = tmp_path / "city"
    shutil.copytree(small_city.folder, folder)
    raw = folder / "data" / "raw"
    newest = max(path for path in raw.iterdir() if path.is_dir())
    bad = shutil.copytree(newest, raw / str(pd.Period(newest.name, "M") + 1))
    (bad / "units.csv").write_text("Unit,Dispatched\nSECRET,2026-11-01\n", encoding="utf-8")
    kept = [
        p for part in ("data/public", "site") for p in (folder / part).rglob("*") if p.is_file()
    ]
    before = {p: p.read_bytes() for p in kept}
    result = subprocess.run(
        [sys.executable, "-m", "openresponse", "release"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == ExtractError.exit_code
    assert (
        result.stderr.startswith("openresponse: ")
        and result.stderr.count("\n") == 1
        and "SECRET" not in result.stderr
    )
    assert {
        p: p.read_bytes()
        for part in ("data/public", "site")
        for p in (folder / part).rglob("*")
        if p.is_file()
    } == before


@pytest.mark.parametrize("name", NAMES)
def test_nbval_passes(small_city, tmp_path, name):
    """With its own default parameters, in a folder laid out like the repository."""
    for item in ("program.yml", "requirements.lock", "site"):
        (tmp_path / item).symlink_to(small_city.folder / item)
    if name == candidates.ANONYMIZE:  # a release of its own
        extract.write(tmp_path / "data" / "raw", months=2, calls_a_year=1_000)
    else:
        (tmp_path / "data").symlink_to(small_city.folder / "data")
    shutil.copy2(ROOT / "notebooks" / f"{name}.ipynb", tmp_path)
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval-lax",
            "-p",
            "no:cacheprovider",
            "-q",
            f"{name}.ipynb",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "JUPYTER_PLATFORM_DIRS": "1"},
    )
    assert result.returncode == 0, result.stdout[-3000:]
