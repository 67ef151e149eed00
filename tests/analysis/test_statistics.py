"""What the graph holds, in numbers: of what was curated, and of every catalogue."""

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
def made(build_with: BuildWith) -> Summary:
    return build_with(*(WORLD / name for name in NAMES))


@pytest.fixture(scope="module")
def counted(made: Summary) -> KnowledgeGraph:
    return KnowledgeGraph.open(made.folder)


def row(told: str, *cells: str) -> bool:
    """Whether a line of a table has these cells one after another, words or patterns."""
    return re.search(r"^.*" + r" +".join(cells) + r"( |$)", told, re.MULTILINE) is not None


def test_each_catalogue_is_told_with_what_became_of_it(run: Run, made: Summary) -> None:
    told = run("stats", store=made.folder)
    assert (told.returncode, told.stderr) == (0, "")
    out = told.stdout
    iso = next(one for one in made.catalogues if one.slug == "relaton-data-iso")
    head = ("relaton-data-iso", "16", "14", "2", str(iso.triples), iso.snapshot)
    assert row(out, *head, iso.read_on[:10])
    assert row(out, "iso-technical-committees", "10", "10", "0")
    assert row(out, "relaton-data-iso", "broken YAML", "1")
    assert row(out, "relaton-data-iso", "no identifier", "1")
    turned = str(iso.counts["mendings"]["turned-relation"])
    assert row(out, "relaton-data-iso", "relation turned mending:turned-relation", turned)
    assert row(out, "ISO", "14", "0", r"100\.00 %")
    # Three of the five committees that the documents name are among ISO's.
    assert row(out, "relaton-data-iso", "5", "3", "14", "7")


def test_it_is_told_in_chinese(run: Run, made: Summary) -> None:
    out = run("stats", "--lang", "zh", store=made.folder).stdout
    for word in ("四元组", "目录", "被拒记录（按原因）", "关系反向", "各机构编号的解析", "入图"):
        assert word in out
    assert "Catalogues" not in out


def test_the_quads_are_those_that_the_build_wrote(made: Summary, counted: KnowledgeGraph) -> None:
    totals = dict(counted.statistics().totals)
    assert totals["quads"] == made.quads == counted.store.size()
    assert stored_quad_count(counted.store.path.parent) == made.quads  # type: ignore[union-attr]


def test_a_build_that_did_not_say_how_many_is_counted(
    counted: KnowledgeGraph, made: Summary, tmp_path: Path
) -> None:
    assert stored_quad_count(tmp_path) is None
    (tmp_path / "summary.json").write_text("many")
    assert stored_quad_count(tmp_path) is None
    in_memory = KnowledgeGraph.in_memory()
    assert dict(in_memory.statistics().totals)["quads"] == in_memory.store.size() < made.quads


def test_catalogues_change_nothing_of_what_was_curated(
    counted: KnowledgeGraph, graph: KnowledgeGraph
) -> None:
    with_them, without = dict(counted.statistics().totals), dict(graph.statistics().totals)
    assert "catalogues" not in without
    assert with_them["listed things"] > 100
    for name in ("claims", "entities", "derived triples"):
        assert with_them[name] == without[name] > 100, name
    assert counted.statistics().evidence[0] == graph.statistics().evidence[0]


def test_the_catalogues_of_a_graph_in_memory_are_none(
    counted: KnowledgeGraph, graph: KnowledgeGraph
) -> None:
    assert graph.catalogues == ()
    assert [one.slug for one in counted.catalogues] == [
        "ics",
        "iso-technical-committees",
        "relaton-data-iso",
    ]
