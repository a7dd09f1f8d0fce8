"""What stands around every page: title, navigation, footer, the mark of fictional data."""

import json
from collections.abc import Sequence
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _
from openresponse.media.names import FICTIONAL, FRAME, RELEASE
from openresponse.release.store.published import Published
from openresponse.report.html.environment import render
from openresponse.report.pages import places
from openresponse.report.pages.questions import question_pages
from openresponse.report.prose.invented import invented
from openresponse.report.prose.localized import localized

METHODS = (N_("Methods"), "methods.qmd")
THIS_MONTH, DATA, ABOUT = (
    (N_("This month"), "index.qmd"),
    (N_("Data"), "data.qmd"),
    (N_("About"), "about.qmd"),
)
QUESTIONS = (N_("Questions"), "questions/index.qmd")
FOOT = (
    (N_("Models"), "models/index.qmd"),
    (N_("Briefs"), "briefs/index.qmd"),
    (N_("Figures"), "outcomes.ipynb"),
    METHODS,
    (N_("Calendar"), "calendar.qmd"),
    (N_("Corrections"), "corrections.qmd"),
    (N_("Privacy"), "privacy.qmd"),
    (N_("Glossary"), "glossary.qmd"),
    (N_("Accessibility"), "accessibility.qmd"),
)
# Of these the foot leads only to those that the release has.
OF_FIGURES = ("models/index.qmd", "briefs/index.qmd", "outcomes.ipynb")
PLACES = N_("Places")


def settings(
    published: Published, out: Path, languages: Sequence[str] = (language.SOURCE,)
) -> list[Path]:
    """Title and navigation of the site, and what stands above every page; the same texts in the
    other languages.
    """
    texts, others = frame(published), {}
    for code in languages[1:]:
        with language.speaking(code):
            others[code] = dict(
                zip(texts.values(), frame(localized(published)).values(), strict=True)
            )
    shown = {"release": published.name, "fictional": published.fictional}
    files = {
        "_program.yml": _json(_website(published, texts), indent=1),  # JSON is YAML
        "_before.html": render("before.html", texts=texts, fictional=published.fictional),
        RELEASE: _json(shown),
        FRAME: _json(others, indent=1),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_text(content, encoding="utf-8")
    return [out / name for name in files]


def frame(published: Published) -> dict[str, str]:
    """What stands around every page, in the language spoken."""
    city = _(published.publisher)
    footer = (
        _("{city}, release {release}.", city=city, release=published.name)
        if published.name
        else _("{city}. Every release was withdrawn.", city=city)
    )
    mark = _("{fictional}.", fictional=_(FICTIONAL))
    return {
        "title": published.program["name"],
        "skip": _("Skip to the content"),
        "about": _("About these data"),
        "fictional": mark,
        "banner": invented(published),
        "footer": f"{footer} {mark}" if published.fictional else footer,
    } | {
        text: _(text)
        for text in (PLACES, *(text for text, _href in (THIS_MONTH, QUESTIONS, DATA, ABOUT, *FOOT)))
    }


def _website(published: Published, texts: dict[str, str]) -> dict:
    """The engines' settings of title, navigation and footer."""
    program = published.program
    return {
        "website": {
            "title": program["name"],
            "description": "Public figures on mental-health crisis response."
            f" {published.publisher}.",
            "navbar": {"left": _links(_navigation(published))},
            "page-footer": {"left": texts["footer"], "right": _links(_foot(published))},
        }
    }


def _navigation(published: Published) -> list[tuple[str, str]]:
    """Five words, without those that the release has no page for; methods instead of figures where
    it has none.
    """
    if not published.resources:
        return [METHODS, ABOUT]
    return [
        THIS_MONTH,
        *([QUESTIONS] if question_pages.answered(published) else []),
        *((PLACES, f"{address}.qmd") for address, *_others in places.pages(published)[:1]),
        DATA,
        ABOUT,
    ]


def _foot(published: Published) -> list[tuple[str, str]]:
    has_models = bool(published.program.get("models"))
    missing = () if has_models else OF_FIGURES[:1]
    left_out = missing if published.resources else OF_FIGURES
    return [(text, href) for text, href in FOOT if href not in left_out]


def _links(entries: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"text": text, "href": href} for text, href in entries]


def _json(content: dict, indent: int | None = None) -> str:
    return json.dumps(content, indent=indent, ensure_ascii=False) + "\n"
