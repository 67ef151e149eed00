"""Prefixes, graph names and conversion between IRIs and prefixed names.

The project's IRIs are ASCII, readable and deterministic: an entity keeps its IRI in every build.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

BASE: Final = "https://w3id.org/stdkg/"
STD: Final = BASE + "ontology#"
SHAPE: Final = BASE + "shape/"
CLAIM: Final = BASE + "claim/"

SCHEMES: Final = (
    "aim",
    "aspect",
    "attendee",
    "basis",
    "comparator",
    "degree",
    "deliverable",
    "docKind",
    "documentStatus",
    "eventKind",
    "indicator",
    "initiativeKind",
    "level",
    "mandate",
    "mending",
    "result",
    "role",
    "scope",
    "stage",
    "standing",
    "state",
    "timePart",
    "topic",
    "uncovered",
    "unit",
    "vote",
)
"""Code lists of ``ontology/schemes.ttl``; each name is also the prefix of its concepts."""

PREFIXES: Final[dict[str, str]] = {
    "std": STD,
    "shape": SHAPE,
    "claim": CLAIM,
    "graph": BASE + "graph/",
    **{name: f"{BASE}{name}/" for name in ("states", "omits", "states-of", "omits-of")},
    **{name: f"{BASE}scheme/{name}/" for name in SCHEMES},
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_LONGEST_NAMESPACE: Final = re.compile("|".join(map(re.escape, sorted(_PREFIX_OF, reverse=True))))


def iri(name: str) -> str:
    """Return the IRI of a prefixed name; KeyError for a prefix not in :data:`PREFIXES`.

    >>> iri("std:Ballot")
    'https://w3id.org/stdkg/ontology#Ballot'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def node(name: str) -> ox.NamedNode:
    """Return the node of a prefixed name; KeyError for a prefix not in :data:`PREFIXES`."""
    return ox.NamedNode(iri(name))


RDF_TYPE: Final = node("rdf:type")

CURATION: Final = BASE + "source/curation"
"""The source of general knowledge, which curators add without a text."""

ONTOLOGY_GRAPH: Final = BASE + "graph/ontology"
ENTITIES_GRAPH: Final = BASE + "graph/entities"
EVIDENCE_GRAPH: Final = BASE + "graph/evidence"
DERIVED_GRAPH: Final = BASE + "graph/derived"
HISTORY_GRAPH: Final = BASE + "graph/history"
"""What earlier states of catalogues said; see :mod:`kg.changes.history`."""
CATALOGUES_DERIVED_GRAPH: Final = BASE + "graph/derived/catalogues"
"""Triples derived from catalogues; those derived from claims are in :data:`DERIVED_GRAPH`."""
DESCRIPTION_GRAPH: Final = BASE + "graph/description"


def position_selector(evidence: str) -> str:
    """Return the IRI of the text position selector of a piece of evidence.

    >>> position_selector("https://w3id.org/stdkg/evidence/a/vote")
    'https://w3id.org/stdkg/position/a/vote'
    """
    return BASE + "position/" + evidence.removeprefix(BASE + "evidence/")


def compact(iri: str) -> str:
    """Shorten an IRI: ``std:Ballot``, ``<iso/tc/321>``, or the whole IRI in angle brackets.

    >>> compact("https://w3id.org/stdkg/ontology#Ballot")
    'std:Ballot'
    >>> compact("https://w3id.org/stdkg/iso/tc/321")
    '<iso/tc/321>'
    """
    match = _LONGEST_NAMESPACE.match(iri)
    if match:
        return f"{_PREFIX_OF[match[0]]}:{iri[match.end() :]}"
    return f"<{iri.removeprefix(BASE)}>"


_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//|[^\s/])\S*")


def expand(text: str) -> ox.NamedNode | None:
    """Return the node of an IRI as a user writes it; None if the text isn't an IRI.

    Accepts a full IRI, an IRI in angle brackets (resolved against :data:`BASE`), and a prefixed
    name with one of the project's prefixes. The IRI need not occur in the graph.

    >>> expand("<iso/tc/321>")
    <NamedNode value=https://w3id.org/stdkg/iso/tc/321>
    >>> expand("std:Ballot")
    <NamedNode value=https://w3id.org/stdkg/ontology#Ballot>
    >>> expand("ISO/TC 321") is None
    True
    """
    bracketed = text.startswith("<") and text.endswith(">")
    iri = text[1:-1] if bracketed else text
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        iri = PREFIXES[prefix] + local
    elif bracketed and not _ABSOLUTE.fullmatch(iri):
        iri = BASE + iri
    elif not bracketed and "://" not in iri and not iri.startswith("urn:"):
        return None
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
