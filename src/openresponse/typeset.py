"""Tagged PDF (PDF/UA-1), set by Typst with the fonts it brings along: the same content gives the same bytes everywhere."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from openresponse.errors import RenderError

STANDARD = "ua-1"


def pdf(template: Path, content: dict, files: dict[str, str] | None = None) -> bytes:
    """The PDF's bytes. content: plain values, read by the template as `content.json`; files: others it reads, by name."""
    with TemporaryDirectory(prefix="openresponse-") as scratch:
        folder = Path(scratch)
        (folder / template.name).write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
        for name, text in {"content.json": json.dumps(content, ensure_ascii=False), **(files or {})}.items():
            (folder / name).write_text(text, encoding="utf-8")
        try:
            compiler = typst.Compiler(str(folder / template.name), root=str(folder), ignore_system_fonts=True)
            return compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=0)
        except (typst.TypstError, RuntimeError) as error:
            raise RenderError(f"{template.stem} could not be set as PDF: {error}") from error
