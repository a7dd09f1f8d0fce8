"""Numbers, days and lists as the readers of the language spoken write them."""

import re
from datetime import date
from functools import cache

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from openresponse.language import messages
from openresponse.language.conventions import is_borrowed, locale_of
from openresponse.language.translation import Language, now, written


@written
def number(value: float, decimals: int = 0) -> str:
    return format_decimal(
        value,
        format=_pattern(now().locale.decimal_formats[None].pattern, decimals),
        locale=now().locale,
    )


@written
def percent(share: float, decimals: int = 1) -> str:
    return format_percent(
        share,
        format=_pattern(now().locale.percent_formats[None].pattern, decimals),
        locale=now().locale,
    )


@written
def dollars(amount: float) -> str:
    pattern = now().locale.currency_formats["standard"].pattern
    return format_currency(
        amount, "USD", format=_pattern(pattern, 0), locale=now().locale, currency_digits=False
    )


@written
def day(value: date) -> str:
    """`March 1, 2026`, `1 de marzo de 2026`: the month as a word, so that day and month cannot be
    taken for one another.
    """
    return format_date(value, "long", locale=now().locale)


@written
def month(value: date) -> str:
    """`October 2026`."""
    return format_skeleton("yMMMM", value, locale=now().locale)


@written
def month_name(value: date, short: bool = False) -> str:
    """`October`, or short `Oct`."""
    return format_date(value, "LLL" if short else "LLLL", locale=now().locale)


@written
def named(code: str) -> str:
    """What a language is called in the one spoken, or by its own speakers where CLDR cannot say."""
    name = None if is_borrowed(now().locale) else locale_of(code).get_language_name(now().locale)
    return name or Language(code, messages.NONE).name


@written
def listed(texts: list[str]) -> str:
    """`A, B, and C`."""
    return format_list(texts, locale=now().locale)


@cache
def _pattern(pattern: str, decimals: int) -> str:
    """A locale's pattern of numbers with that many decimals."""
    return re.sub(
        r"0(?:\.[0#]+)?(?=[^0#.]*$)",
        "0" + ("." + "0" * decimals if decimals else ""),
        pattern.split(";")[0],
    )
