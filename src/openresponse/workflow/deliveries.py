"""What lies in the raw folder: the fictional extract written, the real ones checked."""

from openresponse.demo import extract
from openresponse.errors import PlausibilityError
from openresponse.media.bundle import bundled
from openresponse.program import ExtractName, Program
from openresponse.records import collection
from openresponse.records.databases import snapshots
from openresponse.records.delivery import delivered_months, is_monthly, read
from openresponse.records.plausibility import judgement
from openresponse.release.history import confidential_ledger, predecessor
from openresponse.release.history.release_days import MONTH
from openresponse.release.store.public_folder import published
from openresponse.workflow.checking import delivery_report, delivery_tables
from openresponse.workflow.city import City, Result
from openresponse.workflow.clean_up import FICTIONAL_SEED
from openresponse.workflow.commands import NOTED


def demo(city: City) -> Result:
    """Write the fictional extract into the raw folder. ProgramError where the program file is not
    that of a demonstration.
    """
    folders = city.program.folders
    if not city.program.program.demonstration:
        raise city.program.error(
            "program.demonstration",
            f"is not true, so {folders.raw} is for real extracts: put them there. Invented ones are"
            " written for a demonstration only.",
        )
    with city.stage("demo", f"Writing the fictional extract to {folders.raw}"):
        extract.write(folders.raw)
        confidential_ledger.sow(folders.ledger, FICTIONAL_SEED)
    return Result(
        "written", f"Wrote {len(delivered_months(folders.raw))} months.", paths=(folders.raw,)
    )


def fetch(city: City, month: str) -> Result:
    """Ask the databases of the program file for a month, and keep the answers as its delivery.
    ProgramError where no extract is a query.
    """
    program = city.program
    names = [name for name, extract in program.extracts.items() if extract.query is not None]
    if not names:
        raise program.error("extracts", "no extract has `source` and `query`, so none is fetched.")
    taken = []
    for name in names:
        with city.stage(f"fetch {name}", f"Asking the database for {name} of {month}"):
            taken.append(snapshots.take(program, name, month))
    counts: dict[str, int] = {one.extract: one.rows for one in taken}
    listed = ", ".join(f"{rows:,} rows of {name}" for name, rows in counts.items())
    folder = program.folders.raw / month
    return Result(
        "fetched", f"Kept {listed} in {folder}.", paths=tuple(t.path for t in taken), counts=counts
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
    if stops:
        (name, *_) = (one.check.name for one in judged if one.check.severity == "stop")
        accepted = ("release", "--month", month, "--accept", name, "why")
        stops.append(
            f"Mend it and run {city.typed('check', '--month', month)} again; or, where it is right"
            f" all the same, {city.typed(*accepted)}."
        )
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


def months(program: Program) -> list[str]:
    """The months delivered, in order."""
    if is_monthly(program):
        return delivered_months(program.folders.raw)
    counted: ExtractName = "incidents" if program.universe == "incidents" else "units"
    return sorted(read(program, counted, [])["delivery"].dropna().unique())


def newest_month(program: Program) -> str:
    """The last month delivered; without raw data, the last release."""
    releases = published(program.folders.public)
    if releases and not delivered_months(program.folders.raw):
        return releases[-1][MONTH]
    return collection.last_month(program)


def next_month(program: Program) -> str:
    """The first month delivered after the newest release; the last one delivered where none
    follows.
    """
    newest = published(program.folders.public)[-1:]
    following = [month for month in months(program) if newest and month > newest[0][MONTH]]
    return following[0] if following else newest_month(program)
