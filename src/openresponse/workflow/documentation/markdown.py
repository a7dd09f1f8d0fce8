"""Pages of the documentation in Markdown that both site engines, and version control, can show."""

from collections.abc import Iterable

RENEWED = "Made from the code by `make docs`. Change the code, not this page."


def page(title: str, description: str, introduction: str, parts: Iterable[str]) -> str:
    """A whole page; the mark at its head says that it is made from the code."""
    head = f"---\n# {RENEWED}\ntitle: {title}\ndescription: {description}\n---\n"
    return "\n".join([head, introduction, *parts]).rstrip() + "\n"


def section(heading: str, anchor: str, *parts: str) -> str:
    """Paragraphs and lists under a heading."""
    return "\n".join([f"## {heading} {{#{anchor}}}", "", *(f"{part}\n" for part in parts if part)])


def items(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def nested(text: str, below: Iterable[str]) -> str:
    """An item with a list below it, for `items`."""
    return "\n".join([text, *(f"    - {one}" for one in below)])


def code(text: str, language: str = "sh") -> str:
    return f"```{language}\n{text}\n```"


def names(codes: Iterable[str]) -> str:
    """Codes one after the other, as they are written in a file."""
    return ", ".join(f"`{one}`" for one in codes)


def sentence(text: str) -> str:
    """A text of the code as a sentence."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
