"""The ontology is consistent, its classes satisfiable, its terms in use, its context complete."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path
from runpy import run_path

import owlready2
import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.namespaces import BASE, EVIDENCE_GRAPH, ONTOLOGY_GRAPH, PREFIXES, SCHEMES, STD
from kg.pipeline.build import source_quads
from kg.sources.rdf import reader
from kg.validation import checks
from tests.mutation.mutants import CONTRACT

pytestmark = pytest.mark.slow

ONTOLOGY = resources.ontology()
FILES = ("standardization.ttl", "catalogues.ttl", "schemes.ttl", "alignment.ttl", "phrasings.ttl")


def triples() -> list[ox.Triple]:
    return [quad.triple for name in FILES for quad in reader.read_rdf(ONTOLOGY / name)]


def unsatisfiable_classes(extra: str, folder: Path) -> list[str]:
    """Return the unsatisfiable classes (by HermiT) of the ontology with some more Turtle."""
    more = ox.parse(
        f"@prefix owl: <{PREFIXES['owl']}> . @prefix rdfs: <{PREFIXES['rdfs']}> . "
        f"@prefix std: <{STD}> . {extra}",
        format=ox.RdfFormat.TURTLE,
    )
    file = folder / "ontology.nt"
    everything = [*triples(), *(quad.triple for quad in more)]
    file.write_bytes(ox.serialize(everything, format=ox.RdfFormat.N_TRIPLES) or b"")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    owlready2.sync_reasoner(world, debug=0)
    return [str(c.iri) for c in world.inconsistent_classes() if c is not owlready2.Nothing]


def test_the_ontology_is_consistent_and_its_classes_satisfiable(tmp_path: Path) -> None:
    assert unsatisfiable_classes("", tmp_path) == []


def test_the_reasoner_finds_an_unsatisfiable_class(tmp_path: Path) -> None:
    both = "std:Both a owl:Class ; rdfs:subClassOf std:Place, std:Event ."
    assert unsatisfiable_classes(both, tmp_path) == [STD + "Both"]


def test_the_reasoner_finds_an_inconsistent_individual(tmp_path: Path) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        unsatisfiable_classes("<https://example.org/x> a std:Place, std:PlaceRole .", tmp_path)


def test_the_claims_are_consistent_with_the_ontology(tmp_path: Path) -> None:
    """No entity has types that exclude each other."""
    type_ = ox.NamedNode(PREFIXES["rdf"] + "type")
    types = {q.triple for q in source_quads(resources.articles(), ONTOLOGY) if q.predicate == type_}
    mine = [
        t for t in types if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(STD)
    ]
    text = ox.serialize(mine, format=ox.RdfFormat.N_TRIPLES) or b""
    assert unsatisfiable_classes(text.decode("utf-8"), tmp_path) == []


EMPTY = re.compile(
    "the|an?|of|in|on|at|or|and|to|it|is|by|for|its|as|with|which|that|what|whether|how|many|are|were"
    "|was|number|agent|body|kinds?|sort"
)


def english_words(text: str) -> set[str]:
    return {
        re.sub("(s|es|ed|ing)$", "", word)
        for word in re.findall("[a-z]+", text.lower())
        if not EMPTY.fullmatch(word)
    }


def test_no_definition_only_repeats_its_label() -> None:
    labels: dict[tuple[str, str], str] = {}
    definitions: dict[tuple[str, str], str] = {}
    for triple in triples():
        value = triple.object
        if isinstance(value, ox.Literal) and value.language:
            key = str(triple.subject), value.language
            if triple.predicate.value in (
                PREFIXES["rdfs"] + "label",
                PREFIXES["skos"] + "prefLabel",
            ):
                labels[key] = value.value
            elif triple.predicate.value == PREFIXES["skos"] + "definition":
                definitions[key] = value.value
    assert len(definitions) > 500
    for key, definition in definitions.items():
        label = labels.get(key, "")
        if key[1] == "en":
            assert english_words(definition) - english_words(label), key
        else:
            assert set(definition) - set(f"{label}。，、的为或与和之数量已者所"), key


def test_domains_and_ranges_are_those_of_the_shapes() -> None:
    script = run_path(str(ONTOLOGY.parent / "docs" / "make_domains.py"))
    shown = (ONTOLOGY / "shape-domains.ttl").read_text(encoding="utf-8")
    assert script["text"]() == shown, "run python docs/make_domains.py"


def test_the_page_of_the_ontology_is_made_from_it(graph: KnowledgeGraph) -> None:
    script = run_path(str(ONTOLOGY.parent / "docs" / "make_ontology.py"))
    shown = (ONTOLOGY.parent / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert script["page"](graph) == shown, "run python docs/make_ontology.py"


def test_every_scheme_has_its_prefix() -> None:
    scheme = ox.NamedNode(PREFIXES["skos"] + "ConceptScheme")
    found = {
        t.subject.value.removeprefix(BASE + "scheme/")
        for t in triples()
        if t.object == scheme and isinstance(t.subject, ox.NamedNode)
    }
    assert found == set(SCHEMES)


def test_the_context_has_every_property() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    owl = PREFIXES["owl"]
    for triple in triples():
        if not isinstance(triple.subject, ox.NamedNode) or not triple.subject.value.startswith(STD):
            continue
        name = triple.subject.value.removeprefix(STD)
        if triple.object == ox.NamedNode(owl + "ObjectProperty"):
            assert context[name] == {"@id": f"std:{name}", "@type": "@id"}
        elif triple.object == ox.NamedNode(owl + "DatatypeProperty"):
            assert name in context


def test_the_graph_has_no_blank_nodes() -> None:
    for quad in source_quads(resources.articles(), ONTOLOGY):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_no_check_finds_a_defect(graph_quads: list[ox.Quad]) -> None:
    assert checks.run_checks(graph_quads, ONTOLOGY, resources.queries()) == []


CLAIM = BASE + "claim/test/x"
MORE = [
    ("cycle", ONTOLOGY_GRAPH, "std:date rdfs:subPropertyOf std:start ."),
    ("cycle", ONTOLOGY_GRAPH, "topic:e-commerce skos:broader topic:transaction-assurance ."),
    ("claim-without-graph", BASE + "claim/test/z", "<iso> std:partOf <iso> ."),
    ("clash", ONTOLOGY_GRAPH, "std:Concept a owl:Class ; rdfs:isDefinedBy <ontology> ."),
    (
        "deprecated-term",
        ONTOLOGY_GRAPH,
        "std:place owl:deprecated true ; dcterms:isReplacedBy std:venue .",
    ),
    ("mixed-parents", ONTOLOGY_GRAPH, "std:place rdfs:subPropertyOf std:date ."),
    ("text-form", ONTOLOGY_GRAPH, "std:Place skos:definition 'Somewhere. '@en ."),
    ("foreign-term", ONTOLOGY_GRAPH, "std:Post skos:closeMatch org:Poste ."),
    ("unphrased", ONTOLOGY_GRAPH, "<scheme/role/x> std:roleProperty std:unsaid ."),
]
"""Bad examples for the other branches of checks with several."""

DEFINED = "rdfs:isDefinedBy <ontology> ; skos:definition"
GOOD = {
    "deprecated-term": "std:old a owl:ObjectProperty ; owl:deprecated true ;"
    f' dcterms:isReplacedBy std:place ; {DEFINED} "Where it was said to be."@en .',
    "duplicate-definition": f'std:place {DEFINED} "Where a thing is, among others."@en .',
    "duplicate-label": "<scheme/unit/task-2> skos:inScheme <scheme/topic> ;"
    ' skos:prefLabel "tasks"@en .',
    "lonely-class": f'std:Alone a owl:Class ; {DEFINED} "Alone"@en .'
    " std:place schema:domainIncludes std:Alone .",
    "mapped-in-two-ways": "std:Post skos:closeMatch schema:Occupation .",
    "mixed-parents": f'std:near a owl:ObjectProperty ; {DEFINED} "x"@en ;'
    " rdfs:subPropertyOf std:place .",
    "ontology-metadata": '<ontology> dcterms:title "an ontology"@en .',
    "role-property": "<scheme/role/chair> org:roleProperty std:memberOf .",
    "text-form": "<scheme/unit/task> skos:altLabel 'a task'@en .",
    "unused-term": f'std:old a owl:ObjectProperty ; owl:deprecated true ; {DEFINED} "x"@en .',
    "undeclared-parent": "std:Near a owl:Class ; rdfs:subClassOf std:Place .",
}
"""Good examples of checks of the ontology, near to the bad ones."""

BAD = {
    "deprecated-term": (
        ONTOLOGY_GRAPH,
        "std:old a owl:ObjectProperty ; owl:deprecated true .",
    ),
    "duplicate-definition": (
        ONTOLOGY_GRAPH,
        "std:One skos:definition 'A thing.'@en . std:Other skos:definition 'A thing.'@en .",
    ),
    "duplicate-label": (ONTOLOGY_GRAPH, "std:Area a owl:Class ; rdfs:label 'place'@en ."),
    "lonely-class": (ONTOLOGY_GRAPH, "std:Alone a owl:Class ; rdfs:isDefinedBy <ontology> ."),
    "mixed-parents": (ONTOLOGY_GRAPH, "std:place a owl:DatatypeProperty ."),
    "ontology-metadata": (ONTOLOGY_GRAPH, "<other> a owl:Ontology ."),
    "text-form": (ONTOLOGY_GRAPH, "<scheme/unit/task> skos:altLabel 'a  task'@en ."),
    "undeclared-parent": (ONTOLOGY_GRAPH, "std:Place rdfs:subClassOf std:Plase ."),
    "undeclared-term": (
        CLAIM,
        "<https://w3id.org/stdkg/iso> std:founds <https://w3id.org/stdkg/iso> .",
    ),
    "unused-term": (
        ONTOLOGY_GRAPH,
        "std:idle a owl:ObjectProperty ; rdfs:isDefinedBy <ontology> .",
    ),
    "unlabeled-term": (ONTOLOGY_GRAPH, "std:Orphan a owl:Class ."),
    "cycle": (ONTOLOGY_GRAPH, "std:Agent rdfs:subClassOf std:Organization ."),
    "clash": (
        ONTOLOGY_GRAPH,
        "std:hasTopConcept a owl:ObjectProperty ; rdfs:isDefinedBy <ontology> .",
    ),
    "foreign-term": (CLAIM, "<iso> <http://www.w3.org/ns/oa#exakt> 'x' ."),
    "nameless": (CLAIM, "<iso> std:partOf <nobody/knows/me> ."),
    "unclaimed": (
        BASE + "graph/entities",
        "<lonely> a std:Place ; skos:prefLabel 'x'@en, 'x'@zh .",
    ),
    "claim-without-graph": (EVIDENCE_GRAPH, "<claim/test/y> a std:Claim ."),
    "mapped-in-two-ways": (ONTOLOGY_GRAPH, "std:Post skos:broadMatch org:Post ."),
    "role-property": (ONTOLOGY_GRAPH, "<scheme/role/host> org:roleProperty std:hosted ."),
    "unphrased": (CLAIM, "<iso> std:voterOf <cn/sac> . std:voterOf a owl:ObjectProperty ."),
}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("context.jsonld", '"heads": { "@id": "std:heads"', '"heads": { "@id": "std:heeds"'),
        ("context.jsonld", '"sha256": "std:sha256"', '"sha256": "std:sha265"'),
        ("rules/20-plain-edges.rq", "std:agent", "std:agennt"),
        ("shapes/ballots.ttl", "sh:path std:round", "sh:path std:rownd"),
        ("shapes/ballots.ttl", "std:result result:unanimous", "std:resullt result:unanimous"),
        ("checks/nameless.rq", "a std:Claim", "a std:Klaim"),
    ],
)
def test_an_undeclared_term_is_found_wherever_it_is_used(
    graph_quads: list[ox.Quad], project: Path, file: str, old: str, new: str
) -> None:
    path = project / "ontology" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = checks.run_checks(graph_quads, project / "ontology", project / "queries")
    wrong = next(word for word in new.replace('"', " ").split() if word not in old)
    local = wrong.partition(":")[2]
    places = [d.values for d in found if d.check == "undeclared-term"]
    assert any(dict(row)["term"] == STD + local for row in places), found


def test_every_check_has_a_bad_example() -> None:
    # Those of the contract of claims have files.
    expected = set(BAD) | set(CONTRACT)
    assert {file.stem for file in (ONTOLOGY / "checks").glob("*.rq")} == expected


def _defects(quads: list[ox.Quad], home: str, turtle: str) -> set[str]:
    """The checks that find a defect when some more Turtle stands in a graph."""
    names = ("dcterms", "org", "owl", "rdfs", "schema", "skos", "std", "topic")
    prefixes = "".join(f"@prefix {p}: <{PREFIXES[p]}> . " for p in names)
    text = f"@base <{BASE}> . @prefix graph: <{BASE}graph/> . {prefixes} <{home}> {{ {turtle} }}"
    if home == CLAIM:
        text += f"graph:evidence {{ <{CLAIM}> a std:Claim }}"
    more = list(ox.parse(text, format=ox.RdfFormat.TRIG, base_iri=BASE))
    found = checks.run_checks([*quads, *more], ONTOLOGY, resources.queries())
    return {defect.check for defect in found}


@pytest.mark.parametrize(
    ("check", "home", "turtle"), [*((check, *bad) for check, bad in BAD.items()), *MORE]
)
def test_every_check_fires(graph_quads: list[ox.Quad], check: str, home: str, turtle: str) -> None:
    assert check in _defects(graph_quads, home, turtle)


@pytest.mark.parametrize(("check", "turtle"), GOOD.items())
def test_checks_pass_what_is_near_to_a_defect(
    graph_quads: list[ox.Quad], check: str, turtle: str
) -> None:
    assert check not in _defects(graph_quads, ONTOLOGY_GRAPH, turtle)


def test_the_version_of_the_ontology_is_that_of_the_project() -> None:
    version = metadata.version("stdkg")
    for name in ("standardization.ttl", "dataset.ttl"):
        text = (ONTOLOGY / name).read_text(encoding="utf-8")
        assert f'owl:versionInfo "{version}"' in text
    text = (ONTOLOGY / "standardization.ttl").read_text(encoding="utf-8")
    assert f"owl:versionIRI <{BASE}ontology/{version}>" in text
    assert f"version {version}. {BASE}ontology/{version}" in text
