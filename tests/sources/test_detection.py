"""The kind of a source is detected from its content; ignored files are counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.common.errors import KgError
from kg.sources import detection
from kg.sources.source import Source
from tests.sources.archives.test_archives import foldered, tarred, zipped

RELATON = (
    (".github/workflows/test.yml", b"on: push\n"),
    ("README.adoc", b"= Relaton data\n"),
    ("data/iso-1-2020.yaml", b"---\nid: ISO1\ndocid:\n- id: ISO 1:2020\n"),
    ("data/other.yml", b"docidentifier:\n- content: ISO 2\n"),
    ("index-v1.yaml", b"- :id: ISO 1:2020\n  docid: x\n"),
    ("settings.yaml", b"a: 1\n"),
)
ORGANIZATIONS = (
    ("orgs/iso/logos.yaml", b"- name: x\n"),
    ("orgs/iso/logos/a.png", b"\x89PNG"),
    ("orgs/iso/metadata.yaml", b"abbreviation: ISO\nname:\n"),
)
COMMITTEES = (
    b"\xef\xbb\xbfid,reference,status,title.en,secretariat.id,pMembers.id\r\n1,ISO/TC 1,,,,\r\n"
)
COMMITTEES_LINES = b'{"id":1,"reference":"ISO/TC 1","secretariat":{"id":2},"pMembers":[]}\n'
DELIVERABLES = b'{"id":1,"deliverableType":"IS","reference":"ISO 1:2020","scope":{}}\n'
ICS = b'<?xml version="1.0"?>\n<!-- <a> -->\n<fields xmlns:xsi="http://x">\n<field/></fields>'
RDF_XML = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'


@pytest.mark.parametrize(
    ("name", "data", "kind", "why"),
    [
        ("a.csv", COMMITTEES, "iso-committees", "the header of a.csv names pMembers, secretariat"),
        ("a.jsonl", COMMITTEES_LINES, "iso-committees", "the first object of a.jsonl names"),
        ("a.jsonl", DELIVERABLES, "iso-deliverables", "names deliverableType"),
        (
            "a.jsonl",
            DELIVERABLES.replace(b"{}", b'"' + b"x" * 100_000 + b'"'),
            "iso-deliverables",
            "names deliverableType",
        ),
        ("a.xml", ICS, "ics", "the root of a.xml is <fields>"),
        ("a.xml", RDF_XML, "rdf", "the root of a.xml is rdf:RDF"),
        ("a.ttl", b"", "rdf", "a.ttl is an RDF file (.ttl)"),
        ("A.NQ", b"", "rdf", "A.NQ is an RDF file (.nq)"),
        ("a.yaml", b"id: 1\ndocid: []\n", "relaton", "describes a document (it has docid)"),
    ],
)
def test_a_file_is_detected_by_its_content(
    tmp_path: Path, name: str, data: bytes, kind: str, why: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    found = detection.detect(Source.open(file))
    assert found.kind == kind
    assert why in found.why
    assert list(detection.record_files(Source.open(file), kind)) == [(name, data)]


@pytest.mark.parametrize("top", ["", "relaton-data-iso-main/"])
def test_a_repository_is_detected_in_every_form(tmp_path: Path, top: str) -> None:
    members = [(top + name, data) for name, data in RELATON]
    for source in (
        foldered(tmp_path / "r", *RELATON),
        zipped(tmp_path / "r.zip", *members),
        tarred(tmp_path / "r.tar.zst", *members),
    ):
        assert detection.detect(Source.open(source)).kind == "relaton"
        ignored: Counter[str] = Counter()
        records = [
            name for name, _ in detection.record_files(Source.open(source), "relaton", ignored)
        ]
        assert records == ["data/iso-1-2020.yaml", "data/other.yml"]
        assert ignored == {".github": 1, "README.adoc": 1, "index-v1.yaml": 1, "settings.yaml": 1}


def test_documents_outside_a_data_folder_are_records_too(tmp_path: Path) -> None:
    folder = foldered(tmp_path / "r", ("x/1.yaml", b"docid:\n"), ("index.yaml", b"docid:\n"))
    assert [name for name, _ in detection.record_files(Source.open(folder), "relaton")] == [
        "x/1.yaml"
    ]


def test_organizations_of_relaton_are_detected(tmp_path: Path) -> None:
    source = tarred(tmp_path / "sdo.tar", *ORGANIZATIONS, ("LICENSE", b"BSD"))
    found = detection.detect(Source.open(source))
    assert (found.kind, found.why) == (
        "relaton-sdo",
        "orgs/iso/metadata.yaml describes an organization",
    )
    ignored: Counter[str] = Counter()
    records = [
        name for name, _ in detection.record_files(Source.open(source), "relaton-sdo", ignored)
    ]
    assert records == ["orgs/iso/metadata.yaml"]
    assert ignored == {"*.yaml": 1, "*.png": 1, "LICENSE": 1}


def test_a_source_of_several_kinds_is_refused(tmp_path: Path) -> None:
    folder = foldered(
        tmp_path / "r",
        ("ICS.xml", ICS),
        ("c.csv", COMMITTEES),
        ("c.jsonl", COMMITTEES_LINES),
        ("d.jsonl", DELIVERABLES),
        ("n.csv", b"a,b\n"),
    )
    with pytest.raises(KgError, match=r"several kinds.*<fields>.*deliverableType.*--as KIND"):
        detection.detect(Source.open(folder))
    ignored: Counter[str] = Counter()
    records = [
        name for name, _ in detection.record_files(Source.open(folder), "iso-committees", ignored)
    ]
    assert records == ["c.csv", "c.jsonl"]
    assert ignored == {"ICS.xml": 1, "d.jsonl": 1, "n.csv": 1}


def test_an_unknown_source_is_refused_with_the_list_of_kinds(tmp_path: Path) -> None:
    folder = foldered(
        tmp_path / "r",
        ("a.csv", b"x,y\n"),
        ("a.json", b"[1]"),
        ("b.json", b"{"),
        ("a.xml", b"<html/>"),
        ("b.xml", b"no"),
        ("a.yaml", b"a: 1\n"),
        ("orgs/x/metadata.yaml", b"a: 1\n"),
        ("a.txt", b"docid: x\n"),
    )
    with pytest.raises(KgError) as caught:
        detection.detect(Source.open(folder))
    assert all(kind in str(caught.value) for kind in detection.KINDS)
    with pytest.raises(KgError, match="no files of the kind rdf"):
        list(detection.record_files(Source.open(folder), "rdf"))


def test_the_user_may_name_the_kind(tmp_path: Path) -> None:
    file = foldered(tmp_path, ("a.txt", COMMITTEES)) / "a.txt"
    assert [name for name, _ in detection.record_files(Source.open(file), "iso-committees")] == [
        "a.txt"
    ]
    with pytest.raises(KgError, match="not a kind of source: give one of relaton"):
        list(detection.record_files(Source.open(file), "isotc"))


def test_only_the_beginning_of_a_large_archive_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detection, "_MAX_NAMES", 5)
    many = [(f"data/{n}.yaml", b"docid: x\n") for n in range(9)]
    source = tarred(tmp_path / "r.tar", *many)
    source.write_bytes(source.read_bytes()[: 512 * 2 * 7])
    assert detection.detect(Source.open(source)).kind == "relaton"
    with pytest.raises(KgError, match="cut off"):
        list(detection.record_files(Source.open(source), "relaton"))
