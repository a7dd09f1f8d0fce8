"""The website on this machine, for whoever made it."""

import functools
import http.server
from contextlib import suppress
from pathlib import Path

from openresponse.errors import PublishingError, RenderError
from openresponse.website.engines import SITE
from openresponse.workflow.city import City, Result

HOST = "127.0.0.1"
NOT_FOUND = "404.html"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and at an address without a page the site's own page that says so."""

    def send_error(self, code: int, *said: str | None) -> None:
        page = Path(self.directory) / NOT_FOUND
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, *said)
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(page))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        return None


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
