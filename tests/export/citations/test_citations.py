"""Citations of documents, opened with other programs than those that write them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser.entrypoint
import pymarc
import pytest
import rispy

from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError, ExportError
from kg.export.citations import FORMATS, STYLES, cite
from kg.export.citations.document import CitedDocument, cited_documents
from kg.graph import KnowledgeGraph
from kg.pipeline.build import Summary
from tests.support import Run

ISO = CitedDocument(
    "https://w3id.org/stdkg/iso/9001-2015",
    "ISO 9001:2015",
    "Quality management systems & their requirements",
    "en",
    ("ISO",),
    PartialDate(2015, 9),
    "5",
    "https://www.iso.org/standard/62085.html",
)
BARE = CitedDocument("https://w3id.org/stdkg/gb/1", "GB/T 1.1", "标准化工作导则", "zh")


@pytest.mark.parametrize(
    ("style", "reference"),
    [
        (
            "gb7714",
            "[1] Quality management systems & their requirements: ISO 9001:2015[S/OL]. ISO,",
        ),
        ("iso690", "1. Quality management systems & their requirements. Online. September 2015."),
        ("ieee", "[1] Quality management systems & their requirements, ISO 9001:2015, Sep. 2015."),
    ],
)
def test_styles(style: str, reference: str) -> None:
    lines = cite([ISO, BARE], style).decode().splitlines()
    assert lines[0].startswith(reference)
    assert len(lines) == 2
    assert "GB/T 1.1" in lines[1]


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ExportError, match="unknown style 'mine'"):
        cite([ISO], "mine")
    assert cite([ISO], "nature")


def test_bibliographies_are_read_by_another_parser() -> None:
    for style, type_ in (("bibtex", "techreport"), ("biblatex", "standard")):
        library = bibtexparser.entrypoint.parse_string(cite([ISO, BARE], style).decode())
        assert not library.failed_blocks
        assert [entry.key for entry in library.entries] == ["iso-9001-2015", "gb-t-1-1"]
        assert library.entries[0].entry_type == type_
        fields = library.entries[0].fields_dict
        assert fields["number"].value == "ISO 9001:2015"
        assert ("date" in fields, "year" in fields) == (style == "biblatex", style == "bibtex")


def test_ris() -> None:
    text = cite([ISO, BARE], "ris").decode()
    assert text.startswith("TY  - STAND\n")
    first, second = rispy.loads(text)
    assert (first["number"], first["date"]) == ("ISO 9001:2015", "2015/09//")
    assert second["title"] == "标准化工作导则"


def test_marc() -> None:
    [first, second] = pymarc.MARCReader(cite([ISO, BARE], "marc21"), force_utf8=True)
    assert first["245"]["a"] == ISO.title
    assert second["024"]["a"] == "GB/T 1.1"
    collection = ElementTree.fromstring(cite([ISO, BARE], "marcxml"))
    assert collection.tag == "{http://www.loc.gov/MARC21/slim}collection"
    languages = [
        field.text[35:38]
        for field in collection.iter("{http://www.loc.gov/MARC21/slim}controlfield")
        if field.get("tag") == "008" and field.text
    ]
    assert languages == ["eng", "chi"]


def test_nothing_is_added_to_what_sources_state() -> None:
    [item] = json.loads(cite([BARE], "csl-json"))
    assert item == {
        "id": "gb-t-1-1",
        "type": "standard",
        "title": "标准化工作导则",
        "number": "GB/T 1.1",
        "language": "zh",
    }


def test_documents_of_the_graph() -> None:
    graph = KnowledgeGraph.in_memory()
    committee = graph.resolve("ISO/TC 321")
    with pytest.raises(ArgumentError, match="is no document: name documents to cite"):
        cited_documents(graph.store, [committee], "en")


def test_every_style_is_written_by_the_command(run: Run, tmp_path: Path, joined: Summary) -> None:
    shown = run("cite", "ISO 9001:2015", "--store", str(joined.folder), "--style", "gb7714")
    assert "ISO 9001:2015[S/OL]" in shown.stdout
    file = tmp_path / "ours.bib"
    run("cite", "ISO 9001:2015", "--store", str(joined.folder), "-o", str(file))
    assert "@standard{iso-9001-2015," in file.read_text(encoding="utf-8")
    run(
        "cite", "ISO 9001:2015", "--store", str(joined.folder), "-o", str(file), "--style", "bibtex"
    )
    assert "@techreport{iso-9001-2015," in file.read_text(encoding="utf-8")
    wrong = run(
        "cite", "ISO 9001:2015", "--store", str(joined.folder), "-o", str(file), "--style", "ris"
    )
    assert (wrong.returncode, "--style says ris" in wrong.stderr) == (2, True)
    for style in (*STYLES, *FORMATS):
        assert cite([ISO], style)
