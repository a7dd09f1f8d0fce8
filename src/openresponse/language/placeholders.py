"""What a translation keeps of its English: the names that are filled in, and figures in brackets.

The inspection of a finished site reads figures by these brackets in every language.
"""

import re
from string import Formatter

BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
# What is compared with is in brackets right after its period.
AFTER = re.compile(r"\{(\w+)\}\s?[(（]\{(\w+)\}[)）]")


def fault(english: str, translation: str) -> str:
    """What a translation lacks of its English, as the end of a sentence; empty where it is fit."""
    try:
        given = _names(translation)
    except ValueError:
        return "has a brace without its other half"
    wanted = _names(english)
    if set(given) != set(wanted):
        names = sorted(set(given) ^ set(wanted))
        return f"must have the names of its English; look at {', '.join(names)}"
    for figures in _bracketed(english):
        if not any(_in_order(figures, names) for names in _bracketed(translation)):
            kept = ", ".join(f"{{{name}}}" for name in figures)
            return f"must have {kept} in one pair of brackets and in this order"
        if "share" in wanted and {"n", "of"} <= set(figures) and not _share_first(translation):
            return "must have {share} before the brackets with {n} and {of}"
    if not set(AFTER.findall(english)) <= set(AFTER.findall(translation)):
        return "must have the brackets right after the name they follow in English"
    return ""


def _names(text: str) -> list[str]:
    return [name for _text, name, _form, _conversion in Formatter().parse(text) if name]


def _bracketed(text: str) -> list[list[str]]:
    """The names in each pair of brackets that has some."""
    return [names for inner in BRACKETS.findall(text) if (names := _names(inner))]


def _in_order(names: list[str], within: list[str]) -> bool:
    rest = iter(within)
    return all(name in rest for name in names)


def _share_first(text: str) -> bool:
    return text.index("{share}") < text.index("{n}")
