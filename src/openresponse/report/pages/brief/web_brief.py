"""The council's two pages as a web page and as a PDF."""

from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.release.store.published import Published
from openresponse.report.figures import figure
from openresponse.report.figures.datatable import Link
from openresponse.report.figures.figure import Figure
from openresponse.report.html import pdf, qmd
from openresponse.report.html.environment import render
from openresponse.report.pages import places
from openresponse.report.pages.brief import council_brief, printed_brief
from openresponse.report.pages.brief.council_brief import Brief


@dataclass(frozen=True)
class WebBrief:
    """root: the way to the site's first folder. has_districts: whether there is a page for each."""

    brief: Brief
    release: str
    has_districts: bool
    root: str

    def file(self, view: Figure) -> Link:
        """The figure's table as this release has it: later ones may lack its picture, or show other
        numbers.
        """
        return figure.file(view.table, self.release, self.root)


def write(published: Published, out: Path | str) -> list[Path]:
    """Write the PDF and the front matter of the web page into `briefs/` in the folder of the
    language spoken.
    """
    folder = Path(out) / language.now().folder / "briefs"
    folder.mkdir(parents=True, exist_ok=True)
    document, front = folder / f"{published.name}.pdf", folder / f"{published.name}.yml"
    content = printed_brief.content(published, council_brief.of_release(published))
    document.write_bytes(pdf.document(content))
    front.write_text(front_matter(published), encoding="utf-8")
    return [document, front]


def front_matter(published: Published) -> str:
    """Title, day of publication and description of the web page, for the listing and the feed."""
    date = f"date: {published.package['created'][:10]}\n"
    title = qmd.quoted(council_brief.title(published))
    description = qmd.quoted(council_brief.lead(published) or published.program["name"])
    return f"title: {title}\n{date}description: {description}\n{qmd.spoken()}"


def html(published: Published) -> str:
    """The web page's body."""
    page = WebBrief(
        council_brief.of_release(published),
        published.name,
        places.DISTRICTS in places.pages(published),
        f"{language.now().root}../",
    )
    return language.marked(render("brief.html", page=page))
