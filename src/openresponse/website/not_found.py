"""What is shown at an address without a page, in every language of the site at once."""

from collections.abc import Sequence
from pathlib import Path

from openresponse import language
from openresponse.language import FOREIGN, N_, _

# Links and numbers to call are Markdown, which both engines read.
NOWHERE = N_("There is no page at this address.")
HELP = N_(
    "If someone needs help now, call or text [**988**](tel:988). In danger, call"
    " [**911**](tel:911)."
)
PAGE = """---
title: Page not found
description: {nowhere}
---

Go to the [home page](index.qmd), or see what was [corrected or withdrawn](corrections.qmd).

{help}
{others}"""
OTHER = """
::: {{lang="{code}"}}
{nowhere} {help}
:::
"""


def write(out: Path, languages: Sequence[str]) -> Path:
    """Write the page; a language whose catalogue lacks its texts is not on it."""
    path = out / "404.qmd"
    others = "".join(map(_in_language, languages[1:]))
    path.write_text(PAGE.format(nowhere=NOWHERE, help=HELP, others=others), encoding="utf-8")
    return path


def _in_language(code: str) -> str:
    with language.speaking(code):
        text = OTHER.format(code=code, nowhere=_(NOWHERE), help=_(HELP))
    return "" if FOREIGN in text else text
