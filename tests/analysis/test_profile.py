"""A profile lists all statements about an entity, in both directions, with their evidence."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.analysis.model import Profile
from kg.common.namespaces import BASE, PREFIXES

COMMITTEE = BASE + "iso/tc/321"


@pytest.fixture(scope="module")
def committee(graph: KnowledgeGraph) -> Profile:
    return graph.profile("ISO/TC 321")


def test_label_kinds_and_names(committee: Profile) -> None:
    assert committee.iri == COMMITTEE
    assert committee.label.zh == "ISO电子商务交易保障技术委员会"
    assert [kind.en for kind in committee.kinds] == ["technical committee"]
    assert {"ISO/TC 321", "电子商务交易保障国际标准化技术委员会"} <= set(committee.names)


@pytest.mark.parametrize(
    ("direction", "name", "value", "phrase"),
    [
        (
            "value",
            "start",
            ox.Literal("2018-08-17", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")),
            None,
        ),
        (
            "out",
            "approved by",
            BASE + "iso/tc/321/ballot/2",
            "此次获准设立的电子商务交易保障标准化技术委员会",
        ),
        ("in", "secretariat of", BASE + "place/cn", "秘书处由中国承担"),
        ("in", "ranked item", BASE + "iso/tc/321/first", "电子商务领域的首个国际标准化技术委员会"),
    ],
)
def test_facts_in_both_directions_have_their_phrases(
    committee: Profile, direction: str, name: str, value: ox.Literal | str, phrase: str | None
) -> None:
    term = ox.NamedNode(value) if isinstance(value, str) else value
    [fact] = [
        fact
        for fact in committee.facts
        if (fact.direction, fact.name.en, fact.value) == (direction, name, term)
    ]
    assert phrase in {proof.phrase for proof in fact.proofs}


def test_every_statement_about_an_entity_is_listed(graph: KnowledgeGraph) -> None:
    for name in ("ISO/TC 321", "国家标准委", "浙江省", "最多跑一次", "杭州市市场监管局"):
        profile = graph.profile(name)
        claims = {proof.claim for fact in profile.facts for proof in fact.proofs}
        iri = ox.NamedNode(profile.iri)
        stated = {
            quad.graph_name.value
            for quad in graph.store.quads()
            if iri in (quad.subject, quad.object)
            and isinstance(quad.graph_name, ox.NamedNode)
            and quad.graph_name.value.startswith(PREFIXES["claim"])
        }
        assert stated <= claims, name


def test_every_fact_about_an_entity_of_the_article_has_evidence(graph: KnowledgeGraph) -> None:
    profile = graph.profile("国家标准委")
    assert len(profile.facts) > 10
    assert all(fact.proofs for fact in profile.facts)


def test_a_relation_and_its_other_end_have_separate_dates(committee: Profile) -> None:
    [chair] = [fact for fact in committee.facts if fact.name.en == "chairs"]
    assert chair.date == "2021"
    plenary = next(f for f in committee.facts if f.shown.en.startswith("8th plenary"))
    assert (plenary.date, plenary.when) == ("", "2023-11-14")
    assert plenary.shown.en == "8th plenary of ISO/TC 321"


def test_claims_and_sources_of_the_evidence_have_labels(committee: Profile) -> None:
    proofs = [proof for fact in committee.facts for proof in fact.proofs]
    assert set(committee.labels) == {iri for p in proofs for iri in (p.claim, p.source)}
    claim = committee.labels[PREFIXES["claim"] + "cfsn-2019-04-11/secretariat-china"]
    assert claim.zh == "“秘书处由中国承担” – 中国食品安全网 2019-04-11"


def test_the_main_kind_comes_first_and_a_concept_has_its_code_list(
    graph: KnowledgeGraph,
) -> None:
    kinds = [kind.en for kind in graph.profile("国家标准委").kinds]
    assert kinds == ["standards body", "government body"]
    [hit] = graph.search("电子商务交易保障", within="skos:Concept", limit=1)
    assert [kind.en for kind in graph.profile(hit.iri).kinds] == ["topic"]


def test_a_narrower_role_names_the_relation(graph: KnowledgeGraph) -> None:
    facts = graph.profile("杭州市").facts
    assert "主要提出者" in {fact.name.zh for fact in facts}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("claim:cfsn-2019-04-11/secretariat-china", "China"),
        ("std:Ballot", "One round of voting on a proposal."),
        ("<source/cfsn-2019-04-11>", "2019-04-11T17:22:00"),
        ("<iso/tc/321/secretariat/cn>", "China"),
    ],
)
def test_claims_terms_sources_and_participations_have_profiles_too(
    graph: KnowledgeGraph, name: str, value: str
) -> None:
    assert value in {fact.shown.en for fact in graph.profile(name).facts}


def test_the_repr_of_a_profile_counts_its_facts(committee: Profile) -> None:
    assert repr(committee) == (
        f"<Profile {committee.label.en} <iso/tc/321>: {len(committee.facts)} facts>"
    )
