"""The published site behind a real nginx, with the configuration that publishing writes."""

import gzip
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import brotli
import pytest

from openresponse.program import Folders
from openresponse.website import serving
from openresponse.workflow.city import City
from openresponse.workflow.web_server import publishing
from support import workspace
from support.cities import NEWEST
from support.workspace import ROOT

UNPACKED = ROOT / ".venv" / "nginx"
MODULE = "ngx_http_brotli_static_module.so"
STARTS = 10  # seconds


def program_of() -> tuple[str, Path | None]:
    """The server and its Brotli module, where they are: installed, or as `tests/browser.sh` unpacks
    them.
    """
    for server, modules in (
        (shutil.which("nginx"), Path("/usr/lib/nginx/modules")),
        (UNPACKED / "usr" / "sbin" / "nginx", UNPACKED / "usr" / "lib" / "nginx" / "modules"),
    ):
        if (
            server
            and Path(server).is_file()
            and subprocess.run([server, "-v"], capture_output=True, check=False).returncode == 0
        ):
            return str(server), modules / MODULE if (modules / MODULE).is_file() else None
    return "", None


SERVER, BROTLI = program_of()
pytestmark = pytest.mark.skipif(
    not SERVER, reason="nginx is not there, and could not be fetched from Debian's packages"
)


@pytest.fixture(scope="session")
def published(site, whole_city, tmp_path_factory):
    """The city's site as `openresponse publish` puts it."""
    to = tmp_path_factory.mktemp("www")
    folders = {name: whole_city.folder / path for name, path in Folders()} | {"site": site.parent}
    path = workspace.program_file(tmp_path_factory.mktemp("program"), **folders)
    with mock.patch.object(
        publishing.leaks, "search", return_value=[]
    ):  # this city's bytes are searched in tests/test_explained.py
        publishing.publish(City(path), to)
    return to


@contextmanager
def served(to: Path, work: Path) -> Iterator[str]:
    """The address of a folder laid out as publishing does, behind nginx with the configuration that
    publishing writes.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rules = serving.nginx()
    (work / "rules.conf").write_text(
        rules.replace("# brotli_static on;", "brotli_static on;") if BROTLI else rules
    )
    scratch = "".join(
        f"{kind}_temp_path {work}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "nginx.conf").write_text(
        f"{f'load_module {BROTLI};' if BROTLI else ''} {'user root;' if os.geteuid() == 0 else ''}"
        f" daemon off; worker_processes 1; pid {work}/pid;error_log {work}/errors; events {{}} http"
        f" {{ access_log off; {scratch}server {{ listen 127.0.0.1:{port}; set $site {to}; include"
        f" {work}/rules.conf; }} }}"
    )
    server = subprocess.Popen(
        [SERVER, "-p", work, "-c", work / "nginx.conf", "-e", work / "errors"]
    )
    address, end = f"http://127.0.0.1:{port}/", time.monotonic() + STARTS
    try:
        while True:
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < end, (
                    work / "errors"
                ).read_text()
                time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def nginx(published, tmp_path_factory):
    """Its address behind nginx."""
    assert (published / publishing.CONFIGURATION).read_text(encoding="utf-8") == serving.nginx()
    with served(published, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def got(address: str, accept: str = "") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers={"Accept-Encoding": accept})
        ) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


SHORT, IMMUTABLE = serving.SHORT["Cache-Control"], serving.IMMUTABLE["Cache-Control"]
ANSWERS = [
    ("", "text/html; charset=utf-8", SHORT, False),
    ("models/", "text/html; charset=utf-8", SHORT, False),
    (f"data/{NEWEST}/funnel.csv", "text/csv; charset=utf-8", IMMUTABLE, True),
    (f"data/{NEWEST}/datapackage.json", "application/json; charset=utf-8", IMMUTABLE, True),
    ("data/latest/funnel.csv", "text/csv; charset=utf-8", SHORT, True),
    ("data/index.json", "application/json; charset=utf-8", SHORT, True),
    ("calendar.ics", "text/calendar; charset=utf-8", SHORT, False),
    ("releases.xml", "application/atom+xml", SHORT, False),
    ("briefs/index.xml", "application/rss+xml", SHORT, False),
    (f"briefs/{NEWEST}.pdf", "application/pdf", SHORT, False),
    ("favicon.svg", "image/svg+xml; charset=utf-8", SHORT, False),
    ("social.png", "image/png", SHORT, False),
]


@pytest.mark.parametrize(("name", "media", "caching", "any_origin"), ANSWERS)
def test_each_kind_of_file_has_its_type_its_time_and_the_policy(
    nginx, name, media, caching, any_origin
):
    status, headers, _ = got(nginx + name)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, media, caching)
    assert headers.get("Access-Control-Allow-Origin") == ("*" if any_origin else None)
    assert {name: headers.get(name) for name in serving.HEADERS} == serving.HEADERS


@pytest.mark.parametrize("name", ["nowhere", f"data/{NEWEST}/nowhere.csv", "a/b/c/", "figures/"])
def test_an_address_that_is_not_there_leads_home_from_anywhere(nginx, name):
    status, headers, body = got(nginx + name)
    assert (
        status == 404
        and headers["Content-Type"].startswith("text/html")
        and headers["Cache-Control"] == SHORT
    )
    assert headers["Content-Security-Policy"] == serving.HEADERS["Content-Security-Policy"]
    assert b'href="/index.html"' in body and b'href="/styles.' in body


@pytest.mark.parametrize(
    ("accept", "unpack"),
    [
        ("gzip", gzip.decompress),
        pytest.param(
            "br",
            brotli.decompress,
            marks=pytest.mark.skipif(not BROTLI, reason="nginx has no module for Brotli"),
        ),
    ],
)
@pytest.mark.parametrize("name", ["", f"data/{NEWEST}/funnel.csv", "releases.xml"])
def test_a_text_is_sent_compressed_to_whoever_takes_it(nginx, published, name, accept, unpack):
    _, headers, body = got(nginx + name, accept)
    assert headers["Content-Encoding"] == accept and headers["Vary"] == "Accept-Encoding"
    assert (
        unpack(body)
        == (published / "current" / (name or "index.html")).read_bytes()
        == got(nginx + name)[2]
    )


def test_a_style_sheet_is_kept_for_ever_and_outlives_its_version(nginx, published):
    sheet = next((published / "current").glob("styles.*.css")).name
    assert got(nginx + sheet)[1]["Cache-Control"] == IMMUTABLE
    before = published / "sites" / "before"
    before.mkdir()
    (before / "styles.0123456789.css").write_text("a{}")
    (published / "previous").symlink_to("sites/before")
    assert (
        got(f"{nginx}styles.0123456789.css")[2] == b"a{}"
        and got(f"{nginx}styles.9876543210.css")[0] == 404
    )


def test_every_page_works_under_the_policy_it_is_served_with(browser, nginx, site):
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    for path in sorted(site.rglob("*.html")):
        page.goto(f"{nginx}{path.relative_to(site)}")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.skip')).position")
            == "absolute"
        ), path
    assert said == []
    page.goto(f"{nginx}data/{NEWEST}/nowhere.html")
    page.locator("main a").first.click()
    assert page.url == f"{nginx}index.html" and page.locator("h1").count() == 1
    page.close()
