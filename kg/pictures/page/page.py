"""A view as one HTML file that works offline: picture, table, search, evidence.

The other files of this folder are its parts; Cytoscape.js comes with the package (see
``hatch_build.py``). The data are embedded as JSON, and the scripts insert them as text only. A
content security policy (https://www.w3.org/TR/CSP3/) allows only these scripts, and no requests.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.common.bilingual import Text, language
from kg.common.date_words import spell_date
from kg.common.errors import ExportError
from kg.common.folding import han_variants
from kg.entities.groups import GROUPS
from kg.network.model import Edge, Node, edges_of, nodes_of
from kg.network.parallel_edges import group_edges
from kg.pictures.svg.style import DARK, FONTS, GROUP_STYLES, LIGHT

if TYPE_CHECKING:
    from kg.evidence.proofs import Proof
    from kg.network.model import Network
    from kg.pictures.charts.chart import Chart

_PARTS: Final = Path(__file__).resolve().parent
_CYTOSCAPE: Final = _PARTS.parent / "vendor" / "cytoscape.min.js"
_NETWORK_SCRIPTS: Final = (
    *(
        "messages",
        "shell",
        "fold",
        "table",
        "filter",
        "modules/shapes",
        "shapes",
        "labels",
        "picture",
        "viewport",
        "svg",
    ),
    *("panel", "search", "legend", "network"),
)
_CHART_SCRIPTS: Final = ("messages", "shell", "fold", "table", "rows", "chart")
# Control characters other than tab and newline, lone surrogates and noncharacters.
_FORBIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_EXPORT: Final = re.compile(r"^export const (\w+)", re.MULTILINE)
_ESCAPES: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def network_page(graph: Network, positions: Mapping[str, tuple[float, float]], lang: str) -> str:
    """Return the page of a network; ``lang`` (``zh`` or ``en``) is its initial language.

    ``positions`` are the centers of the nodes in px, x to the right and y down. The same input
    gives the same text. Raises ExportError if Cytoscape.js is missing from the package.
    """
    index = {iri: number for number, iri in enumerate(graph)}
    edges = list(edges_of(graph))
    number_of = {edge: number for number, edge in enumerate(edges)}
    line_of = {
        edge: min(map(number_of.__getitem__, line)) for line in group_edges(edges) for edge in line
    }
    groups = {
        name: {"name": _text(text), **vars(GROUP_STYLES[name])} for name, text in GROUPS.items()
    }
    data = {
        "name": graph.graph["name"],
        "title": _pair(graph.graph, "title"),
        "description": _pair(graph.graph, "description"),
        "groups": groups,
        "nodes": [_node(node, positions[node.iri]) for node in nodes_of(graph)],
        "edges": [
            {
                "source": index[edge.source],
                "target": index[edge.target],
                "line": line_of[edge],
                **_edge(edge),
            }
            for edge in edges
        ],
        "proofs": {
            claim: [_proof(proof) for proof in proofs]
            for claim, proofs in graph.graph["proofs"].items()
        },
    }
    return _page(data, lang, "network", (_cytoscape(), *_scripts(_NETWORK_SCRIPTS)))


def chart_page(chart: Chart, lang: str) -> str:
    """Return the page of a chart; ``lang`` (``zh`` or ``en``) is its initial language.

    The same input gives the same text.
    """
    data = {
        "name": re.sub(r"\W+", "-", chart.title.en.casefold()).strip("-")[:60] or "picture",
        "title": _text(chart.title),
        "description": _text(chart.description),
        "svg": dict(sorted(chart.svg.items())),
        "narrow": dict(sorted(chart.narrow.items())),
        "columns": [_text(column) for column in chart.columns],
        "rows": [
            {
                "cells": [{**_text(cell.text), "iri": cell.iri} for cell in row.cells],
                "proofs": [_proof(proof) for proof in row.proofs],
                "command": row.command,
            }
            for row in chart.rows
        ],
    }
    return _page(data, lang, "chart", _scripts(_CHART_SCRIPTS))


def _node(node: Node, center: tuple[float, float]) -> dict[str, Any]:
    return {
        "iri": node.iri,
        "label": _text(node.label),
        "kindName": _text(node.kind_label),
        "kind": node.kind,
        "group": node.group,
        "alt": node.alt,
        "identifier": node.identifier,
        "count": node.count,
        "members": [_text(name) for name in node.members],
        "date": node.span.text,
        "dateWords": _date_words(node.span.text),
        "start": node.span.start,
        "end": node.span.end,
        "x": round(center[0], 1),
        "y": round(center[1], 1),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "name": _text(edge.relation_label),
        "roleName": _text(edge.role_label),
        "relation": edge.relation,
        "via": edge.via,
        "viaName": _text(edge.via_label),
        "date": edge.span.text,
        "dateWords": _date_words(edge.span.text),
        "start": edge.span.start,
        "end": edge.span.end,
        "planned": edge.planned,
        "symmetric": edge.symmetric,
        "count": edge.count,
        "claims": edge.claims,
    }


def _date_words(date: str) -> dict[str, str]:
    return {lang: spell_date(date, lang) for lang in ("en", "zh")}


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "phrase": proof.phrase,
        "start": proof.start,
        "end": proof.end,
        "source": proof.source,
        "url": proof.url,
        "sourceName": {
            "en": proof.source_with_snapshot("en"),
            "zh": proof.source_with_snapshot("zh"),
        },
        "record": proof.record,
        "listed": proof.snapshot is not None,
    }


def _pair(about: Mapping[str, Any], name: str) -> dict[str, str]:
    return {"en": about[f"{name}_en"], "zh": about[f"{name}_zh"]}


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _page(data: dict[str, Any], lang: str, body: str, scripts: Iterable[str]) -> str:
    lang = language(lang)
    data |= {
        "lang": lang,
        "fonts": FONTS,
        "ground": {"light": vars(LIGHT), "dark": vars(DARK)},
        "variants": han_variants(_texts(data.get("nodes", data.get("rows")))),
    }
    style = _part("page.css")
    scripts = [code.replace("</script", "<\\/script") for code in scripts]
    inline = {
        "lang": Text("en", "zh-Hans").of(lang),
        "title": html.escape(_clean(data["title"][lang])),
        "description": html.escape(_clean(data["description"][lang])),
        "policy": _policy(style, scripts),
        "style": style,
        "body": _part(f"{body}.html"),
        "data": _json(data),
        "scripts": "\n".join(f"<script>{code}</script>" for code in scripts),
    }
    # In one pass, so that text of the data is never taken for a placeholder.
    return re.sub(r"\{\{(\w+)\}\}", lambda match: inline[match[1]], _part("page.html"))


def _policy(style: str, scripts: Iterable[str]) -> str:
    hashes = " ".join(_digest(code) for code in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield _clean(data)
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def _json(data: object) -> str:
    """Return JSON that is safe in a script element, whatever its texts contain."""
    text = json.dumps(_cleaned(data), ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _cleaned(data: object) -> object:
    if isinstance(data, Mapping):
        return {_clean(key): _cleaned(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_cleaned(value) for value in data]
    return _clean(data) if isinstance(data, str) else data


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _scripts(names: Iterable[str]) -> list[str]:
    return [_as_script(_part(f"{name}.js")) for name in names]


def _as_script(code: str) -> str:
    """Return a module as a script that adds its exports to ``stdkg``; a script is one already.

    A page whose policy allows only the scripts in it can't import others.
    """
    exports = _EXPORT.findall(code)
    if not exports:
        return code
    plain = _EXPORT.sub(r"const \1", code)
    return f"{{\n{plain}Object.assign(stdkg, {{ {', '.join(exports)} }});\n}}\n"


def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


def _cytoscape() -> str:
    try:
        return _CYTOSCAPE.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ExportError(
            f"{_CYTOSCAPE}: missing; install the package again (pip install .), which brings it"
        ) from error
