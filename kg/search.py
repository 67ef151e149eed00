"""Finds things by name or number, whatever the script, width or case in which one types it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg import entities
from kg.errors import KgError
from kg.folding import fold
from kg.store import Store
from kg.views import kinds
from kg.views.groups import kinds_of

LIMIT: Final = 20
"""How many hits are given unless one asks for more or fewer."""


@dataclass(frozen=True)
class Hit:
    """A thing that was found, the kind by which it is shown, and the name that was found."""

    iri: str
    kind: str
    name: str
    match: str


MATCHES: Final = ("same", "begins", "contains", "words", "similar")
"""How a name fits, best first: it is the same (folded), begins with the text, contains it, contains
all its words, or is merely similar."""

_WORDS: Final = re.compile(r"\s+")


def search(store: Store, text: str, *, within: str | None = None, limit: int = LIMIT) -> list[Hit]:
    """The things whose names, other names or identifiers fit a text, best first.

    Names of all languages are searched; full-width and half-width letters, traditional and
    simplified characters, case and punctuation make no difference (see :func:`kg.folding.fold`).
    Among names that fit alike the shorter comes first. Only where nothing fits, what is similar is
    given. ``within`` is the kind of which the things must be: a class or a group, see
    :func:`kg.views.kinds.named`. Raises KgError for a text of no letters, for a limit below 1 and
    for an unknown kind.
    """
    if limit < 1:
        raise KgError("a limit is 1 or more")
    wanted = fold(text)
    if not wanted:
        raise KgError(f"{text!r} has no letter or digit to search for")
    words = [folded for word in _WORDS.split(text) if (folded := fold(word))]
    every = entities.names(store)
    if within is not None:
        kind = kinds.named(store, within)
        inside = kinds.things_of(store, kind, (iri.value for _, iri in every))
        every = [(name, iri) for name, iri in every if iri.value in inside]
    best: dict[ox.NamedNode, tuple[int, int, str]] = {}
    for name, iri in every:
        place = _place(fold(name), wanted, words)
        if place is not None:
            rank = (place, len(name), name)
            best[iri] = min(rank, best.get(iri, rank))
    if not best:
        similar = MATCHES.index("similar")
        best = {iri: (similar, 0, name) for name, iri in entities.nearest(text, every)}
        return _hits(store, list(best.items())[:limit])
    ranked = sorted(best.items(), key=lambda item: (item[1][0], _remote(item[0]), item[1][1:]))
    return _hits(store, ranked[:limit])


def _place(name: str, wanted: str, words: list[str]) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2
    return 3 if all(word in name for word in words) else None


def _remote(iri: ox.NamedNode) -> int:
    """Things come before terms of the ontology and code lists, and these before claims."""
    if "/claim/" in iri.value:
        return 2
    return int("/ontology" in iri.value or "/scheme/" in iri.value)


def _hits(store: Store, found: Iterable[tuple[ox.NamedNode, tuple[int, int, str]]]) -> list[Hit]:
    found = list(found)
    main = kinds_of(store, [iri.value for iri, _ in found])
    return [
        Hit(iri.value, main.get(iri.value, ""), name, MATCHES[place])
        for iri, (place, _, name) in found
    ]
