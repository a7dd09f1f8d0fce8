"""A notebook executed with exactly its parameters, and the executed one as a page."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from openresponse import errors
from openresponse.errors import NotebookError, OpenResponseError
from openresponse.release.history.release_days import MONTH

NOTEBOOKS = Path("notebooks")
HIDDEN = {"injected-parameters", "notebook"}  # tags of cells that are no part of the page


def run(
    name: str, parameters: dict[str, str | list[str]], output: Path, confidential: bool = False
) -> Path:
    """Execute one notebook into `output`; NotebookError names the cell and the error.

    Every parameter of the notebook must be given, and no other. An error of a confidential notebook
    is told by its kind and place only, since its text might quote a record.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    source = NOTEBOOKS / f"{name}.ipynb"
    if not source.is_file():
        raise NotebookError(f"{source}: the notebook is missing. Restore it from version control.")
    declared = set(papermill.inspect_notebook(str(source)))
    if declared != set(parameters):
        wrong = [f"unknown {p}" for p in sorted(set(parameters) - declared)]
        wrong += [f"missing {p}" for p in sorted(declared - set(parameters))]
        raise NotebookError(
            f"{source}: wrong parameters ({', '.join(wrong)}). It takes"
            f" {', '.join(sorted(declared))}."
        )
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            str(source),
            str(output),
            parameters=parameters,
            progress_bar=False,
            log_output=False,
            kernel_name="python3",
            cwd=str(Path.cwd()),
            extra_arguments=["--IPKernelApp.log_level=50"],
        )
    except PapermillExecutionError as error:
        kind = getattr(errors, error.ename, None)
        if isinstance(kind, type) and issubclass(kind, OpenResponseError):
            raise kind(error.evalue) from None
        told = error.ename if confidential else f"{error.ename}: {error.evalue}"
        raise NotebookError(
            f"{source}, cell {error.cell_index + 1}: {told}. The site is as it was; "
            f"the run is kept in {output}."
        ) from None
    return output


def publishable(executed: Path, page: Path, release: str) -> None:
    """The executed notebook as a page: without the run's times, machine paths, injected parameters
    and words on the notebook itself; each cell's source a list of lines.

    A notebook cannot fill its own front matter; what the run wrote beside the page (title, date) is
    put there.
    """
    book = json.loads(executed.read_text(encoding="utf-8"))
    book["metadata"] = {
        "kernelspec": book["metadata"]["kernelspec"],
        "language_info": {"name": "python"},
    }
    book["cells"] = [
        cell for cell in book["cells"] if not HIDDEN & set(cell["metadata"].get("tags", []))
    ]
    for number, cell in enumerate(book["cells"], start=1):
        cell["id"] = f"cell-{number}"
        cell["metadata"] = (
            {"tags": cell["metadata"]["tags"]} if cell["metadata"].get("tags") else {}
        )
    front = page.with_suffix(".yml")
    if front.is_file():
        book["cells"][0]["source"] = f"---\n{front.read_text(encoding='utf-8')}---\n"
        front.unlink()
    for cell in book["cells"]:
        # nbformat allows one string too; in that Quarto finds no front matter.
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    page.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    # A listing tells when a page's file was modified; this one dates from its release, not from
    # this run.
    dated = datetime.strptime(release[MONTH], "%Y-%m").replace(tzinfo=UTC).timestamp()
    os.utime(page, (dated, dated))
