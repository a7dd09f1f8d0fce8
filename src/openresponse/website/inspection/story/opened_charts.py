"""The page to explore opens on the share of the figure that leads to it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openresponse.website.inspection.page import Finding, Page, text

SHARE = re.compile(r"(\d+\.\d)%")
REMEDY = "Open it on the whole that the figure's share is of (`report.prose.faces`)."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Charts that open on another share than the sentence that links to them."""
    return [
        finding
        for page in pages
        if page.root.get("lang") == "en"
        for finding in _of_page(folder, page)
    ]


def _of_page(folder: Path, page: Page) -> Iterator[Finding]:
    for section in page.root.iter("section"):
        link = next(
            (a for a in section.iter("a") if "explore.html#" in (a.get("href") or "")), None
        )
        heading = section.find("h3")
        if link is None or heading is None:
            continue
        name = link.get("href", "").split("#")[1]
        path, said = folder / "explore" / f"{name}.json", SHARE.findall(text(heading))
        if not said or not path.is_file():
            continue
        opened = _opened(json.loads(path.read_text(encoding="utf-8")))
        if opened is not None and f"{opened:.1f}" not in said:
            rule = f"opens on {opened:.1f}%, its figure says {said[0]}%."
            yield Finding(page.name, f"“{name}”", rule, REMEDY)


def _opened(chart: dict[str, Any]) -> float | None:
    """The newest value of the share that the chart shows first, in percent."""
    chosen = {one["name"]: one.get("value") for one in chart["params"]}
    measure = chosen["measure"]
    if measure == "number":
        return None
    values = next(iter(chart["datasets"].values()))
    newest = max(one["period"] for one in values)
    shown = (
        one[measure]
        for one in values
        if one["period"] == newest and one["code"] == chosen["show"] and one[measure] is not None
    )
    share = next(shown, None)
    return None if share is None else round(share * 100, 1)
