"""The programs and pages of the benchmarks work; nothing is measured here."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks import document_statuses, programs, relate, report
from benchmarks.measure import Cost, Row, program
from benchmarks.workload import generate
from kg import KnowledgeGraph
from kg.entities.document_status import DocumentStatus

NQUADS = '<http://a.b/s> <http://a.b/p> "o" <http://a.b/g> .\n'
SHAPES = """
<http://a.b/shape> <http://www.w3.org/ns/shacl#targetNode> <http://a.b/s> .
<http://a.b/shape> <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#Literal> .
<http://a.b/shape> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
<http://www.w3.org/ns/shacl#NodeShape> .
"""


def test_programs_load_dump_parse_and_serialize(tmp_path: Path) -> None:
    nquads, store, dumped = (str(tmp_path / name) for name in ("a.nq", "store", "b.nq"))
    Path(nquads).write_text(NQUADS, encoding="utf-8")
    programs.load(nquads, store)
    programs.dump(store, dumped)
    assert Path(dumped).read_text(encoding="utf-8") == NQUADS
    programs.parse_with_rdflib(nquads, "1")
    programs.serialize_with_rdflib(nquads, "1", str(tmp_path / "a.trig"), "trig")
    assert len(list(ox.parse(path=str(tmp_path / "a.trig")))) == 1


def test_programs_read_a_generated_repository(tmp_path: Path) -> None:
    [repository] = map(str, generate(tmp_path, 100))
    programs.unpack(repository)
    programs.read_yaml(repository)
    programs.convert_with_rdflib(repository, str(tmp_path / "a.nt"))
    # Two editions with number, title and date; the later one has a relation.
    assert len(list(ox.parse(path=str(tmp_path / "a.nt")))) == 7


def test_a_program_runs_in_its_own_process(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.nt", tmp_path / "shapes.nt"
    data.write_text('<http://a.b/s> <http://a.b/p> "o" .\n', encoding="utf-8")
    shapes.write_text(SHAPES, encoding="utf-8")
    cost = program(programs.validate, data, shapes)
    assert cost.wall > 0
    assert cost.peak > 0


def test_statuses_of_documents_are_counted(world: KnowledgeGraph) -> None:
    counts, examples = document_statuses.count(world.store)
    assert counts["status untold"] >= 4
    assert counts["successors stated"] >= counts["documents with stated successors"] > 0
    assert counts["later editions by date"] > 0
    assert not any(counts[name] or examples[name] for name in document_statuses.FAULTS)


def test_an_invented_successor_is_counted(
    world: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = world.resolve("ISO 9001:2008")
    invented = DocumentStatus("current", (one,))
    monkeypatch.setattr(document_statuses, "document_status", lambda *_: invented)
    counts, examples = document_statuses.count(world.store)
    name = document_statuses.NO_STATEMENT
    assert counts[name] == counts["successors stated"] > 0
    assert examples[name]


def test_a_section_is_replaced_by_the_one_of_the_same_title(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    row = Row("build", Cost(2, 4), Cost(1, 1), target="1 s", reached=False, by_cpu=True)
    report.write_section(page, "One", "old text")
    report.write_section(page, "Two", report.growth_table({10: [row], 100: [row]}))
    report.write_section(page, "One", report.table([row], [tmp_path]))
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Results\n\n## One\n\n")
    assert "| build | 2 | 4 |  | 4 *cpu* |  | 1 s | **not reached** |" in text
    assert "| build | 4 | 4 | 0.00 |  |  |" in text
    assert "old text" not in text


def test_pairs_are_judged_by_the_way_that_is_expected(world: KnowledgeGraph) -> None:
    ways = world.relate("DIN", "SAC")

    def verdict(through: str, relation: str = "", expected: str = "") -> str:
        case = {"through": through, "relation": relation, "expected": expected}
        return relate.verdict(world, case, ways)

    # One of several committees that say the same.
    assert verdict("ISO/TC 154", "std:secretariatOf", "strong") == "place 1"
    assert verdict("ISO/TC 154", expected="weak") == "wrong strength"
    assert verdict("ISO/TC 154", "std:liaison") == "missing"
    assert verdict("ISO/TC 222") == "missing"
    assert verdict("", expected="none") == "too much"
    assert verdict("") == "to judge"
    assert relate.verdict(world, {"expected": "none"}, []) == "none"
