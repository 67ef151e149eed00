"""How things of each kind are related in catalogues: the obvious way comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.analysis.path_statements import Way
from kg.analysis.relation_kinds import UNDIRECTED
from kg.cli.reports import paths as path_report
from kg.common.namespaces import BASE, compact
from kg.pipeline.summary import Summary
from tests.support import WORLD, BuildWith, Run

OWN_LIST = """
@prefix std: <https://w3id.org/stdkg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/stdkg/> .
<gb/t/19001> a std:Work ; dcterms:identifier "GB/T 19001" ; skos:prefLabel "GB/T 19001" .
<gb/t/19001-2016> a std:Standard ; std:editionOf <gb/t/19001> ;
    dcterms:identifier "GB/T 19001-2016" ; skos:prefLabel "GB/T 19001-2016" .
<gb/t/19001-2016/adoption/iso/9001-2015> a std:Adoption ;
    std:adopting <gb/t/19001-2016> ; std:adopted <iso/9001-2015> ;
    std:degree <scheme/degree/idt> .
<gb/t/22080-2016> a std:Standard ; std:adoptionOf <iso-iec/27001-2013> ;
    dcterms:identifier "GB/T 22080-2016" ; skos:prefLabel "GB/T 22080-2016" .
<gb/t/20000-2014> a std:Standard ;
    dcterms:identifier "GB/T 20000-2014" ; skos:prefLabel "GB/T 20000-2014" .
<gb/t/20000-2014/adoption/iso/9001-2008> a std:Adoption ;
    std:adopting <gb/t/20000-2014> ; std:adopted <iso/9001-2008> .
"""


def stations(way: Way) -> list[str]:
    return [station.removeprefix(BASE) for station in way.stations[1:-1]]


def sentences(way: Way, lang: str = "en") -> list[str]:
    return [statement.sentence.of(lang) for step in way.steps for statement in step]


@pytest.mark.parametrize(
    ("one", "other", "through"),
    [
        # country and committee: by the national body
        ("ISO/TC 8", "China", ["cn/sac"]),
        ("Germany", "ISO/TC 321", ["iso/organization/1511"]),
        ("德国", "ISO/TC 8/SC 3", ["iso/organization/1511"]),
        # countries: a joint conference before committees of their bodies
        ("China", "Germany", ["event/cn-de-industrie-4.0-forum"]),
        ("Kenya", "Netherlands", ["iso/organization/1854", "iso/tc/321", "iso/organization/2027"]),
        # standards: adoption, also where another edition or the work is named
        ("ISO 9001:2015", "JIS Q 9001:2015", ["iso/9001"]),
        ("ISO/IEC 27001", "JIS Q 27001", ["jis/q27001-2023"]),
        ("日本", "ISO 9001", ["jisc", "jis/q9001-2015"]),
        # editions and works
        ("ISO 9001:2015", "ISO 9001:2008", []),
        ("ISO 9001", "ISO 9001:2008", []),
        # committees: liaison, parent
        ("ISO/TC 8", "ISO/TC 154", []),
        ("ISO/IEC JTC 1", "ISO/IEC JTC 1/SC 27", []),
        ("ISO/TC 321", "GS1", []),
        # the article
        ("ISO", "浙江省", ["cn/zj/hangzhou/conference-base", "place/cn/zj/hangzhou"]),
        ("UN", "杭州市", ["un/cefact", "event/un-cefact-autumn-forum"]),
        ("国务院", "浙江省", ["cn/zj/pilot/standardization-reform"]),
    ],
)
def test_the_obvious_way_comes_first(
    world: KnowledgeGraph, one: str, other: str, through: list[str]
) -> None:
    for ends, expected in (((one, other), through), ((other, one), through[::-1])):
        best, *others = world.relate(*ends)
        assert stations(best) == expected
        assert len({best.stations, *(way.stations for way in others)}) == 1 + len(others)
        assert not best.weak
        assert all(statement.proofs for step in best.steps for statement in step)


def test_ways_that_say_the_same_are_told_as_one(world: KnowledgeGraph) -> None:
    shared = world.store.select(
        "SELECT DISTINCT ?c { <cn/sac> std:memberOf ?c . <iso/organization/1511> std:memberOf ?c }"
    ).rows
    best = world.relate("DIN", "SAC")[0]
    assert best.count == len(shared) == 6
    assert {stations(best)[0], *(a.stations[1].removeprefix(BASE) for a in best.alike)} == {
        row[0].value.removeprefix(BASE) for row in shared if row[0] is not None
    }
    # The most telling is one where a body has an office.
    assert any("secretariat" in sentence for sentence in sentences(best))
    counts = [count for _, count in best.varieties]
    assert counts == [6, 3, 1]
    names = [variety.zh for variety, _ in best.varieties]
    assert names[0].count("……") == 2
    assert "积极成员" in names[0]
    assert "秘书处" in names[1]
    assert "秘书处" in names[2]
    told = path_report.paths(world.store, [best], "table", "en")
    assert "6 ways say the same, each over one technical committee:" in told
    countries = [way for way in world.relate("China", "Germany") if way.count > 1]
    assert [way.count for way in countries] == [6]


def test_a_liaison_is_told_once_for_both_directions(world: KnowledgeGraph) -> None:
    ways = world.relate("ISO/TC 154", "ISO/TC 321")
    assert len(sentences(ways[0])) == 2
    relations = [variety.en for way in ways for variety, _ in way.varieties]
    assert len(relations) == len(set(relations))


def test_what_everything_has_in_common_is_no_way(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "own.trig"
    places = "".join(f"<place/x{n}> std:locatedIn <place/world> .\n" for n in range(9))
    documents = "".join(f"<x/{n}> std:publisher <x> .\n" for n in range(9))
    file.write_text(
        "@prefix std: <https://w3id.org/stdkg/ontology#> .\n@base <https://w3id.org/stdkg/> .\n"
        f"<graph/own> a std:Catalogue .\n<graph/own> {{ {places} {documents}"
        "<place/x0/a> std:locatedIn <place/x0> . <place/x0/b> std:locatedIn <place/x0> .\n"
        "<x/0> std:cites <x/1> . }\n",
        encoding="utf-8",
    )
    graph = KnowledgeGraph.of_files([file])
    assert graph.relate("<place/x1>", "<place/x2>") == []
    assert graph.relate("<x/5>", "<x/6>") == []
    assert [stations(way) for way in graph.relate("<place/x0/a>", "<place/x0/b>")] == [["place/x0"]]
    assert [stations(way) for way in graph.relate("<x/0>", "<x/1>")] == [[]]
    # What lies in the world does not stand for it.
    assert [stations(way) for way in graph.relate("<place/world>", "<place/x0/a>")] == [
        ["place/x0"]
    ]
    assert "place/x1" not in {s for way in graph.relate("<x>", "<x/1>") for s in stations(way)}


def test_nothing_found_says_what_was_looked_at(joined: Summary, run: Run) -> None:
    answer = run("relate", "W3C", "OGC", store=joined.folder)
    assert answer.returncode == 1
    assert answer.stdout.startswith("no way of at most 4 steps between W3C and OGC\n")
    assert "   1  OGC publishes …\n" in answer.stdout
    chinese = run("relate", "W3C", "OGC", "--lang", "zh", store=joined.folder).stdout
    assert "   1  OGC发布……\n" in chinese


def test_a_list_of_ones_own_relates_national_standards(
    tmp_path: Path, build_with: BuildWith
) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(OWN_LIST, encoding="utf-8")
    graph = KnowledgeGraph.open(build_with(own, WORLD / "relaton-data-iso").folder)
    [way] = graph.relate("GB/T 19001", "ISO 9001", paths=1)
    assert stations(way) == ["gb/t/19001-2016", "iso/9001-2015"]
    assert sentences(way)[1] == "GB/T 19001-2016 is an adoption of ISO 9001:2015 (identical)"
    assert sentences(way, "zh")[1] == "GB/T 19001-2016采用ISO 9001:2015（等同）"
    assert [proof.source_en for proof in way.steps[1][0].proofs] == ["own"]
    [way] = graph.relate("GB/T 22080-2016", "ISO/IEC 27001:2013", paths=1)
    assert sentences(way) == ["GB/T 22080-2016 is an adoption of ISO/IEC 27001:2013"]
    # Neither a degree nor a plain relation is stated.
    [way] = graph.relate("GB/T 20000-2014", "ISO 9001:2008", paths=1)
    assert sentences(way) == ["GB/T 20000-2014 is an adoption of ISO 9001:2008"]


def test_relations_are_counted(world: KnowledgeGraph) -> None:
    counted = dict(world.count_relations("ISO/TC 8"))
    assert sorted(counted.values(), reverse=True) == list(counted.values())
    assert counted["ISO/TC 8 has a liaison with …"] == 5
    assert [n for sentence, n in counted.items() if "secretariat" in sentence] == [1]
    assert [n for sentence, n in counted.items() if "participating member" in sentence] == [9]
    assert "ISO/TC 8与……有联络关系" in dict(world.count_relations("ISO/TC 8", "zh"))


def test_what_the_ontology_calls_symmetric_has_no_direction(graph: KnowledgeGraph) -> None:
    rows = graph.store.select("SELECT ?relation { ?relation a owl:SymmetricProperty }").rows
    symmetric = {compact(relation.value) for (relation,) in rows if relation is not None}
    assert symmetric
    assert symmetric < UNDIRECTED
