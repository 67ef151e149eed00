"""Resolve the name of a kind of entity: a class, a code list, or a group of the legend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from kg.common.errors import ResolutionError
from kg.common.folding import fold
from kg.common.namespaces import compact, expand, iri
from kg.entities.groups import GROUPS, group_of, main_kind
from kg.entities.index import name_index
from kg.entities.index.kind_sets import KindSet
from kg.entities.lookup import property_values, query_values
from kg.store import Store

_KIND_PROPERTIES: Final = (iri("rdf:type"), iri("skos:inScheme"))
_CLASSES: Final = "SELECT DISTINCT ?kind WHERE { ?kind a owl:Class FILTER(isIRI(?kind)) }"
_LABELS: Final = """
SELECT DISTINCT ?kind ?label WHERE {{
    VALUES ?kind {{ {iris} }}
    ?kind rdfs:label|skos:prefLabel ?label
}}"""
_OF_KIND: Final = "SELECT DISTINCT ?iri WHERE {{ ?iri a|skos:inScheme {kind} }}"
_HAS_MEMBERS: Final = "ASK { { ?entity a ?kind } UNION { ?entity skos:inScheme ?kind } }"
_SEPARATOR: Final = re.compile("[:/#]")
_SUGGESTIONS: Final = 3
_MIN_SIMILARITY: Final = 0.6


def all_kinds(store: Store, iris: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the compact IRIs of the code lists and all classes (superclasses too) per entity."""
    kinds: dict[str, set[str]] = {}
    for entity, _, kind, _ in property_values(store, iris, _KIND_PROPERTIES):
        kinds.setdefault(entity, set()).add(compact(kind.value))
    return {entity: tuple(sorted(own)) for entity, own in kinds.items()}


def entities_of_kind(store: Store, kind: str) -> set[str]:
    """Return the IRIs of all entities of a class or code list, given by its IRI."""
    node = expand(kind)
    rows = store.select(_OF_KIND.format(kind=node)).rows if node is not None else ()
    return {term.value for (term,) in rows if term is not None}


def kind_set_ids(kind_sets: Mapping[int, KindSet], kind: str) -> set[int]:
    """Return the ids of the kind sets that include a kind given by :func:`resolve_kind`."""
    if kind in GROUPS:
        # A class such as std:Event has its members' color without being a member of the group.
        main = {number: main_kind(own.narrow) for number, own in kind_sets.items()}
        return {number for number, own in main.items() if group_of(own, own) == kind}
    return {number for number, own in kind_sets.items() if kind in map(compact, own.every)}


def resolve_kind(store: Store, text: str) -> str:
    """Return the group, or the compact IRI of the class or code list, that a text refers to.

    Accepts an IRI (see :func:`kg.common.namespaces.expand`), the local name or a label of a class
    in either language, and the name or label of a group; case, width and script are ignored. A
    group is preferred over a class of the same name. ResolutionError suggests the nearest kinds, or
    lists the choices if there are several.
    """
    text = text.strip()
    if text.casefold() in GROUPS:
        return text.casefold()
    labels_by_kind = _labels_by_kind(store)
    node = expand(text)
    if node is not None:
        kind = compact(node.value)
        # The index doesn't know entities without names.
        if kind in labels_by_kind or store.ask(_HAS_MEMBERS, {"kind": node}):
            return kind
    kinds_by_name: dict[str, set[str]] = {}
    for kind, labels in labels_by_kind.items():
        # Code lists go by label only: some share a class's local name (std:Vote, <scheme/vote>).
        names = [kind, _local_name(kind)] if ":" in kind else [kind]
        for name in (*labels, *names):
            kinds_by_name.setdefault(fold(name), set()).add(kind)
    for group, label in GROUPS.items():
        # The class of the same name is still available by its IRI.
        kinds_by_name |= {fold(name): {group} for name in (group, label.en, label.zh)}
    wanted = fold(text)
    matches = sorted(kinds_by_name.get(wanted, ())) if wanted else []
    if len(matches) > 1:
        raise ResolutionError(f"{text!r} can mean {', '.join(matches)}: give the IRI")
    if matches:
        return matches[0]
    if node is not None:
        # Compare local names, since a common prefix would make all IRIs similar.
        wanted = fold(_local_name(compact(node.value)))
        kinds_by_name = {fold(_local_name(kind)): {kind} for kind in labels_by_kind}
    similar = difflib.get_close_matches(
        wanted, kinds_by_name, n=_SUGGESTIONS, cutoff=_MIN_SIMILARITY
    )
    nearest = dict.fromkeys(kind for name in similar for kind in sorted(kinds_by_name[name]))
    if nearest:
        raise ResolutionError(f"no kind is called {text!r}; nearest: {', '.join(nearest)}")
    groups = ", ".join(GROUPS)
    raise ResolutionError(
        f"no kind is called {text!r}; groups are {groups}; 'kg stats' lists classes"
    )


def _labels_by_kind(store: Store) -> dict[str, list[str]]:
    """Return the labels of all classes and of all kinds of entities with names."""
    # Querying the store for the kinds of a million entities would take seconds.
    kinds = {kind for own in name_index(store).kind_sets.values() for kind in own.every}
    kinds |= {cls.value for (cls,) in store.select(_CLASSES).rows if cls is not None}
    labels = query_values(store, _LABELS, (kind for kind in sorted(kinds) if "://" in kind))
    return {compact(kind): labels.get(kind, []) for kind in sorted(kinds)}


def _local_name(kind: str) -> str:
    return _SEPARATOR.split(kind.strip("<>"))[-1]
