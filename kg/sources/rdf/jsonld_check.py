"""What a JSON-LD document says that its contexts do not define, and that no parser keeps."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from kg.common.errors import KgError

_MAPS: Final = frozenset(("@graph", "@id", "@index", "@language", "@type"))


def undefined(path: str, text: str) -> Counter[str]:
    """The keys that no context of the document defines, with how often each stands there.

    A JSON-LD processor drops them without a word (JSON-LD 1.1 API, section 5.1.2). A context is
    taken to hold for the whole document, wherever in it it stands. Raises KgError for what is no
    JSON, and for a key that stands twice, of which processors keep either.
    """
    try:
        document = json.loads(text, object_pairs_hook=_Object)
    except _TwiceError as error:
        raise KgError(f"{path}: the key {error.args[0]!r} stands twice: leave one") from None
    except json.JSONDecodeError as error:
        raise KgError(
            f"{path}:{error.lineno}: no JSON at column {error.colno}: {error.msg}: correct it there"
        ) from error
    except RecursionError as error:
        raise KgError(f"{path}: nested too deeply to be read: flatten it") from error
    terms: dict[str, Any] = {}
    for each in _objects(document):
        for context in _listed(each.get("@context")):
            if isinstance(context, dict):
                terms.update(context)
    if terms.get("@vocab"):
        return Counter()
    found: Counter[str] = Counter()
    _count(document, terms, found)
    return found


class _TwiceError(Exception):
    pass


class _Object(dict[str, Any]):
    """An object whose keys all differ."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        if len(self) < len(pairs):
            keys = [key for key, _ in pairs]
            raise _TwiceError(next(key for key in keys if keys.count(key) > 1))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _objects(value: object) -> list[dict[str, Any]]:
    """All objects inside of a value."""
    found: list[dict[str, Any]] = []
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found.append(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return found


def _count(document: object, terms: dict[str, Any], found: Counter[str]) -> None:
    waiting = [document]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(each)
        if not isinstance(each, dict):
            continue
        for key, value in each.items():
            definition = terms.get(key)
            if key == "@context" or (key in terms and definition is None):
                # What a context sets to null is dropped on purpose.
                continue
            if not (key.startswith("@") or ":" in key or key in terms):
                found[key] += 1
                continue
            if isinstance(definition, dict) and definition.get("@type") == "@json":
                continue
            container = definition.get("@container") if isinstance(definition, dict) else None
            if isinstance(value, dict) and _MAPS.intersection(map(str, _listed(container))):
                # Its keys are languages or names, and none of them is a term.
                waiting.extend(value.values())
            else:
                waiting.append(value)
