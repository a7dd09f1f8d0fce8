"""In: published rows. Out: findings in sentences: level, change with its size, signal or not, the
same month last year, rank.

Never here: a number that is no published one or the difference of two, or a share without its
numerator and denominator.
"""

from openresponse.report.prose.sentences.changes import (
    change,
    counted_change,
    counted_year_before,
    is_settling,
    variation,
    year_before,
)
from openresponse.report.prose.sentences.durations import times
from openresponse.report.prose.sentences.levels import counted, largest, level
from openresponse.report.prose.sentences.phrases import NO_VALUE, in_words, missing
from openresponse.report.prose.sentences.ranks import rank
from openresponse.report.prose.sentences.rounded_levels import answer
from openresponse.report.prose.sentences.summaries import money, provisional, withheld

__all__ = [
    "NO_VALUE",
    "answer",
    "change",
    "counted",
    "counted_change",
    "counted_year_before",
    "in_words",
    "is_settling",
    "largest",
    "level",
    "missing",
    "money",
    "provisional",
    "rank",
    "times",
    "variation",
    "withheld",
    "year_before",
]
