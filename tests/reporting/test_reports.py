"""Reports say the same in every format, each row with its evidence."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2
import pytest
from click.testing import CliRunner

from kg import KnowledgeGraph
from kg.changes.model import KINDS, Changes, Event
from kg.changes.output import json_bytes
from kg.cli import cli
from kg.common.errors import SourceError
from kg.common.namespaces import BASE
from kg.pipeline.build import Summary
from kg.reporting.changes import read_changes
from kg.reporting.formats import report_bytes
from kg.reporting.model import Report
from kg.reporting.references import report_references

TEXTS = ["ISO 9001:2008", "ISO 32111", "GB/T 1.1", "<nothing>"]


@pytest.fixture(scope="module")
def chinese(world: KnowledgeGraph) -> Report:
    scan = world.scan("按ISO 9001:2008第7.1条")
    return report_references(
        world.store, [("清单", TEXTS, world.match(TEXTS)), scan], "zh", title="现状 #1 *"
    )


def test_a_report_has_facts_summary_and_evidence(chinese: Report) -> None:
    assert dict(chinese.facts)["状态截至"] == "来源所载最新状态"
    assert "relaton-data-iso" in dict(chinese.facts)["图谱与来源"]
    assert sum(count for _, count, _ in chinese.summary) == 5
    listed, scanned = chinese.sections
    assert [row.mark for row in listed.rows] == ["replaced", "current", "none", "none"]
    evidence = listed.columns.index("证据")
    assert all("relaton-data-iso" in row.cells[evidence] for row in listed.rows[:2])
    assert scanned.columns[:4] == ("引用", "位置", "所指文件", "条款")
    assert scanned.rows[0].cells[3] == "7.1"


def test_formats_say_the_same(chinese: Report) -> None:
    wanted = ["现状 #1 *", "被ISO 9001:2015代替", "GB/T 1.1", "<nothing>", "概要"]
    page = report_bytes(chinese, "html").decode("utf-8")
    document = docx.Document(io.BytesIO(report_bytes(chinese, "docx")))
    with_tables = [paragraph.text for paragraph in document.paragraphs]
    with_tables += [c.text for table in document.tables for row in table.rows for c in row.cells]
    pdf = pypdfium2.PdfDocument(report_bytes(chinese, "pdf"))
    textpage = pdf[0].get_textpage()
    printed = "".join(textpage.get_text_range().split()).replace("\u200b", "")
    for text in wanted:
        assert text.replace("<", "&lt;").replace(">", "&gt;") in page
        assert text in "\n".join(with_tables)
        assert "".join(text.split()) in printed
    textpage.close()
    pdf.close()


def test_the_command(joined: Summary, tmp_path: Path) -> None:
    file, copy = tmp_path / "a.txt", tmp_path / "a.html"
    file.write_text("\n".join(TEXTS), encoding="utf-8")
    arguments = ["report", str(file), "--store", str(joined.folder), "-o", str(copy)]
    run = CliRunner().invoke(cli, arguments, obj={})
    assert run.exit_code == 0
    page = copy.read_text(encoding="utf-8")
    assert "Status of the standards referred to" in page
    assert "4 references" in page
    assert CliRunner().invoke(cli, [*arguments, "--scan"], obj={}).exit_code == 0
    assert "3 references" in copy.read_text(encoding="utf-8")
    assert CliRunner().invoke(cli, [*arguments[:-1], str(file)], obj={}).exit_code == 2


def test_changes_are_reported_from_their_json(tmp_path: Path) -> None:
    event = Event(
        "withdrawn",
        f"{BASE}iso/32110-2019",
        "ISO 32110:2019",
        title="Assurance <1>",
        date="2025-05",
        before="2025-04-30",
        after="2025-06-02",
        new_record=f"{BASE}record/relaton-data-iso/data/iso-32110-2019.yaml",
    )
    states = (("relaton-data-iso", "2025-04-30", "2025-06-02"),)
    changes = Changes((event,), {"address": 3}, 3, compared=states)
    file = tmp_path / "changes.json"
    file.write_bytes(json_bytes(changes, changes.events))
    assert read_changes(file) == changes
    for format, lang in (("html", "en"), ("pdf", "zh"), ("docx", "zh")):
        copy = tmp_path / f"report.{format}"
        run = CliRunner().invoke(
            cli, ["report", str(file), "--lang", lang, "-o", str(copy)], obj={}
        )
        assert (run.exit_code, run.output) == (0, f"       1  {KINDS['withdrawn'].of(lang)}\n")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for text in ("ISO 32110:2019 was withdrawn", "iso-32110-2019.yaml", "Assurance &lt;1&gt;"):
        assert text in page
    assert "3 records changed only in their form" in page
    file.write_text('{"compared": [], "churn": {}, "events": [{"kind": 1}]}', encoding="utf-8")
    with pytest.raises(SourceError, match="not the JSON of kg changes"):
        read_changes(file)
