"""The glossary has every class of the ontology, and names use none of the synonyms it retires."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg.common import resources
from kg.common.namespaces import PREFIXES
from kg.queries import questions, views
from tests.support import ROOT

PAGE: Final = ROOT / "docs" / "glossary.md"
COLUMNS: Final = "| term | 中文 | definition | follows | not |"
EXCEPTIONS: Final = {
    "mendings": "users call this question by its name",
    "Which faults of the sources were mended, and how often?": "the title is part of its answer",
    "drafts-under-way": "an idiom",
    "Which committees of a body have drafts under way, and how many?": "an idiom",
    "Which committees have published most, and which have most under way?": "an idiom",
    "Way": "exported by the Python API",
}
"""Names with a retired synonym in them, and why they keep it."""

OF_THE_WEB: Final = {"route": "what answers an address", "dump": "a VoID data dump"}
"""Retired synonyms that are terms of servers in ``kg/web``, and what they mean there."""

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


class Term(NamedTuple):
    """A row of the glossary."""

    en: str
    zh: str
    definition: str
    follows: str
    retired: tuple[str, ...]


def terms() -> list[Term]:
    """Read the rows of the page's tables."""
    rows = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and line != COLUMNS:
            en, zh, definition, follows, retired = cells
            synonyms = tuple(word.strip() for word in retired.split(",") if word.strip())
            rows.append(Term(en, zh, definition, follows, synonyms))
    return rows


TERMS: Final = terms()
RETIRED: Final = {synonym: term.en for term in TERMS for synonym in term.retired}


def ontology_classes() -> dict[str, tuple[str, str]]:
    """Map the local name of each class of the ontology to its English and Chinese label."""
    graph = rdflib.Graph()
    for file in resources.ontology().glob("*.ttl"):
        graph.parse(file)
    found = {}
    for node in graph.subjects(RDF.type, OWL.Class):
        assert isinstance(node, rdflib.URIRef)
        if node.startswith(PREFIXES["std"]):
            values = graph.objects(node, RDFS.label)
            labels = {v.language: str(v) for v in values if isinstance(v, rdflib.Literal)}
            found[node.removeprefix(PREFIXES["std"])] = (labels["en"], labels["zh"])
    return found


def python_classes() -> Iterator[str]:
    """Yield the names of the classes in ``kg/``, without the terms of servers."""
    for file in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                words = _WORD.findall(node.name)
                own = [word for word in words if word.casefold().rstrip("s") not in OF_THE_WEB]
                yield "".join(own) if "web" in file.parts else node.name


def retired_in(name: str) -> list[str]:
    """Return the retired synonyms in a name or title, in the singular or with an s."""
    words = " ".join(_WORD.findall(name)).casefold()
    return [synonym for synonym in RETIRED if re.search(rf"\b{re.escape(synonym)}s?\b", words)]


CLASSES: Final = ontology_classes()
TITLES: Final = {
    **{name: one.title.en for name, one in questions.load_questions(resources.queries()).items()},
    **{name: one.title.en for name, one in views.load_views(resources.queries() / "views").items()},
}
NAMES: Final = sorted({*CLASSES, *python_classes(), *TITLES, *TITLES.values()})


def test_the_page_has_terms_and_each_once() -> None:
    assert len(TERMS) > 70
    names = [term.en for term in TERMS]
    assert len(set(names)) == len(names)
    assert sum(len(term.retired) for term in TERMS) == len(RETIRED) > 60
    for term in TERMS:
        assert term.zh
        assert term.definition
        assert not term.definition.endswith("."), f"a phrase, not a sentence: {term.en}"


def test_no_term_is_a_retired_synonym() -> None:
    assert {term.en for term in TERMS} & set(RETIRED) == set()


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_of_the_ontology_is_in_the_glossary_with_its_label(name: str) -> None:
    en, zh = CLASSES[name]
    assert {term.en: term.zh for term in TERMS}.get(en) == zh


def test_names_use_no_retired_synonym() -> None:
    assert len(NAMES) > 400
    kept = {name: retired_in(name) for name in NAMES if name not in EXCEPTIONS}
    assert {name: synonyms for name, synonyms in kept.items() if synonyms} == {}


def test_what_counts_as_a_retired_synonym() -> None:
    assert retired_in("WayOfAssertions") == ["assertion", "way"]
    assert retired_in("saved-query") == ["saved query"]
    assert retired_in("Wayland, always") == []


def test_exceptions_are_few_and_needed() -> None:
    assert len(EXCEPTIONS) <= 6
    for name in EXCEPTIONS:
        assert retired_in(name), name
