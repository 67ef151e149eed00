"""JSON Schemas of the answers in JSON, from small parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "number"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
TRUTH: Final[Schema] = {"type": "boolean"}
IRI: Final[Schema] = {"type": "string", "format": "iri"}
ADDRESS: Final[Schema] = {"type": "string", "format": "uri"}


def record(**properties: Schema) -> Schema:
    """Return the schema of an object that has all of some properties, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def nullable(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def array(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def reference(name: str) -> Schema:
    """Return a reference to one of :data:`COMPONENTS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def page(items: Schema, **properties: Schema) -> Schema:
    """Return the schema of a page of results."""
    return record(
        **properties,
        results=array(items),
        offset=COUNT,
        limit=COUNT,
        total=nullable(COUNT),
        next=nullable(ADDRESS),
    )


_NAMED: Final = reference("Named")
_EVIDENCE: Final = array(reference("Evidence"))
_PART: Final[Schema] = {"enum": ["subject", "agent", "time"]}

COMPONENTS: Final[Mapping[str, Schema]] = {
    "Problem": {
        "description": "What is wrong with a request, and what to do (RFC 9457).",
        **record(title=TEXT, status={"type": "integer"}, detail=TEXT),
    },
    "Text": {"description": "A text in both languages.", **record(en=TEXT, zh=TEXT)},
    "Named": {"description": "An entity with its name.", **record(iri=IRI, name=TEXT)},
    "Term": {
        "description": "A term of RDF as in SPARQL 1.1 Query Results JSON; IRIs with their label.",
        "type": "object",
        "properties": {
            "type": {"enum": ["uri", "literal", "bnode"]},
            "value": TEXT,
            "label": TEXT,
            "datatype": IRI,
            "xml:lang": TEXT,
        },
        "required": ["type", "value"],
        "additionalProperties": False,
    },
    "Evidence": {
        "description": "A phrase of a text with its place in code points, or a catalogue's record;"
        " the parts of the claim that it names, or that are inferred from it.",
        **record(
            claim=IRI,
            phrase=nullable(TEXT),
            start=nullable(COUNT),
            end=nullable(COUNT),
            source=_NAMED,
            url=nullable(TEXT),
            snapshot=nullable(TEXT),
            record=nullable(TEXT),
            names=array(_PART),
            inferred=array(_PART),
        ),
    },
    "Status": {
        "description": "What became of a document, the documents that replaced it according to"
        " sources, and later editions that catalogues list.",
        **record(
            key=TEXT,
            text=TEXT,
            day=TEXT,
            successors=array(_NAMED),
            later=array(record(iri=IRI, name=TEXT, by=TEXT)),
            evidence=_EVIDENCE,
        ),
    },
    "Statement": {
        "description": "A relation of two entities as a sentence, with its date and evidence.",
        **record(
            sentence=TEXT,
            source=IRI,
            relation=IRI,
            target=IRI,
            via=nullable(IRI),
            date=TEXT,
            evidence=_EVIDENCE,
        ),
    },
    "Fact": {
        "description": "A value or a relation of an entity.",
        **record(
            direction={"enum": ["value", "out", "in"]},
            property=IRI,
            name=TEXT,
            value=reference("Term"),
            sentence=nullable(TEXT),
            date=TEXT,
            value_date=TEXT,
            evidence=_EVIDENCE,
        ),
    },
}
"""Schemas that others refer to, by name."""

HITS: Final = page(
    record(
        iri=IRI,
        name=TEXT,
        title=TEXT,
        kind=nullable(_NAMED),
        match=TEXT,
        reason=TEXT,
    )
)
PROFILE: Final = record(
    iri=IRI,
    name=TEXT,
    kinds=array(TEXT),
    other_names=array(TEXT),
    status=nullable(reference("Status")),
    facts=array(reference("Fact")),
    truncated=array(
        record(direction=TEXT, property=IRI, name=TEXT, listed=COUNT, total=COUNT),
    ),
    editions=array(
        record(
            iri=IRI,
            name=TEXT,
            edition=TEXT,
            date=TEXT,
            status=reference("Status"),
            evidence=_EVIDENCE,
        )
    ),
    edition_count=COUNT,
    left_out=array(TEXT),
)
_RELATIONS: Final = record(iri=IRI, name=TEXT, relations=array(record(sentence=TEXT, count=COUNT)))
WAYS: Final = record(
    results=array(
        record(
            cost=NUMBER,
            weak=TRUTH,
            count=COUNT,
            stations=array(_NAMED),
            steps=array(array(reference("Statement"))),
            alike=array(record(stations=array(_NAMED), evidence=_EVIDENCE)),
            varieties=array(record(sentence=TEXT, count=COUNT)),
        )
    ),
    looked_at=array(_RELATIONS),
    left_out=array(TEXT),
)
MATCHES: Final = record(
    results=array(
        record(
            reference=TEXT,
            iri=nullable(IRI),
            name=nullable(TEXT),
            score={"type": "number", "minimum": 0, "maximum": 1},
            status=nullable(reference("Status")),
            others=array(_NAMED),
            reasons=array(record(key=TEXT, value=TEXT, text=TEXT)),
        )
    )
)
_PARAMETER: Final = record(
    name=TEXT,
    kind=TEXT,
    within=nullable(IRI),
    default=nullable(TEXT),
    required=TRUTH,
    description=reference("Text"),
)
_QUESTION: Final = {
    "name": TEXT,
    "title": reference("Text"),
    "description": reference("Text"),
}
QUESTIONS: Final = record(
    results=array(
        record(
            **_QUESTION,
            family=record(key=TEXT, name=reference("Text")),
            parameters=array(_PARAMETER),
            columns=array(TEXT),
            needs=nullable(reference("Text")),
            note=nullable(reference("Text")),
            see=array(TEXT),
            address=ADDRESS,
        )
    )
)
_CELLS: Final[Schema] = {"type": "object", "additionalProperties": reference("Term")}
ANSWER: Final = page(
    record(cells=_CELLS, evidence=_EVIDENCE),
    question=record(**_QUESTION),
    parameters=_CELLS,
    columns=array(record(name=TEXT, heading=TEXT)),
    see=array(record(title=reference("Text"), address=ADDRESS)),
)
_TEXTS: Final = array(TEXT)
CHANGES: Final = record(
    compared=array(record(catalogue=TEXT, before=TEXT, after=TEXT)),
    only_old=_TEXTS,
    only_new=_TEXTS,
    counts={"type": "object", "additionalProperties": COUNT},
    churn={"type": "object", "additionalProperties": COUNT},
    events=array(
        record(
            id=TEXT,
            kind=TEXT,
            thing=IRI,
            name=TEXT,
            title=TEXT,
            old=_TEXTS,
            new=_TEXTS,
            date=TEXT,
            before=TEXT,
            after=TEXT,
            old_record=TEXT,
            new_record=TEXT,
            catalogue=TEXT,
            related=_TEXTS,
            subjects=_TEXTS,
            agent=TEXT,
            what=TEXT,
        )
    ),
)
