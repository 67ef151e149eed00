"""The obvious answer of a search comes first, in a small catalogue of well-known documents."""

from __future__ import annotations

import re

import pytest

from kg.common.namespaces import BASE
from kg.entities.index import name_index
from kg.entities.search import find, search
from kg.store.embedded import EmbeddedStore
from tests.entities.index.data import load_store


def document(work: str, label: str, titles: str, rest: str = "", stage: str = "published") -> str:
    """Return an edition with its work; ``label`` is a number and a date."""
    number = re.sub(r":.*|r\d$|/DIS", "", label)
    date = re.sub(r".*[: ]", "", label)
    return f"""
    <{work}> a std:Work ; skos:prefLabel "{number}" .
    <{work}-{date}> a std:Standard ; skos:prefLabel "{label}" ; dcterms:title {titles} ;
        std:editionOf <{work}> ; std:stage stage:{stage} {rest} .
"""


def cited(work: str, times: int) -> str:
    """Return as many documents that cite a work."""
    return "".join(
        f"<x/{work}/{each}> a std:Document ; skos:prefLabel 'note {each} on {work}' ; "
        f"std:cites <{work}> .\n"
        for each in range(times)
    )


DATA = f"""
GRAPH graph:ontology {{
  topic:e-commerce a skos:Concept ; skos:inScheme <scheme/topic> ;
    skos:prefLabel "electronic commerce"@en, "电子商务"@zh .
}}
GRAPH <graph/one> {{
  {document("iso/9001", "ISO 9001:2015", '"Quality management systems - Requirements"@en, "Systèmes de management de la qualité - Exigences"@fr')}
  {document("iso/9001", "ISO 9001:2008", '"Quality management systems - Requirements"@en', stage="withdrawn")}
  {document("iso/9001", "ISO/DIS 9001:2026", '"Quality management systems - Requirements"@en', stage="development")}
  {document("iso/10005", "ISO 10005:2018", '"Quality management - Guidelines for quality plans"@en, "Management de la qualité - Plans"@fr')}
  {document("iso/10006", "ISO 10006:2017", '"Quality management - Projects"@en, "Management de la qualité - Projets"@fr')}
  {cited("iso/9001", 40)}
  {document("iec/61511-1", "IEC 61511-1:2016", '"Functional safety - Process industry - Part 1"@en', "; std:inSeries <iec/61511>")}
  {document("iec/61511-2", "IEC 61511-2:2016", '"Functional safety - Process industry - Part 2"@en', "; std:inSeries <iec/61511>")}
  {document("iec/61511-10", "IEC 61511-10:2016", '"Functional safety - Process industry - Part 10"@en', "; std:inSeries <iec/61511>")}
  <iec/61511> a std:StandardSeries ; skos:prefLabel "IEC 61511" .
  {document("iec/61508-1", "IEC 61508-1:2010", '"Functional safety of electrical systems - Part 1"@en')}
  {document("jis/x9", "IEC 99:2001", '"Corrosion of steel - General"@en')}
  {document("oiml/r/76-1", "OIML R 76-1:2006", '"Scales"@en', "; std:inSeries <oiml/r/76>")}
  {document("oiml/r/76", "OIML R 76:2006", '"Weighing"@en')}
  {document("itu-t/r.76", "ITU-T R.76:1988", '"Reserve channels"@en')}
  {document("ieee/802.11", "IEEE Std 802.11:2020", '"Wireless medium access"@en')}
  {document("ieee/802.11zz", "IEEE Std 802.11zz:2023", '"Wireless medium access"@en', "; std:amends <ieee/802.11-2020>", stage="superseded")}
  {document("iso/77", "ISO 77:2020", '"Extended map service notation (WMX)"@en')}
  {document("iso/78", "ISO 78:2020", '"A guide for all who serve maps and so much else (WMX)"@en')}
  {document("iso/79", "ISO 79:2020", '"Codes for the representation of names - Part 1: Country code"@en')}
  {document("iso/80", "ISO 80:2020", '"Mobile country codes for the operation of trunk radio in all regions"@en')}
  {document("ogc/1", "OGC 19-001r1", '"Tiles"@en')}
  {document("ogc/1", "OGC 19-001r2", '"Tiles"@en')}
  {document("iec/55", "IEC 55:1990", '"Old"@en', stage="withdrawn")}
  {document("iso/55", "ISO 55:2020", '"New"@en')}
  {document("jis/b0001", "JIS B 0001:2019", '"機械製図"@ja')}
  <iso/tc/321> a std:TechnicalCommittee ; skos:prefLabel "ISO/TC 321", "电子商务交易保障技术委员会"@zh .
  <iso/tc/321/p/1> a std:Membership ; skos:prefLabel "电子商务成员"@zh ; std:in <iso/tc/321> .
  <itu> a std:StandardsBody ; skos:prefLabel "ITU" .
  <itu-t> a std:StandardsBody ; skos:prefLabel "ITU-T" .
  <claim/x/1> a std:Claim ; rdfs:label "电子商务的优势"@zh .
  {" ".join(f'<x/doc/{each}> a std:Standard ; skos:prefLabel "X {each}" ; std:publisher <itu-t> .' for each in range(50))}
}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return load_store(DATA)


def paths(store: EmbeddedStore, text: str, limit: int = 20) -> list[str]:
    return [hit.iri.removeprefix(BASE) for hit in search(store, text, limit=limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # A number without its body: the work, then its current edition; parts after the whole.
        ("9001", ["iso/9001", "iso/9001-2015"]),
        ("802.11zz", ["ieee/802.11zz", "ieee/802.11zz-2023"]),
        ("R 76", ["oiml/r/76", "oiml/r/76-2006", "oiml/r/76-1"]),
        ("61511", ["iec/61511", "iec/61511-1"]),
        ("19-001", ["ogc/1", "ogc/1-19-001r2"]),
        # A work counts as its best edition.
        ("55", ["iso/55", "iso/55-2020", "iec/55"]),
        # References count more than a title of the same words.
        ("management de la qualité", ["iso/9001", "iso/9001-2015"]),
        # Parts of a title count, plurals don't.
        ("country codes", ["iso/79", "iso/79-2020"]),
        # An abbreviation in brackets, for most of a title.
        ("WMX", ["iso/77", "iso/77-2020", "iso/78-2020"]),
        # A series that fits takes one of the first places, with its first part.
        ("process industry", ["iec/61511-1", "iec/61511-1-2016", "iec/61511-2-2016"]),
        ("corrosion of steels", ["jis/x9", "jis/x9-2001"]),
        # A supplement comes after its document.
        ("medium access", ["ieee/802.11", "ieee/802.11-2020", "ieee/802.11zz-2023"]),
        ("tiles", ["ogc/1", "ogc/1-19-001r2", "ogc/1-19-001r1"]),
        # The name itself comes before longer names that more refer to.
        ("ITU", ["itu", "itu-t"]),
        # Japanese and simplified forms of characters.
        ("机械制图", ["jis/b0001", "jis/b0001-2019"]),
        # Things before terms, terms before statements, these before claims.
        ("电子商务", ["iso/tc/321", "topic:", "iso/tc/321/p/1", "claim/x/1"]),
    ],
)
def test_the_obvious_answer_comes_first(store: EmbeddedStore, text: str, first: list[str]) -> None:
    found = [path.replace("scheme/topic/e-commerce", "topic:") for path in paths(store, text)]
    assert found[: len(first)] == first


def test_a_designation_finds_the_work_and_its_editions_in_order(store: EmbeddedStore) -> None:
    assert paths(store, "ISO 9001")[:3] == ["iso/9001", "iso/9001-2015", "iso/9001-2008"]


def test_drafts_and_withdrawn_editions_come_after_other_documents(store: EmbeddedStore) -> None:
    found = paths(store, "quality management")
    assert found[:2] == ["iso/9001", "iso/9001-2015"]
    later = [found.index(path) for path in ("iso/9001-2008", "iso/9001-2026")]
    assert min(later) > found.index("iso/10006-2017")


def test_what_a_word_commonly_means_says_so(store: EmbeddedStore) -> None:
    hits = search(store, "WLAN")
    assert [(hit.match, hit.via) for hit in hits[:2]] == [("known", "WLAN")] * 2
    assert [hit.iri for hit in hits[:2]] == [BASE + "ieee/802.11", BASE + "ieee/802.11-2020"]
    assert hits[0].title.en == "Wireless medium access"


def test_an_own_name_with_the_word_is_the_reason_given(store: EmbeddedStore) -> None:
    hit = search(store, "电子商务")[0]
    assert (hit.match, hit.via, hit.name) == ("begins", "", "电子商务交易保障技术委员会")


@pytest.mark.parametrize("text", ["腐蚀", "腐食", "Korrosion"])
def test_a_translation_finds_what_has_no_name_in_the_language(
    store: EmbeddedStore, text: str
) -> None:
    [work, edition] = search(store, text)
    assert (edition.iri, edition.match) == (BASE + "jis/x9-2001", "translated")
    assert work.via == edition.via == "corrosion"


def test_a_compound_is_translated_piece_by_piece(store: EmbeddedStore) -> None:
    assert [hit.via for hit in search(store, "质量管理要求")][:1] == [
        "quality management requirements"
    ]
    assert search(store, "质量管理甲乙丙") == []


def test_a_kind_limits_what_is_commonly_meant(store: EmbeddedStore) -> None:
    assert search(store, "WLAN", within="std:TechnicalCommittee") == []
    assert search(store, "e-commerce", within="std:TechnicalCommittee")[0].match == "known"
    [edition] = search(store, "WLAN", within="std:Standard")
    assert edition.iri == BASE + "ieee/802.11-2020"


def test_fewer_hits_are_the_first_of_more(store: EmbeddedStore) -> None:
    for text in ("quality management", "电子商务", "functional safety"):
        assert paths(store, text, limit=3) == paths(store, text)[:3]


def test_a_search_of_names_and_one_of_entities_agree(store: EmbeddedStore) -> None:
    names = [found.name.iri for found in find(name_index(store), "safety")]
    assert names == [hit.iri for hit in search(store, "safety")]
