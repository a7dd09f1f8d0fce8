"""Signal or normal variation: the individuals chart (XmR) with the rules public health services
use.

Source of limits and rules: NHS England, Making Data Count (limits at 2.66 mean moving ranges).
"""

from dataclasses import dataclass

from openresponse.language import N_, _
from openresponse.tables.process_limits import spread

SHIFT = 7  # values running on one side of the mean
FEWEST = 12  # values below which no signal is looked for
RULES = (
    N_("A value lies outside the limits of normal variation."),
    N_("The last {shift} values all lie on one side of the mean."),
)


@dataclass(frozen=True)
class Chart:
    """Mean and limits of a series, and which of its values are signals; None where a value is
    missing.
    """

    mean: float
    lower: float
    upper: float
    signals: tuple[bool, ...]

    values: tuple[float | None, ...]

    @property
    def last_is_signal(self) -> bool:
        return self.signals[-1]

    @property
    def why(self) -> str:
        """Which rule makes the last value a signal, and on which side; empty where it is none.

        A signal is about the level. It says nothing of the step from the value before, which may go
        the other way.
        """
        last = self.values[-1]
        if last is None or not self.last_is_signal:
            return ""
        if last < self.lower or last > self.upper:
            return (
                _("it lies above the limits of normal variation")
                if last > self.mean
                else _("it lies below the limits of normal variation")
            )
        if last > self.mean:
            return _("the last {shift} values all lie above the mean", shift=SHIFT)
        return _("the last {shift} values all lie below the mean", shift=SHIFT)


def chart(
    values: list[float | None], floor: float | None = 0.0, ceiling: float | None = None
) -> Chart | None:
    """The XmR chart of a series, or None where it has fewer than FEWEST values.

    A missing value breaks runs and moving ranges; it is never taken for zero. Limits stop at
    `floor` and `ceiling`, where the quantity itself does.
    """
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return None
    mean = sum(known) / len(known)
    width = spread(values)
    lower, upper = mean - width, mean + width
    lower = lower if floor is None else max(lower, floor)
    upper = upper if ceiling is None else min(upper, ceiling)
    return Chart(mean, lower, upper, tuple(_signals(values, mean, lower, upper)), tuple(values))


def _signals(values: list[float | None], mean: float, lower: float, upper: float) -> list[bool]:
    marks, side, run = [], 0, 0
    for value in values:
        if value is None:
            side, run = 0, 0
            marks.append(False)
            continue
        here = (value > mean) - (value < mean)
        run = run + 1 if here == side and here else 1 if here else 0
        side = here
        marks.append(value < lower or value > upper or run >= SHIFT)
    return marks
