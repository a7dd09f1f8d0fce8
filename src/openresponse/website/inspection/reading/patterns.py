"""A text of the catalogue as the pattern that reads it back in a language."""

import re
from functools import partial
from itertools import product

from openresponse import language
from openresponse.website.inspection.reading.wording import Text

NAME = re.compile(r"\{(\w+)\}")
# Letters and digits of writings that put spaces between words; in others a number follows a letter.
LETTER = r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
START, END = rf"(?<!{LETTER})", rf"(?!{LETTER})"
STOP = r"(?:[.?!。！？।؟](?=\s|$))"
SENTENCES = re.compile(r"(?:(?<=[.?!।؟])\s+(?=\w|[¿¡“{])|(?<=[。！？])\s*)")
WORDS = rf"(?:(?!{STOP}).){{0,200}}?"
NUMBER = r"%?\d+(?:[.,'’\s]\d+)*(?:\s?%)?"


def forms(text: Text, code: str) -> tuple[str, ...]:
    """How a language says a text; none where its catalogue lacks it."""
    english = (text,) if isinstance(text, str) else text
    if code == language.SOURCE or not any(map(str.isalpha, NAME.sub("", english[0]))):
        return english
    return language.language(code).messages.forms.get(("", english[0]), ())


def pattern(text: str, **names: str) -> str:
    """A text with a pattern in the place of each name; of one that is not given, any words."""
    words, *rest = NAME.split(text)
    read = _words(words)
    for name, words in zip(rest[::2], rest[1::2], strict=True):
        group = f"(?P<{name}>{names[name]})" if name in names else WORDS
        read += (WORDS if group in read else group) + _words(words)
    return read.removeprefix(WORDS).removesuffix(WORDS)


def _words(text: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def sentences(text: str) -> list[str]:
    """The sentences of a text of the catalogue, each without its stop."""
    return [part.rstrip(".。") for part in SENTENCES.split(text) if part]


def counted(texts: tuple[Text, ...], names: tuple[str, ...], codes: tuple[str, ...]) -> list[str]:
    """The patterns of texts that stand one after the other, each in any of these languages.

    Of several sentences the one that has the numbers is read, where it is one.
    """
    given = [dict.fromkeys(form for code in codes for form in forms(text, code)) for text in texts]
    read = partial(pattern, **dict.fromkeys(names, NUMBER))
    patterns: list[str] = []
    for joined in map("".join, product(*given)):
        parts = [one for one in sentences(joined) if set(names) <= set(NAME.findall(one))]
        patterns += map(read, parts or [joined])
    return patterns


def numerals(text: Text, code: str) -> list[str]:
    """The patterns of what stands between the names of a text and has a number of its own, which
    must be that of its English.
    """
    return [
        pattern(part.strip())
        for form in forms(text, code)
        if _numbers(form) == _numbers(text if isinstance(text, str) else text[0])
        for sentence in sentences(form)
        for part in NAME.sub("{}", sentence).split("{}")
        if re.search(r"\d", part)
    ]


def _numbers(text: str) -> list[str]:
    """The numbers that stand in a text itself, however they are grouped."""
    numbers = re.findall(r"\d+(?:[.,'’\s]\d{3})*", NAME.sub(" ", text))
    return sorted(re.sub(r"\D", "", number) for number in numbers)
