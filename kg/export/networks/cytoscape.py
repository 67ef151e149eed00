"""JSON of Cytoscape.js (https://js.cytoscape.org/#notation/elements-json), as Cytoscape has it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.export.networks import attributes
from kg.export.networks.attributes import Positions

if TYPE_CHECKING:
    from kg.evidence.proofs import Proof
    from kg.network.networkx_graph import Network


def write(
    graph: Network,
    lang: str,
    positions: Positions | None,
    output: BinaryIO,
    *,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network as a JSON object that ``cytoscape(...)`` takes and Cytoscape imports.

    See :class:`kg.export.networks.attributes.GraphWriter` for the arguments. Lists stay lists.
    ``data.proofs`` holds the evidence of each claim that an edge names in ``claims``: phrase, its
    place (in code points), source, its names and URL. The edge's own ``evidence`` says the same in
    lines of text, since Cytoscape has no nested data. ``name`` and ``interaction`` are what
    Cytoscape shows.
    """
    nodes = []
    for iri, about in attributes.nodes(graph, lang):
        data = {"id": iri, "name": about["label"], **about}
        if color := attributes.color(colors, about):
            data["color"] = color
        node: dict[str, Any] = {"data": data}
        if spot := attributes.place(positions, iri):
            node["position"] = {"x": spot[0], "y": spot[1]}
        nodes.append(node)
    edges = []
    for edge in attributes.edges(graph, lang):
        label = edge.facts["label"]
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        edges.append({"data": {**ends, "name": label, "interaction": label, **edge.facts}})
    proofs = graph.graph.get("proofs", {})
    document = {
        "format_version": "1.0",
        "generated_by": "stdkg",
        "target_cytoscapejs_version": "~3.x",
        "data": {
            **attributes.of_graph(graph, lang),
            "proofs": {claim: [_proof(proof) for proof in proofs[claim]] for claim in proofs},
        },
        "elements": {"nodes": nodes, "edges": edges},
    }
    written = json.dumps(_plain(document), ensure_ascii=False, indent=2, allow_nan=False)
    output.write(attributes.unicode(written).encode() + b"\n")


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "phrase": proof.phrase,
        "start": proof.start,
        "end": proof.end,
        "source": proof.source,
        "sourceEn": proof.source_en,
        "sourceZh": proof.source_zh,
        "url": proof.url,
        "snapshot": proof.snapshot,
        "record": proof.record,
    }


def _plain(value: object) -> object:
    """The value in the types of JSON."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, set | frozenset):
        value = sorted(value, key=attributes.text)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    known = value is None or isinstance(value, str | int)
    return value if known or (isinstance(value, float) and math.isfinite(value)) else str(value)
