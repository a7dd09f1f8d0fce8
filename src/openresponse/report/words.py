"""Numbers, periods and statuses in words: one way of writing each, everywhere."""

import re
from calendar import month_name, monthrange
from datetime import date

STATUS = {"c": "withheld", "x": "not available", "z": "not applicable"}
STATUS_IN_FULL = {
    "c": "withheld for privacy",
    "x": "not available",
    "z": "not applicable",
    "p": "provisional",
    "r": "revised",
    "e": "earlier figure, the revised one is withheld",
    "u": "low reliability",
}


def count(number: int) -> str:
    return f"{int(number):,}"


def percent(share: float) -> str:
    """A published proportion, which has three decimals, as a percentage with one."""
    return f"{share * 100:.1f}%"


def points(difference: float) -> str:
    """A difference of two proportions, in percentage points."""
    size = f"{abs(difference) * 100:.1f}"
    return f"{size} percentage point{'' if size == '1.0' else 's'}"


def dollars(amount: float) -> str:
    return f"${amount:,.0f}"


def minutes(value: float) -> str:
    return f"{value:.1f} minute{'' if f'{value:.1f}' == '1.0' else 's'}"


def decimal(value: float) -> str:
    return f"{value:.1f}"


def period(code: str) -> str:
    """`2026-10` as October 2026, `2026-Q3` as July to September 2026, `2010/2020` as 2010 to 2020."""
    if found := re.fullmatch(r"(\d{4})-(\d{2})", code):
        return f"{month_name[int(found[2])]} {found[1]}"
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", code):
        first = 3 * int(found[2]) - 2
        return f"{month_name[first]} to {month_name[first + 2]} {found[1]}"
    return code.replace("/", " to ")


def span(first: str, last: str) -> str:
    """Two periods as from and to; quarters by number, since their own names hold a `to`."""
    named = [re.sub(r"(\d{4})-Q([1-4])", r"quarter \2 of \1", code) if "Q" in code else period(code) for code in (first, last)]
    return f"{named[0]} to {named[1]}"


def short_period(code: str) -> str:
    """The same for an axis: `Oct 26`, `Q3 26`, `2026`."""
    if found := re.fullmatch(r"(\d{4})-(\d{2})", code):
        return f"{month_name[int(found[2])][:3]} {found[1][2:]}"
    if found := re.fullmatch(r"(\d{4})-(Q[1-4])", code):
        return f"{found[2]} {found[1][2:]}"
    return code.replace("/", "–")


def last_day(code: str) -> date:
    """The day a month, quarter, year or span ends."""
    if found := re.fullmatch(r"(\d{4})-(\d{2})", code):
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d{4})-Q([1-4])", code):
        year, month = int(found[1]), 3 * int(found[2])
    else:
        year, month = int(code[-4:]), 12
    return date(year, month, monthrange(year, month)[1])


def day(iso: str) -> str:
    """`2026-03-01` as 1 Mar 2026; a date that is not set stays empty."""
    if not iso:
        return ""
    found = date.fromisoformat(iso)
    return f"{found.day} {month_name[found.month][:3]} {found.year}"


def unit(name: str | None, number: int | None = None) -> str:
    """`unit_responses` as unit responses; one of them in the singular."""
    words = (name or "").replace("_", " ")
    return words[:-1] if number == 1 and words.endswith("s") else words


def sentence(text: str) -> str:
    """First letter large, one full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
