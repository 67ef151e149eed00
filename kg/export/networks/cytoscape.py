"""Cytoscape.js JSON (https://js.cytoscape.org/#notation/elements-json), as Cytoscape writes it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.export.networks import attributes
from kg.export.networks.attributes import Positions

if TYPE_CHECKING:
    from kg.evidence.proofs import Proof
    from kg.network.model import Network


def write_cytoscape(
    graph: Network,
    lang: str,
    positions: Positions | None,
    output: BinaryIO,
    *,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network as a JSON object for ``cytoscape(...)`` and for Cytoscape's import.

    See :class:`kg.export.networks.attributes.GraphWriter` for the arguments. Lists stay lists.
    ``data.proofs`` holds the evidence of each claim in an edge's ``claims``: phrase, its offsets
    (in code points), source, its names and URL. The edge's own ``evidence`` has it as lines of
    text, since Cytoscape has no nested data. Cytoscape displays ``name`` and ``interaction``.
    """
    nodes = []
    for node, values in attributes.exported_nodes(graph, lang):
        data = {"id": node.iri, "name": values["label"], **values}
        if color := attributes.color_of(node, colors):
            data["color"] = color
        element: dict[str, Any] = {"data": data}
        if position := attributes.position_of(node, positions):
            element["position"] = {"x": position[0], "y": position[1]}
        nodes.append(element)
    edges = []
    for id_, edge, values in attributes.exported_edges(graph, lang):
        label = values["label"]
        ends = {"id": id_, "source": edge.source, "target": edge.target}
        edges.append({"data": {**ends, "name": label, "interaction": label, **values}})
    proofs = graph.graph.get("proofs", {})
    document = {
        "format_version": "1.0",
        "generated_by": "stdkg",
        "target_cytoscapejs_version": "~3.x",
        "data": {
            **attributes.graph_values(graph, lang),
            "proofs": {claim: [_proof(proof) for proof in proofs[claim]] for claim in proofs},
        },
        "elements": {"nodes": nodes, "edges": edges},
    }
    text = json.dumps(_json_value(document), ensure_ascii=False, indent=2, allow_nan=False)
    output.write(attributes.replace_surrogates(text).encode() + b"\n")


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


def _json_value(value: object) -> object:
    """Convert a value to JSON types; a number that JSON lacks, such as NaN, becomes text."""
    if isinstance(value, Mapping):
        return {str(key): _json_value(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        value = sorted(value, key=attributes.text)
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    if value is None or isinstance(value, str | int):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else str(value)
