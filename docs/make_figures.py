"""Draws the figures of docs/ and the pictures of the READMEs from the graph itself.

Run as ``python docs/make_figures.py [FOLDER]``; without FOLDER it renews docs/figures and
docs/pictures. A figure shows real nodes of the graph with their triples as they are stored: what
the views fold into one edge (who has which role in what) is unfolded into its node here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Where nodes are alike, the last digit of a sum decides which of them lies where. Machines shall
# all round alike, with kernels of OpenBLAS that every x86 machine of today has; it must be said
# before NumPy is loaded.
os.environ["OPENBLAS_CORETYPE"] = "Haswell"

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.common.bilingual import Text
from kg.common.namespaces import BASE, STD, compact
from kg.network.networkx_graph import Network, network
from kg.pictures.diagrams.positions import positions
from kg.pictures.diagrams.svg import draw
from kg.queries.views import View

NODE: Final = "node"
"""The group of nodes that are neither things nor terms: no color, and no entry in the legend."""
NAMELESS: Final = frozenset(
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
"""Classes whose instances have no name of their own; a figure shows the class instead."""
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

_OWN: Final = (
    "FILTER(?relation NOT IN (rdf:type, skos:prefLabel, skos:altLabel, skos:editorialNote))"
)
_CLAIMED: Final = f"""
    VALUES ?source {{{{ {{nodes}} }}}}
    GRAPH ?claim {{{{ ?source ?relation ?target }}}}
    ?claim a std:Claim .
    {_OWN}
"""
# Plain edges follow from participations; here they stand beside the nodes they follow from.
_DERIVED: Final = """
    VALUES ?node {{ {nodes} }}
    ?node std:agent ?source ; std:in ?target ; std:role/org:roleProperty ?relation .
    GRAPH <graph/derived> {{ ?source ?relation ?target }}
"""
_EVIDENCE: Final = f"""
    VALUES ?claimed {{{{ {{nodes}} }}}}
    ?claimed std:evidence? ?one .
    ?one oa:hasSource?|oa:hasSelector? ?source .
    GRAPH <graph/evidence> {{{{ ?source ?relation ?target }}}}
    FILTER(?relation NOT IN (std:verifiedDigest, std:standing))
    FILTER(?relation NOT IN (schema:inLanguage, schema:url, skos:note))
    {_OWN}
"""


@dataclass(frozen=True)
class Figure:
    """One figure: the nodes (IRIs after the base) that are unfolded, and what is said of it.

    ``claims`` are shown with their evidence and as the graphs that hold the nodes.
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


def unfolded(graph: KnowledgeGraph, figure: Figure) -> Network:
    """The nodes of a figure with their triples, one edge for each; values are nodes, too."""
    nodes = _listed(figure.nodes)
    patterns = [_CLAIMED.format(nodes=nodes), _DERIVED.format(nodes=nodes)]
    if figure.claims:
        patterns.append(_EVIDENCE.format(nodes=_listed(figure.claims)))
    pattern = " UNION ".join(f"{{ {one} }}" for one in patterns)
    columns = ("source", "relation", "target", "claim")
    sparql = f"SELECT DISTINCT ?source ?relation ?target ?claim WHERE {{ {pattern} }}"
    name = f"figure-{figure.name}"
    view = View(name, figure.title, figure.description, "network", figure.layout, columns, sparql)
    drawn = network(graph.store, view)
    for source, relation, value, claim in graph.store.select(sparql).rows:
        if isinstance(value, ox.Literal) and source is not None and relation is not None:
            _add_value(drawn, source.value, relation.value, value, claim.value if claim else "")
    kinds = {node: about["kind"] for node, about in drawn.nodes(data=True)}
    for node, kind in kinds.items():
        if kind in NAMELESS or kind.startswith("oa:"):
            shown = kind.removeprefix("oa:")
            drawn.nodes[node].update(label_en=shown, label_zh=shown, group=NODE)
        elif node.removeprefix(BASE) in figure.nodes:
            _add_node(drawn, kind, kind, kind)
            _add_edge(drawn, node, kind, "a")
    for holder in figure.claims:
        for held in figure.nodes:
            _add_edge(drawn, BASE + holder, BASE + held, "GRAPH", BASE + holder)
    derived = set(_edges(graph, patterns[1]))
    for one, other, about in drawn.edges(data=True):
        # Terms of the ontology rather than their labels: who reads a data model will write queries.
        said = about["relation"]
        follows = not about["claims"] and (one, said, other) in derived
        about["relation_en"] = said + (" (derived)" if follows else "")
        about["relation_zh"] = said + ("（推出）" if follows else "")
    return drawn


def ontology(graph: KnowledgeGraph) -> Network:
    """The core of the view ``ontology``: few enough classes for the width of a README."""
    whole = graph.view("ontology").network
    core: Network = whole.subgraph([STD + name for name in CORE]).copy()
    core.remove_edges_from([(s, t, k) for s, t, k in core.edges(keys=True) if s == t])
    core.graph.update(
        layout="force",
        title_en="The core of the ontology",
        title_zh="本体的核心部分",
        description_en="The main classes, and how the graph joins things of one to another.",
        description_zh="主要的类，以及图谱中各类事物之间的关系。",
    )
    return core


def pictures(graph: KnowledgeGraph) -> dict[str, Network]:
    """The networks of the READMEs' pictures, by name."""
    return {
        "committee": graph.view("committees", around="ISO/TC 321").network,
        "guide": graph.view("standards", around="审批服务便民化工作指南").network,
        "ontology": ontology(graph),
    }


def _edges(graph: KnowledgeGraph, pattern: str) -> Iterator[tuple[str, str, str]]:
    rows = graph.store.select(f"SELECT ?source ?relation ?target WHERE {{ {pattern} }}").rows
    for source, relation, target in rows:
        if source is not None and relation is not None and target is not None:
            yield source.value, compact(relation.value), target.value


def _add_value(drawn: Network, source: str, relation: str, value: ox.Literal, claim: str) -> None:
    """A literal as a node; of texts in several languages each language shows its own."""
    node = f"{source} {relation}" + ("" if value.language else f" {value.value}")
    if node not in drawn:
        _add_node(drawn, node, value.value, value.value)
    if value.language:
        drawn.nodes[node][f"label_{value.language}"] = f"“{value.value}”"
    _add_edge(drawn, source, node, compact(relation), claim)


def _add_node(drawn: Network, node: str, en: str, zh: str) -> None:
    empty = dict.fromkeys(("kind", "kind_en", "kind_zh", "identifier", "date", "start", "end"), "")
    drawn.add_node(node, **empty, label_en=en, label_zh=zh, group=NODE, alt=(), places=())


def _add_edge(drawn: Network, source: str, target: str, relation: str, claim: str = "") -> None:
    key = f"{relation}|"
    known = drawn.get_edge_data(source, target, key)
    claims = {*(known["claims"] if known else ()), *([claim] if claim else [])}
    empty = dict.fromkeys(("via", "role", "date", "start", "end"), "")
    drawn.add_edge(
        source, target, key, **empty, relation=relation, planned=False, claims=tuple(sorted(claims))
    )


def _listed(names: Iterable[str]) -> str:
    return " ".join(f"<{name}>" for name in names)


def write(folder: Path) -> None:
    """Write all figures and pictures in both languages into ``figures`` and ``pictures``."""
    graph = KnowledgeGraph.in_memory()
    figures = {figure.name: unfolded(graph, figure) for figure in FIGURES}
    for room, networks in (("figures", figures), ("pictures", pictures(graph))):
        (folder / room).mkdir(parents=True, exist_ok=True)
        for name, drawn in networks.items():
            for lang, ending in (("en", ""), ("zh", ".zh")):
                svg = draw(drawn, positions(drawn, lang), lang)
                (folder / room / f"{name}{ending}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
