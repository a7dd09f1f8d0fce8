"""Whether what was delivered can be published: one judgement, for `check` and for `release`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openresponse.errors import PlausibilityError, UsageError, first
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.checklist import CHECKS
from openresponse.records.plausibility.delivered import Delivered


@dataclass(frozen=True)
class Judged:
    """A finding with its check and with the file and column that it is about."""

    check: Check
    finding: Finding
    file: str
    column: str

    def __str__(self) -> str:
        """One sentence: check, file, column, how much, first rows, what to do; never a value."""
        where = f"{self.file}, column `{self.column}`" if self.column else self.file
        about = f" ({self.finding.about})" if self.finding.about else ""
        rows = f"; first rows {', '.join(map(str, self.finding.rows))}" if self.finding.rows else ""
        keys = ", ".join(f"`{key}`" for key in self.check.keys)
        limits = f" Limits: {keys} of the program file." if keys else ""
        return (
            f"{self.check.name}: {where}{about}: {self.finding.measure}{rows}."
            f" {self.check.remedy}{limits}"
        )


@dataclass(frozen=True)
class Accepted:
    """A stop that was overruled, as it is published with the release."""

    check: str
    rule: str
    reason: str


def judge(delivered: Delivered) -> tuple[Judged, ...]:
    """What every check has to say of the newest delivery, those that stop first."""
    judged = [
        Judged(check, finding, *_place(delivered, finding))
        for check in CHECKS.values()
        for finding in check.find(delivered)
    ]
    return tuple(sorted(judged, key=lambda one: one.check.severity != "stop"))


def check_names(reasons: Iterable[str]) -> None:
    """UsageError where a reason is given for a check that there is not."""
    for name in reasons:
        if name not in CHECKS:
            raise UsageError(
                f"--accept {name}: there is no check of this name. `openresponse check` names those"
                " that stop a release."
            )


def refuse(judged: Sequence[Judged], reasons: Mapping[str, str]) -> tuple[Accepted, ...]:
    """The stops that are accepted, with their reasons; PlausibilityError where one is not.

    reasons: by the name of the check. UsageError where a check of that name has not stopped: a
    reason is published, and must be about something.
    """
    stops = [one for one in judged if one.check.severity == "stop"]
    stopped = {one.check.name: one.check for one in stops}
    for name in reasons:
        if name not in stopped:
            raise UsageError(
                f"--accept {name}: no check of this name stops the release. It is stopped by:"
                f" {', '.join(stopped) or 'none'}."
            )
    open_stops = [one for one in stops if one.check.name not in reasons]
    if open_stops:
        raise PlausibilityError(
            f"{first(open_stops, separator=' ')} Nothing was published. Mend it, or accept it with"
            f' a reason that is published: --accept {open_stops[0].check.name} "..."'
        )
    return tuple(Accepted(name, stopped[name].rule, why) for name, why in reasons.items())


def _place(delivered: Delivered, finding: Finding) -> tuple[str, str]:
    """The file and the column that a finding is about."""
    if finding.extract is None:
        return finding.file, ""
    files = delivered.files[delivered.files["extract"] == finding.extract]
    newest = files.loc[files["delivery"].fillna(delivered.month) == delivered.month, "file"]
    named = delivered.program.extracts[finding.extract].file
    file = ", ".join(newest) or f"{delivered.month}/{named}"
    return file, delivered.column(finding.extract, finding.field)
