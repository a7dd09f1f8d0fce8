"""Every generated page of the site, written from one release."""

import json
from pathlib import Path

from openresponse.release.incidents import KIND
from openresponse.release.published import Published
from openresponse.report import FICTIONAL, districts, explore, figures, home, model, parts, places, reference
from openresponse.report.figure import Figure

BANNER = "Everything here is invented: no real person, no real call."
HOME = "Who answers crisis calls"


def draw(published: Published) -> dict[str, list[Figure]]:
    """Every table's figures; the page of all figures and the pictures to download come from the same.

    Left out are tables that tell apart what another one has in total, such as models: their totals are drawn from that one.
    """
    counts = {t: set(published.dimensions(t)) for t in published.tables if published.kind(t) == "counts"}
    apart = {t for t in counts if any(published.category(o) == published.category(t) and counts[o] < counts[t] for o in counts)}
    return {t: figures.of_table(published, t) for t in published.tables if t not in apart and published.kind(t) != KIND}


def write(published: Published, out: Path | str, shown: dict[str, list[Figure]] | None = None, address: str = "") -> list[Path]:
    """Write the generated pages, pictures and site settings into `out`; return their paths.

    shown: what `draw` gave, where it is at hand. address: where the site will stand, for the examples on the data page and in the pictures.
    """
    out = Path(out)
    program = published.program
    drawn: list[Figure] = []
    body, found = home.body(published)
    drawn += found
    paths = [*settings(published, out), parts.page(out, "index.qmd", HOME if program.get("models") else program["name"], f"What happened, month by month, and where to get help. {program['city']}.", body)]
    models = program.get("models") or {}
    if models:
        paths.append(parts.page(out, "models/index.qmd", "Response models", "The ways a mental-health crisis call can be answered.", model.index(published)))
    for code, one in models.items():
        body, found = model.body(published, code)
        drawn += found
        paths.append(parts.page(out, f"models/{parts.address(code)}.qmd", one["label"], one["purpose"], body))
    written, found = places.write(published, out)
    drawn += found
    paths += [
        *written,
        parts.page(out, "data.qmd", "Data", "Every table as a tidy CSV: what one row is, what it counts, how to cite it.", reference.data(published, address)),
        parts.page(out, "methods.qmd", "Methods", "What is counted, when a change is called a signal, and what the figures do not say.", reference.methods(published)),
        parts.page(out, "privacy.qmd", "Privacy", "What is withheld, by which rule, and what never leaves the confidential side.", reference.privacy(published)),
        parts.page(out, "about.qmd", "About", "Who publishes these figures, when, and how they are made.", reference.about(published)),
        briefs(published, out),
    ]
    here = {f.name: f"models/{parts.address(f.where['model'])}.html" for f in drawn if "model" in (f.where or {})}
    here |= {f.name: f"districts/{districts.address(f.where['district'])}.html" for f in drawn if "district" in (f.where or {})}
    gathered = [figure for found in (shown or draw(published)).values() for figure in found]
    here |= {figure.name: "outcomes.html" for figure in gathered}
    drawn += gathered
    return paths + parts.save(drawn, out, published, address) + explore.write(published, drawn, out, here)


def briefs(published: Published, out: Path) -> Path:
    """The page that lists the briefs and feeds them."""
    path = out / "briefs" / "index.qmd"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\ntitle: Briefs\ndescription: Two pages a month for council members, newest first.\n"
                    "listing:\n  id: all-briefs\n  contents: \"*.ipynb\"\n  type: default\n  sort: \"date desc\"\n  fields: [date, title, description]\n"
                    "  sort-ui: false\n  filter-ui: false\n  feed:\n    items: 24\n---\n\n"
                    "```{=html}\n<p><a href=\"index.xml\">Subscribe to the feed</a></p>\n```\n\n## All briefs\n\n::: {#all-briefs}\n:::\n", encoding="utf-8")
    return path


def settings(published: Published, out: Path) -> list[Path]:
    """Title and navigation of the site, and what stands above every page."""
    program = published.program
    entries = [("Models", "models/index.qmd")] if program.get("models") else []
    entries += [("Places", f"{address}.qmd") for address, *_ in places.there(published)[:1]]
    entries += [("Figures", "outcomes.ipynb"), ("Briefs", "briefs/index.qmd"), ("Data", "data.qmd"), ("Methods", "methods.qmd")]
    foot = [("About", "about.qmd"), ("Calendar", "calendar.qmd"), ("Corrections", "corrections.qmd"), ("Privacy", "privacy.qmd"), ("Glossary", "glossary.qmd"), ("Accessibility", "accessibility.qmd")]
    website = {"website": {
        "title": program["name"],
        "description": f"Public figures on mental-health crisis response. {program['city']}.",
        "navbar": {"left": [{"text": text, "href": href} for text, href in entries]},
        "page-footer": {"left": f"{program['city']}, release {published.name}" + (f". {FICTIONAL}." if published.fictional else ""),
                        "right": [{"text": text, "href": href} for text, href in foot]},
    }}
    out.mkdir(parents=True, exist_ok=True)
    banner = f'<aside class="fictional" aria-label="About these data"><p><strong>{FICTIONAL}.</strong> {BANNER}</p></aside>' if published.fictional else ""
    above = out / "_before.html"
    above.write_text(f'<a class="skip" href="#quarto-document-content">Skip to the content</a>\n{banner}\n', encoding="utf-8")
    program_file = out / "_program.yml"
    program_file.write_text(json.dumps(website, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")  # JSON is YAML
    return [program_file, above]


def all_figures(published: Published, shown: dict[str, list[Figure]]) -> str:
    """The page of all figures: what `draw` gave, each table's under its title."""
    html = parts.contents([(f"table-{table}", published.title(table)) for table in shown])
    for table, found in shown.items():
        html += parts.section(published.title(table), parts.figures(found), f"table-{table}")
    return html
