"""Writes docs/ontology.md: each class, property and code list of the ontology.

Run as ``python docs/make_ontology.py`` after a change of the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from kg import KnowledgeGraph
from kg.common.namespaces import BASE, compact

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "ontology.md"
_HEAD: Final = """\
# The ontology / 本体

Every class, property and code list, with what it is mapped to. `std:` stands for
`https://w3id.org/stdkg/ontology#`. What each property is for (*on*) and what its values are
(*values*) are constraints that the build checks, not inferences (`schema:domainIncludes`,
`schema:rangeIncludes`, `qb:codeList`). Another page tells [how terms change](ontology-changes.md).
This page is made by `python docs/make_ontology.py`.

全部类、属性和代码表及其与其他词汇的对应。on一栏为适用的类，values一栏为取值，二者由约束检查，不作推理。
本页由`python docs/make_ontology.py`生成。

"""
_VOCABULARIES: Final = {
    "http://id.loc.gov/ontologies/bibframe/": "bf",
    "http://data.europa.eu/eli/ontology#": "eli",
    "http://iflastandards.info/ns/lrm/lrmoo/": "lrmoo",
    "http://www.nanopub.org/nschema#": "np",
    "http://purl.org/linked-data/cube#": "qb",
    "https://w3id.org/standards/smart/ontologies/core/": "smart",
    "https://w3id.org/i40/sto#": "sto",
    "https://w3id.org/standards/smart/taxonomies/publication-type/": "publication-type",
    "http://www.wikidata.org/entity/": "wd",
}
_MAPPINGS: Final = {
    "rdfs:subClassOf": "⊑",
    "rdfs:subPropertyOf": "⊑",
    "skos:exactMatch": "=",
    "skos:closeMatch": "≈",
    "skos:broadMatch": "<",
    "skos:narrowMatch": ">",
    "skos:relatedMatch": "~",
    "owl:differentFrom": "≠",
}
_LEGEND: Final = (
    "In *mapped to*, ⊑ is a subclass or subproperty, ≈ a close match, < a broader and >"
    " a narrower term of the other vocabulary, ~ a related one, = the same, ≠ another meaning of"
    " the same name."
)
_TERMS: Final = """
SELECT ?term ?kind ?property ?value WHERE {
    GRAPH <graph/ontology> {
        ?term a ?kind ; ?property ?value
        FILTER(STRSTARTS(STR(?kind), STR(owl:)) && STRSTARTS(STR(?term), STR(std:)))
    }
}"""
_LISTS: Final = """
SELECT ?list ?concept ?property ?value WHERE {
    GRAPH <graph/ontology> {
        ?list a skos:ConceptScheme . ?concept skos:inScheme? ?list ; ?property ?value
        FILTER(STRSTARTS(STR(?list), "https://w3id.org/stdkg/scheme/"))
    }
}"""
_Term = dict[str, list[str]]


def page(graph: KnowledgeGraph) -> str:
    """Return the page in Markdown."""
    terms: dict[str, _Term] = {}
    for term, kind, property_, value in graph.store.select(_TERMS).rows:
        _add(terms.setdefault(_text(term), {"kind": [compact(_text(kind))]}), property_, value)
    classes = {k: v for k, v in terms.items() if v["kind"] == ["owl:Class"]}
    properties = {k: v for k, v in terms.items() if k not in classes}
    rows = (
        (_name(k, v), _definition(v), _below(v), _mapped(v)) for k, v in sorted(classes.items())
    )
    parts = [_HEAD, _LEGEND + "\n\n## Classes / 类\n\n"]
    parts.append(_table(("class", "definition", "below", "mapped to"), rows))
    parts.append("\n## Properties / 属性\n\n")
    header = ("property", "definition", "on", "values", "mapped to")
    parts.append(
        _table(
            header,
            (
                (
                    _name(k, v),
                    _definition(v),
                    _links(v, "schema:domainIncludes"),
                    _links(v, "schema:rangeIncludes", "qb:codeList"),
                    _mapped(v),
                )
                for k, v in sorted(properties.items())
            ),
        )
    )
    return "".join((*parts, "\n## Code lists / 代码表\n", *_code_lists(graph)))


def _code_lists(graph: KnowledgeGraph) -> Iterable[str]:
    lists: dict[str, dict[str, _Term]] = {}
    for scheme, concept, property_, value in graph.store.select(_LISTS).rows:
        members = lists.setdefault(_text(scheme), {})
        _add(members.setdefault(_text(concept), {}), property_, value)
    for home, members in sorted(lists.items()):
        head = members.pop(home)
        name = home.removeprefix(BASE + "scheme/")
        yield f"\n### {name}: {_label(head, 'en')} / {_label(head, 'zh')}\n\n"
        yield f"{_definition(head)}\n\n"
        rows = (
            (_name(k, v), _definition(v), _example(v), _mapped(v))
            for k, v in sorted(members.items())
        )
        yield _table(("concept", "definition", "example", "mapped to"), rows)


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _add(term: _Term, property_: object, value: object) -> None:
    name = _short(_text(property_))
    language = getattr(value, "language", None)
    text = _text(value) if language else _short(_text(value))
    known = term.setdefault(f"{name}@{language}" if language else name, [])
    if text not in known:
        known.append(text)


def _short(iri: str) -> str:
    for namespace, prefix in _VOCABULARIES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return compact(iri) if "://" in iri else iri


def _label(term: Mapping[str, list[str]], language: str) -> str:
    found = term.get(f"rdfs:label@{language}") or term.get(f"skos:prefLabel@{language}") or [""]
    return found[0]


def _name(iri: str, term: Mapping[str, list[str]]) -> str:
    return f"`{compact(iri)}`<br>{_label(term, 'en')}<br>{_label(term, 'zh')}"


def _definition(term: Mapping[str, list[str]]) -> str:
    return _texts(term, "skos:definition")


def _example(term: Mapping[str, list[str]]) -> str:
    return _texts(term, "skos:example")


def _texts(term: Mapping[str, list[str]], name: str) -> str:
    texts = (term.get(f"{name}@{language}", [""])[0] for language in ("en", "zh"))
    return "<br>".join(dict.fromkeys(text for text in texts if text))


def _links(term: Mapping[str, list[str]], *names: str) -> str:
    values = (value for name in names for value in sorted(term.get(name, ())))
    return ", ".join(f"`{value}`" for value in values)


def _below(term: Mapping[str, list[str]]) -> str:
    above = term.get("rdfs:subClassOf", ())
    return ", ".join(f"`{value}`" for value in sorted(above) if value.startswith("std:"))


def _mapped(term: Mapping[str, list[str]]) -> str:
    return ", ".join(
        f"{sign} `{value}`"
        for name, sign in _MAPPINGS.items()
        for value in sorted(term.get(name, ()))
        if not value.startswith("std:")
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(KnowledgeGraph.in_memory()), encoding="utf-8")
