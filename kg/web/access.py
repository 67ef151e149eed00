"""Who may ask: Host and Origin on this machine, other websites on a public host, and headers.

A page of another site can make a browser send requests to a server on its own machine, also under
the page's own name (DNS rebinding). So a server that listens on a loopback address answers only
requests for that address, from pages of that address. A public one answers to all, without
credentials.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.errors import HttpError, problem

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_METHODS: Final = "GET, HEAD, POST, OPTIONS"
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Max-Age": "86400",
}
_EXPOSED: Final = "ETag, Retry-After, Stdkg-Version, Stdkg-Snapshot"


class Access:
    """Checks Host and Origin, answers OPTIONS, and adds the headers of security and of CORS."""

    def __init__(self, app: ASGIApp, local_only: bool) -> None:
        self._app = app
        self._local_only = local_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    added.setdefault(name, value)
                if origin is not None:
                    added["Access-Control-Allow-Origin"] = origin if self._local_only else "*"
                    added["Access-Control-Expose-Headers"] = _EXPOSED
                if self._local_only:
                    added.add_vary_header("Origin")
            await send(message)

        if self._local_only and not is_local(headers.get("host", ""), origin):
            refused = HttpError(403, "this server answers only on its own machine's addresses")
            origin = None
            await problem(refused)(scope, receive, send_with_headers)
        elif scope["method"] == "OPTIONS":
            await _options(headers)(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)


def is_local(host: str, origin: str | None) -> bool:
    """Return whether Host and Origin, if there is one, are addresses of this machine."""
    if _host_name(f"//{host}") not in LOOPBACK:
        return False
    return origin is None or _host_name(origin) in LOOPBACK


def _host_name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _options(headers: Headers) -> Response:
    answer = Response(status_code=204, headers={"Allow": _METHODS})
    if "access-control-request-method" in headers:
        answer.headers.update(_PREFLIGHT)
        if requested := headers.get("access-control-request-headers"):
            answer.headers["Access-Control-Allow-Headers"] = requested
    return answer
