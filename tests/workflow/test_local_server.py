"""The server on this machine answers as a web server with the nginx configuration does."""

import functools
import gzip
import http.client
import http.server
import threading

import pytest

from openresponse.website import serving
from openresponse.workflow.web_server.local_server import HOST, Handler


@pytest.fixture
def ask(tmp_path):
    """Asks for an address; gives status, headers and content."""
    (tmp_path / "index.html").write_text("<p>Home</p>", encoding="utf-8")
    (tmp_path / "index.html.gz").write_bytes(gzip.compress(b"<p>Home</p>"))
    (tmp_path / "404.html").write_text("<p>No page</p>", encoding="utf-8")
    (tmp_path / "data" / "2026-01").mkdir(parents=True)
    (tmp_path / "data" / "2026-01" / "funnel.csv").write_text("period\n", encoding="utf-8")
    handler = functools.partial(Handler, directory=str(tmp_path))
    handler.func.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def answer(address, **headers):
            connection = http.client.HTTPConnection(HOST, server.server_port)
            connection.request("GET", address, headers=headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()

        yield answer
        server.shutdown()


def test_a_page_has_every_header_of_the_site(ask):
    status, headers, content = ask("/")
    assert (status, content) == (200, b"<p>Home</p>")
    assert serving.HEADERS.items() <= dict(headers).items()
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == serving.SHORT["Cache-Control"]


def test_a_release_may_be_kept_for_ever_and_read_from_anywhere(ask):
    _, headers, _ = ask("/data/2026-01/funnel.csv")
    assert headers["Access-Control-Allow-Origin"] == "*" and "immutable" in headers["Cache-Control"]
    assert headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("address", ["/data/", "/data/2026-01/", "/nowhere", "/../../etc/passwd"])
def test_no_folder_is_listed_and_the_site_itself_says_that_there_is_no_page(ask, address):
    status, headers, content = ask(address)
    assert (status, content) == (404, b"<p>No page</p>")
    assert serving.HEADERS.items() <= dict(headers).items()


def test_a_compressed_copy_is_sent_to_whoever_takes_it(ask):
    _, headers, content = ask("/", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip" and gzip.decompress(content) == b"<p>Home</p>"
    assert "Content-Encoding" not in ask("/")[1]


def test_a_folder_without_its_slash_leads_to_itself_and_never_elsewhere(ask):
    status, headers, _ = ask("/data")
    assert (status, headers["Location"]) == (301, "/data/")
    assert not (ask("//data")[1]["Location"] or "").startswith("//")
