"""The routes of the Reconciliation Service API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.web.errors import HttpError
from kg.web.parameters import LANGUAGES, choose_language
from kg.web.protocol import content_type, parse_fields, read_body
from kg.web.reconciliation import answers, manifest, preview, suggestions
from kg.web.reconciliation.candidates import reconcile
from kg.web.reconciliation.extension import extend, propose
from kg.web.reconciliation.model import LIMIT, MAX_LIMIT, Strictness
from kg.web.reconciliation.preview import STYLE_HASH
from kg.web.reconciliation.queries import (
    TooManyError,
    parse_batch,
    parse_extension,
    parse_json,
    parse_match,
)
from kg.web.reconciliation.suggestions import MAX_OFFSET, Wanted
from kg.web.state import State

ROOT: Final = "/reconcile"
DRAFT: Final = f"{ROOT}/1.0-draft"

_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
_UTF8: Final = ("", "utf-8", "utf8")
_DIGITS: Final = 10
_LOOPBACK: Final = "http://127.0.0.1:* http://localhost:*"
_NO_JSONP: Final = (
    "callbacks (JSONP) are not offered, since any website could read the graph with them: read"
    " the JSON, which CORS allows"
)
_TYPES: Final = {"entity": "notable", "type": "broader", "property": ""}
_SUGGEST: Final = {
    "entity": suggestions.suggest_entities,
    "type": suggestions.suggest_types,
    "property": suggestions.suggest_properties,
}
_Read = TypeVar("_Read")


async def service(request: Request) -> Response:
    """Answer the endpoint of version 0.2: its manifest, queries, and data extension."""
    fields = await _fields(request)
    if "queries" in fields:
        batch = _read(parse_batch, fields["queries"])
        result = await _state(request).call(
            request, reconcile, list(batch.values()), _lang(request)
        )
        found = dict(zip(batch, result.value, strict=True))
        return _json(request, answers.results(found), result.store.headers())
    if "extend" in fields:
        ids, properties = _read(parse_extension, fields["extend"])
        extended = await _state(request).call(request, extend, ids, properties, _lang(request))
        return _json(request, answers.extension(extended.value), extended.store.headers())
    if request.method == "POST":
        raise HttpError(400, "give the parameter 'queries', or 'extend'")
    lang = _lang(request)
    types = await _state(request).call(request, suggestions.default_types, lang)
    content = manifest.manifest(
        str(request.url.replace(query="")), _view(request, "{{id}}"), types.value, lang
    )
    return _json(request, content, types.store.headers())


async def draft_service(request: Request) -> Response:
    """Answer the root of version 1.0-draft with its manifest."""
    lang = _lang(request)
    types = await _state(request).call(request, suggestions.default_types, lang)
    content = manifest.draft_manifest(_view(request, "{id}"), types.value, lang)
    return _json(request, content, types.store.headers())


async def draft_match(request: Request) -> Response:
    """Answer a batch of queries of version 1.0-draft."""
    queries = _read(parse_match, await _json_body(request))
    result = await _state(request).call(request, reconcile, queries, _lang(request))
    return _json(request, answers.match_results(result.value), result.store.headers())


async def draft_extend(request: Request) -> Response:
    """Answer a data extension query of version 1.0-draft."""
    ids, properties = _read(parse_extension, await _json_body(request))
    result = await _state(request).call(request, extend, ids, properties, _lang(request))
    return _json(request, answers.draft_extension(result.value), result.store.headers())


async def propose_properties(request: Request) -> Response:
    """Propose properties for a type, in both versions."""
    fields = _parameters(request)
    kind = fields.get("type", "")
    limit = _number(fields, "limit", 0, MAX_LIMIT)
    result = await _state(request).call(request, propose, kind, limit, _lang(request))
    content = answers.proposals(kind, limit, result.value)
    return _json(request, content, result.store.headers())


async def suggest(request: Request) -> Response:
    """Suggest entities, types or properties, in both versions."""
    kind = _kind(request)
    fields = _parameters(request)
    if "prefix" not in fields:
        raise HttpError(400, "give the parameter 'prefix': the text that has been typed")
    offset = _number(fields, "cursor" if "cursor" in fields else "offset", 0, MAX_OFFSET)
    wanted = Wanted(
        fields["prefix"],
        _number(fields, "limit", LIMIT, MAX_LIMIT),
        offset,
        (fields["type"],) if fields.get("type") and kind == "entity" else (),
        fields.get("type_strict") != Strictness.SHOULD,
    )
    result = await _state(request).call(request, _SUGGEST[kind], wanted, _lang(request))
    content = answers.suggestions(result.value, _TYPES[kind])
    return _json(request, content, result.store.headers())


async def flyout(request: Request) -> Response:
    """Describe a suggestion of version 0.2 in a few lines of HTML."""
    kind, id_ = _kind(request), _id(request)
    call, lang = _state(request).call, _lang(request)
    if kind == "entity":
        card = await call(request, preview.describe_card, id_, lang)
        html = preview.fragment(
            card.value.name, " · ".join(filter(None, (*card.value.kinds, card.value.description)))
        )
        return _json(request, {"id": id_, "html": html}, card.store.headers())
    described = await call(
        request,
        suggestions.describe_type if kind == "type" else suggestions.describe_property,
        id_,
        lang,
    )
    if described.value is None:
        raise HttpError(404, f"there is no {kind} {id_!r}")
    html = preview.fragment(described.value.name, described.value.description)
    return _json(request, {"id": id_, "html": html}, described.store.headers())


async def show_preview(request: Request) -> Response:
    """Answer with a small page about an entity, in both versions."""
    lang = _lang(request)
    result = await _state(request).call(request, preview.describe_card, _id(request), lang)
    page = preview.page(result.value, lang, _view(request, quote(result.value.iri, safe=":/")))
    ancestors = _LOOPBACK if _state(request).local_only else "*"
    headers = {
        # Clients show it in a frame of their own page.
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none';"
            f" form-action 'none'; frame-ancestors {ancestors}"
        ),
        **_headers(request, result.store.headers()),
    }
    return Response(page, 200, headers, "text/html; charset=utf-8")


def _state(request: Request) -> State:
    state: State = request.app.state.server
    return state


def _lang(request: Request) -> str:
    """Return the language of the path, or else the one that the client prefers."""
    in_path = request.url.path.removeprefix(f"{ROOT}/").partition("/")[0]
    accepted = request.headers.get("accept-language", "")
    return choose_language(in_path if in_path in LANGUAGES else None, accepted)


def _kind(request: Request) -> str:
    """Return what is asked for: entity, type or property."""
    return request.url.path.rpartition("/")[2]


def _view(request: Request, id_: str) -> str:
    """Return the address of the page of an entity, given a placeholder for its IRI."""
    return f"{request.base_url}show?entity={id_}"


async def _fields(request: Request) -> dict[str, str]:
    """Return the parameters of the address and of a form."""
    fields = _parameters(request)
    if request.method == "POST":
        media_type, charset = content_type(request)
        if media_type != _FORM or charset not in _UTF8:
            raise HttpError(415, f"send the queries as {_FORM}, in UTF-8")
        fields |= dict(parse_fields(await read_body(request)))
    return fields


async def _json_body(request: Request) -> Any:
    media_type, charset = content_type(request)
    if media_type != _JSON or charset not in _UTF8:
        raise HttpError(415, f"send the queries as {_JSON}, in UTF-8")
    try:
        text = (await read_body(request)).decode()
    except UnicodeDecodeError as error:
        raise HttpError(400, f"the body is not UTF-8: {error.reason}") from error
    return _read(lambda content: content, text)


def _read(parse: Callable[[Any], _Read], text: str | Any) -> _Read:
    """Return what a function reads from JSON, given as text or content; 413 if it is too much."""
    try:
        return parse(parse_json(text) if isinstance(text, str) else text)
    except TooManyError as error:
        raise HttpError(413, str(error)) from error


def _parameters(request: Request) -> dict[str, str]:
    """Return the parameters in the address; those that a client adds of its own are ignored."""
    fields = dict(parse_fields(request.scope["query_string"]))
    if "callback" in fields:
        raise HttpError(400, _NO_JSONP)
    return fields


def _number(fields: Mapping[str, str], name: str, default: int, maximum: int) -> int:
    text = fields.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < _DIGITS):
        raise HttpError(400, f"{name}={text}: give a whole number up to {maximum}")
    return min(int(text), maximum)


def _id(request: Request) -> str:
    fields = _parameters(request)
    if "id" not in fields:
        raise HttpError(400, "give the parameter 'id'")
    return fields["id"]


def _headers(request: Request, fresh: Mapping[str, str]) -> dict[str, str]:
    return {
        "Cache-Control": "no-cache",
        "Content-Language": _lang(request),
        "Vary": "Accept-Language",
        **fresh,
    }


def _json(request: Request, content: Any, fresh: Mapping[str, str]) -> Response:
    body = json.dumps(content, ensure_ascii=False).encode() + b"\n"
    return Response(body, 200, _headers(request, fresh), _JSON)


def _routes_of(root: str) -> list[Route]:
    """Return the routes that both versions have."""
    suggested = [Route(f"{root}/suggest/{kind}", suggest) for kind in _SUGGEST]
    return [*suggested, Route(f"{root}/preview", show_preview)]


def _routes() -> Iterator[Route]:
    for root in (ROOT, *(f"{ROOT}/{lang}" for lang in LANGUAGES)):
        yield Route(root, service, methods=["GET", "POST"])
        yield from _routes_of(root)
        for kind in _SUGGEST:
            yield Route(f"{root}/flyout/{kind}", flyout)
        yield Route(f"{root}/properties", propose_properties)
    yield Route(DRAFT, draft_service)
    yield Route(f"{DRAFT}/match", draft_match, methods=["POST"])
    yield Route(f"{DRAFT}/extend", draft_extend, methods=["POST"])
    yield Route(f"{DRAFT}/extend/propose", propose_properties)
    yield from _routes_of(DRAFT)


ROUTES: Final = list(_routes())
