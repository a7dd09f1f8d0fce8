"""The page on the figures: every measure with its definition, the dimensions and intervals, the
marks of a figure, and the privacy rules.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openresponse.disclosure.rules import FLAG_ONLY, PRESETS, Rule
from openresponse.measures import data_quality, response_times, spending
from openresponse.measures.dimensions import FIXED, POLICE
from openresponse.measures.measure import Measure, definition
from openresponse.measures.registry import MEASURES
from openresponse.program import Program, load, nemsis
from openresponse.records.intervals import INTERVALS, Interval, Moment
from openresponse.release.formats.rule_in_words import rule_in_words
from openresponse.release.tables.columns import STATUS
from openresponse.tables.definition import PARTS
from openresponse.tables.hierarchy import Hierarchy
from openresponse.workflow.documentation import markdown

# Counted in ways of their own; a table names them like the others.
FURTHER: dict[str, Callable[..., Any]] = {
    "times": response_times.timed,
    "data_quality": data_quality.data_quality,
    "spending": spending.spending,
    "milestones": spending.milestones,
}
NAMED_BY_THE_CITY = ("model", "district", "neighborhood")
UNITS = {
    "any": "any unit",
    "team": "the clinician or mental-health worker",
    "police": "police",
    "ems": "EMS",
}
INTRODUCTION = """\
What a table counts, what it can be split by, how a figure is marked, and which counts each rule
withholds. The definitions are those that the website and the data package print.
"""


def text(checkout: Path) -> str:
    """The whole page; what a city names itself is as in the program file of the checkout."""
    program = load(checkout / "program.yml")
    return markdown.page(
        "What is counted, and how a figure is marked",
        "Every measure with its definition, every mark, and which counts a rule withholds.",
        INTRODUCTION,
        [_measures(program), _dimensions(), _intervals(), _marks(), _rules(), _nemsis()],
    )


def _measures(program: Program) -> str:
    lines = [_measure(name, one.classify, _codes(one, program)) for name, one in MEASURES.items()]
    lines += [_measure(name, function) for name, function in FURTHER.items()]
    return markdown.section(
        "Measures",
        "measures",
        "A table names one under `tables.CODE.measure`.",
        markdown.items(lines),
    )


def _measure(name: str, function: Callable[..., Any], codes: str = "") -> str:
    promise = " ".join((function.__doc__ or "").split("\n\n")[0].split())
    lines = [f"{PARTS[part]}: {text}" for part, text in definition(function).items()]
    return markdown.nested(f"**`{name}`**: {promise}", [*lines, *filter(None, [codes])])


def _codes(measure: Measure, program: Program) -> str:
    hierarchy: Hierarchy = measure.hierarchy(program)
    return f"Codes: {markdown.names(hierarchy.codes)}." if len(hierarchy.codes) > 1 else ""


def _dimensions() -> str:
    fixed = {POLICE.dimension: tuple(POLICE.leaves)} | {
        name: tuple(one) for name, one in FIXED.items()
    }
    return markdown.section(
        "Dimensions",
        "dimensions",
        "A table names them under `by` and `category`.",
        markdown.items(
            [
                *(f"**`{name}`**: {markdown.names(codes)}." for name, codes in fixed.items()),
                f"{markdown.names(NAMED_BY_THE_CITY)}: as the program file lists them under"
                " `models` and `areas`.",
                "Any other name: as the program file lists its codes under `dimensions`.",
            ]
        ),
    )


def _intervals() -> str:
    return markdown.section(
        "Intervals",
        "intervals",
        "A table of the measure `times` names them under `stack.parts`.",
        markdown.items(_interval(one) for one in INTERVALS.values()),
    )


def _interval(interval: Interval) -> str:
    among = f" Not asked of {interval.among.leaves_out}." if interval.among else ""
    return (
        f"**`{interval.name}`**: from {_moment(interval.start)} to {_moment(interval.end)}.{among}"
    )


def _moment(moment: Moment) -> str:
    if moment.of == "incident":
        return f"`{moment.field}` of the call"
    return f"the {moment.take} `{moment.field}` of {UNITS[moment.of]}"


def _nemsis() -> str:
    elements = [
        markdown.nested(
            f"**`{element}`** {one.name}:",
            [f"`{code}` {name}: `{word}`" for code, (name, word) in one.codes.items()]
            + ([f"different codes in one record: `{one.more_than_one}`"] * bool(one.more_than_one)),
        )
        for element, one in nemsis.ELEMENTS.items()
    ]
    reasons = (f"`{code}` {name.lower()}" for code, name in nemsis.ABSENT.items())
    return markdown.section(
        "Codes of the EMS standard",
        "nemsis",
        f"An extract with `standard: {nemsis.NAME}` reads its columns by these, where it lists no"
        " codes of its own. Why a value is absent is read as nothing recorded, unless it is listed"
        f" here: {', '.join(reasons)}. Source: NEMSIS Data Dictionary 3.5.1.",
        markdown.items(elements),
    )


def _marks() -> str:
    return markdown.section(
        "Marks of a figure",
        "marks",
        "Each column of values has a column beside it with `_status` at the end of its name. A"
        " value that is not shown is empty, and the mark says why. Withheld is not zero.",
        markdown.items(
            f"**{f'`{mark}`' if mark else '(empty)'}**: {markdown.sentence(meaning)}"
            for mark, meaning in STATUS.items()
        ),
    )


def _rules() -> str:
    return markdown.section(
        "Privacy rules",
        "rules",
        "The program file chooses one under `privacy.preset`, or one of its own that it describes"
        " under `privacy.presets`. None of them is a legal opinion: which one a city must follow is"
        " for its counsel to say.",
        markdown.items(
            [
                *map(_rule, PRESETS.values()),
                f"**`{FLAG_ONLY}`**: withholds nothing and cannot be the only rule. Under"
                " `privacy.reliability` it marks rates that rest on few events with `u`. Source:"
                " National Center for Health Statistics, Data Presentation Standards for Rates and"
                " Counts.",
            ]
        ),
    )


def _rule(rule: Rule) -> str:
    zero = "withheld" if rule.zeros == "hidden" else "shown"
    facts = [
        f"**`{rule.preset}`**: withholds {rule_in_words(dict(rule))}. Zero is {zero}.",
        f"Shares have {rule.share_decimals} decimals.",
        f"Rates on at most {rule.unstable_upto} events are marked `u`."
        if rule.unstable_upto
        else "",
        f"Source: {rule.source.rstrip('.')}.",
    ]
    return " ".join(fact for fact in facts if fact)
