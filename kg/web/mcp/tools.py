"""The tools: what agents can ask, with which arguments."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias

from kg.common import resources
from kg.common.errors import ArgumentError
from kg.queries.questions import find_question
from kg.store import Table
from kg.web import operations as api
from kg.web.api import json_answers
from kg.web.api.questions import question_routes
from kg.web.calls import Call
from kg.web.mcp import operations
from kg.web.mcp.backend import Backend
from kg.web.mcp.bounds import bounded
from kg.web.parameters import AS_OF, LANGUAGES, Parameter, Values, paging

Content: TypeAlias = dict[str, Any]

_MAX_ROWS: Final = 200
_MAX_REFERENCES: Final = 100
_LANG: Final = Parameter(
    "lang", "Language of names and sentences.", default="en", choices=LANGUAGES
)
_NAMES: Final = (
    "An entity is named in English or Chinese, by an abbreviation, an identifier or an IRI."
)
_PAGES: Final = "If `next` isn't null, call again with its arguments for what follows."
_EVIDENCE: Final = (
    "Each piece of evidence has the phrase of a text or the record of a catalogue, and its source."
)


@dataclass(frozen=True)
class Tool:
    """A tool: its name, what it is for, its arguments, and what runs it.

    ``more`` are JSON Schemas of arguments that are no :class:`kg.web.parameters.Parameter`.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    run: Callable[[Backend, Values], Awaitable[Content]]
    more: Mapping[str, Any] = field(default_factory=dict)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the arguments."""
        own = {each.name: {**each.schema, "description": each.description} for each in self._all}
        return {
            "type": "object",
            "properties": {**own, **self.more},
            "required": [each.name for each in self._all if each.required],
            "additionalProperties": False,
        }

    def read(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of all arguments; HttpError or ArgumentError for invalid ones."""
        known = {each.name: each for each in self._all}
        for name in arguments:
            if name not in known and name not in self.more:
                names = ", ".join((*known, *self.more))
                raise ArgumentError(f"there is no argument {name!r}: the arguments are {names}")
        values = {
            name: each.read(_texts(name, arguments.get(name))) for name, each in known.items()
        }
        return {**values, **{name: arguments.get(name) for name in self.more}}

    @property
    def _all(self) -> tuple[Parameter, ...]:
        return (*self.parameters, _LANG)


def _texts(name: str, value: Any) -> list[str]:
    """Return an argument as texts, as the parameters of an address are."""
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    for each in values:
        if isinstance(each, bool) or not isinstance(each, str | int):
            raise ArgumentError(f"{name}: give a text or a whole number, not {each!r}")
    return list(map(str, values))


async def _search(backend: Backend, values: Values) -> Content:
    call = Call.of(api.search, values["text"], values["kind"], values["limit"], values["offset"])
    content = await backend.call(call, operations.hits_json, values["lang"])
    return bounded(content, "results", values["offset"])


async def _show(backend: Backend, values: Values) -> Content:
    call = Call.of(api.show, values["entity"], values["relations"], values["as_of"])
    content = await backend.call(call, json_answers.profile, values["lang"])
    offset, limit = values["offset"], values["limit"]
    facts = content["facts"]
    content["facts"] = facts[offset : offset + limit]
    content["fact_count"] = len(facts)
    content["next"] = {} if offset + limit < len(facts) else None
    return bounded(content, "facts", offset)


async def _relate(backend: Backend, values: Values) -> Content:
    call = Call.of(
        api.relate,
        values["from"],
        values["to"],
        values["paths"],
        values["hops"],
        values["lang"],
        values["as_of"],
    )
    content = await backend.call(call, json_answers.paths, values["lang"])
    return bounded(content, "results", 0)


_questions = cache(question_routes)


async def _question(backend: Backend, values: Values) -> Content:
    routes = await asyncio.to_thread(_questions)
    asked = find_question(resources.queries(), values["name"])
    arguments = {} if values["arguments"] is None else values["arguments"]
    if not isinstance(arguments, dict):
        raise ArgumentError(f"arguments: give an object such as {_example(asked.params)}")
    known = {each.name: each for each in routes[asked.name].parameters}
    names = [param.name for param in asked.params]
    for name in arguments:
        if name not in names:
            raise ArgumentError(
                f"{asked.name} has no parameter {name!r}: its parameters are"
                f" {', '.join(names) or 'none'}"
            )
    given = {name: known[name].read(_texts(name, arguments.get(name))) for name in names}
    bound = {name: value for name, value in given.items() if value is not None}
    paged, day = (values["limit"], values["offset"]), values["as_of"]
    call = Call.of(api.question, asked.name, bound, *paged, day, values["lang"])
    content = await backend.call(call, json_answers.answer, values["lang"])
    return bounded(content, "results", values["offset"])


def _example(params: tuple[Any, ...]) -> str:
    return "{" + ", ".join(f'"{param.name}": …' for param in params) + "}"


async def _ask(backend: Backend, values: Values) -> Content:
    call = Call.of(api.ask, values["question"], values["limit"], values["offset"])
    content = await backend.call(call, json_answers.asked, values["lang"])
    if content["answer"] is not None:
        content["answer"] = bounded(content["answer"], "results", values["offset"])
    return content


async def _match(backend: Backend, values: Values) -> Content:
    references = values["references"]
    if len(references) > _MAX_REFERENCES:
        raise ArgumentError(
            f"there are {len(references)} references: give at most {_MAX_REFERENCES} at once"
        )
    call = Call.of(api.match, references, values["as_of"])
    content = await backend.call(call, operations.matches_json, values["lang"])
    return bounded(content, "results", 0)


async def _evidence(backend: Backend, values: Values) -> Content:
    call = Call.of(operations.evidence, values["about"], values["limit"], values["offset"])
    content = await backend.call(call, operations.evidence_json, values["lang"])
    return bounded(content, "results", values["offset"])


async def _sparql(backend: Backend, values: Values) -> Content:
    found = await backend.query(values["query"])
    offset, limit = values["offset"], values["limit"]
    page = Table(found.columns, found.rows[offset : offset + limit])
    call = Call.of(operations.table, page)
    content = await backend.call(call, operations.table_json, values["lang"])
    content["total"] = len(found.rows)
    content["next"] = {} if offset + limit < len(found.rows) else None
    return bounded(content, "results", offset)


def _entity(name: str, description: str) -> Parameter:
    return Parameter(name, f"{description} {_NAMES}", required=True)


TOOLS: Final = (
    Tool(
        "search",
        "Search entities",
        "Find standards, committees, bodies, places, events and other entities by parts of names,"
        f" numbers or titles, in any language. {_PAGES}",
        (
            Parameter("text", "Words, a number or a part of a name.", required=True),
            Parameter("kind", "Only of this class or group, such as std:Standard or body."),
            *paging(10, _MAX_ROWS),
        ),
        _search,
    ),
    Tool(
        "show",
        "Show an entity",
        "Everything known about an entity: names, kinds, status, facts and relations, each with its"
        f" evidence. {_PAGES} `truncated` counts relations that are not listed: raise `relations`.",
        (
            _entity("entity", "The entity."),
            Parameter("relations", "Relations of each kind.", "integer", False, 10, 1, 1000),
            AS_OF,
            *paging(30, _MAX_ROWS),
        ),
        _show,
    ),
    Tool(
        "relate",
        "Relate two entities",
        "How two entities are related: the best ways, step by step, as sentences with evidence."
        " Without a way, `looked_at` tells what each of them is related to.",
        (
            _entity("from", "An entity."),
            _entity("to", "The other entity."),
            Parameter("paths", "Ways at most.", "integer", False, 3, 1, 10),
            Parameter("hops", "Steps of a way at most.", "integer", False, 4, 1, 6),
            AS_OF,
        ),
        _relate,
    ),
    Tool(
        "ask",
        "Ask in words",
        "Ask a question in English or Chinese words: they are led to a canned question, without a"
        " model. `readings` has the best three with what was understood, `answer` the rows of the"
        " best one with their evidence. What isn't understood is refused: `refusal` says why, and"
        " `answer` is null; then ask one of the readings by the tool question. If `next` of the"
        " answer isn't null, call again with its arguments for what follows.",
        (
            Parameter("question", "The question, in a sentence or by keywords.", required=True),
            *paging(20, _MAX_ROWS),
        ),
        _ask,
    ),
    Tool(
        "question",
        "Answer a canned question",
        "Answer a tested question about standardization; the resource stdkg://questions lists them"
        f" with their parameters. Each row has its evidence. {_PAGES}",
        (
            Parameter("name", "Name of the question, such as ballot.", required=True),
            *paging(20, _MAX_ROWS),
            AS_OF,
        ),
        _question,
        {
            "arguments": {
                "type": "object",
                "description": f"Values of the question's parameters, by name. {_NAMES}",
            }
        },
    ),
    Tool(
        "match",
        "Match references",
        "Which document, committee or body a reference or name means, with the status of documents,"
        " what replaced them, and the reasons. Nothing is guessed: what is ambiguous or unknown has"
        f" no IRI, but candidates and the reason. At most {_MAX_REFERENCES} at once; if `next`"
        " isn't null, match the rest in another call.",
        (
            Parameter(
                "references",
                "References or names, such as 'ISO 9001:2008' or '国家标准委'.",
                required=True,
                repeated=True,
            ),
            AS_OF,
        ),
        _match,
    ),
    Tool(
        "evidence",
        "Show evidence",
        f"The evidence for an entity, or for a claim given by its IRI. {_EVIDENCE} {_PAGES}",
        (_entity("about", "An entity or a claim."), *paging(20, _MAX_ROWS)),
        _evidence,
    ),
    Tool(
        "sparql",
        "Query with SPARQL",
        "Run a SPARQL 1.1 query (read-only, with limits of time and memory) where no other tool"
        " answers. The resource stdkg://ontology has classes, properties and prefixes; these are"
        " predefined, and the default graph is the union of all. Select `?claim` with"
        f" GRAPH ?claim {{ … }} so that rows have their evidence. {_PAGES}",
        (
            Parameter("query", "The query; add LIMIT to what may be long.", required=True),
            *paging(50, _MAX_ROWS),
        ),
        _sparql,
    ),
)
