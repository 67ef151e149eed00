"""Proposals as claims in TriG, in the terms of the ontology, with their phrases as evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import BASE, PREFIXES, expand
from kg.drafting.model import NEW
from kg.drafting.proposals import COUNTS, Entity, Proposal

ROLES: Final = {
    "proposed": "proposer",
    "hosts": "organizer",
    "drafts": "drafter",
    "approves": "approver",
    "publishes": "issuer",
    "secretariat": "secretariat",
}
"""The role of the subject in the object, by claim."""
_ADOPTS: Final = "takes over"
# The general class: a more special one asks for facts that the text may not say.
_CLASSES: Final = {
    "ORG": "Organization",
    "COMMITTEE": "TechnicalCommittee",
    "STANDARD": "Standard",
    "STDID": "Standard",
    "DOCUMENT": "Document",
    "EVENT": "Event",
    "REFORM": "Initiative",
    "PLACE": "AdministrativeArea",
    "PERSON": "Person",
}
PREFIXES_USED: Final = (
    *("c", "comparator", "dcterms", "docKind", "e", "graph", "indicator", "oa", "q", "role"),
    *("scope", "skos", "state", "std", "timePart", "unit", "xsd"),
)
"""Prefixes of claims and entities; those of code lists have the name of the list."""


def claim_block(slug: str, proposal: Proposal) -> str:
    """Return a proposal as TriG: its evidence and its claim, with std:proposed unless accepted.

    An empty string if the ontology has no words for it.
    """
    statements = list(_statements(slug, proposal))
    if not statements:
        return ""
    name = proposal.id
    phrases = proposal.phrases
    evidence = [name, *(f"{name}-{n}" for n in range(2, len(phrases) + 1))]
    mark = " std:proposed true ;" if proposal.state == "proposed" else ""
    lines = [
        "graph:evidence {",
        f"    c:{name} a std:Claim ;{mark}",
        f"        std:evidence {', '.join(f'e:{each}' for each in evidence)} .",
    ]
    for each, phrase in zip(evidence, phrases, strict=True):
        quote = " ; ".join(f"oa:{key} {_literal(words)}" for key, words in phrase.items())
        lines += [
            f"    e:{each} a oa:SpecificResource ;",
            f"        oa:hasSource <source/{slug}> ;",
            f"        oa:hasSelector q:{each} .",
            f"    q:{each} a oa:TextQuoteSelector ;",
            f"        {quote} .",
        ]
    return "\n".join([*lines, "}", f"c:{name} {{", *statements, "}"]) + "\n"


def _statements(slug: str, proposal: Proposal) -> Iterator[str]:
    subject = entity_path(slug, proposal.subject)
    if proposal.claim == COUNTS:
        if proposal.figure:
            yield f"    <{subject}/{proposal.id}> a std:Observation ; std:observed <{subject}> ;"
            yield f"        {proposal.figure} ."
        return
    # A number of experiences that was taken over is no thing.
    if proposal.object.type not in _CLASSES or not _is_claimed(proposal):
        return
    target, role = entity_path(slug, proposal.object), ROLES.get(proposal.claim)
    if proposal.claim == _ADOPTS and proposal.subject.type in {"STANDARD", "STDID", "DOCUMENT"}:
        yield f"    <{subject}> std:adopts <{target}> ."
    if role:
        node = f"{target}/{role}/{subject.replace('/', '-')}"
        class_ = "Secretariat" if role == "secretariat" else "Participation"
        yield f"    <{node}> a std:{class_} ;"
        yield f"        std:agent <{subject}> ; std:in <{target}> ;"
        yield f"        std:role role:{role} ."
        if proposal.object.iri == NEW and proposal.object.kind:
            yield f"    <{target}> {proposal.object.kind} ."
        if proposal.has("planned") and proposal.claim == "hosts":
            yield f"    <{target}> std:state state:planned ."


def _is_claimed(proposal: Proposal) -> bool:
    """Return whether the text says that it is so: not that it is denied or only asked for.

    Of what is planned only an event can be said to be so, by its state.
    """
    if proposal.has("denied") or proposal.has("asked"):
        return False
    return proposal.claim == "hosts" or not proposal.has("planned")


def entity_path(slug: str, entity: Entity) -> str:
    """Return the IRI of an entity below the project's namespace.

    A new one gets that of its designation or committee, or else one made of article and name, which
    stays the same; a curator may give it a better one.
    """
    from kg.identifiers import committees, iri_path, parse

    if entity.iri != NEW:
        node = expand(entity.iri) or expand(f"<{entity.iri}>")
        return (node.value if node else entity.iri).removeprefix(BASE)
    if entity.type == "STDID" and (designation := parse(entity.name)):
        return iri_path(designation)
    if entity.type == "COMMITTEE" and (committee := committees.parse(entity.name)):
        return "/".join(committee.path())
    digest = hashlib.sha256(f"{entity.type}\0{entity.name}".encode()).hexdigest()[:8]
    return f"{slug}/{_CLASSES[entity.type].lower()}/{digest}"


def new_entities(proposal: Proposal) -> list[Entity]:
    """Return the entities of a proposal that the graph lacks; what a figure counts is none."""
    entities = [proposal.subject, *([] if proposal.claim == COUNTS else [proposal.object])]
    return [entity for entity in entities if entity.iri == NEW]


def entity_blocks(slug: str, proposals: Sequence[Proposal]) -> dict[str, str]:
    """Return the new entities of proposals as TriG statements, by path."""
    blocks: dict[str, str] = {}
    for entity in (entity for proposal in proposals for entity in new_entities(proposal)):
        path = entity_path(slug, entity)
        labels = [f"{_literal(entity.name)}@zh"]
        if entity.en:
            labels.append(f"{_literal(entity.en)}@en")
        names = f"        skos:prefLabel {', '.join(labels)}"
        if entity.title:
            names += f" ;\n        dcterms:title {_literal(entity.title)}@zh"
        blocks[path] = f"    <{path}> a std:{_CLASSES[entity.type]} ;\n{names} .\n"
    return blocks


def head(slug: str, comment: str) -> str:
    """Return the first lines of a TriG file of claims."""
    comments = [f"# {line}" for line in comment.splitlines()]
    return "\n".join([*comments, "", f"@base <{BASE}> .", prefixes(slug, PREFIXES_USED)])


def prefixes(slug: str, names: Iterable[str]) -> str:
    """Return the declarations of prefixes; they may stand anywhere in a file."""
    own = {"c": f"claim/{slug}", "e": f"evidence/{slug}", "q": f"quote/{slug}"}
    lists = {name: f"{BASE}{own.get(name, 'scheme/' + name)}/" for name in names}
    return "".join(
        f"@prefix {name}: <{PREFIXES.get(name, iri)}> .\n" for name, iri in lists.items()
    )


def _literal(text: str) -> str:
    return str(ox.Literal(text))
