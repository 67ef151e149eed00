"""Descriptions of the routes of linked data in OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.web import schemas
from kg.web.descriptions import GET_ERRORS, PathItem, responses
from kg.web.dumps import NAME
from kg.web.formats import GRAPH_FORMATS
from kg.web.linked_data.documents import FORMATS
from kg.web.rendering import HTML

_TAG: Final = "Linked data"
_UNCHANGED: Final = {"304": {"description": "As the client has it."}}
_TEXT: Final = {"schema": schemas.TEXT}
_PLAIN: Final = {"text/plain": _TEXT}
_XML: Final = {"application/xml": _TEXT}
_BINARY: Final[Mapping[str, Any]] = {"application/gzip": {}}
_DOCUMENTS: Final = [media_type for _, media_type in FORMATS.values()]
_GRAPHS: Final = dict.fromkeys(GRAPH_FORMATS, _TEXT)


def _route(
    summary: str, name: str, content: Mapping[str, Any], statuses: tuple[str, ...] = GET_ERRORS
) -> PathItem:
    return {
        "get": {
            "tags": [_TAG],
            "summary": summary,
            "operationId": f"get-{name}",
            "responses": {**responses(content, statuses), **_UNCHANGED},
        }
    }


_IRI: Final[PathItem] = {
    "get": {
        "tags": ["Linked data"],
        "summary": "Lead from the IRI of an entity, a claim or a term to what is known of it",
        "description": "The IRI without its beginning, `https://w3id.org/stdkg/`. It leads to a"
        " document by the Accept header, or to the page about it. The address of a document ends"
        " with .ttl, .nt, .jsonld or .trig.",
        "operationId": "get-iri",
        "parameters": [
            {
                "name": "path",
                "in": "path",
                "required": True,
                "description": "The IRI without its beginning.",
                "schema": schemas.TEXT,
                "example": "iso/tc/321",
            }
        ],
        "responses": {
            **responses(
                {media_type: {"schema": schemas.TEXT} for media_type in (*_DOCUMENTS, HTML)},
                (*GET_ERRORS, "403"),
            ),
            "303": {
                "description": "What is known of it is at another address.",
                "headers": {"Location": {"schema": schemas.ADDRESS}},
            },
            "304": {"description": "As the client has it."},
        },
    }
}
_SITEMAP: Final = _route("List the pages of 50,000 entities", "sitemap", _XML)
_NUMBER: Final = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "The number of the list, from 0.",
    "schema": {"type": "integer", "minimum": 0},
}

DESCRIPTIONS: Final[Mapping[str, PathItem]] = {
    "/.well-known/void": _route("Describe the dataset with VoID", "void", _GRAPHS),
    "/catalog": _route("Describe dataset, dumps and services with DCAT", "catalog", _GRAPHS),
    f"/dumps/{NAME}": _route("Send all statements as compressed N-Quads", "dump", _BINARY),
    "/dumps/SHA256SUMS": _route("Send the checksum of the dump", "checksums", _PLAIN),
    "/robots.txt": _route("Say what crawlers may read", "robots", _PLAIN, ()),
    "/sitemap.xml": _route("List the lists of pages", "sitemaps", _XML),
    "/sitemaps/{number}.xml": {"get": {**_SITEMAP["get"], "parameters": [_NUMBER]}},
    "/{path}": _IRI,
}
"""The description of each route, by path."""
