"""A city's whole month in a folder of its own: extract, release, pages, site, run as a person runs
them.
"""

import ast
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from openresponse.release.store import public_folder
from openresponse.release.store.confidential import closed_off

ROOT = Path(__file__).parents[2]
CANARIES = 1_000
# Tables of several kinds and grains; the whole catalogue is walked through by `bench/releases.py`.
FEW = (
    "funnel",
    "responders",
    "outcomes",
    "response_times",
    "data_quality",
    "spending",
    "districts",
    "milestones",
)


def build(
    folder: Path, deliver: Callable[[Path], None], tables: Iterable[str] | None = None
) -> list[str]:
    """Make everything below `folder` from the extract that `deliver` writes; returns the
    identifiers that are planted in it. tables: those it publishes, where not all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write(_program(tables), folder)
    shutil.copy2(ROOT / "requirements.lock", folder)
    shutil.copytree(
        ROOT / "notebooks",
        folder / "notebooks",
        ignore=shutil.ignore_patterns(".ipynb_checkpoints"),
    )
    sources(folder / "site")
    deliver(folder / "data" / "raw")
    planted = plant(folder / "data" / "raw")
    result = run(folder, "site")
    (folder / "log.txt").write_text(result.stdout + result.stderr, encoding="utf-8")
    if result.returncode:
        raise RuntimeError(result.stdout + result.stderr)
    return planted


def program_file(
    folder: Path,
    tables: Iterable[str] | None = None,
    demonstration: bool = True,
    approvers: Mapping[str, str | None] | None = None,
    **folders: Path,
) -> Path:
    """Boston's program, written into a folder that also holds its folders but those given. tables:
    those it publishes, where not all. demonstration: whether its figures are invented. approvers:
    other roles and their public keys.
    """
    content = _program(tables)
    content["program"]["demonstration"] = demonstration
    if approvers is not None:
        content["release"]["approvers"] = dict(approvers)
    names = ("raw", "public", "build", "site", "ledger", "run_log")
    content["folders"] = {name: str(folders.get(name, folder / name)) for name in names}
    return _write(content, folder)


@cache
def _boston() -> dict:
    return yaml.load((ROOT / "program.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)


def _program(tables: Iterable[str] | None) -> dict:
    content = deepcopy(_boston())
    content["tables"] = {name: content["tables"][name] for name in tables or content["tables"]}
    return content


def _write(program: dict, folder: Path) -> Path:
    path = folder / "program.yml"
    path.write_text(yaml.dump(program, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")
    return path


def sources(site: Path) -> None:
    """The site's tracked files."""
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "site"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    for name in tracked:
        target = site.parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """The command line in that folder."""
    return subprocess.run(
        [sys.executable, "-m", "openresponse", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=False,
    )


def plant(raw: Path) -> list[str]:
    """Put identifiers nobody else has into the newest delivery: names, phones, addresses, incident
    and unit numbers, times.
    """
    path = sorted(p for p in raw.iterdir() if p.is_dir())[-1]
    planted: list[str] = []
    calls = pd.read_csv(path / "incidents.csv", dtype=str, keep_default_na=False)
    units = pd.read_csv(path / "units.csv", dtype=str, keep_default_na=False)
    for i in range(CANARIES // 5):
        name, phone, street, unit = (
            f"Zephyrine Quillfeather{i}",
            f"857-559-{i:04}",
            f"{70000 + i} Canary Row",
            f"ZQ{i:03}X",
        )
        calls.loc[i, ["Caller Name", "Caller Phone", "Address", "Narrative"]] = [
            name,
            phone,
            street,
            f"{name} {phone} {street}",
        ]
        units.loc[i, ["Unit", "Officer ID"]] = [unit, unit]
        planted += [name, phone, street, unit, calls.loc[i, "Incident Number"]]
    planted += list(calls["Call Received"].head(100)) + list(units["Dispatched"].head(100))
    calls.to_csv(path / "incidents.csv", index=False)
    units.to_csv(path / "units.csv", index=False)
    return planted


def execute(
    name: str,
    parameters: dict[str, str | list[str]],
    output: Path,
    *,
    confidential: bool = False,
    **_others: object,
) -> Path:
    """A notebook's cells in this process, in place of `execution.run`: without a kernel, and an
    error keeps its own traceback.
    """
    book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    space: dict = {}
    closing = closed_off(output.parent) if confidential else contextlib.nullcontext()
    with closing, contextlib.redirect_stdout(io.StringIO()):
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                shown = _shown("".join(cell["source"]), space)
                cell["outputs"] = [] if shown is None else [_output(shown)]
                if "parameters" in cell["metadata"].get("tags", []):
                    space |= parameters
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(book), encoding="utf-8")
    return output


def _shown(code: str, space: dict) -> object:
    """Run a cell; what its last expression gives is shown below it."""
    *first, last = ast.parse(code).body
    if not isinstance(last, ast.Expr):
        return exec(code, space)
    exec(compile(ast.Module(first, []), "cell", "exec"), space)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space)


def _output(shown: object) -> dict:
    html = shown._repr_html_()
    return {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/html": html},
    }


def key(folder: Path, name: str) -> Path:
    """A new private SSH key without a passphrase; its public half is beside it."""
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def public_half(key: Path) -> str:
    return key.with_name(f"{key.name}.pub").read_text(encoding="utf-8").strip()


def manifest(release: str, **said: Any) -> str:
    """The manifest of an invented release, with every key that one must have."""
    lacking = dict.fromkeys(public_folder.KEYS)
    return json.dumps({**lacking, "release": release, "files": {}, **said})
