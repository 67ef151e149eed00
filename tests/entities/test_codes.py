"""Codes and short forms of names, and which of several homonyms is meant."""

from __future__ import annotations

import pytest

from kg import KnowledgeGraph
from kg.common.errors import ResolutionError
from kg.common.namespaces import compact
from kg.entities.resolution import resolve
from kg.store.embedded import EmbeddedStore
from tests.entities.index.data import load_store

DATA = """
GRAPH graph:entities {
  <place/cn> a std:AdministrativeArea, std:Place, std:Agent ; skos:prefLabel "China"@en, "中国"@zh .
  <place/gb> a std:AdministrativeArea, std:Place, std:Agent ; skos:prefLabel "United Kingdom"@en .
  <place/kr> a std:AdministrativeArea, std:Place, std:Agent ;
    skos:prefLabel "Republic of Korea"@en .
  <place/ba> a std:AdministrativeArea, std:Place, std:Agent ;
    skos:prefLabel "Bosnia & Herzegovina"@en .
  <place/ir> a std:AdministrativeArea, std:Place, std:Agent ; skos:prefLabel "Iran"@en .
  <ics/35> a skos:Concept ; skos:inScheme <ics> ; skos:notation "35" ; skos:prefLabel "IT"@en .
  <ics/35.030> a skos:Concept ; skos:inScheme <ics> ; skos:prefLabel "Testing"@en .
  <x/testing> a std:TechnicalCommittee, std:Organization ; skos:prefLabel "Testing"@en .
  <ieee> a std:StandardsBody, std:Organization ; skos:prefLabel "IEEE"@en .
  <ieee/group/ieee> a std:TechnicalCommittee, std:Organization ; skos:prefLabel "IEEE"@en .
  <de/din> a std:StandardsBody, std:Organization ; skos:altLabel "DIN"@en .
  <us/din> a std:StandardsBody, std:Organization ; skos:altLabel "DIN"@en .
  <place/zj> a std:AdministrativeArea, std:Place, std:Agent ; skos:prefLabel "Zhejiang"@en .
  <gov/zj> a std:GovernmentBody, std:Organization, std:Agent ; skos:prefLabel "Zhejiang"@en .
  <campaign> a std:Initiative ; skos:prefLabel "国家“百千万”专项行动"@zh .
  <node> a std:Participation ; skos:prefLabel "温州市：国家“百千万”专项行动的实施者"@zh .
  <iso/tc/176> a std:TechnicalCommittee ; dcterms:identifier "ISO/TC 176" .
  <iso/tc/1761> a std:TechnicalCommittee ; dcterms:identifier "ISO/TC 1761" .
  <iso/tc/57> a std:TechnicalCommittee ; dcterms:identifier "ISO/TC 57" .
  <iec/tc/57> a std:TechnicalCommittee ; dcterms:identifier "IEC/TC 57" .
  <iso-iec/jtc/1/sc/27> a std:TechnicalCommittee ; dcterms:identifier "ISO/IEC JTC 1/SC 27" .
  <document> a std:Document ; dcterms:title "Review (P成员)"@zh ;
    skos:prefLabel "Guide (observer)"@en .
}
GRAPH graph:ontology {
  std:Reform a owl:Class ; rdfs:label "reform"@en .
  role:p-member a skos:Concept ; skos:inScheme <scheme/role> ;
    skos:prefLabel "participating member"@en, "积极成员（P成员）"@zh .
  role:asked-for-support a skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel "asked"@en .
  role:supporter a skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel "supporter"@en .
  docKind:action-plan a skos:Concept ; skos:inScheme <scheme/docKind> ;
    skos:prefLabel "action plan"@en .
  initiativeKind:action-plan a skos:Concept ; skos:inScheme <scheme/initiativeKind> ;
    skos:prefLabel "action plan"@en .
}
GRAPH <claim/news/1> { <place/cn> std:x <ieee> }
GRAPH graph:evidence { <claim/news/1> a std:Claim ; rdfs:label "the news"@en . }
GRAPH graph:evidence { <source/news> a std:Source ; rdfs:label "the news"@en . }
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return load_store(DATA)


@pytest.mark.parametrize(
    ("text", "within", "meant"),
    [
        ("CN", None, "<place/cn>"),
        ("CHN", None, "<place/cn>"),
        ("cn", "std:AdministrativeArea", "<place/cn>"),
        ("chn", "std:Agent", "<place/cn>"),
        ("UK", "std:Place", "<place/gb>"),
        ("U.K.", "std:Place", "<place/gb>"),
        ("GBR", "std:Place", "<place/gb>"),
        ("Korea, Republic of", "std:Place", "<place/kr>"),
        ("Bosnia and Herzegovina", "std:Place", "<place/ba>"),
        ("Iran (Islamic Republic of)", "std:Place", "<place/ir>"),
        ("35", "<ics>", "<ics/35>"),
        ("35.030", "skos:Concept", "<ics/35.030>"),
        ("ICS 35.030", None, "<ics/35.030>"),
        ("ics35", "<ics>", "<ics/35>"),
        ("P-member", "<scheme/role>", "role:p-member"),
        ("P成员", "<scheme/role>", "role:p-member"),
        ("积极成员", None, "role:p-member"),
        ("asked for support", "<scheme/role>", "role:asked-for-support"),
        ("supporters", "<scheme/role>", "role:supporter"),
        ("role:supporter", "<scheme/role>", "role:supporter"),
        ("action plan", "<scheme/docKind>", "docKind:action-plan"),
        ("action plan", "<scheme/initiativeKind>", "initiativeKind:action-plan"),
        ("百千万", None, "<campaign>"),
        ("“百千万”", "std:Initiative", "<campaign>"),
        ("TC 176", "std:TechnicalCommittee", "<iso/tc/176>"),
        ("tc176", None, "<iso/tc/176>"),
        ("JTC1/SC27", "std:TechnicalCommittee", "<iso-iec/jtc/1/sc/27>"),
        ("IEEE", None, "<ieee>"),
        ("Testing", None, "<x/testing>"),
        ("Testing", "<ics>", "<ics/35.030>"),
        ("the news", None, "<source/news>"),
    ],
)
def test_a_parameter_takes_what_people_type(
    store: EmbeddedStore, text: str, within: str | None, meant: str
) -> None:
    assert compact(resolve(store, text, within).value) == meant


@pytest.mark.parametrize(
    ("text", "within", "message"),
    [
        ("cn", None, "no entity"),
        ("35.030", None, "no entity"),
        ("35", "std:Place", "no std:Place"),
        ("ICS 36", None, "no entity"),
        ("CN", "std:TechnicalCommittee", "no std:TechnicalCommittee is called 'CN'"),
        ("XX", "std:Place", "no std:Place"),
        ("observer", None, "no entity"),
        ("专项行动", None, "no entity"),
        ("SC 27", None, "no entity.*nearest: 'ISO/IEC JTC 1/SC 27'"),
        ("TC 57", None, "can mean .*<iec/tc/57>, .*<iso/tc/57>"),
        ("DIN", None, "can mean .*<de/din>, .*<us/din>"),
        ("Zhejiang", None, "can mean .*<gov/zj>.*<place/zj>|can mean .*<place/zj>.*<gov/zj>"),
        ("action plan", None, "can mean .*docKind:action-plan, .*initiativeKind:action-plan"),
        (
            "xyz",
            "<scheme/role>",
            "no role is called 'xyz'; there are asked-for-support, p-member, s",
        ),
        ("role:supporter", "<scheme/docKind>", "role:supporter is not a docKind"),
    ],
)
def test_what_could_be_several_things_or_none_is_an_error(
    store: EmbeddedStore, text: str, within: str | None, message: str
) -> None:
    with pytest.raises(ResolutionError, match=message):
        resolve(store, text, within)


@pytest.mark.parametrize(
    ("text", "within", "meant"),
    [
        ("支持方", "<scheme/role>", "role:supporter"),
        ("主办单位", "<scheme/role>", "role:organizer"),
        ("O成员", "<scheme/role>", "role:o-member"),
        ("memorandum", "<scheme/docKind>", "docKind:memorandum"),
        ("行动计划", "<scheme/docKind>", "docKind:action-plan"),
        ("events", "owl:Class", "std:Event"),
        ("award round", "owl:Class", "std:AwardRound"),
        ("StandardsBody", "owl:Class", "std:StandardsBody"),
        ("委员会", "owl:Class", "std:TechnicalCommittee"),
        ("committees", "owl:Class", "std:TechnicalCommittee"),
        ("百千万", None, "<cn/campaign/hundred-thousand-ten-thousand>"),
        ("FR", None, "<place/fr>"),
        ("conference base", None, "<cn/zj/hangzhou/conference-base>"),
        ("合作备忘录", None, "<cn/sac-zj/memorandum>"),
    ],
)
def test_names_of_the_article(
    graph: KnowledgeGraph, text: str, within: str | None, meant: str
) -> None:
    assert compact(resolve(graph.store, text, within).value) == meant
