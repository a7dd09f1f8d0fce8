"""A notebook executed with exactly its parameters, and the executed one as a page."""

import json
import logging
import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openresponse import errors
from openresponse.errors import NotebookError, OpenResponseError
from openresponse.media.bundle import bundled
from openresponse.release.history.release_days import MONTH
from openresponse.release.store import interruptions
from openresponse.release.store.confidential import closed_off
from openresponse.workflow.progress import Part

Parameters = Mapping[str, str | list[str] | dict[str, str]]
HIDDEN = {"injected-parameters", "notebook"}  # tags of cells that are no part of the page
# What these would print when a run is stopped says no more than that it was stopped.
for logger in ("papermill", "asyncio"):
    logging.getLogger(logger).addHandler(logging.NullHandler())


def run(
    name: str,
    parameters: Parameters,
    output: Path,
    confidential: bool = False,
    part: Part = lambda heading: None,
    home: Path = Path(),
) -> Path:
    """Execute one notebook into `output`; NotebookError names the cell and the error.

    Every parameter of the notebook must be given, and no other. confidential: an error is reported
    by its kind and place only, since its text might quote a record. part: hears each heading as its
    cells are begun. home: the city's folder, whose own notebook is taken where it has one.
    """
    from openresponse.workflow.notebooks import kernels

    kernels.warm()  # first: it imports what notebooks import while this process imports papermill
    import papermill
    from papermill.exceptions import PapermillExecutionError

    source = bundled(f"notebooks/{name}.ipynb", home)
    _check(source, set(papermill.inspect_notebook(str(source))), set(parameters))
    with closed_off(output.parent) if confidential else nullcontext():
        output.parent.mkdir(parents=True, exist_ok=True)
        try:
            _execute(source, output, parameters, part)
        except PapermillExecutionError as error:
            raise _error(error, source, output, confidential) from None
    return output


def _execute(
    source: Path,
    output: Path,
    parameters: Parameters,
    part: Part,
) -> None:
    import papermill

    from openresponse.workflow.notebooks import kernels

    with interruptions.scratch("kernel") as folder:
        papermill.execute_notebook(
            str(source),
            str(output),
            parameters=dict(parameters),
            progress_bar=False,
            log_output=False,
            kernel_name="python3",
            cwd=str(Path.cwd()),
            extra_arguments=["--IPKernelApp.log_level=50"],
            kernel_manager_class=kernels.isolated(folder),
            on_cell_start=_headings(part),
        )


def _check(source: Path, declared: set[str], given: set[str]) -> None:
    """NotebookError where other parameters are given than the notebook declares."""
    if declared != given:
        wrong = [f"unknown {name}" for name in sorted(given - declared)]
        wrong += [f"missing {name}" for name in sorted(declared - given)]
        raise NotebookError(
            f"{source}: wrong parameters ({', '.join(wrong)}). It takes"
            f" {', '.join(sorted(declared))}."
        )


def _headings(part: Part) -> Callable[..., None]:
    """What nbclient calls before each cell."""

    def begun(cell: Any, cell_index: int) -> None:
        first = cell.source.partition("\n")[0]
        if cell.cell_type == "markdown" and first.startswith("#"):
            part(first.lstrip("# "))

    return begun


def _error(error: Any, source: Path, output: Path, confidential: bool) -> OpenResponseError:
    """What stopped a notebook: an error made for people as it is, any other with its place."""
    kind = getattr(errors, error.ename, None)
    if isinstance(kind, type) and issubclass(kind, OpenResponseError):
        return kind(error.evalue)
    reported = error.ename if confidential else f"{error.ename}: {error.evalue}"
    return NotebookError(
        f"{source}, cell {error.cell_index + 1}: {reported}. The site is as it was. Read the run,"
        f" which is kept in {output}."
    )


def publishable(executed: Path, page: Path, release: str) -> None:
    """The executed notebook as a page: without the run's times, machine paths, injected parameters
    and words on the notebook itself; each cell's source a list of lines.

    A notebook cannot fill its own front matter; what the run wrote beside the page (title, date) is
    put there.
    """
    book = _without_run(json.loads(executed.read_text(encoding="utf-8")))
    front = page.with_suffix(".yml")
    if front.is_file():
        book["cells"][0]["source"] = f"---\n{front.read_text(encoding='utf-8')}---\n"
        front.unlink()
    for cell in book["cells"]:
        # nbformat allows one string too; in that Quarto finds no front matter.
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    page.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    # A listing shows when a page's file was modified; this one dates from its release, not from
    # this run.
    dated = datetime.strptime(release[MONTH], "%Y-%m").replace(tzinfo=UTC).timestamp()
    os.utime(page, (dated, dated))


def _without_run(book: dict[str, Any]) -> dict[str, Any]:
    """A notebook without what its run added, and without the cells that are no part of the page."""
    cells = [cell for cell in book["cells"] if not HIDDEN & set(cell["metadata"].get("tags", []))]
    for number, cell in enumerate(cells, start=1):
        tags = cell["metadata"].get("tags")
        cell |= {"id": f"cell-{number}", "metadata": {"tags": tags} if tags else {}}
    metadata = {
        "kernelspec": book["metadata"]["kernelspec"],
        "language_info": {"name": "python"},
    }
    return book | {"cells": cells, "metadata": metadata}
