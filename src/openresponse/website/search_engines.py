"""What search engines and messengers read: each page's one address, the picture they show of the
site, and the list of pages.
"""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from lxml import etree, html

from openresponse.media.names import SOCIAL

INDEX = "index.html"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def describe(root: html.HtmlElement, name: str, address: str, pictured: bool) -> None:
    """Write the page's address into its head, and that of the picture where the site has one.

    name: the page's name in the site. address: where the site will be, with a slash at its end.
    """
    here = address + quote(name.removesuffix(INDEX))
    properties = {"og:url": here, "og:type": "website"}
    if pictured:
        properties["og:image"] = address + SOCIAL
    for written in root.head.xpath("meta[starts-with(@property, 'og:image')]"):
        written.drop_tree()  # an engine takes any picture of the page
    etree.SubElement(root.head, "link", rel="canonical", href=here)
    for key, value in properties.items():
        etree.SubElement(root.head, "meta", property=key, content=value)
    if pictured:
        etree.SubElement(root.head, "meta", name="twitter:card", content="summary_large_image")


def list_pages(folder: Path, names: Iterable[str], address: str) -> None:
    """Write the list of pages, without the times of this run that an engine writes there, and the
    file that says where it is; without an address there is no list.
    """
    (folder / "sitemap.xml").unlink(missing_ok=True)
    allowed = "User-agent: *\nAllow: /\n"
    if address:
        listed = etree.Element("urlset", nsmap={None: SITEMAP})  # type: ignore[dict-item]
        for name in names:
            page = etree.SubElement(listed, "url")
            etree.SubElement(page, "loc").text = address + quote(name.removesuffix(INDEX))
        etree.indent(listed, space="")
        (folder / "sitemap.xml").write_bytes(
            etree.tostring(listed, encoding="UTF-8", xml_declaration=True) + b"\n"
        )
        allowed += f"Sitemap: {address}sitemap.xml\n"
    (folder / "robots.txt").write_text(allowed, encoding="utf-8")
