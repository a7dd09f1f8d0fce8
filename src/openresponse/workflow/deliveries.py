"""What lies in the raw folder: the fictional extract written and thrown away, the real ones
checked.
"""

import json
import shutil
from pathlib import Path

from openresponse.demo import extract
from openresponse.errors import PlausibilityError
from openresponse.media.bundle import bundled
from openresponse.program import Folders, Program
from openresponse.records import collection
from openresponse.records.delivery import delivered_months, is_fictional
from openresponse.records.plausibility import judgement
from openresponse.release.history import confidential_ledger, ledger, predecessor, release_lists
from openresponse.release.store.public_folder import LATEST, MANIFEST, published
from openresponse.website.engines import SITE
from openresponse.workflow import sources
from openresponse.workflow.checking import delivery_report, delivery_tables
from openresponse.workflow.city import City, Result
from openresponse.workflow.commands import NOTED

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
    """Read and judge the delivery of a month as a release would; publish nothing. month: the last
    one delivered where it is empty.

    Its exit code says whether a release would be stopped, or there is something to look at.
    """
    program = city.program
    month = month or newest_month(program)
    with city.stage("check", f"Reading the extracts of {month}"):
        delivered = collection.gather(program, month, predecessor.counted_upto(program, month))
        judged = judgement.judge(delivered)
    report = delivery_report.view(delivered, judged)
    for table in report.tables:
        city.progress.show(table)
    page = delivery_report.write(
        report,
        bundled("site/styles.css", program.folders.home),
        program.folders.build / "check" / month,
    )
    stops = [str(one) for one in judged if one.check.severity == "stop"]
    return Result(
        "stopped" if stops else "noted" if judged else "checked",
        "\n".join([*stops, f"{report.verdict} For the records office: {page}"]),
        month,
        (page,),
        {
            "rows": delivery_tables.rows_by_handling(delivered).to_dict(),
            "findings": [(one.check.severity, one.check.name) for one in judged],
        },
        PlausibilityError.exit_code if stops else NOTED if judged else 0,
    )


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
