"""The best label of each IRI in a language."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES, compact
from kg.store import Store

_LABELS: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + local)
    for prefix, local in (("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title"))
)


_TITLE: Final = _LABELS[-1]


_Called: TypeAlias = tuple[int, str | None, str]
"""A label: the place of its property, its language, its text."""


def labels(store: Store, iris: Iterable[ox.NamedNode], lang: str) -> dict[ox.NamedNode, str]:
    """Find the best label of each IRI; the answer keeps the order given.

    A label in ``lang`` (a BCP 47 tag; ``zh`` takes ``zh-hans`` too) comes first, then English,
    Chinese, any other language; what has no label at all is shown as its compact IRI. A title is
    no label as long as there is another: a document that is listed goes by its number.
    """
    return labels_in(store, iris, (lang,))[0]


def labels_in(
    store: Store, iris: Iterable[ox.NamedNode], langs: Collection[str]
) -> list[dict[ox.NamedNode, str]]:
    """The same in several languages, in their order."""
    found: dict[ox.NamedNode, list[_Called]] = {iri: [] for iri in iris}
    for place, property_ in enumerate(_LABELS):
        # No label is better than one in just the language, and any is better than a title.
        open_ = [iri for iri, called in found.items() if not _settled(called, langs, property_)]
        for iri, _, label, _ in store.about(open_, (property_,)):
            if isinstance(label, ox.Literal):
                found[iri].append((place, label.language, label.value))
    return [{iri: _best(iri, called, lang) for iri, called in found.items()} for lang in langs]


def _settled(called: Collection[_Called], langs: Collection[str], property_: ox.NamedNode) -> bool:
    if property_ == _TITLE:
        return bool(called)
    return {language for _, language, _ in called}.issuperset(langs)


def _best(iri: ox.NamedNode, called: Iterable[_Called], lang: str) -> str:
    ranks = (
        (_LABELS[place] == _TITLE, _distance(language, lang), place, label)
        for place, language, label in called
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
