"""What every graph format says of a network: its nodes and edges as flat, named facts.

The formats differ in how they write a fact, never in which facts there are: every attribute of a
node or an edge is one, whatever it is called, and an edge has its evidence besides.
"""

from __future__ import annotations

import hashlib
import html
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from kg.common.bilingual import Text
from kg.export.rdf.rdfxml import NOT_XML

if TYPE_CHECKING:
    from typing import BinaryIO

    from kg.evidence.proofs import Proof
    from kg.network.networkx_graph import Network

Positions: TypeAlias = Mapping[str, tuple[float, float]]
"""Where nodes lie: x to the right and y downward, by IRI; a node may be missing."""


SEPARATOR: Final = " | "
"""What stands between the values of a list where a format has no lists."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# XML 1.0, 2.11 and 3.3.3: bare line ends and tabs come back as line feeds or spaces; the last two
# are line ends in XML 1.1, and to some parsers.
_REFERENCES: Final = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r\u0085\u2028"}
_UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"


class GraphWriter(Protocol):
    """Writes a network with labels in a language (``en``, ``zh``) to an open binary stream.

    ``positions`` places the nodes, and ``colors`` (hex, such as ``#1f77b4``) colors the groups of
    :mod:`kg.entities.groups`; without them, that is left to the reading program. The same network
    gives the same bytes. What a format can't hold (lone surrogates, in XML also most control
    characters) becomes U+FFFD.
    """

    def __call__(
        self,
        graph: Network,
        lang: str,
        positions: Positions | None,
        output: BinaryIO,
        *,
        colors: Mapping[str, str] | None = None,
    ) -> None:
        """Write the whole file; the stream stays open."""


@dataclass(frozen=True)
class Edge:
    """An edge; ``id`` is made of its ends and its key, and so the same in every file."""

    id: str
    source: str
    target: str
    relation: str
    facts: dict[str, Any]


def nodes(graph: Network, lang: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each node's IRI and facts, in the order of the IRIs: ``label`` first, in the language."""
    for iri in sorted(graph):
        about: dict[str, Any] = graph.nodes[iri]
        yield iri, {"label": _in(lang, about, "label"), **about}


def edges(graph: Network, lang: str) -> Iterator[Edge]:
    """Each edge, in the order of its ends and its key: ``label`` first, ``evidence`` last.

    The label is the name of the relation; the evidence a tuple of lines, see :func:`evidence`.
    """
    proofs: Mapping[str, tuple[Proof, ...]] = graph.graph.get("proofs", {})
    found = [(s, t, str(key), about) for s, t, key, about in graph.edges(keys=True, data=True)]
    for source, target, key, about in sorted(found, key=lambda edge: edge[:3]):
        relation = str(about.get("relation", ""))
        facts = {"label": _in(lang, about, "relation") or relation, **about}
        claims = about.get("claims", ())
        facts["evidence"] = tuple(
            evidence(proof, lang) for claim in claims for proof in proofs.get(claim, ())
        )
        yield Edge(_edge_id(source, target, key), source, target, relation, facts)


def of_graph(graph: Network, lang: str) -> dict[str, Any]:
    """The facts of the network itself: ``title`` and ``description`` first, in the language."""
    first = {name: _in(lang, graph.graph, name) for name in ("title", "description")}
    return {**first, **{name: v for name, v in graph.graph.items() if name != "proofs"}}


def evidence(proof: Proof, lang: str) -> str:
    """One piece of evidence as a line: “phrase” – source <URL>, or source and record <URL>."""
    named = proof.source_as_listed(language(lang))
    where = f"{named} <{proof.url}>" if proof.url else named
    return where if proof.phrase is None else f"“{proof.phrase}” – {where}"


def language(lang: str) -> str:
    """The language of labels, ``en`` or ``zh``, that a language tag means."""
    return Text("en", "zh").of(lang)


def columns(records: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    """The names of all facts in the order they are met, each with the type that all values have.

    It is bool, int, float or str; lists are written as text.
    """
    found: dict[str, type] = {}
    for facts in records:
        for name, value in facts.items():
            kind = type(value) if isinstance(value, bool | int | float) else str
            known = found.setdefault(name, kind)
            if kind is not known:
                found[name] = float if {kind, known} == {int, float} else str
    return found


def text(value: object) -> str:
    """A value as text: ``true`` and ``false``, the values of a list side by side."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, set | frozenset):
        value = sorted(value, key=text)
    if isinstance(value, list | tuple):
        return SEPARATOR.join(text(one) for one in value)
    return str(value)


def place(positions: Positions | None, iri: str) -> tuple[float, float] | None:
    """Where a node lies, if that is known and finite."""
    x, y = (positions or {}).get(iri, (math.nan, math.nan))
    return (float(x), float(y)) if math.isfinite(x) and math.isfinite(y) else None


def color(colors: Mapping[str, str] | None, facts: Mapping[str, Any]) -> str:
    """The color of a node's group, empty if it has none."""
    return (colors or {}).get(facts.get("group", ""), "")


def unicode(value: str) -> str:
    """The text without lone surrogates, which UTF-8 can't hold."""
    return _SURROGATE.sub(_UNKNOWN, value)


def xml_characters(value: str) -> str:
    """The text without what is no character in XML 1.0."""
    return NOT_XML.sub(_UNKNOWN, value)


def xml(value: object) -> str:
    """A value as it stands in an attribute or an element of XML, and is read back unchanged."""
    return html.escape(xml_characters(text(value))).translate(_REFERENCES)


def _edge_id(source: str, target: str, key: str) -> str:
    named = "\n".join((source, target, key)).encode("utf-8", "surrogatepass")
    return "e" + hashlib.sha256(named).hexdigest()[:20]


def _in(lang: str, about: Mapping[str, Any], name: str) -> str:
    return str(about.get(f"{name}_{language(lang)}", ""))
