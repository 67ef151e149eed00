"""Resolution of names and designations, folding and labels."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.common.errors import KgError
from kg.common.folding import fold
from kg.common.namespaces import BASE, STD, expand, node
from kg.entities.labels import labels
from kg.entities.resolution import resolve
from kg.store.embedded import EmbeddedStore
from tests.entities.index.data import load_store

DATA = """
GRAPH graph:entities {
  <iso/tc/321> a std:TechnicalCommittee, std:Group ; dcterms:identifier "ISO/TC 321" ;
    skos:prefLabel "Transaction assurance in e-commerce"@en, "电子商务交易保障"@zh .
  <cn/sac> a std:Body ; skos:altLabel "SAC"@en, "国家标准委"@zh ;
    skos:prefLabel "Standardization Administration of China"@en, "国家标准化管理委员会"@zh .
  <fr/sac> a std:Place ; skos:prefLabel "Sac"@fr .
  <de/sac> a std:Place ; skos:prefLabel "sac"@de ; dcterms:identifier "DE-S" .
  <cn/reform/once> a std:Initiative ; skos:prefLabel "“最多跑一次”改革"@zh .
  <cn/zj> a std:Place ; skos:prefLabel "Zhejiang"@en, "浙江省"@zh .
  <cn/zj/gov> a std:Body ; skos:prefLabel "Zhejiang"@en, "浙江省人民政府"@zh .
  <cn/gb-t/1.1> a std:Standard ; dcterms:identifier "GB/T 1.1" .
  <cn/gb-t/11> a std:Standard ; dcterms:identifier "GB/T 11" ; rdfs:label "Drawn wire"@en .
  <nameless> a std:Body .
  <dashes> a std:Body ; skos:prefLabel "——"@zh .
}
GRAPH graph:ontology {
  std:Ballot a owl:Class ; rdfs:label "Ballot"@en, "投票"@zh .
  role:chair a skos:Concept ; skos:prefLabel "Chair"@en, "主席"@zh .
}
GRAPH graph:evidence { <source/news> dcterms:title "改革新闻"@zh-Hans . }
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return load_store(DATA)


def iri(relative: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + relative)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://w3id.org/stdkg/iso/tc/321", "iso/tc/321"),
        ("<https://w3id.org/stdkg/iso/tc/321>", "iso/tc/321"),
        ("<iso/tc/321>", "iso/tc/321"),
        (" <iso/tc/321>\n", "iso/tc/321"),
        ("std:Ballot", "ontology#Ballot"),
        ("role:chair", "scheme/role/chair"),
        ("ISO/TC 321", "iso/tc/321"),
        ("iso/tc321", "iso/tc/321"),
        ("iso tc 321", "iso/tc/321"),
        ("ＩＳＯ／ＴＣ　３２１", "iso/tc/321"),
        ("ISO–TC—321", "iso/tc/321"),
        ("transaction ASSURANCE in e‑commerce", "iso/tc/321"),
        ("电子商务交易保障", "iso/tc/321"),
        ("国家标准委", "cn/sac"),
        ("《国家标准委》", "cn/sac"),
        ("最多跑一次改革", "cn/reform/once"),
        ('"最多跑一次" 改革', "cn/reform/once"),
        ("「最多跑一次」改革", "cn/reform/once"),
        ("ballot", "ontology#Ballot"),
        ("主席", "scheme/role/chair"),
        ("gb/t1.1", "cn/gb-t/1.1"),
        ("GBT 11", "cn/gb-t/11"),
    ],
)
def test_entities_are_resolved_by_iri_name_abbreviation_and_identifier(
    store: EmbeddedStore, text: str, meant: str
) -> None:
    assert resolve(store, text) == iri(meant)


def test_exact_spellings_are_preferred(store: EmbeddedStore) -> None:
    assert resolve(store, "SAC") == iri("cn/sac")
    assert resolve(store, "Sac") == iri("fr/sac")


def test_ambiguous_names_list_all_choices_with_iris(store: EmbeddedStore) -> None:
    with pytest.raises(KgError, match="can mean") as raised:
        resolve(store, "sAc")
    for choice in ("<cn/sac>", "<fr/sac>", "<de/sac>", "Standardization Administration of China"):
        assert choice in str(raised.value)
    with pytest.raises(KgError, match=r"<cn/zj>.*<cn/zj/gov>"):
        resolve(store, "Zhejiang")


def test_a_class_disambiguates_a_name(store: EmbeddedStore) -> None:
    assert resolve(store, "Zhejiang", within="std:Place") == iri("cn/zj")
    assert resolve(store, "ZHEJIANG", within="std:Body") == iri("cn/zj/gov")
    assert resolve(store, "SAC", within=STD + "Body") == iri("cn/sac")
    assert resolve(store, "<iso/tc/321>", within="std:Group") == iri("iso/tc/321")
    with pytest.raises(KgError, match=r"<fr/sac>.*|<de/sac>.*"):
        resolve(store, "SAC", within="std:Place")


def test_entities_of_another_class_are_rejected(store: EmbeddedStore) -> None:
    with pytest.raises(KgError, match=r"no std:Body is called .*: that means .*<iso/tc/321>"):
        resolve(store, "ISO/TC 321", within="std:Body")
    with pytest.raises(KgError, match=r"^<iso/tc/321> is not a std:Body$"):
        resolve(store, "<iso/tc/321>", within="std:Body")
    with pytest.raises(KgError, match="not the IRI of a class"):
        resolve(store, "ISO/TC 321", within="committee")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("ISO/TC 312", "'ISO/TC 321'"),
        ("国家标准化委员会", "'国家标准化管理委员会'"),
        ("标准化管理", "'国家标准化管理委员会'"),
        ("Zheijang", "'Zhejiang'"),
        ("<iso/tc/312>", "'<iso/tc/321>'"),
        ("role:chiar", "'role:chair'"),
        ("GB/T 1-1", "'GB/T 1.1'"),
    ],
)
def test_unknown_names_get_suggestions_and_no_guess(
    store: EmbeddedStore, text: str, near: str
) -> None:
    with pytest.raises(KgError, match="no entity is called") as raised:
        resolve(store, text)
    assert near in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["", " ", "——", "《》", "zzzz", "<a b>", "http://[", '"} UNION {'])
def test_meaningless_texts_are_rejected(store: EmbeddedStore, text: str) -> None:
    if text == "——":
        assert resolve(store, text) == iri("dashes")
        return
    with pytest.raises(KgError, match="no entity is called"):
        resolve(store, text)


def test_long_lists_of_choices_are_shortened() -> None:
    things = " ".join(f'<thing/{n}> skos:prefLabel "same"@en .' for n in range(9))
    with pytest.raises(KgError, match=r"<thing/4> and 4 more; give the IRI$"):
        resolve(load_store(things), "same")


def test_expand_distinguishes_iris_from_names() -> None:
    assert expand("urn:iso:std:iso:9001") == ox.NamedNode("urn:iso:std:iso:9001")
    assert expand("<urn:x:y>") == ox.NamedNode("urn:x:y")
    assert expand("skos:Concept") == node("skos:Concept")
    for name in ("ISO 9001:2015", "role: chair", "Reform: a view", "a/b", "<a b>", "unknown:x"):
        assert expand(name) is None


def test_numbers_are_kept_apart() -> None:
    assert fold("GB/T 1.1") != fold("GB/T 11") != fold("GB/T 1-1")
    assert fold("JTC 1 25") != fold("JTC 125")
    assert fold("ISO 9001 : 2015") == fold("iso9001:2015")
    assert fold("JTC 1/SC 32") == fold("JTC 1 SC 32")
    assert fold("2018—2020") == fold("2018-2020") == fold("2018 − 2020")
    assert fold("R&D") != fold("RD")


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_labels_fall_back_to_other_languages_and_the_iri(store: EmbeddedStore) -> None:
    wanted = [
        iri("iso/tc/321"),
        iri("cn/reform/once"),
        iri("fr/sac"),
        iri("source/news"),
        iri("ontology#Ballot"),
        iri("nameless"),
        iri("iso/tc/321"),
    ]
    assert list(labels(store, wanted, "en").values()) == [
        "Transaction assurance in e-commerce",
        "“最多跑一次”改革",
        "Sac",
        "改革新闻",
        "Ballot",
        "<nameless>",
    ]
    assert list(labels(store, wanted, "zh").values()) == [
        "电子商务交易保障",
        "“最多跑一次”改革",
        "Sac",
        "改革新闻",
        "投票",
        "<nameless>",
    ]
    assert labels(store, wanted[:1], "ja")[wanted[0]] == "Transaction assurance in e-commerce"
    assert labels(store, wanted[:1], "zh-Hans")[wanted[0]] == "电子商务交易保障"
    assert labels(store, [], "en") == {}


def test_labels_of_many_iris_keep_the_order() -> None:
    things = "\n".join(f'<t/{n}> skos:prefLabel "thing {n}"@en .' for n in range(1234))
    wanted = [iri(f"t/{n}") for n in reversed(range(1234))]
    found = labels(load_store(things), wanted, "en")
    assert list(found) == wanted
    assert found[iri("t/7")] == "thing 7"


def test_labels_of_unusual_iris_are_found_with_others() -> None:
    odd = [ox.NamedNode(text) for text in ("mailto:a@b", "urn:x:(y)?a=1,2", "http://e/service(1)")]
    many = [ox.NamedNode(f"http://e.org/a.b-c/{n}") for n in range(499)]
    data = " ".join(f'{iri} skos:prefLabel "{n}"@en .' for n, iri in enumerate(odd + many))
    assert list(labels(load_store(data), odd + many, "en").values()) == [str(n) for n in range(502)]


STANDARDS = """
GRAPH graph:entities {
  <iso/9001-2008> a std:Standard ; dcterms:identifier "ISO 9001:2008" ; std:stage stage:withdrawn .
  <iso/9001-2015> a std:Standard ; dcterms:identifier "ISO 9001:2015" ; std:stage stage:published .
  <iso/9001-2015/amd/1-2024> a std:Standard ; dcterms:identifier "ISO 9001:2015/Amd 1:2024" .
  <iso/tr/9001-2015> a std:Standard ; dcterms:identifier "ISO/TR 9001:2015" .
  <iso-iec/27001-2022> a std:Standard ; dcterms:identifier "ISO/IEC 27001:2022" .
  <iso/1-2016> a std:Standard ; dcterms:identifier "ISO 1:2016" .
  <iso/1-2022> a std:Standard ; dcterms:identifier "ISO 1:2022" .
  <iso/7> a std:Standard ; dcterms:identifier "ISO 7" .
  <iso/7-1994> a std:Standard ; dcterms:identifier "ISO 7:1994" .
  <etsi/en> a std:Standard ; dcterms:identifier "ETSI EN 302 890-1 V1.2.1 (2019-07)" .
  <cn/letter> a std:Document ; dcterms:identifier "国市监标技〔2018〕699号" .
}
"""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("iso 9001", "iso/9001-2015"),
        ("ISO 9001-2008", "iso/9001-2008"),
        ("ISO／9001—2015", "iso/9001-2015"),
        ("iso/tr 9001", "iso/tr/9001-2015"),
        ("ISO 9001/Amd 1", "iso/9001-2015/amd/1-2024"),
        ("iso 27001", "iso-iec/27001-2022"),
        ("urn:iso:std:iso-iec:27001:ed-3", "iso-iec/27001-2022"),
        ("urn:iso:std:iso:7", "iso/7-1994"),
        ("en 302890-1 v1.2.1", "etsi/en"),
        ("国市监标技[2018]第699号", "cn/letter"),
    ],
)
def test_standards_are_resolved_by_every_spelling_of_their_designation(
    text: str, meant: str
) -> None:
    assert resolve(load_store(STANDARDS), text) == iri(meant)


@pytest.mark.parametrize("text", ["ISO/IEC 9001", "ISO 9001:2000", "ISO 9001-1", "ISO 27001:2013"])
def test_other_standards_are_not_confused_with_it(text: str) -> None:
    with pytest.raises(KgError, match="no entity is called"):
        resolve(load_store(STANDARDS), text)


def test_the_latest_of_several_valid_editions_is_meant() -> None:
    assert resolve(load_store(STANDARDS), "iso 1") == iri("iso/1-2022")


def test_an_edition_number_means_that_edition() -> None:
    store = load_store(
        """
        GRAPH graph:entities {
          <iso/7-1978> a std:Standard ; skos:prefLabel "ISO 7:1978" ; std:edition "1" ;
            std:stage stage:withdrawn .
          <iso/7-1994> a std:Standard ; skos:prefLabel "ISO 7:1994" ; std:edition "2" ;
            std:stage stage:published .
          <iso/8-2019> a std:Standard ; skos:prefLabel "ISO 8:2019" ; std:stage stage:published .
        }
        """
    )
    assert resolve(store, "ISO 7 Ed. 1") == iri("iso/7-1978")
    assert resolve(store, "urn:iso:std:iso:7:ed-2") == iri("iso/7-1994")
    assert resolve(store, "ISO 8 Ed. 1") == iri("iso/8-2019")
    for text in ("ISO 7 Ed. 3", "ISO 7:1978 Ed. 2"):
        with pytest.raises(KgError, match="no such edition is known; known: 1"):
            resolve(store, text)


NUMBERED = """
GRAPH graph:relaton {
  <ieee/802.11-2020> a std:Standard ; dcterms:identifier "IEEE Std 802.11-2020" .
  <ieee/802.11-2020/variant/redline> a std:Standard ;
    dcterms:identifier "IEEE Std 802.11-2020 Redline" .
  <ieee/p/802.11-2020> a std:Standard ; dcterms:identifier "IEEE P802.11-2020" .
  <itu-t/x.509-2019> a std:Standard ; dcterms:identifier "ITU-T X.509" .
  <iso/9001-2015> a std:Standard ; dcterms:identifier "ISO 9001:2015" .
  <din/9001-2015> a std:Standard ; dcterms:identifier "DIN 9001:2015" .
  <iso/2020> a std:Standard ; dcterms:identifier "ISO 2020" .
}
"""


def test_a_number_without_its_body_means_the_document_that_has_it() -> None:
    store = load_store(NUMBERED)
    for text, wanted in (
        ("802.11-2020", "ieee/802.11-2020"),
        ("p802.11-2020", ""),
        ("x.509", "itu-t/x.509-2019"),
        # Two bodies have the number, a year is none, and a part of a number is not the number.
        ("9001:2015", ""),
        ("2020", ""),
        ("1:2015", ""),
        ("11-2020", ""),
    ):
        if wanted:
            assert resolve(store, text).value == BASE + wanted, text
        else:
            with pytest.raises(KgError):
                resolve(store, text)
