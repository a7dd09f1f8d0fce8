"""Dates and times as cities write them."""

from datetime import tzinfo

import pandas as pd

from openresponse.program import COUNTED
from openresponse.records import clock
from openresponse.records.written import parts

CLOCK = r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?"
ISO_DAY = r"\d{4}-\d{2}-\d{2}"
ISO = rf"^{ISO_DAY}([T ]\s*{CLOCK}\s*(Z|[+-]\d{{2}}(:?\d{{2}})?)?)?$"
OFFSET = r":\d{2}([.,]\d+)?\s*(Z|[+-]\d{2}(:?\d{2})?)$"
END_OF_DAY = r"(^|[T ])24:00(:00(?:[.,]0+)?)?"
# What a date has behind it that was kept as a time.
MIDNIGHT = r"[T ]\s*(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?(?i:AM))$"
# Years that databases write where nothing was recorded.
NEVER = r"\b(0001|1753|18\d\d|19[0-6]\d|1970|2079|9999)\b"
DAY = pd.Timedelta(days=1)
EXCEL_BEGINS = pd.Timestamp("1899-12-30")
EPOCH = {"epoch seconds": "s", "epoch milliseconds": "ms"}
LAST_SERIAL = 2**31  # days or seconds beyond which a number is no moment


def moments(text: pd.Series, form: str | None, zone: tzinfo) -> pd.Series:
    """Moments in UTC; NaT where a text is none, or has a year in which no record was made.

    form: as `Column.format` has it. A moment in ISO 8601 is read too where the form does not begin
    with the year. What has an offset needs no zone.
    """
    if form in EPOCH:
        number = _numbers(text, 1000 * LAST_SERIAL)
        return clock.in_use(pd.to_datetime(number, unit=EPOCH[form], utc=True).dt.as_unit("us"))
    if form == "excel":
        days = pd.to_timedelta(_numbers(text, LAST_SERIAL // 1000), unit="D").dt.round("s")
        return clock.moments((EXCEL_BEGINS + days).dt.as_unit("us"), zone)
    late = parts.matches(text, END_OF_DAY)
    if late.any():
        text = text.str.replace(END_OF_DAY, r"\g<1>00:00\2", regex=True)
    read = _iso(text, zone) if form is None else _formatted(text, form, zone)
    if form is not None and not form.startswith(("%Y", "%y")):
        left = read.isna() & (text != "")
        read = read.fillna(_iso(text[left], zone).reindex(text.index)) if left.any() else read
    return read.mask(late, read + DAY) if late.any() else read


def exact(text: pd.Series, form: str | None) -> pd.Series:
    """Which cells say their offset from UTC, so that no zone and no hour is left to guess."""
    if form in EPOCH or (form is not None and "%z" in form):
        return pd.Series(True, index=text.index)
    return parts.matches(text, OFFSET)


def days(text: pd.Series, form: str | None, zone: tzinfo) -> pd.Series:
    """Days without a zone; NaT where a text is none."""
    return moments(text, form, zone).dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()


def after(text: pd.Series, form: str | None, earlier: pd.Series, zone: tzinfo) -> pd.Series:
    """Moments that are counted from an earlier one of the same row, or that have its day."""
    if form in COUNTED:
        return earlier + _spans(text, form)
    day = earlier.dt.tz_convert(zone).dt.strftime("%Y-%m-%d").fillna("")
    on_its_day = moments(joined(day, text), f"%Y-%m-%d {form}" if form else None, zone)
    return clock.not_before(on_its_day, earlier)


def never(text: pd.Series) -> pd.Series:
    """Which cells write a day that stands for none: the first or the last one of a calendar."""
    return parts.matches(text, NEVER)


def joined(date: pd.Series, text: pd.Series) -> pd.Series:
    """The date of another cell before each time of day; empty where there is no time of day."""
    day = date.str.replace(MIDNIGHT, "", regex=True)
    return (day + " " + text).where(text != "", "")


def _iso(text: pd.Series, zone: tzinfo) -> pd.Series:
    text = text.where(parts.matches(text, ISO), "")
    with_offset = parts.matches(text, OFFSET)
    naive = pd.to_datetime(text.mask(with_offset | (text == "")), errors="coerce", format="ISO8601")
    read = clock.moments(naive.dt.as_unit("us"), zone)
    if with_offset.any():
        exact = text[with_offset].str.replace(r"\s+(?=Z|[+-]\d)", "", regex=True)
        moment = pd.to_datetime(exact, errors="coerce", format="ISO8601", utc=True)
        read = read.fillna(clock.in_use(moment.dt.as_unit("us")).reindex(text.index))
    return read


def _formatted(text: pd.Series, form: str, zone: tzinfo) -> pd.Series:
    cells = text.where(text != "")
    if "%z" in form:
        exact = pd.to_datetime(cells, errors="coerce", format=form, utc=True)
        return clock.in_use(exact.dt.as_unit("us"))
    naive = pd.to_datetime(cells, errors="coerce", format=form)
    return clock.moments(naive.dt.as_unit("us"), zone)


def _numbers(text: pd.Series, most: int) -> pd.Series:
    number = pd.to_numeric(text.where(text != ""), errors="coerce").astype("Float64")
    return number.where((number >= 0) & (number < most)).astype("float64")


def _spans(text: pd.Series, form: str) -> pd.Series:
    if ":" in form:
        digits = r"^(\d+):(\d{1,2})$" if form == "mm:ss" else r"^(\d+):(\d{1,2}):(\d{1,2})$"
        numbers = text.str.extract(digits).astype("Float64").astype("float64")
        seconds = sum((numbers[i] * 60 ** (numbers.shape[1] - 1 - i) for i in numbers), start=0.0)
    else:
        seconds = _numbers(text, LAST_SERIAL) * (60 if form == "minutes" else 1)
    return pd.to_timedelta(pd.Series(seconds, index=text.index), unit="s").dt.as_unit("us")
