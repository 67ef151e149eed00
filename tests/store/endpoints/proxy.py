"""A proxy before a real endpoint that misbehaves as it is told."""

from __future__ import annotations

import base64
import gzip
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from kg.store.remote import Endpoint


@dataclass
class Proxy:
    """What to do with the next requests: faults by name, each for one request.

    ``always`` is done with all that have none of their own. ``seen`` are the requests: path,
    authorization and body.
    """

    target: Endpoint
    faults: list[str] = field(default_factory=list)
    always: str = ""
    seen: list[tuple[str, str | None, bytes]] = field(default_factory=list)
    port: int = 0
    elsewhere: str = ""

    @property
    def endpoint(self) -> Endpoint:
        url = f"http://127.0.0.1:{self.port}"
        return Endpoint(f"{url}/query", f"{url}/update", wait=2)


@contextmanager
def proxy(target: Endpoint) -> Iterator[Proxy]:
    state = Proxy(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.seen.append((self.path, self.headers.get("Authorization"), body))
            fault = state.faults.pop(0) if state.faults else state.always
            name, _, value = fault.partition(" ")
            if name in ("429", "503", "401", "404", "500"):
                self.reply(int(name), b"<html>Oops</html>", "text/html", {"Retry-After": value})
            elif name == "basic" and self.headers.get("Authorization") != _basic("ada", "secret"):
                self.reply(401, b"", "text/plain", {"WWW-Authenticate": 'Basic realm="x"'})
            elif name == "html":
                self.reply(200, b"<html><body>Log in</body></html>", "text/html")
            elif name == "json":
                self.reply(200, value.encode(), "application/sparql-results+json")
            elif name == "type":
                self.reply(200, b"{}", value)
            elif name == "redirect":
                self.reply(308, b"", "text/plain", {"Location": state.elsewhere + value})
            elif name == "drop":
                self.close()
            elif name == "slow":
                time.sleep(float(value))
                self.close()
            else:
                self.forward(body, name, value)

        def forward(self, body: bytes, name: str, value: str) -> None:
            is_update = self.path.startswith("/update")
            url = state.target.update_url if is_update else state.target.url
            kept = {
                key: self.headers[key]
                for key in ("Content-Type", "Accept", "Accept-Encoding")
                if key in self.headers
            }
            answer = httpx.post(url or "", content=body, headers=kept, timeout=60)
            content, kind = answer.content, answer.headers.get("Content-Type", "")
            extra = {"Server": "unknown"}
            if name == "lose":
                self.close()
                return
            if name == "rows" and "sparql-results+json" in kind and b'"bindings"' in content:
                parsed = json.loads(content)
                del parsed["results"]["bindings"][int(value) :]
                content = json.dumps(parsed).encode()
            if name == "truncate":
                content = content[: len(content) // 2]
            if name == "gzip":
                content, extra["Content-Encoding"] = gzip.compress(content), "gzip"
            if name == "cut":
                self.reply(200, content, kind, extra, sent=len(content) // 2)
            else:
                self.reply(answer.status_code, content, kind, extra)

        def reply(
            self,
            code: int,
            content: bytes,
            kind: str,
            headers: dict[str, str] | None = None,
            sent: int | None = None,
        ) -> None:
            self.send_response_only(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in (headers or {}).items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[:sent])
            if sent is not None:
                self.close()

        def close(self) -> None:
            self.wfile.flush()
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
