"""Statistics of the curated part and of every catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.pipeline.build import Summary, stored_quad_count
from tests.support import ROOT, BuildWith, Run

WORLD = ROOT / "tests" / "fixtures" / "catalogues"
NAMES = ("relaton-data-iso", "ICS.xml", "iso_technical_committees.csv")


@pytest.fixture(scope="module")
def built_world(build_with: BuildWith) -> Summary:
    return build_with(*(WORLD / name for name in NAMES))


@pytest.fixture(scope="module")
def counted(built_world: Summary) -> KnowledgeGraph:
    return KnowledgeGraph.open(built_world.folder)


def row(answer: str, *cells: str) -> bool:
    """Return whether a line of a table has these cells (words or patterns) in a row."""
    return re.search(r"^.*" + r" +".join(cells) + r"( |$)", answer, re.MULTILINE) is not None


def test_the_report_on_each_catalogue(run: Run, built_world: Summary) -> None:
    answer = run("stats", store=built_world.folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    out = answer.stdout
    iso = next(one for one in built_world.catalogues if one.slug == "relaton-data-iso")
    head = ("relaton-data-iso", "16", "14", "2", str(iso.triples), iso.snapshot)
    assert row(out, *head, iso.read_on[:10])
    assert row(out, "iso-technical-committees", "10", "10", "0")
    assert row(out, "relaton-data-iso", "broken YAML", "1")
    assert row(out, "relaton-data-iso", "no identifier", "1")
    turned = str(iso.counts["mendings"]["turned-relation"])
    assert row(out, "relaton-data-iso", "relation turned", turned)
    assert row(out, "ISO", "14", "0", r"100\.00 %")
    # Three of the five committees that the documents name are among ISO's.
    assert row(out, "relaton-data-iso", "5", "3", "14", "7")


def test_the_report_in_chinese(run: Run, built_world: Summary) -> None:
    out = run("stats", "--lang", "zh", store=built_world.folder).stdout
    for word in ("四元组", "目录", "被拒记录（按原因）", "关系反向", "各机构编号的解析", "入图"):
        assert word in out
    assert "Catalogues" not in out


def test_the_number_of_quads_is_that_of_the_build(
    built_world: Summary, counted: KnowledgeGraph
) -> None:
    totals = dict(counted.statistics().totals)
    assert totals["quads"] == built_world.quads == counted.store.size()
    assert stored_quad_count(counted.store.path.parent) == built_world.quads  # type: ignore[union-attr]


def test_quads_are_counted_if_the_build_recorded_no_number(
    counted: KnowledgeGraph, built_world: Summary, tmp_path: Path
) -> None:
    assert stored_quad_count(tmp_path) is None
    (tmp_path / "summary.json").write_text("many")
    assert stored_quad_count(tmp_path) is None
    in_memory = KnowledgeGraph.in_memory()
    assert (
        dict(in_memory.statistics().totals)["quads"] == in_memory.store.size() < built_world.quads
    )


def test_catalogues_do_not_change_the_counts_of_the_curated_part(
    counted: KnowledgeGraph, graph: KnowledgeGraph
) -> None:
    with_them, without = dict(counted.statistics().totals), dict(graph.statistics().totals)
    assert "catalogues" not in without
    assert with_them["listed things"] > 100
    for name in ("claims", "entities", "derived triples"):
        assert with_them[name] == without[name] > 100, name
    assert counted.statistics().evidence[0] == graph.statistics().evidence[0]


def test_a_graph_in_memory_has_no_catalogues(
    counted: KnowledgeGraph, graph: KnowledgeGraph
) -> None:
    assert graph.catalogues == ()
    assert [one.slug for one in counted.catalogues] == [
        "ics",
        "iso-technical-committees",
        "relaton-data-iso",
    ]


def test_the_repr_of_statistics_has_the_totals_alone(graph: KnowledgeGraph) -> None:
    shown = repr(graph.statistics())
    assert shown.startswith("<Statistics graphs: ")
    assert len(shown) < 200
