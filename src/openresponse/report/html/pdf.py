"""The brief as a tagged PDF."""

from pathlib import Path

from openresponse.media import typeset
from openresponse.report.charts.colors import FONT

TEMPLATE = Path(__file__).with_name("brief.typ")


def document(content: dict) -> bytes:
    """The PDF's bytes. content: plain values, see `brief.typ`; pictures as {title, detail, svg,
    name}.
    """
    pictures = {
        f"{key}.svg": content[key]["svg"].replace(FONT, typeset.FONT)
        for key in ("trend", "money")
        if content.get(key)
    }
    return typeset.pdf(TEMPLATE, content, pictures)
