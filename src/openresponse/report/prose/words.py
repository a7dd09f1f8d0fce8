"""Numbers, periods and statuses in words: one way of writing each, everywhere, in the language
spoken.
"""

import re
from datetime import date

from openresponse import language
from openresponse.language import N_, _, ngettext, written
from openresponse.release.tables import columns

STATUS = {
    columns.WITHHELD: N_("withheld"),
    columns.NOT_AVAILABLE: N_("not available"),
    columns.NOT_APPLICABLE: N_("not applicable"),
}
STATUS_IN_FULL = {
    columns.WITHHELD: N_("withheld for privacy"),
    columns.NOT_AVAILABLE: N_("not available"),
    columns.NOT_APPLICABLE: N_("not applicable"),
    columns.PROVISIONAL: N_("provisional"),
    columns.REVISED: N_("revised"),
    columns.EARLIER: N_("earlier figure, the revised one is withheld"),
    columns.UNRELIABLE: N_("low reliability"),
    columns.BREAK: N_("break in series"),
}


def status(code: str) -> str:
    """Why there is no value, in a word or two."""
    return _(STATUS.get(code, "not available"))


def count(number: float) -> str:
    return language.number(int(number))


def percent(share: float) -> str:
    """A published proportion, which has three decimals, as a percentage with one."""
    return language.percent(share)


def points(difference: float) -> str:
    """A difference of two proportions, in percentage points."""
    return ngettext(
        "{size} percentage point",
        "{size} percentage points",
        plural(difference * 100),
        size=language.number(abs(difference) * 100, 1),
    )


def dollars(amount: float) -> str:
    return language.dollars(amount)


def minutes(value: float) -> str:
    return ngettext("{size} minute", "{size} minutes", plural(value), size=decimal(value))


def decimal(value: float) -> str:
    return language.number(value, 1)


def plural(value: float) -> int:
    """Which plural form goes with a number that is written with one decimal: 1.0 is one, anything
    else is many.
    """
    return 1 if f"{abs(value):.1f}" == "1.0" else 2


def period(code: str) -> str:
    """`2026-10` as October 2026, `2026-Q3` as July to September 2026, `2010/2020` as 2010 to
    2020.
    """
    if parts := re.fullmatch(r"(\d{4})-(\d{2})", code):
        return language.month(date(int(parts[1]), int(parts[2]), 1))
    if parts := re.fullmatch(r"(\d{4})-Q([1-4])", code):
        first, last = (
            language.month_name(date(int(parts[1]), 3 * int(parts[2]) - k, 1)) for k in (2, 0)
        )
        return _("{first} to {last} {year}", first=first, last=last, year=parts[1])
    if "/" in code:
        start, end = map(period, code.split("/"))
        return _("{first} to {last}", first=start, last=end)
    return code


def within(code: str) -> str:
    """`in October 2026`, `from July to September 2026`."""
    return (
        _("from {period}", period=period(code))
        if "Q" in code or "/" in code
        else _("in {period}", period=period(code))
    )


def when(code: str) -> str:
    """The beginning of a sentence on a period: `in October 2026, `."""
    return _("{within}, ", within=within(code))


def year_before(code: str) -> str | None:
    """The same month or quarter last year; None where a period is no part of one year."""
    return f"{int(code[:4]) - 1}{code[4:]}" if re.fullmatch(r"\d{4}-(\d{2}|Q[1-4])", code) else None


def span(first: str, last: str) -> str:
    """Two periods as from and to; quarters by number, since their own names hold a `to`."""
    named = [
        (
            _("quarter {number} of {year}", number=code[-1], year=code[:4])
            if "Q" in code
            else period(code)
        )
        for code in (first, last)
    ]
    return _("{first} to {last}", first=named[0], last=named[1])


def stretch(first: str, last: str) -> str:
    """One period, or from the first to the last."""
    return period(first) if first == last else span(first, last)


def short_period(code: str) -> str:
    """The same for an axis: `Oct 2026`, `Q3 2026`, `2026`; with all four digits, since `Dec 25` is
    a day too.
    """
    if parts := re.fullmatch(r"(\d{4})-(\d{2})", code):
        name = language.month_name(date(int(parts[1]), int(parts[2]), 1), short=True)
        return f"{name} {parts[1]}"
    if parts := re.fullmatch(r"(\d{4})-Q([1-4])", code):
        return _("Q{number} {year}", number=parts[2], year=parts[1])
    return code.replace("/", "–")


def release(name: str) -> str:
    """The month of data in words; for a revision also which."""
    month, revision = name[:7], name[8:]
    return (
        _(
            "{period}, revision {number}",
            period=period(month),
            number=revision.removeprefix("r"),
        )
        if revision
        else period(month)
    )


def marked(title: str, fictional: bool) -> str:
    """The title of a brief, which says of itself where its figures are invented."""
    return _("{brief} (fictional data)", brief=title) if fictional else title


def day(iso: str) -> str:
    """`2026-03-01` as March 1, 2026; a date that is not set stays empty."""
    return language.day(date.fromisoformat(iso)) if iso else ""


def unit(name: str | None, number: int = 2) -> str:
    """`unit_responses` as unit responses; one of them in the singular."""
    match name:
        case "incidents":
            return ngettext("incident", "incidents", number)
        case "unit_responses":
            return ngettext("unit response", "unit responses", number)
        case "contacts":
            return ngettext("contact", "contacts", number)
        case "runs":
            return ngettext("run", "runs", number)
        case "calls":
            return ngettext("mental-health call", "mental-health calls", number)
        case "rows":
            return ngettext("row", "rows", number)
    words = (name or "").replace("_", " ")
    return _(words[:-1] if number == 1 and words.endswith("s") else words)


@written
def initial(text: str) -> str:
    """First letter large."""
    at = 1 if text.startswith(language.FOREIGN) else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


@written
def sentence(text: str) -> str:
    """First letter large, one full stop at the end."""
    text = initial(text.strip())
    return text + ("" if text.removesuffix(language.ENDS).endswith((".", "?", "!", "。")) else ".")


@written
def lower(label: str) -> str:
    """A label within a sentence: first letter small."""
    return label[:1].lower() + label[1:]


@written
def joined(labels: list[str]) -> str:
    """Labels one after the other: `Co-response, B-2 Roxbury`."""
    return ", ".join(labels)
