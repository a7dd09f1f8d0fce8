"""The shapes that traces of one person, one call or one unit have in a text."""

import re

# A number of its own, not a part of one, of a word or of a hash.
ALONE, END = r"(?<![A-Za-z0-9])(?<!\d[.-])", r"(?![\w+/=]|\.\d)"
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
# Nothing on the site is dated to a day before 2016, so such a day is a birthday. Files that must
# bear a date bear the first day of 1970 or of 1980.
BORN = r"(?:19\d\d|20(?:0\d|1[0-5]))"
YEAR = r"(?:19|20)\d\d"
BARE_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
CLOCK = r"(?!0?0:00(?::00)?(?!\d|:\d))(?:[01]?\d|2[0-3]):[0-5]\d"
AREA_CODE, NUMBER = r"(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ]?)", r"[2-9]\d{2}"
HOUSE = r"(?<![\w.,$%-])\d{1,5}"
STREETS = (
    "St|Ave|Rd|Blvd|Ln|Dr|Ct|Pl|Sq|Ter|Pkwy|Hwy|Row|Way|Place|Court|Square|Terrace|Drive|Lane"
    "|Circle|Alley|Wharf|Plaza"
)
UNITS = "Unit|Car|Engine|Ladder|Medic|Ambulance|Squad|Rescue|Badge|Officer"


def _dates(year: str) -> str:
    year = f"(?:{year})"
    day = rf"{DAY}(?:st|nd|rd|th)?"
    forms = (
        rf"{year}[-/.]{MONTH}[-/.]{DAY}",
        rf"{MONTH}[-/.]{DAY}[-/.]{year}",
        rf"{DAY}[-/.]{MONTH}[-/.]{year}",
        rf"{MONTHS}\s{day},?\s{year}",
        rf"{day}\s(?:of\s)?{MONTHS},?\s{year}",
    )
    return rf"(?:{'|'.join(forms)})(?!\d)"


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms))


PATTERNS: dict[str, re.Pattern[str]] = {
    # Callers, and staff reached through them. Ten digits, however grouped; or seven with a hyphen.
    "phone number": _any(
        rf"{ALONE}(?:\+?1[-. ]?)?{AREA_CODE}{NUMBER}[-. ]?\d{{4}}(?![\w-])",
        rf"{ALONE}\+[2-9]\d{{0,2}}(?:[ .-]?\d{{2,4}}){{2,4}}(?!\w)",
        rf"{ALONE}(?<!,){NUMBER}-\d{{4}}(?![\w-])",
    ),
    "e-mail address": _any(
        r"(?<![\w.%+-])[\w.%+-]{1,64} ?(?:@|[\[(] ?at ?[\])]) ?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
    ),
    # With hyphens or spaces; nine digits without are no count that a city has.
    "social security number": _any(
        rf"{ALONE}(?!000|666|9\d\d)\d{{3}}([- ])(?!00)\d{{2}}\1(?!0000)\d{{4}}(?![\w-])",
        rf"{ALONE}(?<![,/])\d{{9}}{END}",
    ),
    "date of birth": _any(
        rf"{ALONE}(?<!/)(?!1970-01-01|1980-01-01){_dates(BORN)}",
        rf"{ALONE}(?<!,)(?!19700101|19800101){BORN}{BARE_DAY}{END}",
        rf"(?i:\b(?:born|birth(?:day)?|dob|d\.o\.b\.|b\.)\W{{0,4}}(?:(?:on|date|day)\W{{1,3}})?)"
        rf"{_dates(YEAR + '|[0-9]{2}')}",
    ),
    # A day and a minute single out one call. Midnight is a day without a time.
    "exact time": _any(
        rf"(?<!\d){_dates(YEAR)}(?:T|[\s,]{{1,3}}(?:at\s)?){CLOCK}",
        rf"(?<!\d){YEAR}\d{{4}}T(?!0000)\d{{4}}",
        rf"(?<![\d:]){CLOCK}(?::[0-5]\d)?(?:\s?[AaPp]\.?[Mm]\.?)?[\s,]{{1,3}}"
        rf"(?:on\s)?(?:\w{{3,9}},?\s)?{_dates(YEAR)}",
        rf"(?<![\d:.+-]){CLOCK}:[0-5]\d(?![\d:])",
    ),
    "street address": _any(
        rf"{HOUSE}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'.-]* ){{1,3}}"
        rf"(?:{STREETS}|{STREETS.upper()})\b",
        rf"(?i:{HOUSE}[a-z]? (?:[a-z][\w'.-]* ){{1,3}}"
        r"(?:street|avenue|road|boulevard|parkway|highway)\b)",
    ),
    # Letters and six digits or more, or a year, a hyphen and five: the shapes dispatch and record
    # systems use.
    "incident number": _any(
        rf"{ALONE}(?<![/+])[A-Z]{{1,4}}-?\d{{6,12}}{END}",
        rf"{ALONE}(?<!,)(?:20)?\d{{2}}-\d{{5,9}}(?![\w-])",
    ),
    "unit name": _any(rf"\b(?:{UNITS})\s#?[A-Z]{{0,3}}-?\d{{1,4}}[A-Z]?\b"),
}
