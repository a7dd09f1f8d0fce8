"""Every generated page of the site, written from one release."""

import json
from collections.abc import Sequence
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _
from openresponse.media.names import FICTIONAL, FRAME, RELEASE
from openresponse.release.store.published import Published
from openresponse.release.tables.incidents import KIND
from openresponse.report.figures import table_figures
from openresponse.report.figures.figure import Figure
from openresponse.report.html import parts
from openresponse.report.pages import (
    accessibility_statement,
    districts,
    explore,
    glossary,
    home,
    model,
    places,
    reference,
    social,
)
from openresponse.report.prose.localized import localized

BANNER = N_("Everything here is invented: no real person, no real call.")
HOME = N_("Who answers crisis calls")

METHODS = (N_("Methods"), "methods.qmd")
NAVIGATION = (
    (N_("Figures"), "outcomes.ipynb"),
    (N_("Briefs"), "briefs/index.qmd"),
    (N_("Data"), "data.qmd"),
    METHODS,
)
FOOT = (
    (N_("About"), "about.qmd"),
    (N_("Calendar"), "calendar.qmd"),
    (N_("Corrections"), "corrections.qmd"),
    (N_("Privacy"), "privacy.qmd"),
    (N_("Glossary"), "glossary.qmd"),
    (N_("Accessibility"), "accessibility.qmd"),
)
MODELS = (N_("Models"), "models/index.qmd")
PLACES = N_("Places")


def draw(published: Published) -> dict[str, list[Figure]]:
    """Every table's figures; the page of all figures and the pictures to download come from the
    same.

    Left out are tables that tell apart what another one has in total, such as models: their totals
    are drawn from that one.
    """
    counts = {
        t: set(published.dimensions(t)) for t in published.tables if published.kind(t) == "counts"
    }
    apart = {
        t
        for t in counts
        if any(
            published.category(o) == published.category(t) and counts[o] < counts[t] for o in counts
        )
    }
    return {
        t: table_figures.of_table(published, t)
        for t in published.tables
        if t not in apart and published.kind(t) != KIND
    }


def write(
    published: Published,
    out: Path | str,
    shown: dict[str, list[Figure]] | None = None,
    address: str = "",
    languages: Sequence[str] = (language.SOURCE,),
) -> list[Path]:
    """Write the generated pages, pictures and site settings into `out`; return their paths.

    shown: what `draw` gave, where it is at hand. address: where the site will stand, for the
    examples on the data page and in the pictures.
    languages: in which every page is written but data and figures, which are in the source
    language.
    """
    out = Path(out)
    paths = settings(published, out, languages)
    drawn: list[Figure] = []  # in the source language, which comes first
    for code in languages:
        with language.speaking(code):
            written, found = spoken(localized(published), out, address, languages)
            paths += written
            drawn = drawn or found
    paths += [
        parts.page(
            out,
            "data.qmd",
            "Data",
            "Every table as a tidy CSV: what one row is, what it counts, how to cite it.",
            reference.data(published, address),
        ),
        social.save(published, out),
    ]
    gathered = [figure for found in (shown or draw(published)).values() for figure in found]
    here = {
        f.name: f"models/{parts.address(f.where['model'])}.html"
        for f in drawn
        if "model" in (f.where or {})
    }
    here |= {
        f.name: f"districts/{districts.address(f.where['district'])}.html"
        for f in drawn
        if "district" in (f.where or {})
    }
    here |= {f.name: "outcomes.html" for f in gathered}
    return (
        paths
        + parts.save(gathered, out, published, address)
        + explore.write(published, [*drawn, *gathered], out, here)
    )


def spoken(
    published: Published,
    out: Path,
    address: str = "",
    languages: Sequence[str] = (language.SOURCE,),
) -> tuple[list[Path], list[Figure]]:
    """The pages that are written in each language, with their pictures; their paths, and the
    figures in them.
    """
    program, (body, drawn) = published.program, home.body(published)
    models = program.get("models") or {}
    said = _("What happened, month by month, and where to get help. {city}.", city=program["city"])
    paths = [
        parts.page(out, "index.qmd", _(HOME) if models else program["name"], said, body),
        *explained(published, out, languages),
        briefs(out),
    ]
    if models:
        paths.append(
            parts.page(
                out,
                "models/index.qmd",
                _("Response models"),
                _("The ways a mental-health crisis call can be answered."),
                model.index(published),
            )
        )
    for code, one in models.items():
        body, found = model.body(published, code)
        drawn += found
        paths.append(
            parts.page(out, f"models/{parts.address(code)}.qmd", one["label"], one["purpose"], body)
        )
    written, found = places.write(published, out)
    drawn += found
    return paths + written + parts.save(drawn, out, published, address), drawn


def explained(published: Published, out: Path, languages: Sequence[str]) -> list[Path]:
    """The pages on method, privacy, who publishes, words and accessibility, in the language spoken."""
    return [
        parts.page(
            out,
            "methods.qmd",
            _("Methods"),
            _(
                "What is counted, when a change is called a signal, and what the figures do not"
                " say."
            ),
            reference.methods(published),
        ),
        parts.page(
            out,
            "privacy.qmd",
            _("Privacy"),
            _("What is withheld, by which rule, and what never leaves the confidential side."),
            reference.privacy(published),
        ),
        parts.page(
            out,
            "about.qmd",
            _("About"),
            _("Who publishes these figures, when, and how they are made."),
            reference.about(published),
        ),
        parts.page(
            out,
            "glossary.qmd",
            _("Glossary"),
            _("The words of this site, each used in one way only."),
            glossary.body(),
        ),
        parts.page(
            out,
            "accessibility.qmd",
            _("Accessibility"),
            _(
                "What this site does so that everyone can use it, and how to tell us when it does"
                " not."
            ),
            accessibility_statement.body(languages),
        ),
    ]


def briefs(out: Path) -> Path:
    """The page that lists the briefs; that of the source feeds them."""
    path = out / language.now().folder / "briefs" / "index.qmd"
    path.parent.mkdir(parents=True, exist_ok=True)
    # The engines write dates in English, so only there they are shown.
    order, fields, feed, subscribe = (
        (
            "date desc",
            "date, title",
            "  feed:\n    items: 24\n",
            f'<p><a href="index.xml">{_("Subscribe to the feed")}</a></p>',
        )
        if not language.now().folder
        else ("filename desc", "title", "", "")
    )
    path.write_text(
        f"---\ntitle: {parts.quoted(_('Briefs'))}\ndescription:"
        f" {parts.quoted(_('Two pages a month for council members, newest first.'))}\n{parts.spoken()}"
        'listing:\n  id: all-briefs\n  contents: "*.ipynb"\n  type: default\n  date-format: "MMMM'
        f' D, YYYY"\n  sort: "{order}"\n  fields: [{fields}, description]\n'
        f"  sort-ui: false\n  filter-ui: false\n{feed}---\n\n"
        f"```{{=html}}\n{subscribe}\n```\n\n## {language.unmarked(_('All briefs'))}\n\n:::"
        " {#all-briefs}\n:::\n",
        encoding="utf-8",
    )
    return path


def settings(
    published: Published, out: Path, languages: Sequence[str] = (language.SOURCE,)
) -> list[Path]:
    """Title and navigation of the site, and what stands above every page; the same texts in the
    other languages.
    """
    program, texts = published.program, frame(published)
    entries = (
        [METHODS]
        if not published.resources
        else [
            *([MODELS] if program.get("models") else []),
            *((PLACES, f"{address}.qmd") for address, *_others in places.there(published)[:1]),
            *NAVIGATION,
        ]
    )
    website = {
        "website": {
            "title": program["name"],
            "description": f"Public figures on mental-health crisis response. {program['city']}.",
            "navbar": {"left": [{"text": text, "href": href} for text, href in entries]},
            "page-footer": {
                "left": texts["footer"],
                "right": [{"text": text, "href": href} for text, href in FOOT],
            },
        }
    }
    out.mkdir(parents=True, exist_ok=True)
    banner = (
        '<aside class="fictional"'
        f' aria-label="{texts["about"]}"><p><strong>{texts["fictional"]}</strong>'
        f" {texts['banner']}</p></aside>"
        if published.fictional
        else ""
    )
    above = out / "_before.html"
    above.write_text(
        f'<a class="skip" href="#quarto-document-content">{texts["skip"]}</a>\n{banner}\n',
        encoding="utf-8",
    )
    program_file = out / "_program.yml"
    program_file.write_text(
        json.dumps(website, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )  # JSON is YAML
    shown = out / RELEASE
    shown.write_text(
        json.dumps({"release": published.name, "fictional": published.fictional}) + "\n",
        encoding="utf-8",
    )
    others = {}
    for code in languages[1:]:
        with language.speaking(code):
            others[code] = dict(
                zip(texts.values(), frame(localized(published)).values(), strict=True)
            )
    around = out / FRAME
    around.write_text(json.dumps(others, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [program_file, above, shown, around]


def frame(published: Published) -> dict[str, str]:
    """What stands around every page, in the language spoken."""
    city = published.program["city"]
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
        "banner": _(BANNER),
        "footer": f"{footer} {mark}" if published.fictional else footer,
    } | {
        text: _(text) for text in (PLACES, *(text for text, _href in (MODELS, *NAVIGATION, *FOOT)))
    }


def all_figures(published: Published, shown: dict[str, list[Figure]]) -> str:
    """The page of all figures: what `draw` gave, each table's under its title."""
    html = parts.contents([(f"table-{table}", published.title(table)) for table in shown])
    for table, found in shown.items():
        html += parts.section(published.title(table), parts.figures(found), f"table-{table}")
    return html
