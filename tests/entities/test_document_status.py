"""What became of a document: the successors that sources state, with the statements behind them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pyoxigraph as ox
import pytest

from kg.common.namespaces import BASE, PREFIXES, iri
from kg.entities.document_status import (
    KEYS_OF_A_DAY,
    STATUS_KEYS,
    DocumentStatus,
    document_status,
)
from kg.entities.index import name_index
from kg.entities.later_editions import LaterEdition
from kg.entities.status_words import (
    LATER_BY,
    STATUSES,
    describe_status,
    summarize_status,
)
from kg.evidence.proofs import proofs_of_pairs
from kg.store.embedded import EmbeddedStore

PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items())
REPLACES = iri("std:replaces")


def store_of(trig: str) -> EmbeddedStore:
    """A store of a few statements; ``std:Standard`` and other classes need no description."""
    return EmbeddedStore.in_memory(ox.parse(PROLOGUE + trig, format=ox.RdfFormat.TRIG))


def status_of(store: EmbeddedStore, path: str) -> DocumentStatus:
    return document_status(store, name_index(store), BASE + path)


def paths(iris: tuple[str, ...]) -> list[str]:
    return [each.removeprefix(BASE) for each in iris]


def standard(name: str, stage: str = "", more: str = "") -> str:
    path = name.lower().replace(" ", "/", 1).replace(":", "-")
    stated = f"; std:stage stage:{stage} " if stage else ""
    return f'<{path}> a std:Standard ; skos:prefLabel "{name}" {stated}{more}.\n'


CHAIN = f"""
<graph/one> a std:Catalogue ; dcterms:source <source/one> .
<source/one> skos:prefLabel "List One"@en .
GRAPH <graph/one> {{
    {standard("ISO 1:2000", "superseded", "; prov:wasDerivedFrom <record/one/2000> ")}
    {standard("ISO 1:2005", "superseded", "; prov:wasDerivedFrom <record/one/2005> ")}
    {standard("ISO 1:2010", "published", "; prov:wasDerivedFrom <record/one/2010> ")}
    {standard("ISO 1:2020", "development")}
    {standard("ISO 2:2001", "superseded")}
    {standard("ISO 2:2011", "published")}
    {standard("ISO 3:2001", "withdrawn")}
    {standard("ISO 4:2001", "published")}
    {standard("ISO 4-1:2011", "published")}
    {standard("ISO 4-2:2012", "withdrawn")}
    {standard("ISO 5:2001")}
    {standard("ISO 6:2001", "superseded")}
    {standard("ISO 6:2006", "superseded")}
    {standard("ISO 7:2001", "superseded")}
    {standard("ISO 7:1999", "published")}
    {standard("ISO 8:2001", "in-force")}
    {standard("ISO 9:2001", "cancelled")}
    <iso/1> a std:Work ; skos:prefLabel "ISO 1" .
    <iso/1-2005> std:replaces <iso/1-2000> .
    <iso/1-2010> std:replaces <iso/1-2005> .
    <iso/1-2020> std:replaces <iso/1-2010> .
    <iso/1-2000> std:replaces <iso/1-1990> .
    <iso/1-1990> skos:prefLabel "ISO 1:1990" .
    <iso/4-1-2011> std:replaces <iso/4-2001> .
    <iso/4-2-2012> std:replaces <iso/4-2001> .
    <iso/6-2006> std:replaces <iso/6-2001> .
    <iso/6-2001> std:replaces <iso/6-2006> .
    <iso/7-1999> std:replaces <iso/7-2001> .
}}
GRAPH <graph/two> {{ <iso/8-2001> std:stage stage:development . }}
"""


@pytest.fixture(scope="module")
def chain() -> EmbeddedStore:
    return store_of(CHAIN)


@pytest.mark.parametrize(
    ("document", "key", "successors"),
    [
        # Along the chain to the current one; the draft has replaced nothing yet.
        ("iso/1-2000", "superseded", ["iso/1-2010"]),
        ("iso/1-2005", "superseded", ["iso/1-2010"]),
        ("iso/1-2010", "current", []),
        ("iso/1-2020", "draft", []),
        # No source describes it, but one says what replaced it.
        ("iso/1-1990", "mentioned", ["iso/1-2010"]),
        # A later edition that no source calls a successor is none.
        ("iso/2-2001", "superseded", []),
        ("iso/3-2001", "withdrawn", []),
        # Two successors, of which one is current, and a stage that conflicts with them.
        ("iso/4-2001", "current", ["iso/4-1-2011"]),
        ("iso/5-2001", "untold", []),
        # A loop ends where it began.
        ("iso/6-2001", "superseded", ["iso/6-2006"]),
        # An older successor is the source's error, and kept as stated.
        ("iso/7-2001", "superseded", ["iso/7-1999"]),
        # Of two stages the later one counts.
        ("iso/8-2001", "current", []),
        ("iso/9-2001", "cancelled", []),
        # A work stands for all its editions.
        ("iso/1", "series", []),
        ("iso/unknown", "mentioned", []),
    ],
)
def test_only_stated_successors_are_given(
    chain: EmbeddedStore, document: str, key: str, successors: list[str]
) -> None:
    status = status_of(chain, document)
    assert (status.key, paths(status.successors)) == (key, successors)
    assert not (status.successors and status.later)
    assert bool(status.statements) == bool(successors)


def test_the_statements_of_a_chain_have_their_records(chain: EmbeddedStore) -> None:
    status = status_of(chain, "iso/1-2000")
    assert [tuple(paths(pair)) for pair in status.statements] == [
        ("iso/1-2005", "iso/1-2000"),
        ("iso/1-2010", "iso/1-2005"),
    ]
    proofs = proofs_of_pairs(chain, REPLACES, status.statements)
    records = [proof.record for pair in status.statements for proof in proofs[pair]]
    assert records == ["2005", "2010"]


def test_the_record_that_states_a_succession_is_evidence(chain: EmbeddedStore) -> None:
    pairs = [
        (BASE + later, BASE + earlier)
        for later, earlier in (
            ("iso/1-2000", "iso/1-1990"),
            ("iso/1-2020", "iso/1-2010"),
            ("iso/7-1999", "iso/7-2001"),
            ("iso/2-2011", "iso/2-2001"),
        )
    ]
    proofs = proofs_of_pairs(chain, REPLACES, pairs)
    of_pairs = [[proof.record for proof in proofs[pair]] for pair in pairs]
    # Without a record that states it, it is the catalogue; what no source states has no evidence.
    assert of_pairs == [["2000"], [None], [None], []]
    assert not proofs_of_pairs(chain, REPLACES, [])


def test_a_status_cannot_be_changed(chain: EmbeddedStore) -> None:
    with pytest.raises(FrozenInstanceError):
        status_of(chain, "iso/1-2000").key = "current"  # type: ignore[misc]


NAMES = {"a": "ISO 9001:2015", "b": "ITU-R BT.601-8", "c": "ISO 2"}
BY_VERSION = (LaterEdition("b", "version"),)


@pytest.mark.parametrize(
    ("status", "en", "zh"),
    [
        (
            DocumentStatus("superseded", ("a",)),
            "replaced by ISO 9001:2015",
            "被ISO 9001:2015代替",
        ),
        (
            DocumentStatus("withdrawn", ("a", "c")),
            "replaced by ISO 9001:2015, ISO 2",
            "被ISO 9001:2015、ISO 2代替",
        ),
        (
            DocumentStatus("current", ("a",)),
            "replaced by ISO 9001:2015, but listed as current",
            "被ISO 9001:2015代替，但目录仍列为现行",
        ),
        (DocumentStatus("untold"), "not told by its catalogue", "目录未注明状态"),
        (
            DocumentStatus("untold", later=BY_VERSION),
            "not told by its catalogue; a later edition is listed: ITU-R BT.601-8 (by version)",
            "目录未注明状态；另列有较新版本：ITU-R BT.601-8（按版本号）",
        ),
        (
            DocumentStatus("withdrawn", later=(*BY_VERSION, LaterEdition("c", "date"))),
            "withdrawn; later editions are listed: ITU-R BT.601-8 (by version), ISO 2 (by date)",
            "废止；另列有较新版本：ITU-R BT.601-8（按版本号）、ISO 2（按日期）",
        ),
        (
            DocumentStatus("superseded"),
            "superseded, successor not named",
            "被代替，未注明代替文件",
        ),
        (DocumentStatus("current"), "current", "现行"),
        (DocumentStatus(), "", ""),
    ],
)
def test_a_status_in_words(status: DocumentStatus, en: str, zh: str) -> None:
    assert describe_status(status, NAMES, "en") == en
    assert describe_status(status, NAMES, "zh-Hans") == zh


def test_a_status_is_counted_without_names() -> None:
    later = DocumentStatus("untold", later=BY_VERSION)
    assert summarize_status(later, "en") == "not told by its catalogue; a later edition is listed"
    replaced = DocumentStatus("superseded", ("a",))
    assert summarize_status(replaced, "en") == "replaced by another document"
    assert summarize_status(replaced, "zh") == "被其他文件代替"


def test_every_key_and_basis_has_words() -> None:
    assert set(STATUSES) == {*STATUS_KEYS, *KEYS_OF_A_DAY, ""}
    for text in (*(STATUSES[key] for key in STATUS_KEYS), *LATER_BY.values()):
        assert text.en
        assert text.zh
