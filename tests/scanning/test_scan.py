"""Scans tell what references mean, in every format, and mark them in copies."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import docx
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from kg import KnowledgeGraph
from kg.cli import cli
from kg.common.errors import ArgumentError
from kg.pipeline.build import Summary
from kg.scanning.annotation import annotate
from kg.scanning.graph_words import describe_graph
from kg.scanning.output import render, totals
from kg.scanning.page import html_page
from kg.scanning.rows import COLUMNS, rows
from kg.store.embedded import EmbeddedStore
from kg.store.remote import RemoteStore
from tests.scanning.samples import CHINESE, LINES, make_docx, make_pdf
from tests.store.endpoints import engines

TEXT = "\n\n".join((*LINES, CHINESE))


def kg_scan(joined: Summary, *arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(
        cli, ["scan", *map(str, arguments), "--store", str(joined.folder)], obj={}
    )


def test_a_scan_tells_status_and_successor(world: KnowledgeGraph) -> None:
    first, *_ = world.scan(TEXT).references
    assert first.reference.text == "ISO 9001:2008"
    assert first.match.status.key == "superseded"
    assert [iri.rpartition("/")[2] for iri in first.match.status.successors] == ["9001-2015"]


@pytest.mark.parametrize(
    "text",
    [
        *("ISO 9001:2008", "ISO 9001", "iso 9001:2015", "GB/T 1.1", "ISO 10303 (all parts)"),
        *("ISO 9001:2015 修改单", "ISO 9001:2015（草案）", "ISO 9001 series", "ISO 9001:2015 DIS"),
    ],
)
def test_a_reference_means_what_it_does_in_a_list(world: KnowledgeGraph, text: str) -> None:
    [scanned], [listed] = world.scan(text).references, world.match([text])
    assert (scanned.match.iri, scanned.match.status) == (listed.iri, listed.status)


def test_formats_agree(world: KnowledgeGraph) -> None:
    scan = world.scan(TEXT)
    store = world.store
    found = json.loads(render(store, [scan], "json", "en", graph="g"))
    [entries] = [file["references"] for file in found["files"]]
    table = list(
        csv.DictReader(io.StringIO(render(store, [scan], "csv", "en", graph="g").decode()))
    )
    assert tuple(table[0]) == COLUMNS
    assert [row["number"] for row in table] == [entry["number"] for entry in entries]
    for entry in entries:
        at = entry["span"]["offset"]
        assert TEXT[at : at + len(entry["text"])] == entry["text"]
    assert entries[0]["clauses"][0]["name"] == "7.5.1"
    assert entries[0]["status_words"] == "replaced by ISO 9001:2015"
    assert (
        len(
            json.loads(render(store, [scan], "json", "en", graph="g", limit=2))["files"][0][
                "references"
            ]
        )
        == 2
    )
    assert [row["line"] for row in table] == [str(entry["span"]["line"]) for entry in entries]
    shown = render(store, [scan], "table", "zh", graph="g").decode()
    assert "被ISO 9001:2015代替" in shown
    assert [shown.count(f"第{line}行") for line in (1, 3, 5)] == [4, 0, 4]
    assert "2 of 8 rows shown" in totals([scan], "en", graph="g", limit=2)


def test_the_page_has_the_whole_text_with_marks(world: KnowledgeGraph) -> None:
    scan = world.scan("<b> & ISO 9001:2008")
    cited = [(scan, each) for each in scan.references]
    page = html_page([scan], cited, list(rows(world.store, cited, "en")), "en", "g")
    assert "&lt;b&gt; &amp; <mark" in page
    assert 'class="replaced" title="ISO 9001:2008: replaced by ISO 9001:2015"' in page
    assert 'href="https://w3id.org/stdkg/iso/9001-2008"' in page


def test_the_list_leads_to_the_marks(world: KnowledgeGraph, tmp_path: Path) -> None:
    scans = [world.scan(TEXT), world.scan(make_docx(tmp_path / "a.docx"))]
    page = render(world.store, scans, "html", "zh", graph="g").decode()
    assert set(re.findall(r'href="#(r\d+)"', page)) == set(re.findall(r'<mark id="(r\d+)"', page))
    assert page.count("<td>第1行</td>") == 4
    assert '<p class="part">表1第1行第2列</p>' in page


def test_a_word_copy_has_comments_on_exactly_the_references(
    world: KnowledgeGraph, tmp_path: Path
) -> None:
    source, copy = make_docx(tmp_path / "a.docx"), tmp_path / "b.docx"
    assert annotate(world.store, world.scan(source), source, copy, "en") == 0
    document = docx.Document(str(copy))
    first = document.paragraphs[0]
    assert first.text == docx.Document(str(source)).paragraphs[0].text
    marked = "".join(run.text for run in first.runs if run.font.highlight_color)
    assert marked == "ISO 9001:2008ISO 10303-1-11-21"
    assert [run.text for run in first.runs if run.bold] == ["9001"]
    comments = [comment.text for comment in document.comments]
    assert any(text.startswith("ISO 9001:2008: replaced by ISO 9001:2015") for text in comments)
    # One in the header and one between the ends of a range have none.
    assert len(comments) == len(world.scan(source).references) - 2


def test_a_pdf_copy_has_highlights_on_exactly_the_references(
    world: KnowledgeGraph, tmp_path: Path
) -> None:
    source, copy = make_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    assert annotate(world.store, world.scan(source), source, copy, "en") == 0
    document = pypdfium2.PdfDocument(copy)
    texts, notes = [], []
    for page in document:
        textpage = page.get_textpage()
        for index in range(pypdfium2.raw.FPDFPage_GetAnnotCount(page)):
            annotation = pypdfium2.raw.FPDFPage_GetAnnot(page, index)
            box = pypdfium2.raw.FS_RECTF()
            pypdfium2.raw.FPDFAnnot_GetRect(annotation, box)
            texts.append(textpage.get_text_bounded(box.left, box.bottom, box.right, box.top))
            notes.append(pypdfium2.raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0))
            pypdfium2.raw.FPDFPage_CloseAnnot(annotation)
        textpage.close()
        page.close()
    document.close()
    assert [text.strip() for text in texts[:4]] == ["ISO 9001:2008", "ISO 10303-1", "-11", "-21"]
    assert min(notes) > 20


def test_copies_are_of_the_same_kind_and_never_the_document(
    world: KnowledgeGraph, tmp_path: Path
) -> None:
    source = make_pdf(tmp_path / "a.pdf")
    scan = world.scan(source)
    for copy, fault in (("b.docx", "ends in .pdf"), ("a.pdf", "is the document itself")):
        with pytest.raises(ArgumentError, match=fault):
            annotate(world.store, scan, source, tmp_path / copy, "en")
    text = tmp_path / "a.txt"
    text.write_text(TEXT, encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"only \.docx and \.pdf"):
        annotate(world.store, world.scan(text), text, tmp_path / "b.txt", "en")


def test_the_graph_that_was_asked_is_named(world: KnowledgeGraph, tmp_path: Path) -> None:
    assert "relaton-data-iso" in describe_graph(world.store, "en")
    in_memory = describe_graph(EmbeddedStore.in_memory([]), "en")
    assert in_memory.startswith("in memory; 0 quads; no catalogues")
    with engines.oxigraph(tmp_path) as endpoint:
        described = describe_graph(RemoteStore(endpoint), "zh")
    assert described == (f"{endpoint}；0条四元组；端点不载明其目录：用--store给出所加载的文件夹")


def test_the_command(joined: Summary, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    run = kg_scan(joined, file)
    assert run.exit_code == 0
    assert "ISO 10303-21" in run.stdout
    assert "8 references to 8 documents" in run.stderr
    assert f"graph: {joined.folder}, built 20" in run.stderr
    assert "relaton-data-iso" in run.stderr
    assert kg_scan(joined, file, "-o", tmp_path / "a.html").exit_code == 0
    assert "<mark" in (tmp_path / "a.html").read_text(encoding="utf-8")
    file.write_text("nothing here", encoding="utf-8")
    assert kg_scan(joined, file).exit_code == 1
    assert kg_scan(joined, file, file, "--annotate", "b.pdf").exit_code == 2
    assert kg_scan(joined, file, "-o", file).exit_code == 2
