"""A page as both site engines read it: front matter, and HTML that they pass through unchanged."""

import json
import re
from pathlib import Path

from openresponse import language

# What Markdown gives a meaning to in a line of text, and a number that would begin a list.
MEANT = re.compile(r"[\\`*_\[\]<>$^~@#|{}]|&(?=#?\w+;)|^[-+](?=\s)")
NUMBERED = re.compile(r"^(\d+)([.)])")
FENCE = re.compile(r"^(\s*)```", re.M)


def page(out: Path, name: str, title: str, description: str, body: str) -> Path:
    """Write one page, in the folder of the language spoken. title, description: plain texts."""
    front = f"title: {quoted(title)}\ndescription: {quoted(description)}\n{spoken()}"
    return write(out, name, front, block(body))


def write(out: Path, name: str, front: str, content: str) -> Path:
    """Write front matter and content below it into the folder of the language spoken."""
    path = out / language.now().folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}---\n\n{content}", encoding="utf-8")
    return path


def block(html: str) -> str:
    """HTML between fences that nothing in it can close; what stands in English says so."""
    kept = FENCE.sub(r"\1&#96;&#96;&#96;", language.marked(html))
    return f"```{{=html}}\n{kept}\n```\n"


def spoken() -> str:
    """The line that names a page's language; the source is in the site's settings."""
    return f"lang: {language.now().code}\n" if language.now().folder else ""


def quoted(text: str) -> str:
    """A plain text as a YAML string. The engines read titles as Markdown, so its signs are
    escaped.
    """
    escaped = MEANT.sub(r"\\\g<0>", language.unmarked(text))
    return json.dumps(NUMBERED.sub(r"\1\\\2", escaped), ensure_ascii=False)


def address(code: str) -> str:
    """A code as the name of a page."""
    return code.replace("_", "-")
