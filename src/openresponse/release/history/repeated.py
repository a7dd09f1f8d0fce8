"""Releases of which the next one says everything again.

A month is published only where it shows every figure of the release before unchanged (the gate),
and no file of a release changes afterwards (the public ledger). So whoever has the newer one learns
nothing from the older, and only revisions and those before them have to be read again for the next
month.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from openresponse.release.store.published import Published

GROWING = ("exempt",)  # what of the description of a part may have become more


def without_repeated(releases: Sequence[Published]) -> list[Published]:
    """The releases, oldest first, without those of which the next one says everything again; the
    newest is among them.
    """
    kept = [one for one, following in pairwise(releases) if not _says_again(following, one)]
    return [*kept, *releases[-1:]]


def _says_again(following: Published, one: Published) -> bool:
    """Whether neither is a revision, which says what it withholds in place of an earlier figure,
    and the tables are described as before.
    """
    return (
        one.revision is None
        and following.revision is None
        and following.rule == one.rule
        and all(
            name in following.resources
            and _describes(following.resources[name]["openresponse"], table["openresponse"])
            for name, table in one.resources.items()
        )
    )


def _describes(now: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a table has the parts and the codes that it had, and at most more of them."""
    parts = {part["name"]: part for part in now["parts"]}
    return all(
        part["name"] in parts and _is_as_before(parts[part["name"]], part)
        for part in before["parts"]
    ) and all(
        column in now["trees"] and all(node in now["trees"][column] for node in nodes)
        for column, nodes in before["trees"].items()
    )


def _is_as_before(now: dict[str, Any], before: dict[str, Any]) -> bool:
    return all(
        all(row in now[name] for row in value) if name in GROWING else now.get(name) == value
        for name, value in before.items()
    )
