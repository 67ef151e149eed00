"""What a thing is, and everything that is said of it: values and relations, with their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import proofs
from kg.headers import Text
from kg.namespaces import compact
from kg.proofs import Proof
from kg.sentences import PLANNED, Phrasings
from kg.store import Store, Term
from kg.views.about import names, rows
from kg.views.groups import every_kind_of
from kg.views.network import Contents, contents

if TYPE_CHECKING:
    from kg.views import View

_VALUES: Final = """
SELECT DISTINCT ?thing ?property ?value ?claim WHERE {
    GRAPH ?claim { ?thing ?property ?value }
    FILTER(isLiteral(?value) || ?property IN (std:agent, std:in)
        || EXISTS { ?value a skos:Concept })
    FILTER(?claim != <graph/derived>)
    FILTER(?property NOT IN (std:topic, skos:prefLabel, skos:altLabel, rdfs:label, std:phrasing))
}"""
_NAMES: Final = """
SELECT DISTINCT ?iri ?name ?lang WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri skos:altLabel|dcterms:identifier ?name
    BIND(LANG(?name) AS ?lang)
}}"""
_CLAIMED: Final = """
SELECT DISTINCT ?claim ?subject ?property ?value WHERE {
    GRAPH ?claim { ?subject ?property ?value }
}
ORDER BY ?subject ?property ?value"""

DIRECTIONS: Final = ("value", "out", "in")
"""The groups of facts, in the order in which they are told."""


@dataclass(frozen=True)
class Fact:
    """One thing that is said of a thing.

    ``direction``: ``value`` for a literal or a term of a code list, ``out`` for a relation that
    leads from the thing, ``in`` for one that leads to it. ``property`` is a compact IRI, with its
    name in both languages; ``value`` is the literal or the IRI at the other end, ``shown`` its name
    in both languages. ``sentence`` says a relation in words. Two dates, each as precise as the
    source and empty where there is none: ``date`` is that of the relation, ``when`` that of the
    thing at the other end, which says nothing about when the relation held.
    """

    direction: str
    property: str
    name: Text
    value: Term
    shown: Text
    when: str
    date: str
    sentence: Text | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Profile:
    """A thing: its IRI, its names, its kinds with their names, and the facts, in groups.

    ``labels`` are the names of the claims and the sources that prove the facts, by their IRIs.
    """

    iri: str
    label: Text
    kinds: tuple[Text, ...]
    names: tuple[str, ...]
    facts: tuple[Fact, ...]
    labels: Mapping[str, Text]


def profile(store: Store, view: View, phrasings: Phrasings, thing: str) -> Profile:
    """Tell all that the graph holds of a thing.

    ``view`` is the view ``everything``, which finds its relations; ``thing`` an IRI. Values come
    first, then relations that lead from it, then those that lead to it, each by the name of the
    property. Of a claim, what it states is told.
    """
    node = ox.NamedNode(thing)
    found = contents(store, view, thing)
    values = _values(store, node) or _stated(store, node)
    facts = [*values, *_relations(found, phrasings, thing)]
    about = found.nodes[thing]
    kinds = every_kind_of(store, [thing]).get(thing, [])
    proving = {
        iri for fact in facts for proof in fact.proofs for iri in (proof.claim, proof.source)
    }
    named = names(store, {*kinds, *proving})
    label = Text(about["label_en"], about["label_zh"])
    return Profile(
        thing,
        label,
        tuple(named[kind] for kind in kinds),
        tuple(sorted({name for _, name, _ in rows(store, _NAMES, [thing])} - {label.en, label.zh})),
        tuple(sorted(facts, key=_order)),
        {iri: named[iri] for iri in sorted(proving)},
    )


_LANGS: Final = ("en", "zh")


def _order(fact: Fact) -> tuple[int, str, str, str]:
    return DIRECTIONS.index(fact.direction), fact.name.en, fact.date, fact.shown.en


def _values(store: Store, thing: ox.NamedNode) -> list[Fact]:
    """Literals and terms of code lists: the same value of several sources is one fact."""
    found: dict[tuple[ox.NamedNode, Term], set[str]] = {}
    for _, property_, value, claim in store.select(_VALUES, {"thing": thing}).rows:
        if isinstance(property_, ox.NamedNode) and value is not None and claim is not None:
            found.setdefault((property_, value), set()).add(claim.value)
    return list(_facts(store, found))


def _stated(store: Store, claim: ox.NamedNode) -> list[Fact]:
    """What a claim states, each statement as a fact of the claim."""
    found: dict[tuple[ox.NamedNode, Term], set[str]] = {}
    for _, _, property_, value in store.select(_CLAIMED, {"claim": claim}).rows:
        if isinstance(property_, ox.NamedNode) and value is not None:
            found.setdefault((property_, value), set()).add(claim.value)
    return list(_facts(store, found))


def _facts(store: Store, found: dict[tuple[ox.NamedNode, Term], set[str]]) -> Iterator[Fact]:
    """Values by property, each with the claims that state it, as facts with their evidence."""
    terms = {term for pair in found for term in pair if isinstance(term, ox.NamedNode)}
    named = names(store, (term.value for term in terms))
    evidence = proofs.of_claims(store, {claim for claims in found.values() for claim in claims})
    for (property_, value), claims in found.items():
        shown = named.get(value.value) if isinstance(value, ox.NamedNode) else None
        yield Fact(
            direction="value",
            property=compact(property_.value),
            name=named[property_.value],
            value=value,
            shown=shown or Text(value.value, value.value),
            when="",
            date="",
            sentence=None,
            proofs=tuple(proof for claim in sorted(claims) for proof in evidence[claim]),
        )


def _relations(found: Contents, phrasings: Phrasings, thing: str) -> Iterator[Fact]:
    """The edges that end or begin at the thing as facts."""
    for source, target, _, edge in found.edges:
        if thing not in (source, target):
            continue
        direction, other = ("out", target) if source == thing else ("in", source)
        ends = found.nodes[other]
        yield Fact(
            direction=direction,
            property=edge["role"] if edge["role"] in phrasings.narrow_roles else edge["relation"],
            name=Text(*(_relation_name(edge, phrasings, lang) for lang in _LANGS)),
            value=ox.NamedNode(other),
            shown=Text(ends["label_en"], ends["label_zh"]),
            when=ends["date"],
            date=edge["date"],
            sentence=Text(
                *(phrasings.sentence(found.nodes, source, target, edge, lang) for lang in _LANGS)
            ),
            proofs=tuple(proof for claim in edge["claims"] for proof in found.proofs[claim]),
        )


def _relation_name(edge: dict[str, str], phrasings: Phrasings, lang: str) -> str:
    name = edge[f"relation_{lang}"]
    if edge["planned"] or edge["role"] in phrasings.narrow_roles:
        name = edge[f"role_{lang}"]
    return name + (PLANNED.of(lang) if edge["planned"] else "")
