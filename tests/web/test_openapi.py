"""The description of all routes, and the routes as described."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from starlette.routing import Route

from kg.web.api.routes import api_routes
from tests.web.server import Server


@pytest.fixture(scope="module")
def described(patient: Server) -> dict[str, Any]:
    content: dict[str, Any] = httpx.get(f"{patient.url}/openapi.json").json()
    return content


def test_it_is_valid(described: dict[str, Any]) -> None:
    # The questions are described alike, and each takes a tenth of a second.
    questions = [path for path in described["paths"] if path.startswith("/questions/")]
    left_out = set(questions) - set(questions[::10])
    paths = {path: item for path, item in described["paths"].items() if path not in left_out}
    OpenAPIV31SpecValidator({**described, "paths": paths}).validate()


def test_it_has_all_routes(described: dict[str, Any]) -> None:
    paths = {
        route.path.replace(":path}", "}") for route in api_routes() if isinstance(route, Route)
    }
    assert paths - {"/questions/{name}"} <= described["paths"].keys()
    assert "/questions/ballot" in described["paths"]
    assert len(described["paths"]) >= 90


def test_routes_answer_as_described(described: dict[str, Any], patient: Server) -> None:
    # It is made when it is first asked for; until then the answer is to try again.
    deadline = time.monotonic() + 60
    while httpx.get(f"{patient.url}/dumps/stdkg.nq.gz", timeout=60).status_code == 503:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    schema = schemathesis.openapi.from_dict(described)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == sum(len(item) for item in described["paths"].values())
    # The questions share one route: a few stand for them.
    questions = [each for each in operations if each.path.startswith("/questions/")]
    others = [each for each in operations if each not in questions]
    for operation in (*others, *questions[:: len(questions) // 4]):
        cases = one_of(
            operation.as_strategy(),
            operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
        )

        @settings(
            max_examples=4,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def check(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(
                base_url=patient.url,
                # A name that nothing has is valid, and not found; a text may lack letters.
                excluded_checks=[schemathesis.checks.positive_data_acceptance],
            )

        check()
