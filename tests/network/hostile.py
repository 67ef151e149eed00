"""A network that tries to break the code that draws or writes it."""

from __future__ import annotations

import networkx as nx

from kg.evidence.proofs import Proof
from kg.network.model import Network

LABELS = {
    "script": "</script><script>alert(1)</script><!-- <![CDATA[ ]]>",
    "quotes": "\"double\" 'single' `back` \\ backslash & ampersand &lt;entity; {{braces}} ${x} %s",
    "control": "tab\tnewline\nbell\x07null\x00escape\x1b[31mred\u2028line\ufffe\ud800",
    "long": "很长的名称" * 400,
    "longword": "x" * 2000,
    "rtl": "المنظمة الدولية للمعايير \u202eabc\u202c ארגון",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "empty": "",
    "combining": "Z̸͓̿á̴l̶g̷o̵ 👩‍👩‍👧‍👦 𠮷 ＩＳＯ",
}
"""Labels that may break something; :func:`hostile` makes a node for each."""

IRIS = {
    "script": "javascript:alert(document.domain)",
    "quotes": "https://w3id.org/stdkg/x?a=\"b\"&c='d'",
    "control": "data:text/html,<script>alert(2)</script>",
}
"""IRIs of some nodes; the others get one from their name."""


def hostile() -> Network:
    """Return a network with a ring of hostile nodes and edges."""
    graph: Network = nx.MultiDiGraph(
        name="hostile",
        layout="force",
        title_en=LABELS["script"],
        title_zh=LABELS["quotes"],
        description_en=LABELS["script"],
        description_zh=LABELS["control"],
        proofs={},
    )
    nodes = {name: IRIS.get(name, f"https://w3id.org/stdkg/test/{name}") for name in LABELS}
    for name, iri in nodes.items():
        graph.add_node(
            iri,
            label_en=LABELS[name],
            label_zh=LABELS[name],
            kind=LABELS["script"] if name == "script" else "std:Event",
            kind_en=LABELS["quotes"],
            kind_zh="活动",
            kinds=("std:Event", LABELS["script"]),
            group="event",
            alt=(LABELS[name], LABELS["rtl"]),
            identifier=LABELS["formula"],
            places=(iri,),
            date="2018",
            date_start="2018",
            date_end="2018",
            date_kind="date",
        )
    ring = list(nodes.values())
    for (name, source), target in zip(nodes.items(), [*ring[1:], ring[0]], strict=True):
        claim = f"https://w3id.org/stdkg/claim/test/{name}"
        graph.graph["proofs"][claim] = (
            Proof(
                claim,
                LABELS[name],
                0,
                1,
                IRIS["script"],
                IRIS["script"],
                LABELS["script"],
                LABELS["rtl"],
            ),
        )
        graph.add_edge(
            source,
            target,
            key=f"std:about|{name}",
            relation="std:about",
            relation_en=LABELS[name],
            relation_zh=LABELS[name],
            via=IRIS["script"],
            via_en=LABELS["script"],
            via_zh=LABELS["rtl"],
            role="",
            role_en=LABELS["quotes"],
            role_zh=LABELS["rtl"],
            date="2018-01",
            date_start="2018-01",
            date_end="2018-01",
            date_kind="date",
            planned=False,
            claims=(claim,),
        )
    return graph
