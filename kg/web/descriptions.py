"""Parts of the descriptions of routes in OpenAPI, which stand next to the routes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from kg.web.schemas import TEXT

PathItem: TypeAlias = Mapping[str, Any]

THE_SERVER: Final = "The server"
"""The tag of routes about the server itself."""

GET_ERRORS: Final = ("400", "404", "406", "429", "500", "503")
POST_ERRORS: Final = (*GET_ERRORS, "408", "413", "415")
ERRORS: Final = {
    "400": "A parameter is missing or wrong.",
    "403": "Updates are refused; on a loopback address, so are other names of the host.",
    "404": "There is no entity or question of that name; the nearest ones are named.",
    "406": "No format that the client accepts.",
    "408": "The body took too long.",
    "413": "The body is too long.",
    "415": "The body has another media type.",
    "429": "Too many requests of this client wait.",
    "500": "An error of the server, which was logged.",
    "503": "The request needs more time or memory than it may use, or too many wait.",
}
HEADERS: Final = {
    "ETag": ("The answer's version: send it in If-None-Match to ask again.", TEXT),
    "Stdkg-Version": ("The version of the graph.", TEXT),
    "Stdkg-Snapshot": ("The day of the newest source.", {"type": "string", "format": "date"}),
    "Link": ("The next and the previous page (RFC 8288).", TEXT),
}


def responses(
    content: Mapping[str, Any], statuses: Iterable[str] = GET_ERRORS, description: str = "Done."
) -> dict[str, Any]:
    """Return the responses of an operation: its content by media type, and its errors."""
    return {
        "200": {
            "description": description,
            "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS},
            "content": content,
        },
        **{status: {"$ref": f"#/components/responses/{status}"} for status in statuses},
    }
