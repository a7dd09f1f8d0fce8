"""How the site's files are to be served: media types, and the headers that no page can set for itself."""

from pathlib import Path

from openresponse.release.write import LATEST

MEDIA = {
    ".html": "text/html", ".css": "text/css", ".csv": "text/csv", ".txt": "text/plain", ".md": "text/markdown", ".ics": "text/calendar", ".js": "text/javascript",
    ".json": "application/json", ".xml": "application/xml", ".pdf": "application/pdf", ".zip": "application/zip", ".svg": "image/svg+xml", ".png": "image/png",
    ".parquet": "application/vnd.apache.parquet", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FEEDS = {"releases.xml": "application/atom+xml", "briefs/index.xml": "application/rss+xml"}

# What a page may load. No style and no script stands inside a page, so none needs a hash; the finishing step takes them out.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"
OWN_SCRIPTS = "script-src 'self'; connect-src 'self'"
SCRIPTS = {"explore.html": ("vega.js", "explore.js")}  # the only page with scripts
HEADERS = {
    # The header is one for all pages and lets none run but the site's own files. What a page says for itself counts as well,
    # and all but the one of SCRIPTS forbid every script. A page cannot forbid frames for itself.
    "Content-Security-Policy": f"{POLICY}; {OWN_SCRIPTS}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
}
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}  # a page elsewhere may read the data
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}  # a release is never rewritten
FILE = "_headers"


def headers(site: Path) -> str:
    """The content of `_headers`, which static hosts read. No header is set by two rules: some hosts would send it twice."""
    rules = {"/*": HEADERS, "/data/*": ANY_ORIGIN}
    rules |= {f"/data/{folder.name}/*": IMMUTABLE for folder in sorted((site / "data").glob("*/")) if folder.name != LATEST}
    rules |= {f"/{name}": {"Content-Type": media} for name, media in FEEDS.items()}
    return "".join(f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items()) for path, fields in rules.items())
