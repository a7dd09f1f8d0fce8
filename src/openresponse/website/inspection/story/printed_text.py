"""What the PDFs of a site say, as running text."""

import re
from collections.abc import Iterator
from pathlib import Path


def printed(folder: Path) -> Iterator[tuple[str, str]]:
    """The name of each PDF and its text, on one line."""
    import pypdf  # a third of a second, for a search that most commands never make

    for path in sorted(folder.rglob("*.pdf")):
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        yield path.relative_to(folder).as_posix(), re.sub(r"\s+", " ", text)
