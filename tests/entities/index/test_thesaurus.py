"""Topics are found by their words in each language; the thesaurus has no mistakes in form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.common import resources
from kg.common.namespaces import BASE
from kg.entities.index import NameIndex
from kg.entities.index.thesaurus import FILE, read_topics, split_compound, topic_keys

THESAURUS = resources.ontology() / FILE
LANGUAGES = {"en", "zh", "fr", "ja", "de"}


def test_labels_and_what_is_meant_are_read_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "topics.ttl"
    file.write_text(
        f"""@base <{BASE}> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <thesaurus> a skos:ConceptScheme ; skos:prefLabel "topics"@en .
        <t/1> skos:prefLabel "tea"@en, "茶"@zh ; skos:altLabel "green tea"@en ;
            <https://schema.org/subjectOf> <iso/2>, <iso/1> .
        """,
        encoding="utf-8",
    )
    [(labels, meant)] = read_topics(file)
    assert labels == [("en", "tea"), ("zh", "茶"), ("en", "green tea")]
    assert meant == [BASE + "iso/2", BASE + "iso/1"]


@pytest.mark.parametrize(
    ("text", "label", "language"),
    [
        ("wifi", "Wi-Fi", "en"),
        ("Fruit or vegetable", "fruits and vegetables", "en"),
        ("質量管理", "质量管理", "zh"),
        ("MANAGEMENT DE LA QUALITE", "management de la qualité", "fr"),
        ("バーコード", "バーコード", "ja"),
        ("Fahrräder", "Fahrräder", "de"),
        ("c++", "C++", "en"),
    ],
)
def test_a_topic_is_found_by_its_words(
    index: NameIndex, text: str, label: str, language: str
) -> None:
    [topic] = index.topics(text)
    assert (topic.label, topic.language) == (label, language)


def test_symbols_count_in_names_of_topics(index: NameIndex) -> None:
    assert index.topics("C#") != index.topics("C++")
    assert index.topics("C") == []


def test_compounds_are_split_into_the_longest_words() -> None:
    assert list(split_compound("abcd", ["a", "ab", "bcd", "cd"])) == ["a", "bcd"]
    assert list(split_compound("abcx", ["ab", "c"])) == []
    assert list(split_compound("", ["a"])) == []


def test_compounds_of_topics(index: NameIndex) -> None:
    assert [topic.label for topic in index.topic_compound("信息安全标准化")] == [
        "信息安全",
        "标准化",
    ]
    assert index.topic_compound("信息安全甲") == index.topic_compound("information") == []


def test_every_topic_has_words_and_each_word_once() -> None:
    topics = read_topics(THESAURUS)
    assert len(topics) > 400
    for labels, _ in topics:
        assert labels[0][0] == "en"
        assert {language for language, _ in labels} <= LANGUAGES
        assert len(labels) == len(set(labels)), labels
        assert all(topic_keys(text) for _, text in labels)
    mains = Counter(labels[0][1] for labels, _ in topics)
    assert mains.most_common(1)[0][1] == 1


def test_the_thesaurus_is_marked_as_general_knowledge() -> None:
    triples = list(ox.parse(path=THESAURUS, format=ox.RdfFormat.TURTLE))
    scheme = ox.NamedNode(BASE + "thesaurus")
    sources = [t.object for t in triples if t.subject == scheme and "source" in t.predicate.value]
    assert sources == [ox.NamedNode(BASE + "source/curation")]
