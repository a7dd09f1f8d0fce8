"""How to cite a release, in the forms that reference managers read. In English alone.

Sources: the BibTeX entry types, the RIS format specification (2011), Citation File Format 1.2.0.
"""

import re

import yaml

from openresponse.release.store.published import Published

FICTIONAL = "Fictional data."
SPECIAL = re.compile(r"([&%$#_{}])")  # what TeX takes for a sign of its own
IN_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def forms(published: Published, address: str) -> dict[str, str]:
    """The name of each form to its text. address: where the site will be, or empty."""
    return {
        "BibTeX": _bibtex(published, address),
        "RIS": _ris(published, address),
        "CITATION.cff": _cff(published, address),
    }


def _title(published: Published) -> str:
    return f"{published.program['name']}, release {published.name}"


def _lasting(published: Published, address: str) -> str:
    """Where the files of the release stay; empty where the address of the site is not known."""
    return f"{address}data/{published.name}/" if address else ""


def _bibtex(published: Published, address: str) -> str:
    day = published.package["created"][:10]
    fields = {
        "author": f"{{{_tex(published.publisher)}}}",
        "title": f"{{{_tex(_title(published))}}}",
        "year": day[:4],
        "note": f"Published {day}." + (f" {FICTIONAL}" if published.fictional else ""),
        "url": _lasting(published, address),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = re.sub(r"\W+", "-", _title(published)).strip("-").lower()
    return "\n".join([f"@misc{{{key},", ",\n".join(lines), "}"])


def _tex(text: str) -> str:
    escaped = "".join(IN_TEX.get(sign, SPECIAL.sub(r"\\\1", sign)) for sign in text)
    return " ".join(escaped.split())


def _ris(published: Published, address: str) -> str:
    day = published.package["created"][:10]
    fields = [
        ("TY", "DATA"),
        ("AU", published.publisher),
        ("TI", _title(published)),
        ("PY", day[:4]),
        ("DA", day.replace("-", "/")),
        ("PB", published.publisher),
        ("UR", _lasting(published, address)),
        ("N1", FICTIONAL if published.fictional else ""),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  -"])


def _cff(published: Published, address: str) -> str:
    content = {
        "cff-version": "1.2.0",
        "message": "Cite the release that your figures are from.",
        "type": "dataset",
        "title": _title(published),
        "authors": [{"name": published.publisher}],
        "version": published.name,
        "date-released": published.package["created"][:10],
        "abstract": FICTIONAL if published.fictional else "",
        "url": _lasting(published, address),
    }
    kept = {name: value for name, value in content.items() if value}
    return yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1000).strip()
