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
WAYS = N_("Go to the [home page]({home}), or see what was [corrected or withdrawn]({corrections}).")
PAGE = """---
title: Page not found
description: {nowhere}
---

{ways}

{help}
{others}"""
OTHER = """
::: {{lang="{code}"}}
{nowhere} {ways}

{help}
:::
"""


def write(out: Path, languages: Sequence[str]) -> Path:
    """Write the page; a language whose catalogue lacks its texts is not on it."""
    path = out / "404.qmd"
    others = "".join(map(_in_language, languages[1:]))
    page = PAGE.format(nowhere=NOWHERE, ways=_ways(), help=HELP, others=others)
    path.write_text(page, encoding="utf-8")
    return path


def _in_language(code: str) -> str:
    with language.speaking(code):
        text = OTHER.format(code=code, nowhere=_(NOWHERE), ways=_ways(), help=_(HELP))
    return "" if FOREIGN in text else text


def _ways() -> str:
    """Where to go on, among the pages of the language spoken."""
    folder = language.now().folder
    return _(WAYS, home=f"{folder}index.qmd", corrections=f"{folder}corrections.qmd")
