"""Whether the right files came: none missing, none twice, none of another month."""

from collections.abc import Iterator
from pathlib import PurePath

from openresponse.records.delivery import NO_CALLS, without_calls
from openresponse.records.plausibility import chance
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import PLANS, Delivered
from openresponse.tables import months

# Rows at which a spreadsheet ends, with and without its header.
SPREADSHEET_ENDS = (65_535, 65_536, 1_048_575, 1_048_576)
# Numbers of rows at which an export often ends.
ROUND = (1_000, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)


def month_without_calls(delivered: Delivered) -> Iterator[Finding]:
    said = without_calls(delivered.program, [delivered.month])
    if not said and not (delivered.rows["month"] == delivered.month).any():
        rows = len(delivered.newest.get(delivered.counted, ()))
        yield Finding(f"{rows:,} rows, none of them usable and of the month", delivered.counted)


def file_without_rows(delivered: Delivered) -> Iterator[Finding]:
    if without_calls(delivered.program, [delivered.month]):
        return
    for name, rows in delivered.frames.items():
        if name in PLANS or not len(rows) or len(delivered.newest[name]):
            continue
        if not delivered.expects(name):
            continue
        before = rows[rows["delivery"] < delivered.month].groupby("delivery").size()
        usual = before.tail(delivered.limits.months_before)
        # None where so many are usual is more than chance.
        enough = len(usual) >= delivered.limits.fewest_months
        if enough and usual.mean() > 0.5 * delivered.limits.chance**2:
            yield Finding(f"no row, usually about {usual.mean():,.0f}", name)


def file_missing(delivered: Delivered) -> Iterator[Finding]:
    read = delivered.files.dropna(subset=["extract"])
    for name, files in read.groupby("extract"):
        if delivered.expects(name) and not (files["delivery"] == delivered.month).any():
            yield Finding("delivered before, not for this month", name)


def same_file_again(delivered: Delivered) -> Iterator[Finding]:
    files = delivered.files.dropna(subset=["extract"])
    files = files[(files["extract"] != "milestones") & (files["digest"] != "")]
    for newest in files[files["delivery"] == delivered.month].to_dict("records"):
        same = (files["digest"] == newest["digest"]) & (files["extract"] == newest["extract"])
        earlier = files.loc[same & (files["delivery"] < delivered.month), "delivery"]
        if len(earlier) and len(delivered.newest[newest["extract"]]):
            yield Finding(f"byte for byte the file of {earlier.max()}", newest["extract"])


def second_file(delivered: Delivered) -> Iterator[Finding]:
    for file, name in _not_read(delivered):
        if name:
            yield Finding("not read, though its name begins like that of an extract", file=file)


def file_not_read(delivered: Delivered) -> Iterator[Finding]:
    for file, name in _not_read(delivered):
        if not name:
            yield Finding("not read", file=file)


def month_absent(delivered: Delivered) -> Iterator[Finding]:
    there = sorted({*delivered.rows["month"].dropna(), delivered.month})
    between = [
        months.written(one)
        for one in range(months.number(there[0]), months.number(delivered.month))
        if months.written(one) not in there
    ]
    if between:
        yield Finding(f"no call in {', '.join(between)}", delivered.counted)


def calls_of_other_months(delivered: Delivered) -> Iterator[Finding]:
    calls = delivered.newest[delivered.counted].dropna(subset=["month"])
    other = calls["month"] != delivered.month
    first = (delivered.frames[delivered.counted]["delivery"] < delivered.month).sum() == 0
    if len(calls) and not first and other.mean() > delivered.limits.other_months:
        yield Finding(chance.part(other.sum(), len(calls)), delivered.counted, "received")


def calls_after_the_month(delivered: Delivered) -> Iterator[Finding]:
    calls = delivered.newest[delivered.counted]
    after = (calls["month"] > delivered.month).fillna(False)
    if delivered.expects(delivered.counted) and after.any():
        yield Finding(
            chance.part(after.sum(), len(calls)),
            delivered.counted,
            "received",
            rows=chance.numbers(calls, after),
        )


def rows_where_a_spreadsheet_ends(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in delivered.newest.items():
        if len(rows) in SPREADSHEET_ENDS:
            yield Finding(f"{len(rows):,} rows", name)


def round_number_of_rows(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in delivered.newest.items():
        if len(rows) in ROUND:
            yield Finding(f"{len(rows):,} rows", name)


def _not_read(delivered: Delivered) -> Iterator[tuple[str, str]]:
    """The newest files that no extract reads, each with the extract whose name it begins like."""
    files = delivered.files
    newest = files[(files["delivery"] == delivered.month) & files["extract"].isna()]
    stems = {
        PurePath(form.file).stem.partition("*")[0].casefold(): name
        for name, extract in delivered.program.extracts.items()
        for form in extract.forms
    }
    for file in newest["file"]:
        own = PurePath(file).name.casefold()
        yield (
            file,
            next((name for stem, name in stems.items() if stem and own.startswith(stem)), ""),
        )


CHECKS = (
    Check(
        "month_without_calls",
        "The month of the release has calls.",
        "stop",
        "Deliver the file of this month; if it is right, set the `format` of the column of times."
        f" A month in which no call came is named under `no_calls`, or has a file `{NO_CALLS}`.",
        month_without_calls,
    ),
    Check(
        "file_without_rows",
        "A file has rows, where it had many in the months before.",
        "stop",
        "Export the file again, and look whether the filter of the export is set to this month.",
        file_without_rows,
        ("chance", "fewest_months"),
    ),
    Check(
        "file_missing",
        "An extract that came before comes again.",
        "stop",
        "Deliver the file; if it comes no more, give its extract `valid_to`.",
        file_missing,
    ),
    Check(
        "same_file_again",
        "No file is the same, byte for byte, as one delivered before.",
        "stop",
        "Put this month's file in its place.",
        same_file_again,
    ),
    Check(
        "second_file",
        "A month's folder holds no second file of an extract that is not read.",
        "stop",
        "Remove the file, or give `extracts.EXTRACT.file` a pattern that reads both.",
        second_file,
    ),
    Check(
        "file_not_read",
        "A month's folder holds only files that an extract reads.",
        "note",
        "Remove the file, or describe it under `extracts`.",
        file_not_read,
    ),
    Check(
        "month_absent",
        "No month is without calls between the first and that of the release.",
        "note",
        "Deliver the month that is absent; until then it is a gap.",
        month_absent,
    ),
    Check(
        "calls_of_other_months",
        "A delivery is about its own month, beside rows that it restates.",
        "stop",
        "Deliver the file of this month; if it is right, look whether day and month are"
        " interchanged in `format`.",
        calls_of_other_months,
        ("other_months",),
    ),
    Check(
        "calls_after_the_month",
        "No call is of a later month than its delivery.",
        "set aside",
        "Nothing, where the file was exported some days into the next month; else look at the"
        " column of times.",
        calls_after_the_month,
    ),
    Check(
        "rows_where_a_spreadsheet_ends",
        "No file has exactly as many rows as a spreadsheet can hold.",
        "stop",
        "Export straight to CSV, without opening the file in a spreadsheet.",
        rows_where_a_spreadsheet_ends,
    ),
    Check(
        "round_number_of_rows",
        "No file has a number of rows at which exports often end, such as 5,000.",
        "note",
        "Look whether the export has a largest number of rows.",
        round_number_of_rows,
    ),
)
