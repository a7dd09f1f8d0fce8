"""A table's definition in the words of a reader: labels for codes, and nothing on columns, which
only the file has.
"""

import re

from openresponse.language import N_, _
from openresponse.language.marking import unmarked
from openresponse.release.store.published import Published
from openresponse.report.prose.localized import as_written

# Of a table of times, whose codes are of no measure.
TIMES = {"timed": N_("Timed"), "not_timed": N_("Not timed")}
CODED = re.compile(r"`(\w+)`")
BESIDE = re.compile(r" ?\(`\w+`(?:[:,] ([^)]*))?\)")


def in_words(published: Published, table: str) -> dict[str, str]:
    """What the table counts, what its shares are of, what it leaves out and what is missing. A text
    that is in English among another language's has English labels.
    """
    english = _labels(as_written(published), table)
    labels = _labels(published, table) | _times(english)
    return {
        key: _said(text, labels if unmarked(text) == text else english)
        for key, text in published.definition(table).items()
    }


def _said(text: str, labels: dict[str, str]) -> str:
    """Without the columns that stand in brackets, and without a clause that is about a column."""
    text = BESIDE.sub(lambda beside: f" ({beside[1]})" if beside[1] else "", text)
    clauses = [clause for clause in text.rstrip(".").split("; ") if _is_known(clause, labels)]
    return CODED.sub(lambda code: f"“{labels[code[1]]}”", "; ".join(clauses)) + "."


def _is_known(clause: str, labels: dict[str, str]) -> bool:
    return all(code in labels for code in CODED.findall(clause))


def _labels(published: Published, table: str) -> dict[str, str]:
    hierarchies = published.resources[table]["openresponse"].get("trees", {}).values()
    return {node["code"]: node["label"] for nodes in hierarchies for node in nodes}


def _times(labels: dict[str, str]) -> dict[str, str]:
    return {code: _(label) for code, label in TIMES.items() if code in labels}
