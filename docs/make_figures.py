"""Draws the figures of docs/ and the pictures of the READMEs from the graph itself.

Run as ``python docs/make_figures.py [FOLDER]``; without FOLDER it renews docs/figures and
docs/pictures. A figure shows nodes of the graph with their stored triples: participations, which
views fold into edges, are nodes here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

# The positions of similar nodes depend on rounding errors. These kernels of OpenBLAS exist on every
# current x86 machine, so that all round alike; they must be chosen before NumPy is loaded.
os.environ["OPENBLAS_CORETYPE"] = "Haswell"

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.common.bilingual import Text
from kg.common.namespaces import BASE, compact, iri
from kg.network.model import Edge, Network, Node
from kg.network.networkx_graph import network
from kg.pictures.diagrams.positions import positions
from kg.pictures.diagrams.svg import draw
from kg.queries.views import View
from kg.sources.record_batch import Options
from kg.sources.relaton import convert

NODE: Final = "node"
"""The group of nodes that are neither entities nor terms; it has no color and no legend item."""
UNNAMED_CLASSES: Final = frozenset(
    {
        "std:Assessment",
        "std:Claim",
        "std:Membership",
        "std:Observation",
        "std:Participation",
        "std:Ranking",
        "std:Secretariat",
    }
)
"""Classes whose instances have no name; a figure shows the class instead."""
CORE: Final = (
    "AdministrativeArea",
    "Agent",
    "Ballot",
    "Event",
    "Initiative",
    "Observation",
    "Organization",
    "Participation",
    "Place",
    "Practice",
    "Proposal",
    "Standard",
    "StandardsBody",
    "TechnicalCommittee",
)
"""The classes in the README's picture of the ontology."""

_SHOWN: Final = (
    "FILTER(?relation NOT IN (rdf:type, skos:prefLabel, skos:altLabel, skos:editorialNote))"
)
_CLAIMED: Final = f"""
    VALUES ?source {{{{ {{nodes}} }}}}
    GRAPH ?claim {{{{ ?source ?relation ?target }}}}
    ?claim a std:Claim .
    {_SHOWN}
"""
# The plain edges derived from participations, beside the nodes that they are derived from.
_DERIVED: Final = """
    VALUES ?node {{ {nodes} }}
    ?node std:agent ?source ; std:in ?target ; std:role/std:roleProperty ?relation .
    GRAPH <graph/derived> {{ ?source ?relation ?target }}
"""
_EVIDENCE: Final = f"""
    VALUES ?claimed {{{{ {{nodes}} }}}}
    ?claimed std:evidence? ?one .
    ?one oa:hasSource?|oa:hasSelector? ?source .
    GRAPH <graph/evidence> {{{{ ?source ?relation ?target }}}}
    FILTER(?relation NOT IN (std:verifiedDigest, std:standing))
    FILTER(?relation NOT IN (schema:inLanguage, schema:url, skos:note))
    {_SHOWN}
"""


_RECORDS: Final = (
    Path(__file__).resolve().parent.parent / "tests/fixtures/catalogues/relaton-data-iso/data"
)
"""Records of a catalogue in its native format, which the tests read, too."""
_WORK: Final = """
SELECT DISTINCT ?source ?relation ?target ?claim WHERE {
    VALUES ?relation {
        std:editionOf std:replaces std:toReplace std:draftOf std:amends std:corrects std:updates
    }
    ?source ?relation ?target .
    ?source std:editionOf?/^std:editionOf? ?any .
}"""


@dataclass(frozen=True)
class Figure:
    """A figure: its texts, and the nodes whose triples it shows (IRIs relative to the base).

    ``claims`` are shown with their evidence, and as the named graphs that contain the nodes.
    """

    name: str
    title: Text
    description: Text
    nodes: tuple[str, ...]
    claims: tuple[str, ...] = ()
    layout: str = "force"


FIGURES: Final = (
    Figure(
        "participation",
        Text("Participation", "参与"),
        Text(
            "Who has which role in what is a node; plain edges between the two follow from it.",
            "谁在何事中承担何种角色，是一个节点；行动者与事物之间的直接关系由此推出。",
        ),
        (
            "iso/tc/321/proposal/lead-proposer/hangzhou",
            "iso/tc/321/proposal/supporter/sac",
            "iso/tc/321/proposal/asked-for-support/jp",
        ),
    ),
    Figure(
        "secretariat",
        Text("Secretariat and membership", "秘书处与成员关系"),
        Text(
            "Participations in a body, each as one source tells it, with its seat and its time.",
            "在机构中的参与，逐条按来源记录，附所在地和时间。",
        ),
        (
            "iso/tc/321/secretariat/cn",
            "iso/tc/321/secretariat/sac",
            "iso/tc/321/secretariat/hangzhou-institute",
            "iso/tc/321/chair/affiliation",
        ),
    ),
    Figure(
        "ballot",
        Text("Proposal and ballot", "提案与投票"),
        Text(
            "A proposal requests something of a body; a ballot is one round of voting on it.",
            "提案向某机构提出请求；投票是就提案进行的一轮表决。",
        ),
        ("iso/tc/321/proposal", "iso/tc/321/ballot/2", "iso/tc/321/ballot/2/organizer/iso-tmb"),
    ),
    Figure(
        "observation",
        Text("Observation, part and whole", "观测值：部分与总体"),
        Text(
            "A figure with its unit, time and comparator; a part names its whole.",
            "数值及其单位、时间和比较符；部分指明其所属总体。",
        ),
        (
            "cn/zj/hangzhou/conference-base/attendees/2018",
            "cn/zj/hangzhou/conference-base/foreign-attendees/2018",
            "cn/zj/hangzhou/conference-base/attending-areas/2018",
        ),
    ),
    Figure(
        "ranking",
        Text("Ranking", "排名"),
        Text(
            "A place in an order: by value among areas of a level, or by time for a first.",
            "在某一次序中的位次：按数值在某级区域中排名，或按时间先后为“首个”。",
        ),
        ("cn/zj/ranking/group-standards", "cn/standard/approval-services-guide/first"),
    ),
    Figure(
        "assessment",
        Text("Assessment", "评价"),
        Text(
            "A judgment of a source: in which respect, and the verdict in its own word.",
            "来源的评价，附评价方面和来源措辞的评语。",
        ),
        ("cn/zj/hangzhou/conference-base/assessment/effect", "iso/tc/321/assessment/breadth"),
    ),
    Figure(
        "award",
        Text("Round of an award", "奖项届次"),
        Text(
            "Who held the selection of a round, and how many awards were given, are nodes.",
            "奖项按届评选；评选主体和获奖数量各为节点。",
        ),
        (
            "cn/zj/award/standard-innovation/1",
            "cn/zj/award/standard-innovation/1/selector/zj-gov",
            "cn/zj/award/standard-innovation/1/awards",
        ),
    ),
    Figure(
        "event",
        Text("Event series and editions", "系列活动与届次"),
        Text(
            "A series recurs under one name; an edition takes place, or is only planned.",
            "系列以同一名称重复举行；届次发生于某一时间，也可能仅为计划。",
        ),
        (
            "cn/sac-zj/joint-meeting/3",
            "cn/sac-zj/joint-meeting/2017-12-06",
            "cn/sac-zj/joint-meeting/organizer/sac",
        ),
    ),
    Figure(
        "place-role",
        Text("Role of a place", "地点角色"),
        Text(
            "A function that a place has been given is a thing apart from the place.",
            "地点被赋予的职能与地点本身是两个事物。",
        ),
        (
            "cn/zj/hangzhou/conference-base",
            "cn/zj/hangzhou/conference-base/initiator/iso",
            "event/gs1-general-assembly-2018",
        ),
    ),
    Figure(
        "evidence",
        Text("Claim, evidence, source", "断言、证据、来源"),
        Text(
            "A claim is a named graph that holds statements and names its evidence, "
            "a phrase at a place in a source's text, or the source alone.",
            "断言是一个命名图，载有陈述并指明证据：来源文本某处的引文，或仅有来源。",
        ),
        ("iso/tc/321/secretariat/cn",),
        claims=("claim/cfsn-2019-04-11/secretariat-china", "claim/cfsn-newsid-2936/ballot"),
        layout="layered",
    ),
)


def figure_network(graph: KnowledgeGraph, figure: Figure) -> Network:
    """The nodes of a figure with their triples, an edge for each; literals are nodes, too."""
    nodes = _iri_list(figure.nodes)
    patterns = [_CLAIMED.format(nodes=nodes), _DERIVED.format(nodes=nodes)]
    if figure.claims:
        patterns.append(_EVIDENCE.format(nodes=_iri_list(figure.claims)))
    union = " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
    columns = ("source", "relation", "target", "claim")
    sparql = f"SELECT DISTINCT ?source ?relation ?target ?claim WHERE {{ {union} }}"
    name = f"figure-{figure.name}"
    view = View(name, figure.title, figure.description, "network", figure.layout, columns, sparql)
    shown = network(graph.store, view)
    for source, relation, value, claim in graph.store.select(sparql).rows:
        if isinstance(value, ox.Literal) and source is not None and relation is not None:
            _add_value(shown, source.value, relation.value, value, claim.value if claim else "")
    kinds = {node: about["kind"] for node, about in shown.nodes(data=True)}
    for node, kind in kinds.items():
        if kind in UNNAMED_CLASSES or kind.startswith("oa:"):
            label = kind.removeprefix("oa:")
            shown.nodes[node].update(label_en=label, label_zh=label, group=NODE)
        elif node.removeprefix(BASE) in figure.nodes:
            _add_node(shown, kind, kind)
            _add_edge(shown, node, kind, "a")
    for claim_iri in figure.claims:
        for node in figure.nodes:
            _add_edge(shown, BASE + claim_iri, BASE + node, "GRAPH", BASE + claim_iri)
    derived = set(_edges(graph, patterns[1]))
    for source_iri, target_iri, about in shown.edges(data=True):
        # Terms instead of their labels: readers of the data model write queries.
        relation_name = about["relation"]
        is_derived = (source_iri, relation_name, target_iri) in derived and not about["claims"]
        about["relation_en"] = relation_name + (" (derived)" if is_derived else "")
        about["relation_zh"] = relation_name + ("（推出）" if is_derived else "")
    return shown


def work_network() -> Network:
    """A work of a catalogue with its editions, supplements and drafts, as converted."""
    options = Options("relaton-data-iso")
    lines = [
        line
        for file in sorted(_RECORDS.glob("iso-*9001*.yaml"))
        for line in convert(f"data/{file.name}", file.read_bytes(), options).lines
    ]
    with TemporaryDirectory() as folder:
        triples = Path(folder) / "records.nt"
        triples.write_text("".join(lines), encoding="utf-8")
        graph = KnowledgeGraph.of_files([triples])
    title = Text("A work and its editions", "作品及其版本")
    description = Text(
        "ISO 9001 in any edition, its dated editions, and what hangs on each of them.",
        "不注年代号的ISO 9001、其各年版，以及挂接于各版本的文件。",
    )
    columns = ("source", "relation", "target", "claim")
    view = View("figure-work", title, description, "network", "layered", columns, _WORK)
    shown = network(graph.store, view)
    kinds = {node: about["kind"] for node, about in shown.nodes(data=True)}
    for node, kind in kinds.items():
        if kind == "std:Work":
            _add_node(shown, kind, kind)
            _add_edge(shown, node, kind, "a")
    for _, _, edge in shown.edges(data=True):
        edge["relation_en"] = edge["relation_zh"] = edge["relation"]
    return shown


def ontology_core(graph: KnowledgeGraph) -> Network:
    """The core of the view ``ontology``, small enough for a README."""
    whole = graph.view("ontology").network
    core: Network = whole.subgraph([iri(f"std:{name}") for name in CORE]).copy()
    core.remove_edges_from([(s, t, k) for s, t, k in core.edges(keys=True) if s == t])
    core.graph.update(
        layout="force",
        title_en="The core of the ontology",
        title_zh="本体的核心部分",
        description_en="The main classes, and how the graph joins things of one to another.",
        description_zh="主要的类，以及图谱中各类事物之间的关系。",
    )
    return core


def readme_networks(graph: KnowledgeGraph) -> dict[str, Network]:
    """The networks of the READMEs' pictures, by name."""
    return {
        "whole": graph.view("organizations").network,
        "committee": graph.view("committees", around="ISO/TC 321").network,
        "guide": graph.view("standards", around="审批服务便民化工作指南").network,
        "ontology": ontology_core(graph),
    }


def _edges(graph: KnowledgeGraph, pattern: str) -> Iterator[tuple[str, str, str]]:
    rows = graph.store.select(f"SELECT ?source ?relation ?target WHERE {{ {pattern} }}").rows
    for source, relation, target in rows:
        if source is not None and relation is not None and target is not None:
            yield source.value, compact(relation.value), target.value


def _add_value(shown: Network, source: str, relation: str, value: ox.Literal, claim: str) -> None:
    """Add a literal as a node; literals of several languages share a node, each as its label."""
    node = f"{source} {relation}" + ("" if value.language else f" {value.value}")
    if node not in shown:
        _add_node(shown, node, value.value)
    if value.language:
        shown.nodes[node][f"label_{value.language}"] = f"“{value.value}”"
    _add_edge(shown, source, node, compact(relation), claim)


def _add_node(shown: Network, node: str, label: str) -> None:
    shown.add_node(node, **Node(node, Text(label, label), group=NODE).attributes())


def _add_edge(shown: Network, source: str, target: str, relation: str, claim: str = "") -> None:
    key = f"{relation}|"
    existing = shown.get_edge_data(source, target, key)
    claims = {*(existing["claims"] if existing else ()), *([claim] if claim else [])}
    edge = Edge(source, target, key, relation, claims=tuple(sorted(claims)))
    shown.add_edge(source, target, key, **edge.attributes())


def _iri_list(names: Iterable[str]) -> str:
    return " ".join(f"<{name}>" for name in names)


def write_figures(folder: Path) -> None:
    """Write all figures and pictures in both languages into ``figures`` and ``pictures``."""
    graph = KnowledgeGraph.in_memory()
    figures = {figure.name: figure_network(graph, figure) for figure in FIGURES}
    figures["work"] = work_network()
    for subfolder, networks in (("figures", figures), ("pictures", readme_networks(graph))):
        (folder / subfolder).mkdir(parents=True, exist_ok=True)
        for name, shown in networks.items():
            for lang, suffix in (("en", ""), ("zh", ".zh")):
                svg = draw(shown, positions(shown, lang), lang)
                (folder / subfolder / f"{name}{suffix}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    write_figures(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
