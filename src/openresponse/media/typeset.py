"""Set by Typst with the font it brings along, and one of a known package where the language being
written needs another, so that the same content gives the same bytes everywhere: tagged PDF
(PDF/UA-1), pictures.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from openresponse import language
from openresponse.errors import RenderError
from openresponse.media import fonts

STANDARD = "ua-1"
FONT = "Libertinus Serif"  # comes with Typst
PIXELS = 72  # an inch: one for each point


def pdf(template: Path, content: dict, files: dict[str, str] | None = None) -> bytes:
    """The PDF's bytes. content: plain values, read by the template as `content.json`; files: others
    it reads, by name.
    """
    return _compiled(
        template, content, files or {}, format="pdf", pdf_standards=[STANDARD], timestamp=0
    )


def png(
    template: Path, content: dict, files: dict[str, str] | None = None, sharpness: int = 1
) -> bytes:
    """The template's one page as a picture, `sharpness` pixels for each point. content, files: as
    for a PDF.
    """
    return _compiled(template, content, files or {}, format="png", ppi=PIXELS * sharpness)


def _compiled(template: Path, content: dict, files: dict[str, str], **options) -> bytes:
    with TemporaryDirectory(prefix="openresponse-") as scratch:
        folder = Path(scratch)
        (folder / template.name).write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
        for name, text in {
            "content.json": json.dumps(content, ensure_ascii=False),
            **files,
        }.items():
            (folder / name).write_text(text, encoding="utf-8")
        try:
            compiler = typst.Compiler(
                str(folder / template.name),
                root=str(folder),
                font_paths=_fonts(folder),
                ignore_system_fonts=True,
            )
            made = compiler.compile(**options)
        except (typst.TypstError, RuntimeError) as error:
            raise RenderError(f"{template.stem} could not be set: {error}") from error
    if not isinstance(made, bytes):
        raise RenderError(f"{template.stem}: a picture has one page. Shorten what it shows.")
    return made


def _fonts(folder: Path) -> list[str]:
    """A folder with the fonts that the language being written needs, and no other of this
    machine.
    """
    own = folder / "fonts"
    own.mkdir()
    for path in fonts.added(language.now().code):
        (own / path.name).symlink_to(path)
    return [str(own)]
