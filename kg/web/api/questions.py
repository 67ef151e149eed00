"""Canned questions as routes: their list, and one route for each with its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.common import resources
from kg.common.errors import QueryError
from kg.queries.arguments import Param
from kg.queries.headers import find_query_file
from kg.queries.model import Question
from kg.queries.questions import load_questions
from kg.web import operations, schemas
from kg.web.api import json_answers, table_answers
from kg.web.calls import Call
from kg.web.data_routes import DataRoute
from kg.web.errors import HttpError
from kg.web.parameters import AS_OF, Parameter, Values, paging
from kg.web.rendering import CSV, JSON, TSV, Page

_TAG: Final = "Canned questions"
_ROWS: Final = 100

QUESTIONS: Final = DataRoute(
    path="/questions",
    tag=_TAG,
    summary="List the canned questions with their parameters, in both languages",
    parameters=(),
    call=lambda _: Call.of(operations.questions),
    renderers={
        JSON: json_answers.questions,
        CSV: table_answers.questions,
        TSV: table_answers.questions,
    },
    schema=schemas.QUESTIONS,
)


def _parameter(param: Param) -> Parameter:
    kind = f"{param.kind}, {param.within}" if param.within else param.kind
    return Parameter(
        param.name,
        f"{param.description.en[:1].upper()}{param.description.en[1:]} ({kind}).",
        required=param.default is None and not param.optional,
    )


def _call(question: Question, values: Values) -> Call[Page[operations.Answer]]:
    names = [param.name for param in question.params]
    arguments = {name: values[name] for name in names if values[name] is not None}
    paged = values["limit"], values["offset"]
    if question.past is None:
        return Call.of(operations.question, question.name, arguments, *paged)
    day, lang = values["as_of"], values["lang"]
    return Call.of(operations.question, question.name, arguments, *paged, day, lang)


def _route(question: Question) -> DataRoute[Page[operations.Answer]]:
    return DataRoute(
        path=f"/questions/{question.name}",
        tag=_TAG,
        summary=question.title.en,
        description=f"{question.description.en}\n\n{question.title.zh}\n{question.description.zh}",
        parameters=(
            *map(_parameter, question.params),
            *paging(_ROWS),
            *((AS_OF,) if question.past else ()),
        ),
        call=partial(_call, question),
        renderers={
            JSON: json_answers.answer,
            CSV: table_answers.answer,
            TSV: table_answers.answer,
        },
        schema=schemas.ANSWER,
    )


def question_routes() -> dict[str, DataRoute[Page[operations.Answer]]]:
    """Return the route of each question by its name."""
    return {
        question.name: _route(question) for question in load_questions(resources.queries()).values()
    }


def dispatch(by_name: Mapping[str, DataRoute[Any]]) -> Route:
    """Return the one route for all questions."""

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in by_name:
            try:
                find_query_file(resources.queries(), name, "question")
            except QueryError as error:
                raise HttpError(404, str(error)) from error
        return await by_name[name].answer(request)

    return Route("/questions/{name}", answer)
