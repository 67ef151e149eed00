"""Metrics of known networks, and the questions that use them."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.queries import questions
from kg.queries.metrics import METRICS, compute_metric
from kg.store import Table

QUESTIONS = {
    name: question
    for name, question in questions.load_questions(resources.queries()).items()
    if question.metric
}


def table(*pairs: str) -> Table:
    """Return a table of edges, each given by the letters of its ends."""
    nodes = [[ox.NamedNode(BASE + end) for end in pair] for pair in pairs]
    return Table(("source", "target"), tuple((one, other) for one, other in nodes))


def rows(metric: str, *pairs: str) -> list[tuple[str, ...]]:
    found = compute_metric(metric, table(*pairs))
    assert found.columns == METRICS[metric].columns
    return [
        tuple(term.value.removeprefix(BASE) for term in row if term is not None)
        for row in found.rows
    ]


def test_the_center_of_a_star() -> None:
    # Direction, duplicates and loops make no difference.
    assert rows("degree", "ab", "ca", "ad", "da", "aa") == [
        ("a", "3", "1.000"),
        ("b", "1", "0.333"),
        ("c", "1", "0.333"),
        ("d", "1", "0.333"),
    ]


def test_a_bridge_between_two_triangles() -> None:
    pairs = ("ab", "bc", "ca", "cx", "xd", "de", "ef", "fd")
    found = {row[0]: row[1:] for row in rows("betweenness", *pairs)}
    # x lies on all paths between the triangles: 9 of the 15 pairs of others.
    assert found["x"] == ("0.600", "2", "2")
    assert "a" not in found
    groups = {row[1]: row[0] for row in rows("communities", *pairs)}
    assert groups["a"] == groups["b"] == groups["c"] != groups["d"] == groups["e"] == groups["f"]


def test_an_empty_network_has_no_rows() -> None:
    assert all(rows(metric) == [] for metric in METRICS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_descriptions_explain_the_columns_of_metrics(graph: KnowledgeGraph, name: str) -> None:
    question = QUESTIONS[name]
    figures = set(question.columns) - {"agent", "group"}
    for lang in ("en", "zh"):
        assert all(figure in question.description.of(lang) for figure in figures)
    assert graph.ask(name)


def test_metrics_equal_those_of_networkx(graph: KnowledgeGraph) -> None:
    whole = nx.Graph(graph.view("cooperation").network)
    central = {row["agent"].value: int(row["partners"].value) for row in graph.ask("central")}
    assert central == dict(whole.degree())
    groups: dict[str, set[str]] = {}
    for row in graph.ask("circles"):
        groups.setdefault(row["group"].value, set()).add(row["agent"].value)
    assert nx.community.is_partition(whole, list(groups.values()))
    assert nx.community.modularity(whole, list(groups.values())) > 0.5


GOOD = """\
#+ title: {en: "Who?", zh: "谁？"}
#+ description: {en: "partners, share.", zh: "partners、share。"}
#+ family: network
#+ metric: degree
#+ view: edges
#+ key: [agent]
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("metric: degree", "metric: fame", "x.rq:4: 'fame' is not one of degree"),
        ("view: edges", "view: other", "x.rq:5: there is no .*other.rq"),
        ("#+ view: edges\n", "", "x.rq:4: a metric needs a 'view'"),
        ("key: [agent]", "key: [agent]\nSELECT * { ?s ?p ?o }", "x.rq:4: .* remove this one"),
        ("key: [agent]", "key: [person]", "x.rq:6: 'person' is not one of agent"),
    ],
)
def test_a_wrong_question_is_reported_with_file_and_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    (tmp_path / "views").mkdir()
    text = "SELECT ?source ?target { ?source ?p ?target }"
    (tmp_path / "views" / "edges.rq").write_text(text, encoding="utf-8")
    file = tmp_path / "x.rq"
    file.write_text(GOOD, encoding="utf-8")
    assert questions.read_question(file).columns == ("agent", "partners", "share")
    assert old in GOOD
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(KgError, match=message):
        questions.read_question(file)
