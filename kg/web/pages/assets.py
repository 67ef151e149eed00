"""Style sheets and scripts: addresses that change with the content, so that browsers keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_FOLDER: Final = Path(__file__).resolve().parent / "static"
_VENDOR: Final = Path(__file__).resolve().parents[2] / "pictures" / "vendor"
_MODULES: Final = _VENDOR.with_name("page") / "modules"
"""Scripts that pages of the server share with offline pages."""
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOREVER: Final = "public, max-age=31536000, immutable"


def address(name: str) -> str:
    """Return the address of a file, for templates."""
    return f"/static/{name}?v={_digest(name)}"


def has(name: str) -> bool:
    """Return whether there is such a file; a checkout that was not built lacks those of others."""
    return name in _files()


async def serve(request: Request) -> Response:
    """Send a file."""
    name = request.path_params["name"]
    content = _files().get(name)
    if content is None:
        raise HTTPException(404)
    known = request.query_params.get("v") == _digest(name)
    caching = _FOREVER if known else "no-cache"
    media_type = _TYPES[Path(name).suffix]
    return Response(content, 200, {"Cache-Control": caching}, media_type)


@cache
def _files() -> dict[str, bytes]:
    """Return all files by name; scripts of others come with the package (``hatch_build.py``)."""
    paths = (path for folder in (_VENDOR, _MODULES, _FOLDER) for path in folder.glob("*.*"))
    return {path.name: path.read_bytes() for path in paths if path.suffix in _TYPES}


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_files()[name]).hexdigest()[:12]
