"""Evidence is read alike from quads and from a store, and a proof prints briefly."""

from __future__ import annotations

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.common.namespaces import BASE, EVIDENCE_GRAPH, node
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.evidence.reader import (
    HAS_SOURCE,
    Position,
    StoreLookup,
    phrases_of_claim,
    quad_lookup,
    read_evidence,
)

CLAIM = node("claim:cfsn-2019-04-11/secretariat-china")
EVIDENCE = ox.NamedNode(BASE + "evidence/cfsn-2019-04-11/secretariat-china")


def test_a_store_and_its_quads_have_the_same_evidence(graph: KnowledgeGraph) -> None:
    quads = list(graph.store.quads(ox.NamedNode(EVIDENCE_GRAPH)))
    iris = {quad.subject for quad in quads if quad.predicate == HAS_SOURCE}
    assert len(iris) > 150
    in_quads, in_store = quad_lookup(quads), StoreLookup(graph.store)
    for iri in iris:
        assert isinstance(iri, ox.NamedNode)
        one, other = read_evidence(in_quads, iri), read_evidence(in_store, iri)
        for field in ("sources", "phrases", "positions"):
            assert set(getattr(one, field)) == set(getattr(other, field)), iri


def test_evidence_has_sources_phrases_and_positions(graph: KnowledgeGraph) -> None:
    evidence = read_evidence(StoreLookup(graph.store), EVIDENCE)
    assert [source.value for source in evidence.sources] == [BASE + "source/cfsn-2019-04-11"]
    assert [phrase for _, phrase in evidence.phrases] == ["秘书处由中国承担"]
    assert [position for _, position in evidence.positions] == [Position(729, 737)]


def test_phrases_of_a_claim_are_those_of_its_proofs(graph: KnowledgeGraph) -> None:
    own, other = proofs.proofs_of_claims(graph.store, [CLAIM.value])[CLAIM.value]
    assert phrases_of_claim(graph.store, CLAIM) == sorted(
        each.phrase or "" for each in (own, other)
    )
    assert (own.phrase, own.start, own.end) == ("秘书处由中国承担", 729, 737)
    # The clause leaves out of which committee it speaks.
    assert (own.names, own.inferred) == ((), ())
    assert (other.names, other.inferred) == ((), ("subject",))
    assert "（由此推断对象）" in proofs.cite([own, other], "zh")


def test_only_claims_have_evidence(graph: KnowledgeGraph) -> None:
    assert phrases_of_claim(graph.store, node("std:Ballot")) == []
    assert proofs.proofs_of_claims(graph.store, ["no IRI", BASE + "x"]) == {
        "no IRI": (),
        BASE + "x": (),
    }


def test_the_repr_of_a_proof_is_its_claim_and_citation() -> None:
    proof = Proof(CLAIM.value, "a vote", 0, 6, "s", None, "the Gazette", "公报")
    assert repr(proof) == (
        "<Proof claim:cfsn-2019-04-11/secretariat-china: “a vote” – the Gazette>"
    )
