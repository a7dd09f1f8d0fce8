"""A text as a person or a program reads it, whatever it is written in."""

import html
import re
import unicodedata
from urllib.parse import unquote

INVISIBLE = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
UNSEEN = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>", re.S)
TAG = re.compile(r"</?([a-zA-Z][\w:.-]*)[^<>]*>")
# Between the thousands of one number, or between two numbers.
JOINED = re.compile(r"(?<=\d)[,'\u2019 ](?=\d{3}(?!\d))")
# A line ends at one of these; any other tag may be inside a number.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "circle",
        "c",
        "col",
        "cols",
        "dd",
        "desc",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "g",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "input",
        "item",
        "li",
        "line",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "path",
        "pre",
        "rect",
        "row",
        "script",
        "section",
        "sheetdata",
        "si",
        "style",
        "summary",
        "svg",
        "symbol",
        "table",
        "tbody",
        "td",
        "text",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "use",
        "v",
        "url",
        "loc",
        "guid",
        "pubdate",
        "description",
        "channel",
        "rss",
        "entry",
        "updated",
        "published",
        "id",
    ]
)


def decoded(text: str) -> str:
    """Without escapes of HTML, JSON and addresses, however often applied, without invisible and
    look-alike characters.
    """
    for _ in range(3):
        before = text
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
        text = (
            re.sub(r"\\[nrt]", "\n", text)
            .replace('\\"', '"')
            .replace("\\/", "/")
            .replace("\\-", "-")
        )
        text = html.unescape(unquote(text, errors="replace"))
        if text == before:
            break
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE)).translate(DASHES)


def as_seen(text: str) -> str:
    """A decoded text without its tags, line by line as it is shown."""
    return decoded(TAG.sub(_seam, UNSEEN.sub("", text)))


def _seam(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in BLOCKS else ""
