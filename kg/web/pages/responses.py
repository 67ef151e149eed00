"""Pages as responses: who reads them, and their headers."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.common.bilingual import language
from kg.web.pages.reader import HTML_LANGUAGES, LANGUAGE, Reader
from kg.web.parameters import choose_language

_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "connect", "img")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    # Without it, browsers send forms of these pages with the Origin "null".
    "Referrer-Policy": "same-origin",
    "Vary": "Accept, Accept-Language",
    "Cache-Control": "no-cache",
}


def reader_of(request: Request) -> Reader:
    """Return the reader of a request: ``?lang=``, or else the Accept-Language header."""
    query = tuple(request.query_params.multi_items())
    chosen = dict(query).get(LANGUAGE, "")
    accepted = choose_language(None, request.headers.get("accept-language", ""))
    return Reader(
        language(chosen or accepted),
        bool(chosen),
        request.url.path,
        tuple(pair for pair in query if pair[0] != LANGUAGE),
    )


def respond(request: Request, html: str, status: int = 200) -> Response:
    """Return a page; with its ETag, a browser gets an unchanged page without its content."""
    body = html.encode()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        **_HEADERS,
        "ETag": tag,
        "Content-Language": HTML_LANGUAGES[reader_of(request).lang],
        **request.app.state.server.store().headers(),
    }
    if status == HTTPStatus.OK and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, "text/html; charset=utf-8")


def allow_embedding(response: Response) -> None:
    """Let pages of others show this one in a frame; it has no forms and changes nothing."""
    policy = response.headers["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = policy.replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    )
