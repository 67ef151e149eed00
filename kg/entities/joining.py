"""Join the entities of an article to those of the graph, by IRI, identifier and name.

Nothing is joined without a line in the report, and nothing on a likeness of names alone: entities
of which only some names agree are left apart until the curator decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.common.folding import fold
from kg.common.namespaces import BASE, ENTITIES_GRAPH, ONTOLOGY_GRAPH, RDF_TYPE, compact, node

_ENTITIES: Final = ox.NamedNode(ENTITIES_GRAPH)
_PREFERRED: Final = node("skos:prefLabel")
_OTHER_NAME: Final = node("skos:altLabel")
_IDENTIFIER: Final = node("dcterms:identifier")
_SUPERCLASS: Final = node("rdfs:subClassOf")
_DISJOINT: Final = node("owl:disjointWith")
_SAME: Final = node("owl:sameAs")
_DIFFERENT: Final = node("owl:differentFrom")


class JoinStatus(StrEnum):
    """What became of an entity of an article."""

    SAME = "same"
    NEW = "new"
    PERHAPS = "perhaps the same"
    DIFFERENT = "different"


class JoinReason(StrEnum):
    """Why an entity is, or perhaps is, the same as another."""

    IRI = "IRI"
    IDENTIFIER = "identifier"
    NAME = "name"
    DECISION = "decision"
    NONE = ""


@dataclass(frozen=True)
class EntityJoin:
    """An entity of an article (IRI, as it is written there), and the one that it is or may be.

    ``name`` and ``other_name`` are names of the two; ``other`` is empty for a new entity.
    """

    entity: str
    name: str
    status: JoinStatus
    reason: JoinReason = JoinReason.NONE
    other: str = ""
    other_name: str = ""


@dataclass
class _Described:
    """What is known of an entity for comparing it."""

    types: set[str]
    preferred: dict[str, str]
    folded: set[str]
    identifiers: set[str]

    @property
    def name(self) -> str:
        return self.preferred.get("zh") or self.preferred.get("en") or ""


class _Classes:
    """The hierarchy of classes, and which are disjoint."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._above: dict[str, set[str]] = {}
        self._disjoint: set[tuple[str, str]] = set()
        for quad in quads:
            if quad.predicate == _SUPERCLASS:
                self._above.setdefault(_iri(quad.subject), set()).add(_iri(quad.object))
            elif quad.predicate == _DISJOINT:
                pair = _iri(quad.subject), _iri(quad.object)
                self._disjoint |= {pair, pair[::-1]}

    def with_superclasses(self, types: Iterable[str]) -> set[str]:
        found: set[str] = set()
        pending = list(types)
        while pending:
            each = pending.pop()
            if each not in found:
                found.add(each)
                pending += self._above.get(each, ())
        return found

    def are_alike(self, one: Collection[str], other: Collection[str]) -> bool:
        """Whether a class of one is a class of the other, or above it."""
        above_one, above_other = self.with_superclasses(one), self.with_superclasses(other)
        return bool(above_one & set(other) or above_other & set(one))

    def are_disjoint(self, one: Collection[str], other: Collection[str]) -> bool:
        above_other = self.with_superclasses(other)
        return any(
            (a, b) in self._disjoint for a in self.with_superclasses(one) for b in above_other
        )


def join_entities(
    known: Sequence[ox.Quad], own: Sequence[ox.Quad]
) -> tuple[list[ox.Quad], list[EntityJoin]]:
    """Return the quads of an article with joined entities, and a report on each entity.

    ``known`` are the quads of the ontology and of the articles before. An entity is the same as a
    known one if it has its IRI; if one identifier of both is equal; if the preferred names in both
    languages are equal, and the class of one is that of the other or above it; or if the article
    says so with ``owl:sameAs``. It then takes the known IRI, and its differing preferred names
    become other names. With one equal name it is perhaps the same, unless the classes are disjoint
    or the article says ``owl:differentFrom``.

    Raises SourceError for a decision about an entity that is not known.
    """
    # Terms of the ontology have names too, but are no entities.
    described = _describe(quad for quad in known if _iri(quad.graph_name) != ONTOLOGY_GRAPH)
    candidates = {
        iri: each for iri, each in described.items() if each.types and iri.startswith(BASE)
    }
    classes = _Classes(known)
    mine = _describe(own)
    decisions = {
        property_: {
            (_iri(quad.subject), _iri(quad.object)) for quad in own if quad.predicate == property_
        }
        for property_ in (_SAME, _DIFFERENT)
    }
    _check_decisions(decisions, {*candidates, *mine})
    joins: list[EntityJoin] = []
    renamed: dict[ox.NamedNode, ox.NamedNode] = {}
    declared = {_iri(q.subject) for q in own if q.graph_name == _ENTITIES}
    by_name: dict[str, set[str]] = {}
    for iri, each in candidates.items():
        for folded in each.folded:
            by_name.setdefault(folded, set()).add(iri)
    for iri in sorted(declared):
        found = _join(iri, mine[iri], candidates, by_name, classes, decisions)
        joins += found
        if found[0].status == JoinStatus.SAME and found[0].other != iri:
            renamed[ox.NamedNode(iri)] = ox.NamedNode(found[0].other)
    mentioned = {
        _iri(term)
        for quad in own
        if quad.predicate not in decisions
        for term in (quad.subject, quad.object)
    }
    joins += [
        EntityJoin(iri, candidates[iri].name, JoinStatus.SAME, JoinReason.IRI, iri)
        for iri in sorted(mentioned & candidates.keys() - declared)
        if candidates[iri].folded
    ]
    return _renamed(own, renamed, candidates), joins


def _join(
    iri: str,
    entity: _Described,
    candidates: Mapping[str, _Described],
    by_name: Mapping[str, set[str]],
    classes: _Classes,
    decisions: Mapping[ox.NamedNode, set[tuple[str, str]]],
) -> list[EntityJoin]:
    def joined(status: JoinStatus, reason: JoinReason, other: str = "") -> EntityJoin:
        other_name = candidates[other].name if other in candidates and other != iri else ""
        return EntityJoin(iri, entity.name, status, reason, other, other_name)

    if iri in candidates:
        return [joined(JoinStatus.SAME, JoinReason.IRI, iri)]
    decided = sorted(other for one, other in decisions[_SAME] if one == iri)
    if decided:
        return [joined(JoinStatus.SAME, JoinReason.DECISION, decided[0])]
    apart = {other for one, other in decisions[_DIFFERENT] if one == iri}
    apart |= {one for one, other in decisions[_DIFFERENT] if other == iri}
    alike = {other for folded in entity.folded for other in by_name.get(folded, ())} - apart
    numbered = {
        other
        for other, each in candidates.items()
        if other not in apart
        and entity.identifiers & each.identifiers
        and not classes.are_disjoint(entity.types, each.types)
    }
    same_names = {
        other
        for other in alike
        if classes.are_alike(entity.types, candidates[other].types)
        and len(entity.preferred) > 1
        and {lang: fold(name) for lang, name in entity.preferred.items()}
        == {lang: fold(name) for lang, name in candidates[other].preferred.items()}
    }
    for reason, others in ((JoinReason.IDENTIFIER, numbered), (JoinReason.NAME, same_names)):
        if len(others) == 1:
            return [joined(JoinStatus.SAME, reason, *others)]
    perhaps = numbered | {
        other for other in alike if not classes.are_disjoint(entity.types, candidates[other].types)
    }
    if perhaps:
        return [
            joined(
                JoinStatus.PERHAPS,
                JoinReason.IDENTIFIER if other in numbered else JoinReason.NAME,
                other,
            )
            for other in sorted(perhaps)
        ]
    if apart:
        return [joined(JoinStatus.DIFFERENT, JoinReason.DECISION, other) for other in sorted(apart)]
    return [joined(JoinStatus.NEW, JoinReason.NONE)]


def _check_decisions(
    decisions: Mapping[ox.NamedNode, set[tuple[str, str]]], known: Collection[str]
) -> None:
    for property_, pairs in decisions.items():
        for one, other in sorted(pairs):
            for iri in (one, other):
                if iri not in known:
                    raise SourceError(
                        f"{compact(one)} {compact(property_.value)} {compact(other)}:"
                        f" {compact(iri)} is no entity of the graph: correct the IRI, or remove"
                        " the line"
                    )


def _renamed(
    own: Iterable[ox.Quad],
    renamed: Mapping[ox.NamedNode, ox.NamedNode],
    candidates: Mapping[str, _Described],
) -> list[ox.Quad]:
    """Return the quads with known IRIs, without decisions."""
    quads = []
    for quad in own:
        subject, predicate, object_ = quad.subject, quad.predicate, quad.object
        if predicate in (_SAME, _DIFFERENT):
            continue
        if isinstance(subject, ox.NamedNode):
            subject = renamed.get(subject, subject)
        if isinstance(object_, ox.NamedNode):
            object_ = renamed.get(object_, object_)
        known = candidates.get(_iri(subject)) if quad.graph_name == _ENTITIES else None
        if known and predicate == _PREFERRED and isinstance(object_, ox.Literal):
            preferred = known.preferred.get(object_.language or "", object_.value)
            if preferred != object_.value:
                predicate = _OTHER_NAME
        quads.append(ox.Quad(subject, predicate, object_, quad.graph_name))
    return quads


def _describe(quads: Iterable[ox.Quad]) -> dict[str, _Described]:
    described: dict[str, _Described] = {}
    for quad in quads:
        each = described.get(_iri(quad.subject))
        if each is None:
            each = described[_iri(quad.subject)] = _Described(set(), {}, set(), set())
        value = quad.object
        if quad.predicate == RDF_TYPE and quad.graph_name == _ENTITIES:
            each.types.add(_iri(value))
        elif isinstance(value, ox.Literal):
            if quad.predicate in (_PREFERRED, _OTHER_NAME):
                each.folded.add(fold(value.value))
                if quad.predicate == _PREFERRED and value.language:
                    each.preferred[value.language] = value.value
            elif quad.predicate == _IDENTIFIER:
                each.identifiers.add(value.value)
    return described


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
