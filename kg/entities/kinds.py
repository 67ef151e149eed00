"""What one means by a kind of things: a class, a code list, or a group of the legend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from kg.common import namespaces
from kg.common.errors import KgError
from kg.common.folding import fold
from kg.common.namespaces import PREFIXES, compact
from kg.entities.groups import GROUPS, group_of, main_kind
from kg.entities.index import of_store
from kg.entities.index.kind_sets import Kinds
from kg.entities.lookup import pairs, values
from kg.store import Store

_OF: Final = (PREFIXES["rdf"] + "type", PREFIXES["skos"] + "inScheme")
_CLASSES: Final = "SELECT DISTINCT ?kind WHERE { ?kind a owl:Class FILTER(isIRI(?kind)) }"
_LABELS: Final = """
SELECT DISTINCT ?kind ?label WHERE {{
    VALUES ?kind {{ {iris} }}
    ?kind rdfs:label|skos:prefLabel ?label
}}"""
_USED: Final = "ASK { { ?thing a ?kind } UNION { ?thing skos:inScheme ?kind } }"
_LOCAL: Final = re.compile("[:/#]")
_SHOWN: Final = 3
_ALIKE: Final = 0.6


def all_of(store: Store, iris: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The compact IRIs of all classes of each thing, general ones too, and of its code list."""
    found: dict[str, set[str]] = {}
    for iri, _, kind, _ in values(store, iris, _OF):
        found.setdefault(iri, set()).add(compact(kind.value))
    return {iri: tuple(sorted(kinds)) for iri, kinds in found.items()}


def numbers_of(kinds: Mapping[int, Kinds], kind: str) -> set[int]:
    """The numbers of those sets of kinds that belong to a kind, as :func:`named` gives it."""
    if kind in GROUPS:
        # The class of events has the color of events, but it is none of them.
        main = {number: main_kind(found.narrow) for number, found in kinds.items()}
        return {number for number, own in main.items() if group_of(own, own) == kind}
    return {number for number, found in kinds.items() if kind in map(compact, found.every)}


def named(store: Store, text: str) -> str:
    """The name of the group, or the compact IRI of the class or code list, that a text means.

    It is a class's IRI (see :func:`kg.entities.resolution.expand`), its local name or its label in
    either language, or the name or label of a group; neither case nor width nor script counts. A
    group comes before a class of the same name. Raises KgError with the nearest when there is no
    such kind, with the choices when there are several.
    """
    text = text.strip()
    if text.casefold() in GROUPS:
        return text.casefold()
    known = _known(store)
    iri = namespaces.expand(text)
    if iri is not None:
        kind = compact(iri.value)
        # Of things without names the index knows nothing.
        if kind in known or store.ask(_USED, {"kind": iri}):
            return kind
    spelled: dict[str, set[str]] = {}
    for kind, labels in known.items():
        # A code list goes by its label: some are called like a class (std:Vote, <scheme/vote>).
        own = [kind, _local(kind)] if ":" in kind else [kind]
        for name in (*labels, *own):
            spelled.setdefault(fold(name), set()).add(kind)
    for group, title in GROUPS.items():
        # Whoever means the class writes its IRI.
        spelled |= {fold(name): {group} for name in (group, title.en, title.zh)}
    wanted = fold(text)
    meant = sorted(spelled.get(wanted, ())) if wanted else []
    if len(meant) > 1:
        raise KgError(f"{text!r} can mean {', '.join(meant)}: give the IRI")
    if meant:
        return meant[0]
    if iri is not None:
        # Else the prefix that all of them share would make everything look alike.
        wanted = fold(_local(compact(iri.value)))
        spelled = {fold(_local(kind)): {kind} for kind in known}
    alike = difflib.get_close_matches(wanted, spelled, n=_SHOWN, cutoff=_ALIKE)
    near = dict.fromkeys(kind for name in alike for kind in sorted(spelled[name]))
    if near:
        raise KgError(f"no kind is called {text!r}; nearest: {', '.join(near)}")
    groups = ", ".join(GROUPS)
    raise KgError(f"no kind is called {text!r}; groups are {groups}; 'kg stats' lists classes")


def _known(store: Store) -> dict[str, list[str]]:
    """The labels of all classes, and of all kinds that things with names have."""
    # To look for the kinds of all things in the store would take seconds for a million of them.
    used = {kind for kinds in of_store(store).kinds.values() for kind in kinds.every}
    used |= {cls.value for (cls,) in store.select(_CLASSES).rows if cls is not None}
    labels = pairs(store, _LABELS, (kind for kind in sorted(used) if "://" in kind))
    return {compact(kind): labels.get(kind, []) for kind in sorted(used)}


def _local(kind: str) -> str:
    return _LOCAL.split(kind.strip("<>"))[-1]
