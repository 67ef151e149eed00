from __future__ import annotations

import pyoxigraph as ox

from kg.common.namespaces import BASE, CURATION, EVIDENCE_GRAPH, PREFIXES, STD
from kg.identifiers import iris
from kg.sources.iso_open_data import committees, members
from kg.sources.rdf import reader
from tests.sources.iso_open_data.support import fixture
from tests.support import ROOT

PREF = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
COUNTRY = ox.NamedNode(STD + "jurisdiction")
ALL = members.country_quads(members.country_codes())


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + path)


def test_each_member_has_a_country_of_its_own() -> None:
    numbers = members.country_codes()
    assert len(numbers) == len({*numbers.values()}) > 150


def test_each_country_has_a_chinese_and_an_english_label() -> None:
    for code in members.country_codes().values():
        place = ox.NamedNode(iris.country(code))
        labels = [
            quad.object.language
            for quad in ALL
            if quad.subject == place
            and quad.predicate == PREF
            and isinstance(quad.object, ox.Literal)
        ]
        assert sorted(str(label) for label in labels) == ["en", "zh"], code


def test_country_labels_are_those_of_the_curated_claims() -> None:
    files = (ROOT / "articles").glob("*/entities.trig")
    curated = {
        (quad.subject, quad.object)
        for file in files
        for quad in reader.read_rdf(file)
        if quad.predicate == PREF
    }
    ours = {(quad.subject, quad.object) for quad in ALL if quad.predicate == PREF}
    both = {subject for subject, _ in curated} & {subject for subject, _ in ours}
    assert {node("place/cn"), node("place/us"), node("place/jp"), node("place/ca")} <= both
    assert {pair for pair in curated if pair[0] in both} == {p for p in ours if p[0] in both}


def test_countries_are_in_a_graph_of_the_curators() -> None:
    graph = ox.NamedNode(members.GRAPH)
    assert {quad.graph_name for quad in ALL} == {graph, ox.NamedNode(EVIDENCE_GRAPH)}
    source = ox.NamedNode(PREFIXES["dcterms"] + "source")
    assert [q.object for q in ALL if q.predicate == source] == [ox.NamedNode(CURATION)]
    assert all(q.graph_name == graph for q in ALL if q.predicate == COUNTRY)


def test_unknown_members_are_ignored() -> None:
    quads = members.country_quads(["1635", "10320054"])
    assert [(q.subject, q.object) for q in quads if q.predicate == COUNTRY] == [
        (node("cn/sac"), node("place/cn"))
    ]
    assert members.country_quads(["10320054"]) == []


def test_a_region_of_china_is_located_in_china() -> None:
    quads = members.country_quads(["1770"])
    within = ox.NamedNode(STD + "locatedIn")
    assert (node("place/hk"), node("place/cn")) in {
        (q.subject, q.object) for q in quads if q.predicate == within
    }
    assert (node("place/cn"), ox.Literal("中国", language="zh")) in {
        (q.subject, q.object) for q in quads if q.predicate == PREF
    }


def test_alternative_names_repeat_nothing() -> None:
    preferred = {(q.subject, q.object) for q in ALL if q.predicate == PREF}
    further = [
        (q.subject, q.object)
        for q in ALL
        if q.predicate == ox.NamedNode(PREFIXES["skos"] + "altLabel")
    ]
    assert len(further) == len({*further})
    assert preferred.isdisjoint(further)
    assert {name for place, name in further if place == node("place/cn")} == {
        ox.Literal("People's Republic of China", language="en"),
        ox.Literal("中华人民共和国", language="zh"),
    }


def test_all_but_one_member_of_the_fixtures_are_known() -> None:
    batch = fixture(committees.convert, "iso_technical_committees.csv")
    number = ox.NamedNode(STD + "isoOrganizationId")
    body = ox.NamedNode(STD + "StandardsBody")
    bodies = {triple.subject for triple in batch.triples if triple.object == body}
    numbers = {
        triple.object.value
        for triple in batch.triples
        if triple.predicate == number
        and triple.subject in bodies
        and isinstance(triple.object, ox.Literal)
    }
    assert numbers - {*members.country_codes()} == {"10320054"}
