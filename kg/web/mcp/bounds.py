"""Bounds on the size of answers, and how to get what they leave out."""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import Any, Final

MAX_CHARACTERS: Final = 40_000
"""Characters of an answer in JSON."""

_MAX_TEXT: Final = 2000
_MAX_EVIDENCE: Final = 3
_EVIDENCE: Final = "evidence"


def bounded(content: dict[str, Any], listed: str, offset: int) -> dict[str, Any]:
    """Return an answer that isn't too long, with how to go on.

    ``listed`` is the key of its list, whose first item has the number ``offset``. Of long texts the
    beginning is kept, of the evidence of a statement the first pieces, and of the list as many
    items as fit; ``next`` then has the arguments for the others.
    """
    short: dict[str, Any] = _shortened(content)
    items = short[listed]
    kept = _fitting(short, listed)
    short[listed] = items[:kept]
    more = kept < len(items) or short.get("next") is not None
    short["next"] = {"offset": offset + kept} if more else None
    return short


def _fitting(content: dict[str, Any], listed: str) -> int:
    """Return how many items of the list fit: at least one, so that a reader gets on."""
    rest = len(_encode({**content, listed: []}))
    sizes = []
    total = rest
    for item in content[listed]:
        total += len(_encode(item)) + 2
        sizes.append(total)
    return max(bisect_right(sizes, MAX_CHARACTERS), min(len(sizes), 1))


def _shortened(content: Any) -> Any:
    if isinstance(content, str):
        return shorten_text(content, _MAX_TEXT)
    if isinstance(content, list):
        return [_shortened(each) for each in content]
    if not isinstance(content, dict):
        return content
    short = {key: _shortened(value) for key, value in content.items()}
    own = content.get(_EVIDENCE)
    if isinstance(own, list) and len(own) > _MAX_EVIDENCE:
        short[_EVIDENCE] = short[_EVIDENCE][:_MAX_EVIDENCE]
        short["evidence_count"] = len(own)
    return short


def shorten_text(text: str, length: int) -> str:
    """Return a text, or its beginning and how long it is."""
    if len(text) <= length:
        return text
    return f"{text[:length]}… ({len(text)} characters in all)"


def _encode(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)
