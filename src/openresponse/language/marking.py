"""Marks around what is in English among another language's texts, until HTML says so."""

import re

SOURCE = "en"
# No catalogue and no release has these characters.
FOREIGN, ENDS = "\ue000", "\ue001"


def marked(html: str, tag: str = "span") -> str:
    """HTML in which what is in English says so; within attributes and titles, which have no
    tags, the marks go.
    """
    html = re.sub(
        r"<title\b.*?</title>|<desc\b.*?</desc>|<[^<>]*>",
        lambda match: unmarked(match[0]),
        html,
        flags=re.S,
    )
    if tag == "tspan":  # lines of a picture's text are elements of their own
        html = re.sub(
            f"{FOREIGN}([^<>{FOREIGN}{ENDS}]*){ENDS}", rf'<tspan lang="{SOURCE}">\1</tspan>', html
        )
        return unmarked(html)
    return html.replace(FOREIGN, f'<{tag} lang="{SOURCE}">').replace(ENDS, f"</{tag}>")


def unmarked(text: str) -> str:
    """A text where no mark can stand, such as a title."""
    return text.replace(FOREIGN, "").replace(ENDS, "")
