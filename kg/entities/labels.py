"""Choose the best label of entities in a language."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.common.namespaces import compact, node
from kg.store import Store

_LABELS: Final = (node("skos:prefLabel"), node("rdfs:label"), node("dcterms:title"))
_TITLE: Final = _LABELS[-1]

_Label: TypeAlias = tuple[int, str | None, str]
"""A label: index of its property in :data:`_LABELS`, language and text."""


def labels(store: Store, iris: Iterable[ox.NamedNode], lang: str) -> dict[ox.NamedNode, str]:
    """Return the best label of each IRI, in the order given.

    Labels in ``lang`` (a BCP 47 tag; ``zh`` includes ``zh-hans``) come first, then English,
    Chinese and other languages. A title is used only if there is no label, since documents are
    listed by their number; an entity without either gets its compact IRI.
    """
    return labels_in(store, iris, (lang,))[0]


def labels_in(
    store: Store, iris: Iterable[ox.NamedNode], langs: Collection[str]
) -> list[dict[ox.NamedNode, str]]:
    """Return the best labels of each IRI as :func:`labels` does, one dict per language."""
    candidates: dict[ox.NamedNode, list[_Label]] = {iri: [] for iri in iris}
    for index, property_ in enumerate(_LABELS):
        # Skip entities whose labels can't be improved by this property.
        pending = [iri for iri, own in candidates.items() if not _settled(own, langs, property_)]
        for iri, _, label, _ in store.about(pending, (property_,)):
            if isinstance(label, ox.Literal):
                candidates[iri].append((index, label.language, label.value))
    return [{iri: _best(iri, own, lang) for iri, own in candidates.items()} for lang in langs]


def _settled(candidates: Collection[_Label], langs: Collection[str], next_: ox.NamedNode) -> bool:
    if next_ == _TITLE:
        return bool(candidates)
    return {language for _, language, _ in candidates}.issuperset(langs)


def _best(iri: ox.NamedNode, candidates: Iterable[_Label], lang: str) -> str:
    ranks = (
        (_LABELS[index] == _TITLE, _distance(language, lang), index, label)
        for index, language, label in candidates
    )
    best = min(ranks, default=None)
    return compact(iri.value) if best is None else best[-1]


@lru_cache(maxsize=1024)
def _distance(tag: str | None, lang: str) -> int:
    tag = (tag or "").casefold()
    for distance, wanted in enumerate((lang.casefold(), lang.casefold().split("-")[0], "en", "zh")):
        if tag == wanted or tag.startswith(wanted + "-"):
            return 2 * distance + (tag != wanted)
    return 9 if tag else 8
