"""What comes again: rows repeated, restated, late, or at odds with each other."""

from collections.abc import Iterator

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records.contact_records import AFTERWARDS
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.schema import FIELDS, KEYS

CALLS_AND_RECORDS: tuple[ExtractName, ...] = ("incidents", "units", "encounters", "epcr")
FEWEST_AGAIN = 20  # rows that came again, before a share of them says anything


def repeated_rows(delivered: Delivered) -> Iterator[Finding]:
    for name in KEYS:
        rows = delivered.newest.get(name, pd.DataFrame())
        if rows.empty:
            continue
        repeated = rows.duplicated(list(FIELDS[name]), keep="first") & _keyed(name, rows)
        if repeated.sum() > delivered.limits.repeated * len(rows):
            yield hit_rows.among(rows, repeated, name)


def contradicting_rows(delivered: Delivered) -> Iterator[Finding]:
    for name in CALLS_AND_RECORDS:
        if name not in delivered.frames:
            continue
        rows = delivered.newest[name]
        hit = rows["handling"] == "contradicting"
        if hit.any():
            yield hit_rows.among(rows, hit, name)


def restated_field(delivered: Delivered) -> Iterator[Finding]:
    for name in CALLS_AND_RECORDS:
        if name not in delivered.frames:
            continue
        both = _again(delivered, name)
        for field, changed in _changed(delivered, name, both):
            before = both[f"{field}_before"].notna()
            changed &= before  # what was not known before may come
            known = int(before.sum())
            if known >= FEWEST_AGAIN and changed.sum() > delivered.limits.restated * known:
                measure = chance.part(changed.sum(), known)
                yield Finding(measure, name, field, rows=chance.numbers(both, changed))


def late_rows(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in delivered.frames.items():
        late = rows["handling"] == "arrived_late"
        yield from hit_rows.more_than_before(
            delivered, rows, late, name, least=delivered.limits.least_share
        )


def published_rows_again(delivered: Delivered) -> Iterator[Finding]:
    for name in CALLS_AND_RECORDS:
        if name not in delivered.frames:
            continue
        again = _again(delivered, name)
        other = pd.Series(False, index=again.index)
        for _, changed in _changed(delivered, name, again):
            other |= changed
        late = other & (again["handling"] == "arrived_late")
        if late.any():
            measure = chance.part(late.sum(), len(delivered.newest[name]))
            yield Finding(measure, name, rows=chance.numbers(again, late))


def before_the_first_month(delivered: Delivered) -> Iterator[Finding]:
    rows = delivered.newest[delivered.counted]
    early = (rows["handling"] == "out_of_scope") & (rows["month"] < delivered.month).fillna(False)
    for month, of_month in rows[early].groupby("month"):
        measure = f"{len(of_month):,} rows of {month} are not counted"
        numbers = chance.numbers(of_month, pd.Series(True, of_month.index))
        yield Finding(measure, delivered.counted, rows=numbers)


def _keyed(name: ExtractName, rows: pd.DataFrame) -> pd.Series:
    return rows[list(KEYS[name])].notna().all(axis=1)


def _changed(
    delivered: Delivered, name: ExtractName, again: pd.DataFrame
) -> Iterator[tuple[str, pd.Series]]:
    """Each field that neither is a key nor comes later, and in which rows it is not as before."""
    for field in delivered.has_fields(name):
        if field not in (*KEYS[name], *AFTERWARDS):
            now, before = again[field], again[f"{field}_before"]
            yield field, (now != before).fillna(True) & ~(now.isna() & before.isna())


def _again(delivered: Delivered, name: ExtractName) -> pd.DataFrame:
    """The newest rows whose key was delivered before, with the fields they had then."""
    key, rows = list(KEYS[name]), delivered.frames[name]
    rows = rows[_keyed(name, rows)].drop_duplicates([*key, "delivery"], keep="last")
    before = rows[rows["delivery"] < delivered.month].drop_duplicates(key, keep="last")
    newest = rows[rows["delivery"] == delivered.month]
    fields = [*key, *(field for field in FIELDS[name] if field not in key)]
    return newest.merge(before[fields], on=key, suffixes=("", "_before"))


CHECKS = (
    Check(
        "repeated_rows",
        "A file does not hold many of its rows twice.",
        "repair and say",
        "Export it again without a join that doubles rows; until then each counts once.",
        repeated_rows,
        ("repeated",),
    ),
    Check(
        "contradicting_rows",
        "No two different rows of a file have the same key.",
        "set aside",
        "Look at the rows named: which is right only the system can say.",
        contradicting_rows,
    ),
    Check(
        "restated_field",
        "Rows that come again say mostly what they said before.",
        "stop",
        "Look whether the column is exported or mapped in another way than before.",
        restated_field,
        ("restated",),
    ),
    Check(
        "late_rows",
        "No more rows than before come after their month was published.",
        "note",
        "Export later, or ask why records are entered late: late rows change no published figure.",
        late_rows,
        ("least_share", "chance"),
    ),
    Check(
        "published_rows_again",
        "No row of a published month is delivered again with another content.",
        "note",
        "Nothing: the published month stays as it is. Where it was wrong, `openresponse revise`"
        " counts the row as it is now, in the newest months or in the one named with --month.",
        published_rows_again,
    ),
    Check(
        "before_the_first_month",
        "No row is of a month before the first that is reported.",
        "set aside",
        "Nothing, where these are a few late rows. Where a delivery holds whole months before its"
        " own, name the first of them under `first_month` before anything is released.",
        before_the_first_month,
    ),
)
