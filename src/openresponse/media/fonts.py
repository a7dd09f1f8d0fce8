"""The fonts of PDFs and pictures: the one that comes with Typst, and one from Debian for each
script that it lacks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.core import get_global, parse_locale

# Where Debian's packages put them, and where a system of another kind may have the same files.
PLACES = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/local/share/fonts"),
)
OF_TYPST = {"Latn", "Cyrl", "Grek", "Hebr"}  # scripts of Libertinus Serif
CORE, CJK = "fonts-noto-core", "fonts-noto-cjk"


@dataclass(frozen=True)
class Font:
    """files: regular and bold. package: of Debian."""

    files: tuple[str, str]
    package: str

    @property
    def paths(self) -> list[Path]:
        """Those of its files that are there."""
        there = [place / name for name in self.files for place in PLACES]
        return [path for path in there if path.is_file()]

    @property
    def is_there(self) -> bool:
        return {path.name for path in self.paths} == {*self.files}


def _noto(name: str, package: str = CORE, kind: str = "ttf") -> Font:
    return Font((f"Noto{name}-Regular.{kind}", f"Noto{name}-Bold.{kind}"), package)


# Script by its code of ISO 15924.
FONTS = {
    "Arab": _noto("NaskhArabic"),
    "Armn": _noto("SerifArmenian"),
    "Beng": _noto("SerifBengali"),
    "Deva": _noto("SerifDevanagari"),
    "Ethi": _noto("SerifEthiopic"),
    "Geor": _noto("SerifGeorgian"),
    "Gujr": _noto("SerifGujarati"),
    "Guru": _noto("SerifGurmukhi"),
    "Khmr": _noto("SerifKhmer"),
    "Knda": _noto("SerifKannada"),
    "Laoo": _noto("SerifLao"),
    "Mlym": _noto("SerifMalayalam"),
    "Mymr": _noto("SerifMyanmar"),
    "Sinh": _noto("SerifSinhala"),
    "Taml": _noto("SerifTamil"),
    "Telu": _noto("SerifTelugu"),
    "Thai": _noto("SerifThai"),
    **{script: _noto("SerifCJK", CJK, "ttc") for script in ("Hans", "Hant", "Jpan", "Kore")},
}


def script(code: str) -> str:
    """The script that a language is written in, such as `Hant` of `zh-Hant` or `Arab` of `ar`."""
    language, _, named, *_ = parse_locale(code, sep="-")
    likely = get_global("likely_subtags").get(language, "")
    return str(named or (parse_locale(likely)[2] if likely else None) or "Latn")


def added(code: str) -> list[Path]:
    """The files of fonts for a language beside the one that comes with Typst."""
    font = FONTS.get(script(code))
    return font.paths if font else []


def wanted(codes: Iterable[str]) -> list[str]:
    """For each language whose letters no font here has, which package or files it needs."""
    said = []
    for code in codes:
        kind = script(code)
        if kind in OF_TYPST or (kind in FONTS and FONTS[kind].is_there):
            continue
        if kind in FONTS:
            font = FONTS[kind]
            said.append(
                f"{code} needs {' and '.join(font.files)}: install Debian's package {font.package},"
                f" or put both into {PLACES[-1]}"
            )
        else:
            said.append(f"{code} is written in {kind}, for which no font is known here")
    return said
