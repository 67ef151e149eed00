"""What the phrases of a claim name: its subject, its agent and its date.

The phrase that carries a claim's predicate often leaves these out. A claim then says which other
phrase names them (``std:subjectEvidence``, ``std:agentEvidence``, ``std:timeEvidence``), or from
which one they are inferred (``std:subjectInferredFrom`` and so on). A part that no phrase names in
one of its names, and about which the claim says nothing, is unnamed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as ox

from kg.common.namespaces import BASE, RDF_TYPE, node
from kg.evidence.reader import (
    HAS_EVIDENCE,
    INFERRED_FROM,
    NAMED_BY,
    PARTS,
    Part,
    quad_lookup,
    read_evidence,
    resources,
)
from kg.sources.article import subject_iri

_NAMES: Final = tuple(map(node, ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")))
_AGENT: Final = node("std:agent")
_SUBJECTS: Final = frozenset(map(node, ("std:in", "std:observed", "std:about", "std:rankedItem")))
_TIMES: Final = frozenset(
    map(node, ("std:date", "std:period", "std:asOf", "std:publishedOn", "std:effectiveOn"))
)
_SOURCE: Final = node("std:Source")
_PUNCTUATION: Final = str.maketrans("", "", "“”《》")


@dataclass(frozen=True)
class Naming:
    """How the subject, agent or date of a claim (IRI) is known; ``entities`` are IRIs, or years.

    ``how`` is ``phrase`` if the phrases name it, ``role`` if the claim says which phrase does,
    ``inferred`` if it says from which phrase it is inferred, and ``unnamed`` otherwise.
    """

    claim: str
    part: Part
    how: Literal["phrase", "role", "inferred", "unnamed"]
    entities: tuple[str, ...]


def name_parts(claims: Iterable[str], quads: Iterable[ox.Quad]) -> list[Naming]:
    """Find how the subject, agent and date of claims are known, in the order of the claims.

    ``quads`` are those of the articles: claims, evidence and the names of entities. A part that a
    claim doesn't have is left out.
    """
    quads = list(quads)
    lookup = quad_lookup(quads)
    names: dict[str, set[str]] = defaultdict(set)
    statements: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in _NAMES and isinstance(quad.object, ox.Literal):
            names[subject_iri(quad)].add(_folded(quad.object.value))
        if isinstance(quad.graph_name, ox.NamedNode):
            statements[quad.graph_name.value].append(quad)
    sources = {
        subject_iri(quad) for quad in quads if quad.predicate == RDF_TYPE and quad.object == _SOURCE
    }
    found = []
    for claim in claims:
        iri = ox.NamedNode(claim)
        evidence = [read_evidence(lookup, each) for each in resources(lookup, iri, HAS_EVIDENCE)]
        words = [_folded(text) for each in evidence for _, text in each.phrases]
        if not words:
            continue
        for part, entities in _parts(statements[claim], names, sources).items():
            unnamed = tuple(each for each in entities if not _is_named(each, words, names))
            if resources(lookup, iri, INFERRED_FROM[part]):
                found.append(Naming(claim, part, "inferred", entities))
            elif resources(lookup, iri, NAMED_BY[part]):
                found.append(Naming(claim, part, "role", entities))
            else:
                how: Literal["unnamed", "phrase"] = "unnamed" if unnamed else "phrase"
                found.append(Naming(claim, part, how, unnamed or entities))
    return found


def _parts(
    statements: Iterable[ox.Quad], names: Mapping[str, set[str]], sources: set[str]
) -> dict[Part, tuple[str, ...]]:
    """Return the entities, or years, that are each part of a claim with these statements."""
    parts: dict[Part, dict[str, None]] = {part: {} for part in PARTS}
    for quad in statements:
        value = getattr(quad.object, "value", "")
        if quad.predicate == _AGENT:
            parts["agent"][value] = None
        elif quad.predicate in _TIMES:
            parts["time"][value[:4]] = None
        for entity in (subject_iri(quad), value if quad.predicate in _SUBJECTS else ""):
            if entity in names and entity not in sources:
                parts["subject"][entity] = None
    return {part: tuple(entities) for part, entities in parts.items() if entities}


def _folded(text: str) -> str:
    return text.translate(_PUNCTUATION).casefold()


def _is_named(entity: str, words: Iterable[str], names: Mapping[str, set[str]]) -> bool:
    known = names.get(entity, set()) if entity.startswith(BASE) else {entity}
    return any(name in text for name in known for text in words)
