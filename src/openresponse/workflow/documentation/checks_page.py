"""The page on the checks of a delivery: each with its rule, severity, thresholds and remedy."""

from pathlib import Path

from openresponse.program.keys import Key, keys
from openresponse.records.plausibility.check import SEVERITIES, Check
from openresponse.records.plausibility.checklist import CHECKS, SUBJECTS
from openresponse.workflow.documentation import markdown

SECTION = "plausibility"
INTRODUCTION = f"""\
Before anything is counted, {len(CHECKS)} named checks compare a delivery with the ones before it.
`openresponse check` shows what they say and changes nothing; `openresponse release` judges in the
same way and publishes nothing where one of them stops it. A month without a history has only the
checks that need none.

A stop can be accepted, for a reason in words that is published with the release and on its page on
methods:

```sh
openresponse release --accept calls "A storm closed the center for nine days"
```

What a check says names the check, the file, the column, how many rows of how many, and the first
line numbers. It never holds the value of a cell.
"""


def text(checkout: Path) -> str:
    """The whole page."""
    limits = {key.path.removeprefix(f"{SECTION}."): key for key in keys() if not key.section}
    return markdown.page(
        "Checks of a delivery",
        "What is looked for in every delivery, from which point on, and what to do.",
        INTRODUCTION,
        [
            markdown.section(
                "Severities",
                "severities",
                markdown.items(f"**{one}**: {meaning}" for one, meaning in SEVERITIES.items()),
            ),
            *(
                markdown.section(
                    subject,
                    subject.lower().replace(",", "").replace(" ", "-"),
                    markdown.items(_check(one, limits) for one in checks),
                )
                for subject, checks in SUBJECTS.items()
            ),
            _limits(limits),
        ],
    )


def _check(check: Check, limits: dict[str, Key]) -> str:
    thresholds = ", ".join(f"[`{key}`](#limits) {limits[key].default}" for key in check.keys)
    return " ".join(
        part
        for part in (
            f"**`{check.name}`** ({check.severity}): {check.rule}",
            f"Threshold: {thresholds}." if thresholds else "",
            f"Remedy: {check.remedy}",
        )
        if part
    )


def _limits(limits: dict[str, Key]) -> str:
    used = dict.fromkeys(key for check in CHECKS.values() for key in check.keys)
    lines = [
        f"**`{limits[name].path}`**, default `{limits[name].default}`: {limits[name].meaning}"
        for name in used
    ]
    return markdown.section(
        "Thresholds",
        "limits",
        "Each is a key of the program file with a default, and a reason for it.",
        markdown.items(lines),
    )
