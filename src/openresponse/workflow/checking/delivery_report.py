"""What a check of a delivery says, as tables: for the person at work, and as a page that can be
sent to the records office. Line numbers and rules are in it, and never a cell's value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openresponse.records.plausibility.check import SEVERITIES, Severity
from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.plausibility.judgement import Judged
from openresponse.report.figures.datatable import Table
from openresponse.report.html import working_page
from openresponse.workflow.checking import delivery_tables


@dataclass(frozen=True)
class DeliveryReport:
    """verdict: in a sentence. meanings: what each severity that occurs means. findings: None where
    no check has anything to say.
    """

    title: str
    verdict: str
    meanings: list[tuple[str, str]]
    findings: Table | None
    files: Table
    rows: Table
    columns: Table

    @property
    def tables(self) -> list[Table]:
        return [*filter(None, [self.findings]), self.files, self.rows, self.columns]


def view(delivered: Delivered, judged: Sequence[Judged]) -> DeliveryReport:
    severities = [one for one in SEVERITIES if any(j.check.severity == one for j in judged)]
    return DeliveryReport(
        title=f"Check of the delivery of {delivered.month}",
        verdict=verdict(delivered.month, judged),
        meanings=[(one.capitalize(), SEVERITIES[one]) for one in severities],
        findings=delivery_tables.findings(judged) if judged else None,
        files=delivery_tables.files(delivered),
        rows=delivery_tables.rows(delivered),
        columns=delivery_tables.columns(delivered),
    )


def write(report: DeliveryReport, styles: Path, out: Path) -> Path:
    """Write the page into `out`, beside a copy of the site's style sheet; returns its path."""
    return working_page.write("check.html", report, styles, out)


def verdict(month: str, judged: Sequence[Judged]) -> str:
    """Whether the month can be released, and how much there is to look at."""
    stops = _many(judged, "stop")
    others = len(judged) - stops
    also = f" {others} {'finding' if others == 1 else 'findings'} to look at." if others else ""
    if stops:
        return f"{month} cannot be released: {stops} {'stop' if stops == 1 else 'stops'}.{also}"
    return f"Nothing stops the release of {month}.{also}"


def _many(judged: Sequence[Judged], severity: Severity) -> int:
    return sum(one.check.severity == severity for one in judged)
