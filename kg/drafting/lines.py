"""A draft as JSON Lines: an object for each mention, then one for each relation."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.drafting.model import Draft, Mention, Relation


def to_jsonl(draft: Draft) -> str:
    """Return the lines of a draft.

    A mention has the keys ``type``, ``start``, ``end``, ``quote``, ``value``, ``rule``,
    ``confidence`` and ``iri``; a relation ``claim``, ``subject``, ``object`` and ``spans``, each
    span with ``role``, ``start``, ``end`` and ``quote``.
    """
    objects = [*map(mention_object, draft.mentions), *map(relation_object, draft.relations)]
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def mention_object(mention: Mention) -> dict[str, object]:
    """Return a mention as an object of JSON."""
    keys = ("type", "start", "end", "quote", "value", "rule", "confidence", "iri")
    return {key: getattr(mention, key) for key in keys}


def relation_object(relation: Relation) -> dict[str, object]:
    """Return a relation as an object of JSON."""
    return {
        "claim": relation.claim,
        "subject": relation.subject,
        "object": relation.object,
        "spans": list(_spans(relation)),
    }


def _spans(relation: Relation) -> Iterator[dict[str, object]]:
    for span in relation.spans:
        yield {"role": span.role, "start": span.start, "end": span.end, "quote": span.quote}
