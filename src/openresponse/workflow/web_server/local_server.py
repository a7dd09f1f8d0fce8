"""The website on this machine, for whoever made it, as a web server shows it."""

import functools
import http.server
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from openresponse.errors import PublishingError, RenderError
from openresponse.website import serving
from openresponse.website.engines import SITE
from openresponse.workflow.city import City, Result

HOST = "127.0.0.1"
NOT_FOUND = "404.html"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as the nginx configuration does: the same headers and media types, compressed copies,
    no list of a folder's files, and the site's own page at an address that has none.
    """

    def send_head(self) -> BytesIO | None:
        """The headers of what is asked for; returns its content."""
        address = urlsplit(self.path)._replace(scheme="", netloc="").path
        path = Path(self.translate_path(address))
        if path.is_dir() and not address.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{address}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        if path.is_dir():
            address, path = f"{address}index.html", path / "index.html"
        if not path.is_file():
            missing = Path(self.directory) / NOT_FOUND
            return self._send(HTTPStatus.NOT_FOUND, f"/{NOT_FOUND}", missing)
        return self._send(HTTPStatus.OK, address, path)

    def _send(self, status: HTTPStatus, address: str, path: Path) -> BytesIO:
        content = path.read_bytes() if path.is_file() else b"There is no page at this address.\n"
        self.send_response(status)
        for name, value in serving.fields(address).items():
            self.send_header(name, value)
        packed = path.with_name(f"{path.name}.gz")
        if packed.is_file():
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                content = packed.read_bytes()
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", serving.media(address))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)


def serve(city: City, port: int = 8000) -> Result:
    """Show the website until Ctrl-C. PublishingError where the port cannot be had."""
    folder = city.program.folders.site / SITE
    if not (folder / "index.html").is_file():
        raise RenderError(f"{folder}: no website yet. Run `openresponse site` first.")
    handler = functools.partial(Handler, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        raise PublishingError(
            f"port {port}: cannot be used ({error.strerror}). Take another one, such as"
            f" `openresponse serve --port {8000 if port != 8000 else 8001}`."
        ) from error
    with server, suppress(KeyboardInterrupt):
        city.say(f"http://{HOST}:{port}/  (stop with Ctrl-C)")
        server.serve_forever()
    return Result("stopped", "Stopped.")
