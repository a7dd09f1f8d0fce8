"""What the engines put into a page that works only with their scripts and themes, and goes."""

import json
import re

from lxml import etree, html

DESCRIPTION = "application/ld+json"  # a data block, which no browser runs: no policy forbids it
CLASSES = {
    "bi",
    "listing-actions-group",
    "listing-no-matching",
    "listing-pagination",
    "navbar-toggler",
    "quarto-navbar-tools",
    "quarto-secondary-nav",
    "quarto-title-breadcrumbs",
    "quarto-title-meta-heading",
}
IDS = {"quarto-back-to-top", "quarto-margin-sidebar", "quarto-search-results"}
NAMES = {"generator", "quarto:offset", "smalldocs:offset"}  # of meta elements
LIBRARIES = "site_libs/"
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 0.31, 2.4
OWN_CONTENT = {"img", "svg"}  # what a link may show without a word


def remove(root: html.HtmlElement) -> None:
    """Take out every script, style and comment, and whatever waits for one: nothing that could run
    stays but a description in JSON-LD.
    """
    for element in list(root.iter()):
        if _goes(element):
            element.drop_tree()
            continue
        for name in element.keys():  # noqa: SIM118 - an element is no dictionary
            if name == "style" or name.startswith("on"):
                del element.attrib[name]
    for link in root.findall(".//a[@href]"):  # of a listing's field that an entry does not have
        if not _shows(link):
            link.drop_tree()


def unescape(root: html.HtmlElement) -> None:
    """Write descriptions as they are read: smalldocs gives them to search engines and to listings
    as the source has them, with the signs of Markdown escaped.
    """
    for meta in root.xpath("//meta[contains(@name | @property, 'description')]"):
        meta.set("content", ESCAPED.sub(r"\1", meta.get("content", "")))
    for link in root.xpath("//div[@class='listing-description']//a[not(*)]"):
        link.text = ESCAPED.sub(r"\1", link.text or "")


def _goes(element: html.HtmlElement) -> bool:
    match element.tag:
        case "style":
            return True
        case "script":
            return not _described(element)
        case "link":
            return LIBRARIES in element.get("href", "")
        case "meta":
            return element.get("name") in NAMES
    if element.tag is etree.Comment or element.get("id") in IDS:
        return True
    return not CLASSES.isdisjoint(element.get("class", "").split())


def _described(script: html.HtmlElement) -> bool:
    """Whether it is a description for search engines and nothing else."""
    if dict(script.attrib) != {"type": DESCRIPTION}:
        return False
    try:
        json.loads(script.text or "")
    except ValueError:
        return False
    return True


def _shows(link: html.HtmlElement) -> bool:
    return bool(link.text_content().strip() or link.get("aria-label")) or any(
        part.tag in OWN_CONTENT for part in link.iter()
    )
