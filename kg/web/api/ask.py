"""``/ask``: questions in words."""

from __future__ import annotations

from typing import Final

from kg.web import operations, schemas
from kg.web.api import json_answers, table_answers
from kg.web.calls import Call
from kg.web.data_routes import DataRoute
from kg.web.parameters import Parameter, paging
from kg.web.rendering import CSV, JSON, TSV

_ROWS: Final = 100
_TEXTS: Final = schemas.array(schemas.TEXT)
_BY_NAME: Final = {"type": "object", "additionalProperties": schemas.TEXT}

ASK: Final = DataRoute(
    path="/ask",
    tag="Canned questions",
    summary="Ask a question in English or Chinese words",
    description="The words are led to a canned question, and names in them fill its parameters."
    " The best three are returned with what was understood, and the answer to the best. What is not"
    " understood is refused: refusal then says why, and answer is null (in CSV and TSV: 404).",
    parameters=(Parameter("q", "The question.", required=True), *paging(_ROWS)),
    call=lambda values: Call.of(operations.ask, values["q"], values["limit"], values["offset"]),
    renderers={JSON: json_answers.asked, CSV: table_answers.asked, TSV: table_answers.asked},
    schema=schemas.record(
        text=schemas.TEXT,
        refusal=schemas.nullable(schemas.TEXT),
        readings=schemas.array(
            schemas.record(
                question=schemas.TEXT,
                title=schemas.TEXT,
                parameters=_BY_NAME,
                assumed=_BY_NAME,
                understood=schemas.record(question=_TEXTS, parameters=_BY_NAME),
                unused=_TEXTS,
                confidence=schemas.NUMBER,
            )
        ),
        not_understood=_TEXTS,
        choices={"type": "object", "additionalProperties": _TEXTS},
        answer=schemas.nullable(schemas.ANSWER),
    ),
)
