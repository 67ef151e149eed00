"""Find the keys of a JSON-LD document that no context defines, and that parsers drop."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from kg.common.errors import SourceError

_MAP_CONTAINERS: Final = frozenset(("@graph", "@id", "@index", "@language", "@type"))


def undefined_terms(path: str, text: str) -> Counter[str]:
    """Count the keys that no context of the document defines.

    A JSON-LD processor drops them silently (JSON-LD 1.1 API, section 5.1.2). Every context is
    applied to the whole document. Raises SourceError for invalid JSON, and for duplicate keys,
    which processors treat differently.
    """
    try:
        document = json.loads(text, object_pairs_hook=_Object)
    except _DuplicateKeyError as error:
        raise SourceError(f"{path}: duplicate key {error.args[0]!r}: remove one") from None
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{path}:{error.lineno}: invalid JSON at column {error.colno}: {error.msg}: correct it"
        ) from error
    terms: dict[str, Any] = {}
    for each in _objects(document):
        for context in _as_list(each.get("@context")):
            if isinstance(context, dict):
                terms.update(context)
    if terms.get("@vocab"):
        return Counter()
    return _count_undefined(document, terms)


class _DuplicateKeyError(Exception):
    pass


class _Object(dict[str, Any]):
    """An object without duplicate keys."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        if len(self) < len(pairs):
            keys = [key for key, _ in pairs]
            raise _DuplicateKeyError(next(key for key in keys if keys.count(key) > 1))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _objects(value: object) -> list[dict[str, Any]]:
    """Return all objects inside a value, at any depth."""
    objects: list[dict[str, Any]] = []
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            objects.append(each)
            pending.extend(each.values())
        elif isinstance(each, list):
            pending.extend(each)
    return objects


def _count_undefined(document: object, terms: dict[str, Any]) -> Counter[str]:
    undefined: Counter[str] = Counter()
    pending = [document]
    while pending:
        each = pending.pop()
        if isinstance(each, list):
            pending.extend(each)
        if not isinstance(each, dict):
            continue
        for key, value in each.items():
            definition = terms.get(key)
            if key == "@context" or (key in terms and definition is None):
                # A term set to null is dropped on purpose.
                continue
            if not (key.startswith("@") or ":" in key or key in terms):
                undefined[key] += 1
                continue
            if isinstance(definition, dict) and definition.get("@type") == "@json":
                continue
            container = definition.get("@container") if isinstance(definition, dict) else None
            if isinstance(value, dict) and _MAP_CONTAINERS.intersection(
                map(str, _as_list(container))
            ):
                # Keys of a map are languages or names, not terms.
                pending.extend(value.values())
            else:
                pending.append(value)
    return undefined
