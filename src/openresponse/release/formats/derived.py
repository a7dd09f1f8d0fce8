"""The same tables in other formats. They are made from the CSV files and the data package alone, so
they tell nothing else.

They are in the release beside the CSV files and in its manifest: their bytes depend on the
library that wrote them, and what is published must not change when a library does.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pandas as pd
from python_calamine import CalamineWorkbook

from openresponse.errors import ReleaseError
from openresponse.release.formats import parquet, workbook
from openresponse.release.formats.archive import zipped
from openresponse.release.store.public_folder import APPROVALS, MANIFEST
from openresponse.release.store.published import Published, read, types

WORKBOOK, ARCHIVE = "tables.xlsx", "release.zip"


def of(package: dict[str, Any], files: Mapping[str, str]) -> dict[str, bytes]:
    """File name to content: each table as Parquet, all tables in one workbook, and everything in
    one archive.

    files: the text of every other file of the release but the manifest, which names them all.
    """
    resources = {resource["name"]: resource for resource in package["resources"]}
    tables = {
        name: read(io.StringIO(files[resource["path"]]), resource)
        for name, resource in resources.items()
    }
    made = {
        f"{name}.parquet": parquet.content(frame, _about(package, resources[name]))
        for name, frame in tables.items()
    }
    made[WORKBOOK] = workbook.content(tables, package)
    everything = {name: text.encode() for name, text in files.items()} | made
    return made | {ARCHIVE: zipped(dict(sorted(everything.items())))}


def _about(package: dict[str, Any], resource: dict[str, Any]) -> dict[str, str]:
    facts = package["openresponse"]
    return {
        "title": f"{package['title']}: {resource['title']}",
        "description": resource["description"],
        "publisher": package["contributors"][0]["title"],
        "release": facts["release"],
        "license": package["licenses"][0]["name"],
        "data_package": "datapackage.json",
    }


def agree(published: Published) -> None:
    """Every other format holds what the CSV files hold, to the cell; ReleaseError names a file that
    does not.
    """
    wrong = [
        f"{name}.parquet"
        for name in published.resources
        if not pd.read_parquet(published.folder / f"{name}.parquet").equals(_csv(published, name))
    ]
    wrong += _sheets_that_differ(published)
    with zipfile.ZipFile(published.folder / ARCHIVE) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    there = {
        path.name: path.read_bytes()
        for path in published.files
        if path.name not in (ARCHIVE, MANIFEST, APPROVALS)
    }
    if held != there:
        wrong.append(ARCHIVE)
    if wrong:
        raise ReleaseError(
            f"{published.folder}: {', '.join(wrong)} does not hold what the CSV files hold. Do not"
            " publish it; what wrote it was another program, or this one has a defect."
        )


def _csv(published: Published, name: str) -> pd.DataFrame:
    resource = published.resources[name]
    return read(published.folder / resource["path"], resource)


def _sheets_that_differ(published: Published) -> list[str]:
    with CalamineWorkbook.from_path(published.folder / WORKBOOK) as book:
        names = workbook.sheets(published.resources)
        if book.sheet_names != [workbook.COVER, workbook.NOTES, workbook.CODES, *names.values()]:
            return [WORKBOOK]
        return [
            f"{WORKBOOK} ({sheet})"
            for name, sheet in names.items()
            if not _frame(
                book.get_sheet_by_name(sheet).to_python(), types(published.resources[name])
            ).equals(_csv(published, name))
        ]


def _frame(rows: list[list[Any]], kinds: dict[str, str]) -> pd.DataFrame:
    """The values of a sheet in the types of the table; as they are where the columns are others."""
    columns, *values = rows
    frame = pd.DataFrame(values, columns=columns, dtype=object).replace("", None)
    return frame.astype(kinds) if columns == list(kinds) else frame
