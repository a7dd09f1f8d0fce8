"""How the site's files are to be served: media types, and the headers that no page can set for
itself.
"""

import re
from pathlib import Path

from openresponse.media.types import MEDIA
from openresponse.release.store.public_folder import LATEST, NAME

TEXTS = tuple(
    suffix
    for suffix, media in MEDIA.items()
    if media.startswith("text/") or media.endswith(("json", "jsonl", "xml"))
)
COMPRESSED = (".gz", ".br")  # copies of a text beside it
FEEDS = {"releases.xml": "application/atom+xml", "briefs/index.xml": "application/rss+xml"}

# What a page may load. A page has no style and no script within it, so none needs a hash; the
# finishing step takes them out. A page without scripts asks for nothing more; what examines it in a
# browser asks for robots.txt in its name, and may.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none';"
    " base-uri 'none'"
)
OWN_SCRIPTS = "script-src 'self'"
SCRIPTS = {
    "explore.html": ("vega.js", "explore.js"),
    "data.html": ("sort.js",),
}  # the only pages with scripts
HEADERS = {
    # The header is one for all pages and lets none run but the site's own files. What a page says
    # for itself counts as well, and all but those of SCRIPTS forbid every script. A page cannot
    # forbid frames for itself.
    "Content-Security-Policy": f"{POLICY}; {OWN_SCRIPTS}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
}
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}  # a page elsewhere may read the data
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}  # a release is never rewritten
SHORT = {"Cache-Control": "public, max-age=300"}  # pages, and what changes with every release
FILE = "_headers"


def headers(site: Path) -> str:
    """The content of `_headers`, which static hosts read. No header is set by two rules: some hosts
    would send it twice.

    Such hosts let browsers ask again for each page, so pages need no rule.
    """
    immutable = [f"/{sheet.name}" for sheet in site.glob("*.css")]
    immutable += [
        f"/data/{folder.name}/*"
        for folder in sorted((site / "data").glob("*/"))
        if folder.name != LATEST
    ]
    rules = {
        "/*": HEADERS,
        "/data/*": ANY_ORIGIN,
        f"/data/{LATEST}/*": SHORT,
        **dict.fromkeys(immutable, IMMUTABLE),
    }
    rules |= {f"/{name}": {"Content-Type": media} for name, media in FEEDS.items()}
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items())
        for path, fields in rules.items()
    )


def fields(address: str) -> dict[str, str]:
    """The headers of one address, which begins with a slash, as `nginx` sends them."""
    release = re.match(rf"/data/{NAME.pattern}/", address)
    kept = release or re.fullmatch(r"/styles\.[0-9a-f]+\.css", address)
    return {
        **HEADERS,
        **(IMMUTABLE if kept else SHORT),
        **(ANY_ORIGIN if address.startswith("/data/") else {}),
    }


def media(address: str) -> str:
    """The media type of one address, with the encoding of its text."""
    kind = FEEDS.get(address.removeprefix("/")) or MEDIA.get(Path(address).suffix)
    is_text = Path(address).suffix in TEXTS
    return f"{kind}; charset=utf-8" if kind and is_text else kind or "application/octet-stream"


def nginx() -> str:
    """What an nginx server block includes to serve a published site: the same media types, headers
    and times as `_headers`.
    """
    always = {**HEADERS, "Cache-Control": "$caching", "Access-Control-Allow-Origin": "$origin"}
    short, immutable = SHORT["Cache-Control"], IMMUTABLE["Cache-Control"]
    return NGINX.format(
        types="\n".join(f"  {media} {suffix[1:]};" for suffix, media in MEDIA.items()),
        texts=" ".join(dict.fromkeys(MEDIA[s] for s in TEXTS)),
        feeds="\n".join(
            f"location = /{name} {{ types {{ }} default_type {media}; }}"
            for name, media in FEEDS.items()
        ),
        headers="\n".join(f'add_header {name} "{value}" always;' for name, value in always.items()),
        short=short,
        immutable=immutable,
        release=NAME.pattern,
        any=ANY_ORIGIN["Access-Control-Allow-Origin"],
    )


# A variable that is empty sends no header, and a location without an `add_header` of its own keeps
# those of the server.
NGINX = """# Made by `openresponse publish`, which writes it again each time.
# Include it in a server block that says where the site is:
#
#   server {{
#     listen 443 ssl;
#     server_name figures.city.example;
#     set $site /srv/open-response;
#     include /srv/open-response/nginx.conf;
#   }}
root $site/current;
index index.html;
error_page 403 404 =404 /404.html;
server_tokens off;
charset utf-8;
charset_types {texts};
gzip_static on;
gzip_vary on;
# brotli_static on;  # where that module is: apt-get install libnginx-mod-http-brotli-static

types {{
{types}
}}
default_type application/octet-stream;

set $caching "{short}";
set $origin "";
{headers}

location /data/ {{ set $origin "{any}"; }}
location ~ "^/data/{release}/" {{ set $origin "{any}"; set $caching "{immutable}"; }}
# A page that a browser got a moment before the site changed still finds its style sheet.
location ~ "^/styles\\.[0-9a-f]+\\.css$" {{
  root $site;
  set $caching "{immutable}";
  try_files /current$uri /previous$uri =404;
}}
{feeds}
"""
