"""What lies in the raw folder: the fictional extract written and thrown away, the real ones
checked.
"""

import json
import shutil
from pathlib import Path

import pandas as pd

from openresponse.demo import extract
from openresponse.measures import data_quality
from openresponse.program import Folders, Program
from openresponse.records import collection
from openresponse.records.delivery import delivered_months, is_fictional
from openresponse.release.history import confidential_ledger, ledger, release_lists
from openresponse.release.store.public_folder import LATEST, MANIFEST, published
from openresponse.website.engines import SITE
from openresponse.workflow import sources
from openresponse.workflow.city import City, Result

SUMS = ("rows_in", "rows_used", "set_aside")
FICTIONAL_SEED = 20210805  # no secret: the fictional release is the same for everybody


def demo(city: City) -> Result:
    """Write the fictional extract into the raw folder."""
    folders = city.program.folders
    with city.stage("demo", f"Writing the fictional extract to {folders.raw}"):
        extract.write(folders.raw)
        confidential_ledger.sow(folders.ledger, FICTIONAL_SEED)
    return Result(
        "written", f"Wrote {len(delivered_months(folders.raw))} months.", paths=(folders.raw,)
    )


def check(city: City, month: str = "") -> Result:
    """Read and check the extracts of a month; publish nothing. month: the last one delivered where
    it is empty.
    """
    program = city.program
    month = month or newest_month(program)
    with city.stage("check", f"Reading the extracts of {month}"):
        records = collection.collect(program, month)
    rows = _rows(records.handling)
    labels = {code: "  " * depth + label for code, depth, label in _handlings()}
    city.show("Rows", rows.rename(index=labels, columns=data_quality.EXTRACTS))
    delivered, used, set_aside = rows.loc[list(SUMS)].sum(axis=1)
    message = f"{month}: {delivered:,} rows delivered, {used:,} used, {set_aside:,} set aside."
    if records.partial:
        message += f" Deliveries that end before their month does: {', '.join(records.partial)}."
    return Result("checked", message, month, counts={"rows": rows.to_dict()})


def fresh(city: City) -> Result:
    """Throw away the fictional extract, what was released from it, the website and the build; real
    deliveries and releases stay, and so does what people wrote for the site.
    """
    folders = city.program.folders
    fictional = [*_fictional_deliveries(folders.raw), *_fictional_releases(folders.public)]
    for folder in [*fictional, folders.build, folders.site / SITE]:
        shutil.rmtree(folder, ignore_errors=True)
    sources.forget(folders.site)
    _forget(folders)
    return Result("removed", f"Removed {len(fictional)} fictional deliveries and releases.")


def _handlings() -> list[tuple[str, int, str]]:
    """Every code of what becomes of a row, how deep it is in the hierarchy, and its label."""
    hierarchy = data_quality.HANDLING
    return [
        (node.code, len(hierarchy.ancestors(node.code)) - 1, node.label) for node in hierarchy.nodes
    ]


def _rows(handling: pd.DataFrame) -> pd.DataFrame:
    """Rows delivered by extract (columns) and by what became of them, with the sums above; without
    what became of none.
    """
    hierarchy = data_quality.HANDLING
    by_code = handling.groupby(["handling", "extract"]).size().unstack(fill_value=0)
    below = {
        code: [leaf for leaf in by_code.index if code in hierarchy.ancestors(leaf)]
        for code in hierarchy.codes
    }
    rows = {code: by_code.loc[leaves].sum() for code, leaves in below.items() if leaves}
    return pd.DataFrame(rows).T.reindex(
        [code for code in hierarchy.codes if code in rows or code in SUMS], fill_value=0
    )


def newest_month(program: Program) -> str:
    """The last month delivered; without raw data, the last release."""
    releases = published(program.folders.public)
    if releases and not delivered_months(program.folders.raw):
        return releases[-1]
    return collection.last_month(program)


def _fictional_deliveries(raw: Path) -> list[Path]:
    return [raw / month for month in delivered_months(raw) if is_fictional(raw, [month])]


def _fictional_releases(public: Path) -> list[Path]:
    manifests = [public / name / MANIFEST for name in (*published(public), LATEST)]
    return [
        path.parent
        for path in manifests
        if path.is_file() and json.loads(path.read_text(encoding="utf-8"))["fictional"]
    ]


def _forget(folders: Folders) -> None:
    """Ledger and lists describe the releases that are there; without any they go too."""
    if published(folders.public):
        return
    for name in (ledger.PUBLIC, *release_lists.LISTS):
        (folders.public / name).unlink(missing_ok=True)
    if not delivered_months(folders.raw):
        shutil.rmtree(folders.ledger, ignore_errors=True)
