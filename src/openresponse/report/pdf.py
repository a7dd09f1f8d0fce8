"""The brief as a tagged PDF (PDF/UA-1), set by Typst with the fonts it brings along."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from openresponse.errors import RenderError
from openresponse.report.theme import FONT

TEMPLATE = Path(__file__).with_name("brief.typ")
STANDARD = "ua-1"
PDF_FONT = "Libertinus Serif"  # comes with Typst; fonts of the machine are not used, so bytes are the same everywhere


def document(content: dict) -> bytes:
    """The PDF's bytes. content: plain values, see `brief.typ`; pictures as {title, detail, svg, name}."""
    with TemporaryDirectory(prefix="openresponse-brief-") as scratch:
        folder = Path(scratch)
        (folder / "brief.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        for key in ("trend", "money"):
            if content.get(key):
                (folder / f"{key}.svg").write_text(content[key]["svg"].replace(FONT, PDF_FONT), encoding="utf-8")
        try:
            compiler = typst.Compiler(str(folder / "brief.typ"), root=str(folder), ignore_system_fonts=True)
            return compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=0)
        except (typst.TypstError, RuntimeError) as error:
            raise RenderError(f"The brief could not be set as PDF: {error}") from error
