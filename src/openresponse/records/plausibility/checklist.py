"""Every named check, in the order in which a reader meets them."""

from openresponse.records.plausibility.check import Check
from openresponse.records.plausibility.subjects import (
    categories,
    cells_read,
    contradicting_fields,
    days_covered,
    files_delivered,
    follow_ups,
    keys_and_links,
    milestone_steps,
    money_spent,
    numbers_of_rows,
    order_of_moments,
    people_met,
    rows_again,
    small_shifts,
    spending_lines,
    what_vanishes,
)

SUBJECTS: dict[str, tuple[Check, ...]] = {
    "Files": files_delivered.CHECKS,
    "Cells": cells_read.CHECKS,
    "Numbers of rows": numbers_of_rows.CHECKS,
    "Days and hours": days_covered.CHECKS,
    "Moments": order_of_moments.CHECKS,
    "Numbers of calls, and links": keys_and_links.CHECKS,
    "Codes": categories.CHECKS,
    "Small shifts": small_shifts.CHECKS,
    "People": people_met.CHECKS,
    "Follow-ups": follow_ups.CHECKS,
    "What vanishes": what_vanishes.CHECKS,
    "Contradictions": contradicting_fields.CHECKS,
    "Rows that come again": rows_again.CHECKS,
    "Money": money_spent.CHECKS + spending_lines.CHECKS,
    "Milestones": milestone_steps.CHECKS,
}
CHECKS: dict[str, Check] = {one.name: one for checks in SUBJECTS.values() for one in checks}
