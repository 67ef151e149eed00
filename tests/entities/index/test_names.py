"""The name index finds names by any of their words, in every script, best first."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.common import namespaces
from kg.common.errors import KgError
from kg.common.namespaces import BASE, iri
from kg.entities.index import Name, NameIndex, name_index, open_index
from kg.entities.index.schema import Rank
from kg.entities.index.words import split_words
from kg.entities.index.writer import write_index
from kg.entities.resolution import resolve
from kg.entities.search import search
from kg.store.embedded import EmbeddedStore
from tests.entities.index.data import load_store

TROUBLE = ['"', "'", '" OR "a', "a* AND", "NEAR(a b)", "¶iso", "§1", "¦", "{x} : y", "^iso", "-- ;"]


def iris(names: Iterable[Name]) -> list[str]:
    return [name.iri.removeprefix(BASE) for name in names]


def test_every_name_is_indexed(store: EmbeddedStore, index: NameIndex) -> None:
    properties = ("skos:prefLabel", "skos:altLabel", "rdfs:label", "dcterms:title")
    rows = store.select(f"SELECT DISTINCT ?s ?o WHERE {{ ?s {'|'.join(properties)} ?o }}").rows
    assert len(rows) > 20
    for thing, name in rows:
        assert isinstance(thing, ox.NamedNode)
        assert isinstance(name, ox.Literal)
        assert (thing.value, name.value) in {(n.iri, n.text) for n in index.find_same(name.value)}


def test_a_name_in_several_graphs_is_indexed_once(index: NameIndex) -> None:
    assert iris(index.find_same("iso／iec 27001:2022")) == ["iso-iec/27001-2022"]


def test_indexes_in_memory_and_in_a_file_agree(store: EmbeddedStore, index: NameIndex) -> None:
    assert list(name_index(store).find_phrase("iso")) == list(index.find_phrase("iso"))
    assert name_index(store) is name_index(store)


def test_the_index_has_a_short_repr(store: EmbeddedStore, index: NameIndex) -> None:
    [count] = index._connection.execute("SELECT count(*) FROM name").fetchone()
    assert repr(index) == repr(name_index(store)) == f"NameIndex({count} names)"
    assert repr(name_index(EmbeddedStore.in_memory())) == "NameIndex(0 names)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("試", ["jis/k2601-1998"]),
        ("試験", ["jis/k2601-1998"]),
        ("试验方法", ["jis/k2601-1998"]),
        ("油試験方", ["jis/k2601-1998"]),
        ("ネジ", ["jis/b0101-2013"]),
        ("ねじ", ["jis/b0101-2013"]),
        ("ﾒｰﾄﾙ", ["jis/b0101-2013"]),
        ("标", ["cn/sac"]),
        ("標準", ["cn/sac"]),
        ("委员会国家", []),
        ("商务", ["cn/market"]),
        ("交易保障", ["cn/market"]),
        ("securite", ["iso-iec/27001-2022"]),
        ("SÉCURITÉ", ["iso-iec/27001-2022"]),
        ("administration of ch", ["cn/sac"]),
        ("ecommerce", ["gs1/ecommerce"]),
        ("e commerce", ["gs1/ecommerce"]),
        ("E‑Comm", ["gs1/ecommerce"]),
        ("709", ["itu-t/g.709"]),
    ],
)
def test_part_of_a_name_finds_it(index: NameIndex, text: str, found: list[str]) -> None:
    assert iris(index.find_phrase(text)) == found


def test_words_are_found_in_any_order(index: NameIndex) -> None:
    both = ["iso-iec/27001-2022", "iso-iec/27001-2013"]
    assert iris(index.find_words("management information")) == both
    assert iris(index.find_words("manag secur")) == ["iso-iec/27001-2022", *both]
    assert iris(index.find_words("委员会 标准")) == ["cn/sac"]
    assert iris(index.find_words("management 委员会")) == []


def test_current_documents_come_first_and_claims_last(index: NameIndex) -> None:
    assert iris(index.find_prefix("iso 9001")) == [
        "iso/9001-2015",
        "iso/9001-2030",
        "iso/9001",
        "iso/90010",
    ]
    ranks = [name.rank for name in index.find_prefix("standard")]
    assert ranks == [Rank.TERM, Rank.TERM, Rank.CLAIM, Rank.CURRENT]
    assert all(
        name.is_title == (name.iri == f"{BASE}cn/sac") for name in index.find_prefix("standard")
    )


def test_a_prefix_matches_words_in_sequence_only(index: NameIndex) -> None:
    both = load_store('<a> skos:prefLabel "iso and iso 9" . <b> skos:prefLabel "iso 9" .')
    assert iris(name_index(both).find_prefix("iso 9")) == ["b"]
    assert iris(index.find_prefix("iec")) == []


def test_kinds_limit_the_names_found(index: NameIndex) -> None:
    bodies = index.kind_sets_with(iri("std:StandardsBody"))
    assert iris(index.find_phrase("标准", bodies)) == ["cn/sac"]
    assert iris(index.find_phrase("iso", bodies)) == []
    assert iris(index.find_same("SAC", bodies)) == ["cn/sac"]
    assert index.find_same("ISO 9001", bodies) == []
    assert index.editions("ISO 9001", bodies) == []
    assert list(index.find_phrase("iso", set())) == []
    scheme = index.kind_sets_with(BASE + "scheme/role")
    assert iris(index.find_phrase("standards", scheme)) == ["scheme/role/standard"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("iso 27001", ["2022", "", "2013", "2005"]),
        ("ISO／IEC 27001", ["2022", "", "2013", "2005"]),
        ("ISO/IEC 27001:2013", ["2013"]),
        ("iec 27001-2005", ["2005"]),
        ("ISO 27002", []),
        ("ISO/IEC 27001-1", []),
        ("27001", []),
    ],
)
def test_a_designation_finds_its_editions_current_one_first(
    index: NameIndex, text: str, found: list[str]
) -> None:
    start = "iso-iec/27001"
    editions = iris(name for _, name in index.editions(text))
    assert editions == [f"{start}-{year}" if year else start for year in found]


def test_each_number_of_a_document_finds_it(index: NameIndex) -> None:
    for text in ("ITU-T G.709", "itu-t y.1331", "ITU-T G.709/Y.1331"):
        assert iris(name for _, name in index.editions(text)) == ["itu-t/g.709"]


def test_editions_are_given_by_label_rather_than_urn(index: NameIndex) -> None:
    (held, name), *_ = index.editions("iso 27001")
    assert (str(held), name.text) == ("ISO/IEC 27001:2022", "ISO/IEC 27001:2022")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("iso 27001", "iso-iec/27001-2022"),
        ("ISO/IEC 27001", "iso-iec/27001-2022"),
        ("ISO 9001", "iso/9001-2015"),
        ("ISO/IEC 27001:2013", "iso-iec/27001-2013"),
        ("<iso/9001>", "iso/9001"),
        ("原油試験方法", "jis/k2601-1998"),
    ],
)
def test_an_undated_reference_means_the_current_edition(
    store: EmbeddedStore, text: str, meant: str
) -> None:
    assert resolve(store, text).value == BASE + meant


def test_a_title_of_several_editions_means_the_current_one(store: EmbeddedStore) -> None:
    found = resolve(store, "information security management")
    assert found.value == BASE + "iso-iec/27001-2022"


def test_search_gives_the_current_edition_the_others_and_titles(store: EmbeddedStore) -> None:
    hits = search(store, "iso 27001")
    assert [hit.name for hit in hits] == [
        "ISO/IEC 27001:2022",
        "ISO/IEC 27001",
        "ISO/IEC 27001:2013",
        "ISO/IEC 27001:2005",
    ]
    assert {hit.match for hit in hits} == {"designates"}
    assert hits[0].title.en == "Information security management"
    assert [hit.title.en for hit in hits[1::2]] == ["", ""]
    [hit] = search(store, "原油")
    assert (hit.name, hit.title.zh, hit.match) == ("原油試験方法", "原油試験方法", "begins")
    assert [hit.match for hit in search(store, "ISO 9001", limit=3)] == [
        "designates",
        "designates",
        "same",
    ]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Standardisation Administration", "cn/sac"),
        ("informaton security managment", "iso-iec/27001-2022"),
        ("国家标准委员会", "cn/sac"),
        ("国家标准化管里委员会", "cn/sac"),
        ("ISO 9010", "iso/9001-2015"),
    ],
)
def test_spelling_errors_are_corrected(index: NameIndex, text: str, near: str) -> None:
    assert near in iris(index.nearest(text, 5))


@pytest.mark.parametrize("text", ["", "—", *TROUBLE, "\x00", "a\x00b", "\ud800", "%", "a" * 9999])
def test_hostile_texts_find_nothing_and_break_nothing(index: NameIndex, text: str) -> None:
    searches = (index.find_prefix, index.find_phrase, index.find_words)
    found = [name for search in searches for name in search(text)]
    for name in found:
        assert all(word in "".join(split_words(name.text)) for word in split_words(text))
    index.nearest(text, 5)
    index.nearest_iris("urn:x:" + text.replace("\ud800", ""), 5)
    assert index.find_same(text) == []


@pytest.mark.parametrize("text", TROUBLE)
def test_hostile_names_are_found_by_themselves(text: str) -> None:
    node, label = ox.NamedNode(BASE + "x"), namespaces.node("skos:prefLabel")
    one = EmbeddedStore.in_memory([ox.Quad(node, label, ox.Literal(text))])
    assert iris(name_index(one).find_same(text)) == ["x"]
    assert resolve(one, text) == node


@given(st.text(max_size=60))
def test_no_text_breaks_a_search(index: NameIndex, text: str) -> None:
    for found in (index.find_prefix(text), index.find_phrase(text), index.find_words(text)):
        assert all(name.text for name in found)
    assert len(index.nearest(text, 2)) <= 2
    index.editions(text)


def test_unusable_index_files_are_rejected(tmp_path: Path, store: EmbeddedStore) -> None:
    with pytest.raises(KgError, match=r"names.sqlite: it is missing; run 'kg check"):
        open_index(tmp_path / "names.sqlite")
    (tmp_path / "text").write_text("no database, though long enough to be read as one" * 99)
    with pytest.raises(KgError, match=r"text: file is not a database; run 'kg check"):
        open_index(tmp_path / "text")
    write_index(tmp_path / "old", store)
    with sqlite3.connect(tmp_path / "old") as connection:
        connection.execute("UPDATE about SET value = '0'")
    connection.close()
    with pytest.raises(KgError, match="old has another version; run 'kg build'"):
        open_index(tmp_path / "old")


def test_writing_needs_a_new_file_in_an_existing_folder(
    tmp_path: Path, store: EmbeddedStore
) -> None:
    write_index(tmp_path / "names", store)
    for file in (tmp_path / "names", tmp_path / "none" / "names"):
        with pytest.raises(KgError, match="can't be written"):
            write_index(file, store)


def test_the_index_is_read_only(index: NameIndex) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index._connection.execute("DELETE FROM name")


def test_many_names_are_indexed_in_parallel(
    monkeypatch: pytest.MonkeyPatch, store: EmbeddedStore, index: NameIndex, tmp_path: Path
) -> None:
    monkeypatch.setattr("kg.entities.index.writer._BATCH", 7)
    write_index(tmp_path / "names", store)
    assert list(open_index(tmp_path / "names").find_phrase("iso")) == list(index.find_phrase("iso"))


@pytest.mark.slow
def test_a_full_disk_is_said_as_for_any_file(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from kg import KnowledgeGraph\n"
        "from kg.entities.index.writer import write_index\n"
        "graph = KnowledgeGraph.in_memory()\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: write_index(Path(sys.argv[1]), graph.store)\n"
        "except OSError as error: print(type(error).__name__, error.errno)\n"
    )
    run = [sys.executable, "-c", program, str(tmp_path / "names")]
    said = subprocess.run(run, capture_output=True, encoding="utf-8", check=True).stdout.split()
    assert said[0] == "OSError"
    assert int(said[1]) in (errno.ENOSPC, errno.EIO)
