"""The fictional city's website in a real browser, rendered by each engine that is there."""

import functools
import http.server
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

from openresponse.website import engines

CHROMIUM = shutil.which("chromium")
# No page reaches another host: a request for one fails, and is seen by the tests that listen.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
ENGINES = ["smalldocs"] + (["quarto"] if shutil.which("quarto") else [])


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session", params=ENGINES)
def site(request, whole_city, tmp_path_factory):
    """The city's website, rendered by each engine: the last of these rendered it already."""
    if request.param == ENGINES[-1]:
        return whole_city.folder / "site" / engines.SITE
    folder = tmp_path_factory.mktemp(request.param) / "site"
    shutil.copytree(whole_city.folder / "site", folder, ignore=shutil.ignore_patterns(engines.SITE))
    return engines.render(folder, request.param)


@pytest.fixture(scope="session")
def address(site):
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.fail(
            "The browser tests need chromium. Install it with: sudo apt-get install chromium"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", ALONE]
        )
        yield chromium
        chromium.close()
