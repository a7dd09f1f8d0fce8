"""The pages that explain a release in every language: method, privacy, who publishes, words,
accessibility.
"""

from collections.abc import Sequence
from pathlib import Path

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.html import qmd
from openresponse.report.pages.reference import (
    about_page,
    accessibility_statement,
    glossary,
    methods_page,
    privacy_page,
)

# Name, title, description.
PAGES = (
    (
        "methods",
        N_("Methods"),
        N_("What is counted, when a change is called a signal, and what the figures do not say."),
    ),
    (
        "privacy",
        N_("Privacy"),
        N_("What is withheld, by which rule, and what never leaves the confidential side."),
    ),
    ("about", N_("About"), N_("Who publishes these figures, when, and how they are made.")),
    ("glossary", N_("Glossary"), N_("What the words of this site mean.")),
    (
        "accessibility",
        N_("Accessibility"),
        N_("What this site does so that everyone can use it, and how to tell us when it does not."),
    ),
)


def write(published: Published, out: Path, languages: Sequence[str]) -> list[Path]:
    """Write them in the language spoken. languages: those of the site."""
    bodies = {
        "methods": methods_page.body(published),
        "privacy": privacy_page.body(published),
        "about": about_page.body(published),
        "glossary": glossary.body(published),
        "accessibility": accessibility_statement.body(languages),
    }
    return [
        qmd.page(out, f"{name}.qmd", _(title), _(what), bodies[name]) for name, title, what in PAGES
    ]
