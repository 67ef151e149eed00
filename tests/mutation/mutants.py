"""Faults in the claims of the article, made one at a time, and what finds them.

A mutant removes some statements and adds others. Each kind is a fault that the contract of claims
excludes; the valid kinds are changes that no check may refuse.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.namespaces import (
    BASE,
    ENTITIES_GRAPH,
    EVIDENCE_GRAPH,
    ONTOLOGY_GRAPH,
    RDF_TYPE,
    STD,
    expand,
    node,
)
from kg.pipeline.curated import fill_quads
from kg.sources import article
from kg.store.embedded import EmbeddedStore
from kg.validation import checks, shacl, source_conflicts
from kg.validation.shapes import read_shapes

Mutation = tuple[str, list[ox.Quad], list[ox.Quad]]
"""What it does, in words; the removed and the added statements."""

CONTRACT: Final = (
    *("after-its-source", "classless", "disjoint-classes", "domain", "evidence-of-role"),
    *("foreign-entity", "iri-form"),
    *("impossible-votes", "label-form", "of-itself", "one-sided", "outside-a-claim", "range"),
    *("part-of-another-kind", "planned-and-done", "role-misfit", "said-twice", "split-node"),
    *("unit-misfit", "year-out-of-reason"),
)
"""The checks that close the contract of claims."""

ENTITIES: Final = ox.NamedNode(ENTITIES_GRAPH)
EVIDENCE: Final = ox.NamedNode(EVIDENCE_GRAPH)
ONTOLOGY: Final = ox.NamedNode(ONTOLOGY_GRAPH)
NODES: Final = (
    "Participation",
    "Membership",
    "Secretariat",
    "Observation",
    "Ranking",
    "Assessment",
)
REQUIRED: Final = (
    *("std:in", "std:role", "std:indicator", "std:observed", "std:value", "std:unit", "std:basis"),
    *("std:rankedItem", "std:about", "std:aspect", "std:docKind", "std:memberClass", "std:level"),
    *("std:onProposal", "std:requests", "std:addressedTo", "std:ordinal", "std:evidence"),
    *("oa:hasSource", "oa:exact", "std:standing"),
)
SEQUENCE: Final = tuple(map(node, ("std:edition", "std:inSeries", "std:eventOf")))
SINGLE: Final = (
    *("std:in", "std:role", "std:agent", "std:value", "std:unit", "std:indicator", "std:basis"),
    *("std:rank", "std:date", "std:place", "std:inSeries", "std:edition", "std:docKind"),
)


@dataclass(frozen=True)
class Mutant:
    """A mutant of a kind, with what it does in words."""

    kind: str
    words: str
    removed: frozenset[ox.Quad]
    added: tuple[ox.Quad, ...]

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"


class Claims:
    """The statements of the article, for making mutants of them."""

    def __init__(self) -> None:
        self.quads = [
            quad for each in article.read_articles(resources.articles()) for quad in each.stated
        ]
        self.in_claims = [q for q in self.quads if "/claim/" in _iri(q.graph_name)]
        self.types: dict[str, set[str]] = {}
        for quad in self.quads:
            if quad.predicate == RDF_TYPE:
                self.types.setdefault(_iri(quad.subject), set()).add(
                    _iri(quad.object).removeprefix(STD)
                )
        self.entities = sorted({_iri(q.subject) for q in self.quads if q.graph_name == ENTITIES})
        self.sources = {
            _iri(q.subject): _iri(q.object)
            for q in self.quads
            if q.predicate == node("oa:hasSource")
        }

    def of(self, *properties: str) -> list[ox.Quad]:
        """Return the statements with some properties, in claims and evidence."""
        wanted = set(map(node, properties))
        return [quad for quad in self.quads if quad.predicate in wanted]

    def typed(self, *names: str) -> list[str]:
        """Return what has one of some classes."""
        return sorted(iri for iri, own in self.types.items() if own & set(names))

    def claim_of(self, iri: str) -> ox.NamedNode:
        """Return a claim of the article that says something of a thing."""
        return next(
            _named(_iri(q.graph_name))
            for q in self.in_claims
            if iri in (_iri(q.subject), _iri(q.object)) and "/cfsn-2019-04-11/" in str(q.graph_name)
        )


@cache
def claims() -> Claims:
    """Return the claims of the program's article."""
    return Claims()


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _named(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _short(term: object) -> str:
    return str(getattr(term, "value", term)).removeprefix(BASE)


def _with(quad: ox.Quad, **parts: Any) -> ox.Quad:
    found: dict[str, Any] = {
        "subject": quad.subject,
        "predicate": quad.predicate,
        "object": quad.object,
        "graph": quad.graph_name,
        **parts,
    }
    return ox.Quad(found["subject"], found["predicate"], found["object"], found["graph"])


def _changed(quad: ox.Quad, **parts: Any) -> Mutation:
    new = _with(quad, **parts)
    told = ", ".join(f"{name} {_short(value)}" for name, value in parts.items())
    words = f"{_short(quad.subject)} {_short(quad.predicate)} {_short(quad.object)}: {told}"
    return words, [quad], [new]


def _turtle(text: str, graph: ox.NamedNode) -> list[ox.Quad]:
    """Parse statements written as ``subject predicate object`` lines with prefixed names."""
    quads: list[ox.Quad] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        subject, predicate, object_ = line.split(" ", 2)
        value: Any = expand(object_) if not object_.startswith('"') else None
        if value is None:
            [quad] = ox.parse(
                f"@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . <a:a> <a:b> {object_} .",
                format=ox.RdfFormat.TURTLE,
            )
            value = quad.object
        one, other = expand(subject), expand(predicate)
        assert one is not None
        assert other is not None
        quads.append(ox.Quad(one, other, value, graph))
    return quads


def _renamed(old: str, new: str) -> Mutation:
    removed, added = [], []
    for quad in claims().quads:
        parts = {
            name: _named(new) for name in ("subject", "object") if _iri(getattr(quad, name)) == old
        }
        if parts:
            removed.append(quad)
            added.append(_with(quad, **parts))
    return f"{_short(old)} renamed {_short(new)}", removed, added


# The kinds of faults


def required_missing() -> Iterator[Mutation]:
    for quad in claims().of(*REQUIRED):
        kinds = claims().types.get(_iri(quad.subject), set())
        values = [q for q in claims().of("std:evidence") if q.subject == quad.subject]
        optional = (
            (quad.predicate == node("std:level") and not kinds & {"AdministrativeArea", "Pilot"})
            or (quad.predicate == node("std:indicator") and "Observation" not in kinds)
            or (quad.predicate in (node("std:about"), node("std:aspect")))
            or (quad.predicate == node("std:evidence") and len(values) > 1)
        )
        if not optional:
            yield f"without {_short(quad.subject)} {_short(quad.predicate)}", [quad], []


def two_values() -> Iterator[Mutation]:
    for quad in claims().of(*SINGLE):
        others = claims().of("std:" + _short(quad.predicate).partition("#")[2])
        other = next((q.object for q in others if q.object != quad.object), None)
        if other is not None:
            words = f"{_short(quad.subject)} {_short(quad.predicate)} also {_short(other)}"
            yield words, [], [_with(quad, object=other)]


def wrong_datatype() -> Iterator[Mutation]:
    for quad in claims().in_claims:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype not in (
            node("xsd:string"),
            node("rdf:langString"),
        ):
            yield _changed(quad, object=ox.Literal(value.value))


def unknown_thing() -> Iterator[Mutation]:
    for quad in claims().in_claims:
        if _iri(quad.object) in claims().entities:
            yield _changed(quad, object=_named(_iri(quad.object) + "x"))


def value_of_another_kind() -> Iterator[Mutation]:
    kinds = {
        "std:agent": "Standard",
        "std:place": "GovernmentBody",
        "std:locatedIn": "Organization",
        "std:governs": "GovernmentBody",
        "std:jurisdiction": "GovernmentBody",
        "std:inSeries": "Organization",
        "std:approvedBy": "Organization",
        "std:addressedTo": "Event",
        "std:adopts": "Initiative",
        "std:practiceOf": "Event",
        "std:venue": "Person",
        "std:releasedAt": "Organization",
        "std:ofWhich": "Event",
        "std:observed": "Participation",
        "std:partOf": "Standard",
        "std:in": "Ranking",
    }
    for property_, kind in kinds.items():
        for quad in claims().of(property_):
            for other in claims().typed(kind)[:3]:
                yield _changed(quad, object=_named(other))


def concept_of_another_list() -> Iterator[Mutation]:
    for quad in claims().in_claims:
        if "/scheme/" in _iri(quad.object):
            wrong = (
                "scheme/level/national"
                if "/level/" not in _iri(quad.object)
                else "scheme/scope/national"
            )
            yield _changed(quad, object=_named(BASE + wrong))


def property_on_another_class() -> Iterator[Mutation]:
    homes = {
        "std:ordinal": '"1"^^xsd:integer',
        "std:governs": "<place/cn/zj>",
        "std:edition": '"1"^^xsd:integer',
        "std:effectiveOn": '"2018-01-01"^^xsd:date',
        "std:mandate": "mandate:recommended",
        "std:docKind": "docKind:plan",
        "std:eventKind": "eventKind:forum",
        "std:initiativeKind": "initiativeKind:pilot",
        "std:value": '"5"^^xsd:integer',
        "std:indicator": "indicator:tasks",
        "std:basis": "basis:value",
        "std:seat": "<place/cn/zj/hangzhou>",
        "std:result": "result:approved",
        "std:memberClass": "std:Person",
        "std:adopts": "<cn/zj/practice/none>",
    }
    allowed = {
        "std:ordinal": {"Phase", "Task"},
        "std:governs": {"GovernmentBody"},
        "std:edition": {"Event", "AwardRound", "Ballot"},
        "std:effectiveOn": {"Standard", "Document", "Agreement", "StandardSeries"},
        "std:mandate": {"Standard", "StandardSeries"},
        "std:docKind": {"Document", "Agreement"},
        "std:eventKind": {"Event", "EventSeries", "Ballot"},
        "std:initiativeKind": {"Initiative", "Reform", "Pilot"},
        "std:value": {"Observation"},
        "std:indicator": {"Observation", "Ranking"},
        "std:basis": {"Ranking"},
        "std:seat": {"Secretariat"},
        "std:result": {"Ballot"},
        "std:memberClass": {"Collective"},
        "std:adopts": {"Standard"},
    }
    del homes["std:adopts"]
    for property_, value in homes.items():
        for thing in claims().typed("Place", "Person", "Standard", "Event", "Organization", "Task"):
            if not claims().types[thing] & allowed[property_]:
                claim = claims().claim_of(thing) if _is_said(thing) else None
                if claim is not None:
                    added = _turtle(f"<{thing}> {property_} {value}", claim)
                    yield f"{_short(thing)} {property_} {value}", [], added


def _is_said(thing: str) -> bool:
    return any(
        thing in (_iri(q.subject), _iri(q.object)) and "/cfsn-2019-04-11/" in str(q.graph_name)
        for q in claims().in_claims
    )


def role_that_does_not_fit() -> Iterator[Mutation]:
    wrong = {
        "Event": ("drafter", "secretariat", "issuer", "implementer", "publisher"),
        "Standard": ("host", "attendee", "organizer", "chair", "signatory"),
        "Initiative": ("secretariat", "host", "reporter", "editor"),
        "TechnicalCommittee": ("drafter", "host", "signatory", "selector"),
        "Proposal": ("host", "secretariat", "drafter-of", "publisher"),
        "Document": ("host", "attendee", "chair", "p-member"),
        "Agreement": ("host", "secretariat"),
    }
    for quad in claims().of("std:role"):
        thing = next((q.object for q in claims().of("std:in") if q.subject == quad.subject), None)
        for kind in sorted(claims().types.get(_iri(thing), ())):
            for role in wrong.get(kind, ()):
                if role != "drafter-of":
                    yield _changed(quad, object=node(f"role:{role}"))


def agent_that_does_not_fit() -> Iterator[Mutation]:
    pairs = {
        "role:chair": "place/cn/zj",
        "role:reporter": "place/cn/zj",
        "role:editor": "place/cn/zj",
        "role:head": "place/cn/zj",
        "role:asked-to-liaise": "person/li-wen",
    }
    for quad in claims().of("std:role"):
        for role, agent in pairs.items():
            if quad.object == node(role):
                for own in claims().of("std:agent"):
                    if own.subject == quad.subject:
                        yield _changed(own, object=_named(BASE + agent))


def classes_that_exclude_each_other() -> Iterator[Mutation]:
    excluded = {
        **dict.fromkeys(
            ("Organization", "GovernmentBody", "TechnicalCommittee"), ("Person", "Event")
        ),
        "Person": ("Organization", "Post"),
        "Event": ("Document", "Initiative"),
        "Standard": ("Document", "Practice"),
        "Initiative": ("Event", "Standard"),
        "AdministrativeArea": ("Organization", "Event"),
    }
    for thing in claims().entities:
        for kind in sorted(claims().types[thing]):
            for other in excluded.get(kind, ()):
                quad = ox.Quad(_named(thing), RDF_TYPE, node(f"std:{other}"), ENTITIES)
                yield f"{_short(thing)} a {kind} and a {other}", [], [quad]


def no_class() -> Iterator[Mutation]:
    for quad in claims().quads:
        graph = quad.graph_name
        if quad.predicate == RDF_TYPE and (graph == ENTITIES or "/claim/" in _iri(graph)):
            yield f"{_short(quad.subject)} without its class", [quad], []


def blank_label() -> Iterator[Mutation]:
    for quad in claims().of("skos:prefLabel"):
        value = quad.object
        if isinstance(value, ox.Literal):
            for text in ("", " ", value.value + " "):
                new = ox.Literal(text, language=value.language)
                yield _changed(quad, object=new)


def label_in_the_other_language() -> Iterator[Mutation]:
    for quad in claims().of("skos:prefLabel"):
        if quad.graph_name != ENTITIES or not isinstance(quad.object, ox.Literal):
            continue
        both = {
            q.object.language: q.object
            for q in claims().of("skos:prefLabel")
            if q.subject == quad.subject and isinstance(q.object, ox.Literal)
        }
        lang = quad.object.language
        other = both["en" if lang == "zh" else "zh"]
        if other.value != quad.object.value:
            yield _changed(quad, object=ox.Literal(other.value, language=lang))


def form_of_an_iri() -> Iterator[Mutation]:
    for thing in claims().entities[::5]:
        for new in (f"{thing}/", f"{thing}?v=1", f"{thing}#it", f"{thing}/中", f"{thing}//x"):
            yield _renamed(thing, new)


def said_twice() -> Iterator[Mutation]:
    for quad in claims().in_claims:
        kinds = claims().types.get(_iri(quad.subject), set())
        if quad.predicate != RDF_TYPE or not kinds & {"Participation", "Observation", "Ranking"}:
            continue
        copies = [
            _with(q, subject=_named(_iri(q.subject) + "-again"))
            for q in claims().in_claims
            if q.subject == quad.subject
        ]
        yield f"{_short(quad.subject)} again", [], copies


def edition_twice() -> Iterator[Mutation]:
    for quad in claims().of("std:edition"):
        again = _named(_iri(quad.subject) + "-again")
        copies = [
            _with(q, subject=again)
            for q in claims().quads
            if q.subject == quad.subject
            and (q.graph_name == ENTITIES or q.predicate in (*SEQUENCE, RDF_TYPE))
        ]
        yield f"{_short(again)} is the same edition", [], copies


def unit_of_another_indicator() -> Iterator[Mutation]:
    for quad in claims().of("std:unit"):
        for unit in ("person", "award", "part"):
            if _short(quad.object) != f"scheme/unit/{unit}":
                yield _changed(quad, object=node(f"unit:{unit}"))


def one_side() -> Iterator[Mutation]:
    for quad in claims().of("std:between"):
        others = [q for q in claims().of("std:between") if q.subject == quad.subject]
        if len({q.object for q in others}) == 2:
            gone = [q for q in others if q.object == quad.object]
            yield f"{_short(quad.subject)} without {_short(quad.object)}", gone, []


def year_out_of_reason() -> Iterator[Mutation]:
    for quad in claims().in_claims:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype in map(
            node, ("xsd:gYear", "xsd:gYearMonth", "xsd:date", "xsd:dateTime")
        ):
            for year in ("1018", "2918", "0018"):
                new = ox.Literal(year + value.value[4:], datatype=value.datatype)
                yield _changed(quad, object=new)


def after_its_source() -> Iterator[Mutation]:
    planned = {q.subject for q in claims().of("std:state") if q.object == node("state:planned")}
    inside = {q.subject: q.object for q in claims().of("std:in", "std:observed")}
    kinds = {q.subject for q in claims().of("std:docKind") if "plan" in _iri(q.object)}
    for quad in claims().of("std:date", "std:start", "std:asOf", "std:period"):
        value, about = quad.object, inside.get(quad.subject)
        if "/cfsn-2019-04-11/" not in _iri(quad.graph_name) or not isinstance(value, ox.Literal):
            continue
        if {quad.subject, about} & (planned | kinds):
            continue
        new = ox.Literal("2021" + value.value[4:], datatype=value.datatype)
        yield _changed(quad, object=new)


def planned_and_done() -> Iterator[Mutation]:
    for quad in claims().of("std:state"):
        if quad.object in (node("state:held"), node("state:running"), node("state:completed")):
            yield (
                f"{_short(quad.subject)} is planned too",
                [],
                [_with(quad, object=node("state:planned"))],
            )
        elif quad.object == node("state:planned"):
            yield (
                f"{_short(quad.subject)} is held too",
                [],
                [_with(quad, object=node("state:held"))],
            )


def impossible_votes() -> Iterator[Mutation]:
    for ballot in claims().typed("Ballot"):
        claim = claims().claim_of(ballot)
        texts = {
            "a voter twice": f"""
                <cn/x/vote-1> rdf:type std:Vote
                <cn/x/vote-1> std:castIn <{ballot}>
                <cn/x/vote-1> std:voter <place/de>
                <cn/x/vote-1> std:option vote:approve
                <cn/x/vote-2> rdf:type std:Vote
                <cn/x/vote-2> std:castIn <{ballot}>
                <cn/x/vote-2> std:voter <place/de>
                <cn/x/vote-2> std:option vote:abstain""",
            "more voters than votes": f"""
                <cn/x/vote-1> rdf:type std:Vote
                <cn/x/vote-1> std:castIn <{ballot}>
                <cn/x/vote-1> std:voter <place/de>
                <cn/x/vote-1> std:option vote:approve
                <cn/x/count> rdf:type std:VoteCount
                <cn/x/count> std:castIn <{ballot}>
                <cn/x/count> std:option vote:approve
                <cn/x/count> std:count "0"^^xsd:integer""",
            "approved without an approving vote": f"""
                <cn/x/count> rdf:type std:VoteCount
                <cn/x/count> std:castIn <{ballot}>
                <cn/x/count> std:option vote:disapprove
                <cn/x/count> std:count "3"^^xsd:integer""",
        }
        labels = [
            ox.Quad(
                _named(f"{BASE}cn/x/{name}"),
                node("skos:prefLabel"),
                ox.Literal("票x", language="zh"),
                ENTITIES,
            )
            for name in ("vote-1", "vote-2", "count")
        ]
        for words, text in texts.items():
            added = _turtle(text, claim)
            named = {q.subject for q in added}
            yield (
                f"{_short(ballot)}: {words}",
                [],
                [*added, *(q for q in labels if q.subject in named)],
            )


def out_of_its_claim() -> Iterator[Mutation]:
    graphs: tuple[ox.NamedNode | ox.DefaultGraph, ...] = (
        ENTITIES,
        EVIDENCE,
        ONTOLOGY,
        node("graph:derived"),
        _named(BASE + "graph/facts"),
        ox.DefaultGraph(),
    )
    for quad in claims().in_claims:
        if quad.predicate != RDF_TYPE:
            for graph in graphs:
                yield _changed(quad, graph=graph)


def beside_the_claims() -> Iterator[Mutation]:
    lines = (
        '<iso/tc/321> std:end "2020-01-01"^^xsd:date',
        "<iso/tc/321> std:partOf <cn/sac>",
        '<iso> dcterms:identifier "ISO"',
        "<place/cn/zj> std:level level:national",
        "<cn/zj/gov> std:governs <place/cn>",
    )
    for line in lines:
        for graph in (ENTITIES, EVIDENCE, ONTOLOGY):
            yield f"{line} in {_short(graph)}", [], _turtle(line, graph)


def spread_over_claims() -> Iterator[Mutation]:
    for quad in claims().of("std:value", "std:role", "std:basis", "std:in", "std:unit"):
        if claims().types.get(_iri(quad.subject), set()) & set(NODES):
            others = [q for q in claims().in_claims if q.subject == quad.subject]
            elsewhere = next(
                q.graph_name
                for q in claims().in_claims
                if q.graph_name != quad.graph_name and "/cfsn-2019-04-11/" in str(q.graph_name)
            )
            if len({q.graph_name for q in others}) == 1:
                yield _changed(quad, graph=elsewhere)


def typo_of_a_property() -> Iterator[Mutation]:
    for quad in claims().quads:
        if _iri(quad.predicate).startswith(STD):
            for new in (
                _iri(quad.predicate) + "s",
                _iri(quad.predicate).replace("ontology#", "ontolgy#"),
                _iri(quad.predicate).replace("ontology#", "ontology/"),
                _iri(quad.predicate).replace("https:", "http:"),
            ):
                yield _changed(quad, predicate=_named(new))


def typo_of_a_class_or_concept() -> Iterator[Mutation]:
    for quad in claims().quads:
        value = _iri(quad.object)
        if value.startswith(STD) or "/scheme/" in value:
            for new in (
                value + "s",
                value.replace("stdkg/", "stkg/"),
                value.replace("/scheme/", "/schemes/"),
            ):
                if new != value:
                    yield _changed(quad, object=_named(new))


def typo_of_a_foreign_term() -> Iterator[Mutation]:
    for quad in claims().quads:
        if not _iri(quad.predicate).startswith(BASE) and quad.predicate != RDF_TYPE:
            yield _changed(quad, predicate=_named(_iri(quad.predicate) + "x"))


def phrase() -> Iterator[Mutation]:
    for quad in claims().of("oa:exact"):
        for text in ("", "长" * 60):
            yield _changed(quad, object=ox.Literal(text))


def of_itself() -> Iterator[Mutation]:
    for quad in claims().of("std:partOf", "std:locatedIn", "std:ofWhich", "std:includes"):
        yield _changed(quad, object=quad.subject)
        if quad.predicate in (node("std:partOf"), node("std:locatedIn")):
            yield (
                f"{_short(quad.object)} {_short(quad.predicate)} {_short(quad.subject)} too",
                [],
                [_with(quad, subject=quad.object, object=quad.subject)],
            )


# Changes that are no faults


def another_name() -> Iterator[Mutation]:
    for thing in claims().entities:
        for value in (ox.Literal("又名", language="zh"), ox.Literal("also so", language="en")):
            yield (
                f"{_short(thing)} is also called {value.value}",
                [],
                [ox.Quad(_named(thing), node("skos:altLabel"), value, ENTITIES)],
            )


def another_figure() -> Iterator[Mutation]:
    for quad in claims().of("std:value"):
        if isinstance(quad.object, ox.Literal):
            yield _changed(quad, object=ox.Literal(int(quad.object.value) + 7))


def less_precise() -> Iterator[Mutation]:
    for quad in claims().of("std:date", "std:asOf"):
        value = quad.object
        if isinstance(value, ox.Literal) and len(value.value) > 4:
            yield _changed(quad, object=ox.Literal(value.value[:4], datatype=node("xsd:gYear")))


def another_iri() -> Iterator[Mutation]:
    for thing in claims().entities[::5]:
        yield _renamed(thing, thing.replace(BASE, f"{BASE}moved/"))


def open_list() -> Iterator[Mutation]:
    for claim in claims().typed("Claim"):
        added = [ox.Quad(_named(claim), node("std:openList"), ox.Literal(True), EVIDENCE)]
        known = any(
            q.subject == _named(claim) and q.predicate == node("std:openList")
            for q in claims().quads
        )
        if not known:
            yield f"{_short(claim)} leaves its list open", [], added


def another_source_says_so_too() -> Iterator[Mutation]:
    claim, evidence = _named(BASE + "claim/second/x"), _named(BASE + "evidence/second/x")
    base = [
        ox.Quad(claim, RDF_TYPE, node("std:Claim"), EVIDENCE),
        ox.Quad(claim, node("std:evidence"), evidence, EVIDENCE),
        ox.Quad(evidence, RDF_TYPE, node("oa:SpecificResource"), EVIDENCE),
        ox.Quad(evidence, node("oa:hasSource"), _named(BASE + "source/cctv1204-31139"), EVIDENCE),
    ]
    for quad in claims().in_claims:
        kinds = claims().types.get(_iri(quad.subject), set())
        if (
            quad.predicate == RDF_TYPE
            and kinds & {"Participation", "Observation"}
            and "cctv1204-31139" not in _iri(quad.graph_name)
        ):
            copies = [
                _with(q, subject=_named(_iri(q.subject) + "-second"), graph=claim)
                for q in claims().in_claims
                if q.subject == quad.subject
            ]
            yield f"{_short(quad.subject)} by another source too", [], [*base, *copies]


KINDS: Final[dict[str, Callable[[], Iterator[Mutation]]]] = {
    "a required value is missing": required_missing,
    "two values where there is one": two_values,
    "a value of the wrong datatype": wrong_datatype,
    "a thing that nothing describes": unknown_thing,
    "a value of another kind": value_of_another_kind,
    "a concept of another list": concept_of_another_list,
    "a property on another class": property_on_another_class,
    "a role that the thing doesn't fit": role_that_does_not_fit,
    "a role that the agent doesn't fit": agent_that_does_not_fit,
    "classes that exclude each other": classes_that_exclude_each_other,
    "no class": no_class,
    "a blank label": blank_label,
    "a label in the other language": label_in_the_other_language,
    "the form of an IRI": form_of_an_iri,
    "said twice": said_twice,
    "an edition twice": edition_twice,
    "a unit of another indicator": unit_of_another_indicator,
    "one side of a bilateral event": one_side,
    "a year out of reason": year_out_of_reason,
    "done after the source appeared": after_its_source,
    "planned and done at once": planned_and_done,
    "impossible votes": impossible_votes,
    "a fact moved out of its claim": out_of_its_claim,
    "a fact beside the claims": beside_the_claims,
    "a node spread over claims": spread_over_claims,
    "a typo of a property": typo_of_a_property,
    "a typo of a class or concept": typo_of_a_class_or_concept,
    "a typo of a foreign term": typo_of_a_foreign_term,
    "a phrase that is none": phrase,
    "part of itself": of_itself,
}
"""The kinds of faults, each with what makes all mutants of it."""

SURVIVORS: Final[dict[str, str]] = {}
"""Mutants that no check refuses, each with the reason."""

VALID: Final[dict[str, Callable[[], Iterator[Mutation]]]] = {
    "valid: another name": another_name,
    "valid: another figure": another_figure,
    "valid: a less precise date": less_precise,
    "valid: another IRI": another_iri,
    "valid: a list left open": open_list,
    "valid: another source says so too": another_source_says_so_too,
}
"""Changes that are no faults."""


@cache
def _all_mutations(kind: str) -> list[Mutation]:
    return list((KINDS | VALID)[kind]())


def mutants(kind: str, seed: int, count: int) -> list[Mutant]:
    """Return a sample of the mutants of a kind; the same seed gives the same sample."""
    every = _all_mutations(kind)
    chosen = random.Random(f"{seed} {kind}").sample(every, min(count, len(every)))
    return [
        Mutant(kind, words, frozenset(removed), tuple(added)) for words, removed, added in chosen
    ]


class Checker:
    """Checks mutants as a build does; ``before`` leaves out the checks of the contract."""

    def __init__(self, *, before: bool = False) -> None:
        self.before = before
        self.ontology = resources.ontology()
        self.shapes = read_shapes(self.ontology / "shapes")

    def faults(self, mutant: Mutant) -> list[str]:
        """Return what refuses a mutant: names of checks and shapes; empty if it passes."""
        found = self._refused_by_reading(mutant)
        if found:
            return found
        quads = [q for q in claims().quads if q not in mutant.removed] + list(mutant.added)
        whole = list(fill_quads(quads).quads())
        # The shapes first: they take a fifth of the time of the checks.
        report = shacl.validate_triples((q.triple for q in whole), self.shapes, "shacl")
        if report.results:
            store = EmbeddedStore.in_memory(whole)
            report = source_conflicts.downgrade_conflicts(store, self.shapes, report)
        if not report.conforms:
            return sorted({result.shape for result in report.violations})
        defects = checks.run_checks(whole, self.ontology, resources.queries())
        return sorted({d.check for d in defects} - set(CONTRACT if self.before else ()))

    def _refused_by_reading(self, mutant: Mutant) -> list[str]:
        for quad in mutant.added:
            if isinstance(quad.graph_name, ox.DefaultGraph):
                return ["reading: outside any graph"]
            if not self.before and not article.is_graph_of_article(_iri(quad.graph_name)):
                return ["reading: not a graph of an article"]
        return []
