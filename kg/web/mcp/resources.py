"""The resources: the ontology, the shapes and the canned questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.namespaces import PREFIXES, compact, iri
from kg.queries.headers import find_query_file
from kg.queries.model import Question
from kg.queries.questions import load_questions

SCHEME: Final = "stdkg://"
QUESTION: Final = SCHEME + "questions/{name}"
"""Template of the addresses of questions."""

_TURTLE: Final = "text/turtle"
_JSON: Final = "application/json"
_SPARQL: Final = "application/sparql-query"
_TERMS: Final = {
    iri("owl:Class"): "classes",
    iri("owl:ObjectProperty"): "relations",
    iri("owl:DatatypeProperty"): "values",
}
_LABEL: Final = iri("rdfs:label")
_PREF_LABEL: Final = iri("skos:prefLabel")
_DEFINITION: Final = iri("skos:definition")


@dataclass(frozen=True)
class Resource:
    """A resource: its address, name, description and media type."""

    uri: str
    name: str
    description: str
    media_type: str


def listed() -> list[Resource]:
    """Return all resources but the single questions, which have a template."""
    return [
        Resource(
            SCHEME + "ontology",
            "ontology",
            "Classes and properties with labels in English and Chinese, and the prefixes",
            _JSON,
        ),
        Resource(
            SCHEME + "questions",
            "questions",
            "The canned questions with their parameters",
            _JSON,
        ),
        *(
            Resource(SCHEME + path, path, f"{kind}, in Turtle: {file.name}", _TURTLE)
            for path, (kind, file) in _files().items()
        ),
    ]


@cache
def read(uri: str) -> tuple[str, str]:
    """Return media type and text of a resource.

    Raises LookupError if there is none of that address, and QueryError with the nearest names for
    an unknown question.
    """
    path = uri.removeprefix(SCHEME)
    if path == "ontology":
        return _JSON, _encode(_ontology())
    if path == "questions":
        questions = load_questions(resources.queries()).values()
        return _JSON, _encode(list(map(_question, questions)))
    if path.startswith("questions/"):
        name = path.removeprefix("questions/")
        file = find_query_file(resources.queries(), name, "question")
        return _SPARQL, file.read_text(encoding="utf-8")
    if path in _files():
        return _TURTLE, _files()[path][1].read_text(encoding="utf-8")
    raise LookupError(uri)


@cache
def _files() -> dict[str, tuple[str, Path]]:
    """Return kind and file of the Turtle files, by path."""
    folder = resources.ontology()
    files = {}
    for file in sorted(folder.glob("*.ttl")):
        files[f"ontology/{file.stem}"] = ("Part of the ontology", file)
    for file in sorted((folder / "shapes").rglob("*.ttl")):
        path = file.relative_to(folder).with_suffix("").as_posix()
        files[path] = ("SHACL shapes", file)
    return files


def _question(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": {"en": question.title.en, "zh": question.title.zh},
        "parameters": [
            {
                "name": param.name,
                "description": param.description.en,
                "kind": param.kind,
                "required": param.default is None and not param.optional,
                "default": param.default,
            }
            for param in question.params
        ],
    }


@cache
def _ontology() -> dict[str, Any]:
    texts: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    for quad in ox.parse(path=str(resources.ontology() / "standardization.ttl")):
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        value = quad.object
        if isinstance(value, ox.NamedNode) and value.value in _TERMS:
            kinds[subject] = _TERMS[value.value]
        if isinstance(value, ox.Literal) and value.language in {"en", "zh"}:
            own = texts.setdefault(subject, {})
            if quad.predicate.value in {_LABEL, _PREF_LABEL}:
                own[value.language] = value.value
            elif quad.predicate.value == _DEFINITION and value.language == "en":
                own["definition"] = value.value
    terms: dict[str, dict[str, dict[str, str]]] = {name: {} for name in _TERMS.values()}
    for term, kind in sorted(kinds.items()):
        terms[kind][compact(term)] = texts.get(term, {})
    return {"prefixes": PREFIXES, **terms}


def _encode(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)
